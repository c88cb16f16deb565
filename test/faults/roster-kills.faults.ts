// Process death around the roster, from one night to the next: a host is killed at every call on a roster and on what a run writes about one,
// and where a run that compares with a roster moves on. The roster is true after each night, and the last night finds everybody confirmed.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Ground } from './ground';
import { startGround } from './ground';
import { describePlayed, failuresOf, neverKilled, playKills } from './kill-lanes';
import type { KillPoint } from './kill-points';
import { readCalls, ROSTER_CALLS, rosterTable, textOf } from './kill-points';
import { NIGHTS, Nights } from './nights';
import type { Life } from './play';

/** Lives side by side; they mostly wait. */
const LANES = 3;
/** When to give up on one night, ms: three times what it takes on two otherwise idle cores. */
const WITHIN_MS = 20 * 60_000;
/** Only matching lines are played. */
const ONLY = new RegExp(process.env.ROLLCALL_KILLS ?? '');

/** In the first there is none yet. */
const comparesWithRoster = (night: number): boolean => night > 1;

test.each([1, 2])(
  'a host killed at any call around the roster in night %i: the roster is true, and whoever is confirmed costs no call',
  async (night) => {
    const play = (ground: Ground, point: KillPoint | null): Promise<Life> => playNights(ground, night, point);
    const ground = await startGround();
    const { calls } = await play(ground, null).finally(() => ground.stop());
    if (comparesWithRoster(night)) expect(ROSTER_CALLS.filter((name) => !calls.has(name))).toEqual([]);
    const table = rosterTable(calls, comparesWithRoster(night)).filter((point) => ONLY.test(textOf(point)));
    const played = await playKills(table, play, LANES, (one) =>
      process.stdout.write(`night ${night}: ${describePlayed(one)}\n`),
    );
    expect(failuresOf(played)).toEqual([]);
    expect(neverKilled(table, played)).toEqual([]);
  },
  WITHIN_MS,
);

/** Plays all nights; the host of one night is killed at the point. Resolves to the calls of that host, in that night. */
async function playNights(ground: Ground, night: number, kill: KillPoint | null): Promise<Life> {
  const folder = mkdtempSync(join(tmpdir(), 'rollcall-faults-'));
  const callsFile = join(folder, 'calls');
  const hooks = {
    NODE_OPTIONS: `--require ${join(__dirname, 'kill-at.cjs')}`,
    ROLLCALL_TEST_CALLS: callsFile,
    ...(kill === null ? {} : { ROLLCALL_TEST_KILL: textOf(kill) }),
  };
  const one = await ground.begin();
  let life: Life | null = null;
  try {
    const nights = await Nights.begin(one);
    let host = await one.startHost(night === 1 ? hooks : {});
    for (let now = 1; now <= NIGHTS.files.length; now++) {
      if (now === night && now > 1) {
        await host.kill();
        host = await one.startHost(hooks);
      }
      const died = new AbortController();
      const exit = host.exited.finally(() => died.abort());
      await nights.drop(host);
      const killed = !(await nights.end(died.signal));
      if (now === night) life = { calls: readCalls(callsFile), killed };
      if (killed) {
        expect((await exit).signal).toBe('SIGKILL');
        host = await one.startHost();
      }
      await nights.expectPromise(life?.killed === true ? 1 : 0);
      // Without a kill there is nothing to find in later nights.
      if (life !== null && kill !== null && !life.killed) break;
    }
    return life!;
  } catch (error) {
    throw new Error(`${error instanceof Error ? error.message : String(error)}\n${one.story()}`, { cause: error });
  } finally {
    await one.end();
    rmSync(folder, { recursive: true });
  }
}
