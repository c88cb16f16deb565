// One life of the small world: a host is started, the first file's event arrives, the second file's event is lost; if the host dies,
// another one goes on.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FaultScript } from '../../local/entra/faults';
import type { Run } from '../../shared/run/run';
import type { Case, Ground } from './ground';
import type { KillPoint } from './kill-points';
import { readCalls, textOf } from './kill-points';
import { expectFewRepeated, expectNewestRecords, expectVerdicts, expectWithinLimits } from './check-promise';
import { dropWorld } from './drop-world';
import { fireEvent } from './plain-life';
import { untilRest, untilRestOr } from './rest';
import { idOf, rulesOf, SMALL_WORLD } from './small-world';

/** The service's own faults in each life: a job that does not exist yet, one 429, and one request that must be halved. */
const SERVICE_FAULTS: readonly FaultScript[] = [
  {
    on: 'bulkUpload',
    answers: [
      { status: 404 },
      { normal: true },
      { status: 429, retryAfter: 1 },
      { status: 413, onlyIfContains: idOf(70), times: 1 },
    ],
  },
];
/** The result of a life: the calls of the first host, and whether it was killed. */
export interface Life {
  readonly calls: ReadonlyMap<string, number>;
  readonly killed: boolean;
}

/** Plays the small world on `ground` and expects the promise to hold at its end. `kill` null: no host is killed. */
export async function playLife(ground: Ground, kill: KillPoint | null): Promise<Life> {
  const folder = mkdtempSync(join(tmpdir(), 'rollcall-faults-'));
  const callsFile = join(folder, 'calls');
  const one = await ground.begin({ rules: rulesOf(SMALL_WORLD) });
  try {
    one.entra.script(SERVICE_FAULTS);
    const first = await one.startHost({
      NODE_OPTIONS: `--require ${join(__dirname, 'kill-at.cjs')}`,
      ROLLCALL_TEST_CALLS: callsFile,
      ...(kill === null ? {} : { ROLLCALL_TEST_KILL: textOf(kill) }),
    });
    const died = new AbortController();
    const exit = first.exited.finally(() => died.abort());
    await dropWorld(one, SMALL_WORLD, (at) => (at === 0 ? fireEvent(one, first) : Promise.resolve()));
    let runs = await untilRestOr(one, SMALL_WORLD.files.length, died.signal);
    const killed = runs === null;
    if (runs === null) {
      expect((await exit).signal).toBe('SIGKILL');
      await one.startHost();
      runs = await untilRest(one, SMALL_WORLD.files.length);
    }
    await expectPromise(one, runs, killed ? 1 : 0);
    return { calls: readCalls(callsFile), killed };
  } catch (error) {
    throw new Error(`${error instanceof Error ? error.message : String(error)}\n${one.story()}`, { cause: error });
  } finally {
    await one.end();
    rmSync(folder, { recursive: true });
  }
}

async function expectPromise(one: Case, runs: readonly Run[], kills: number): Promise<void> {
  await expectVerdicts(one, SMALL_WORLD, runs);
  expectNewestRecords(one, SMALL_WORLD);
  expectWithinLimits(one);
  expectFewRepeated(one, SMALL_WORLD, kills);
}
