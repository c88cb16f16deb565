// One life of a plain file with one fault of the service or of the storage: the common part of all lines of the fault tables.
import { dropExport, putSource } from '../../local/drop-files';
import type { FaultScript } from '../../local/entra/faults';
import type { EntraOptions } from '../../local/entra/options';
import type { HostProcess } from '../../local/host/host-process';
import type { Run } from '../../shared/run/run';
import type { JobKey } from '../../shared/graph/job-key';
import { expectNewestRecords, expectVerdicts, expectWithinLimits } from './check-promise';
import type { Case, Ground } from './ground';
import { countRepeated } from './repeated-calls';
import { untilRest } from './rest';
import { JOB, PLAIN_WORLD, SOURCE, SOURCE_TEXT, writeFile } from './small-world';

/** Name of the one file. */
export const PLAIN_FILE = 'people-0.csv';

/** One fault. */
export interface FaultLine {
  readonly faults?: readonly FaultScript[];
  readonly entra?: EntraOptions;
  readonly settings?: Readonly<Record<string, string>>;
  /** What happens before the file is dropped; resolves to the job of the source. Default: one that exists and runs. */
  readonly prepare?: (one: Case) => Promise<JobKey>;
  /** Does what the platform or a person would do once the file is dropped. Default: the file's event arrives. */
  readonly meanwhile?: (one: Case, host: HostProcess, job: JobKey) => Promise<void>;
  /** How many calls may repeat records that were accepted before. Default 0. */
  readonly repeated?: number;
  /** An event that the product must have logged, such as `rollcall.deliver.throttled`: the fault was recognised. */
  readonly tells?: string;
  /** What else must hold at the end. */
  readonly expectAlso?: (one: Case, runs: readonly Run[]) => Promise<void> | void;
  /** Ids of people whose row the service refused: their verdict is `rejected`. */
  readonly refused?: readonly number[];
}

/** Uploads the source's settings and drops the plain file; no event is sent for it. */
export async function givePlainFile(one: Case, job: JobKey = JOB): Promise<void> {
  const settings = JSON.parse(SOURCE_TEXT) as { job: object };
  await putSource(one.storage, SOURCE, Buffer.from(JSON.stringify({ ...settings, job: { ...settings.job, ...job } })));
  await dropExport(one.storage, SOURCE, PLAIN_FILE, writeFile(PLAIN_WORLD.files[0]!));
}

/** Plays the plain world with one fault and expects the promise at its end. */
export async function playFault(ground: Ground, line: FaultLine): Promise<void> {
  const one = await ground.begin(line.entra, line.settings);
  const world = {
    ...PLAIN_WORLD,
    files: PLAIN_WORLD.files.map((file) =>
      file.map((row) => (line.refused?.includes(row.person) === true ? { ...row, refused: true } : row)),
    ),
  };
  try {
    one.entra.script(line.faults ?? []);
    const job = (await line.prepare?.(one)) ?? JOB;
    await givePlainFile(one, job);
    const host = await one.startHost();
    await (line.meanwhile ?? sendEvent)(one, host, job);
    const runs = await untilRest(one, world.files.length);
    await expectVerdicts(one, world, runs);
    expectNewestRecords(one, world);
    expectWithinLimits(one);
    expect(countRepeated(world, one.entra.uploads()).others).toBeLessThanOrEqual(line.repeated ?? 0);
    expectFaultsHappened(one, line.faults ?? []);
    if (line.tells !== undefined) expect(one.story()).toContain(`"${line.tells}"`);
    await line.expectAlso?.(one, runs);
  } catch (error) {
    throw new Error(`${error instanceof Error ? error.message : String(error)}\n${one.story()}`, { cause: error });
  } finally {
    await one.end();
  }
}

/** A fault that did not happen proves nothing. */
function expectFaultsHappened(one: Case, faults: readonly FaultScript[]): void {
  const { answers } = one.entra.stats();
  for (const fault of faults) {
    if (!('answers' in fault)) continue;
    const given = Object.keys(answers[fault.on] ?? {});
    const scripted = fault.answers.flatMap(({ status, cut }) => (cut ? ['cut'] : status ? [String(status)] : []));
    expect(given).toEqual(expect.arrayContaining(scripted.filter((what) => what !== 'cut')));
    if (scripted.includes('cut')) expect(answers[fault.on]?.cut).toBeGreaterThan(0);
  }
}

const sendEvent = (one: Case, host: HostProcess): Promise<void> => fireEvent(one, host);

/** The event that the platform sends for a file. If the host is dead by now, the event is lost. */
export async function fireEvent(_: Case, host: HostProcess, file = PLAIN_FILE): Promise<void> {
  const answer = fetch(`${host.url}/admin/functions/intake`, {
    method: 'POST',
    body: JSON.stringify({ input: `inbound/${SOURCE}/${file}` }),
  }).then((response) => response.status);
  const status = await Promise.race([answer, host.exited.then(() => 'died')]).catch((error: unknown) => {
    // The connection to a dying host is cut, perhaps before its exit is noticed here.
    if (error instanceof TypeError) return 'died';
    throw error;
  });
  expect([202, 'died']).toContain(status);
}
