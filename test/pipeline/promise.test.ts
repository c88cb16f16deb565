// The promise, end to end: random files of three sources of one tenant and random faults of the service, through Azurite, the compiled
// functions and the simulator. Rows are counted by another CSV reader, verdicts read from the reports, truth from the directory.
import fc from 'fast-check';
import Papa from 'papaparse';
import { dropExport, putSource } from '../../local/drop-files';
import type { DirectoryUser } from '../../local/entra/directory';
import type { Machine } from '../../local/machine';
import { startMachine } from '../../local/machine';
import { hasEnded } from '../../local/watch-runs';
import { azureBatchTable } from '../../shared/run/azure-batch-table';
import type { Run } from '../../shared/run/run';
import { fileNameOf } from '../../shared/run/run';
import { limitTests } from '../faults/until';
import { accountOf } from '../shared-storage';
import { APP_DIR, runsOf, until } from './machine-under-test';
import type { RandomExport, RandomRow } from './random-exports';
import { idOf, randomExports, sourceText, userNameOf, writeExport } from './random-exports';

const SUCCESS = ['created', 'updated', 'unchanged', 'disabled'];
const SOURCES = ['red', 'green', 'blue'] as const;
/** Printed by fast-check when a case fails; set ROLLCALL_SEED to repeat it. */
const SEED = Number(process.env.ROLLCALL_SEED ?? Date.now() % 1_000_000);

limitTests(300_000);

describe(`the promise, with seed ${SEED}`, () => {
  let machine: Machine;
  beforeAll(async () => {
    machine = await startMachine({
      appDir: APP_DIR,
      connectionString: accountOf('promise'),
      settings: {
        ROLLCALL_RECONCILE_SCHEDULE: '* * * * * *',
        ROLLCALL_WAITING_SECONDS: '1',
        // Above the latest entry: processing, log delay and lateness are some four seconds.
        ROLLCALL_CONFIRM_WITHIN_SECONDS: '6',
        ROLLCALL_GRAPH_TIMEOUT_SECONDS: '3',
        ROLLCALL_LICENCE: 'governance',
      },
      entra: {
        seed: SEED,
        processingDelayMs: [0, 1_500],
        random: {
          rate429: 0.04,
          html503: 0.03,
          cutBefore: 0.03,
          cutDuring: 0.02,
          cutAfterAccept: 0.05,
          entryLost: 0.01,
          entryTwice: 0.1,
          entryLate: 0.1,
          entryLateMs: 2_000,
          transientFailure: 0.05,
        },
      },
    });
  });
  afterAll(() => machine.stop());

  it('every row has exactly one verdict, the newest record that succeeded is in the directory, and no window is exceeded', async () => {
    const [files] = fc.sample(fc.array(randomExports, { minLength: SOURCES.length, maxLength: SOURCES.length }), {
      seed: SEED,
      numRuns: 1,
    });
    await Promise.all(SOURCES.map((source, i) => dropAll(machine, source, files![i]!)));
    const total = files!.reduce((sum, one) => sum + one.length, 0);
    const runs = await untilEnded(machine, total);
    const users = machine.entra!.directory();
    const accepted = new Set(machine.entra!.uploads().flatMap((upload) => upload.people.map((one) => one.bulkId)));
    for (const [i, source] of SOURCES.entries()) {
      const mine = runs.filter((run) => run.source === source).sort((a, b) => (a.run < b.run ? -1 : 1));
      const verdicts = await Promise.all(mine.map((run) => readVerdicts(machine, run)));
      files![i]!.forEach((file, at) => expectOneVerdictPerRow(file, source, verdicts[at]!));
      for (let person = 1; person <= 150; person++)
        expectNewestInDirectory(source, person, files![i]!, verdicts, users, (at, row) =>
          accepted.has(`${mine[at]!.run}-${row}`),
        );
    }
    const { pace, day } = machine.entra!.stats().uploads;
    expect({ violations: pace.violations, day: day.violations }).toEqual({ violations: 0, day: 0 });
    expect(pace.maxInWindow).toBeLessThanOrEqual(40);
  });
});

/** Drops the files one after the other while the earlier ones are still in progress, each in a second of its own. */
async function dropAll(machine: Machine, source: string, files: readonly RandomExport[]): Promise<void> {
  let last = 0;
  for (const [i, file] of files.entries()) {
    // Last-Modified has whole seconds: files dropped in one second have no order.
    while (Math.floor(Date.now() / 1_000) * 1_000 <= last) await new Promise((resolve) => setImmediate(resolve));
    // A random file enables and disables half of everybody.
    await putSource(machine.storage, source, Buffer.from(sourceText(source, file.content, { guard: 'off' })));
    last = await dropExport(machine.storage, source, `people-${i}.csv`, writeExport(file, source));
    // A file gets the settings at the time it arrives: the next file may come with others.
    await until(async () =>
      (await runsOf(machine, source)).some(
        (run) => fileNameOf(run) === `people-${i}.csv` && run.state !== 'received' && run.state !== 'checking',
      ),
    );
  }
}

async function untilEnded(machine: Machine, total: number): Promise<readonly Run[]> {
  let runs: readonly Run[] = [];
  try {
    await until(async () => {
      runs = await runsOf(machine);
      return runs.length >= total && runs.every(hasEnded);
    });
  } catch (error) {
    throw new Error(`${String(error)}\n${await whatIsOpen(machine, runs)}`);
  }
  expect(runs.map((run) => run.state)).toEqual(runs.map(() => 'settled'));
  return runs;
}

/** What keeps the runs from ending, for the message of a failure. */
async function whatIsOpen(machine: Machine, runs: readonly Run[]): Promise<string> {
  const lines: string[] = [];
  const batches = azureBatchTable(machine.storage.table('batches'));
  for (const run of runs.filter((one) => !hasEnded(one))) {
    lines.push(`${run.source} ${run.run} ${run.content} ${run.state}`);
    for await (const { value } of batches.inStates(run.run, ['staged', 'sending', 'sent'])) {
      const open = value.rows.filter((row) => row.work !== 'done');
      lines.push(
        `  ${value.batch} ${value.state} delivery ${value.delivery}, ${open.length} rows open, notBefore ${value.notBefore}, releasedAt ${value.releasedAt}, e.g. ${JSON.stringify(open[0])}`,
      );
    }
  }
  const failed = machine.host.events().filter((event) => event.event === 'invocation-failed');
  return [
    ...lines,
    `now ${Date.now()}`,
    `${failed.length} failed invocations`,
    ...failed.slice(-5).map((event) => event.message),
  ].join('\n');
}

type Verdicts = readonly { readonly line: string; readonly id: string; readonly verdict: string }[];

async function readVerdicts(machine: Machine, run: Run): Promise<Verdicts> {
  const blob = machine.storage.blobs
    .getContainerClient('reports')
    .getBlobClient(`${run.source}/${run.run}/${fileNameOf(run)}.verdicts.csv`);
  const text = (await blob.downloadToBuffer()).toString('utf8').replace(/^\uFEFF/, '');
  return Papa.parse<Verdicts[number]>(text, { header: true, skipEmptyLines: true }).data;
}

function expectOneVerdictPerRow(file: RandomExport, source: string, verdicts: Verdicts): void {
  const rows = Papa.parse<string[]>(writeExport(file, source).toString('utf8'), { skipEmptyLines: true }).data.slice(1);
  expect(verdicts).toHaveLength(rows.length);
  expect(verdicts.map((one) => one.id)).toEqual(rows.map((cells) => cells[0]));
  file.rows.forEach((row, i) => {
    if (row.kind === 'good') expect(verdicts[i]!.verdict).not.toBe('rejected');
    else expect(verdicts[i]!.verdict).toBe('rejected');
  });
}

/**
 * The newest record that succeeded; or a newer one that the service accepted but did not answer in the log (its entry is lost: it may have
 * been processed all the same).
 */
function expectNewestInDirectory(
  source: string,
  person: number,
  files: readonly RandomExport[],
  verdicts: readonly Verdicts[],
  users: readonly DirectoryUser[],
  wasAccepted: (file: number, row: number) => boolean,
): void {
  const possible: RandomRow[] = [];
  let newestSuccess: RandomRow | null = null;
  for (let at = files.length - 1; at >= 0; at--) {
    const i = files[at]!.rows.findIndex((row) => row.person === person && row.kind === 'good');
    const verdict = i < 0 ? '' : verdicts[at]![i]!.verdict;
    if (i >= 0 && (SUCCESS.includes(verdict) || wasAccepted(at, i + 1))) possible.push(files[at]!.rows[i]!);
    if (SUCCESS.includes(verdict)) {
      newestSuccess = files[at]!.rows[i]!;
      break;
    }
  }
  const expected = possible.map((row) => factsOfRow(row, source));
  const user = users.find((one) => one.employeeId === idOf(person, source));
  if (possible.some((row) => row === newestSuccess)) expect(expected).toContainEqual(user && factsOfUser(user));
  else if (user !== undefined) expect(expected).toContainEqual(factsOfUser(user));
}

const ENTERPRISE = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';

const factsOfRow = (row: RandomRow, source: string): Record<string, unknown> => ({
  employeeId: idOf(row.person, source),
  userName: userNameOf(row.person, source),
  enabled: row.active,
  givenName: `F${row.person}`,
  familyName: `L${row.person}`,
  displayName: `F${row.person} L${row.person}`,
  title: row.title,
  department: row.department,
});

const factsOfUser = (user: DirectoryUser): Record<string, unknown> => ({
  employeeId: user.employeeId,
  userName: user.userPrincipalName,
  enabled: user.accountEnabled,
  givenName: user.attributes['name.givenName'],
  familyName: user.attributes['name.familyName'],
  displayName: user.attributes.displayName,
  title: user.attributes.title,
  department: user.attributes[`${ENTERPRISE}:department`],
});
