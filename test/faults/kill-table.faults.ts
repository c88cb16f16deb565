// Process death, the whole table: a host is killed by SIGKILL at every call on a storage or Graph port, before it and after it, and the
// promise holds after each. The roster's calls have a table of their own (roster-kills.faults.ts): they matter from one night to the next.
import { startGround } from './ground';
import { describePlayed, failuresOf, neverKilled, playKills } from './kill-lanes';
import { killTable, ROSTER_CALLS, textOf } from './kill-points';
import { playLife } from './play';

/** Lives side by side; they mostly wait. Measured on two cores, 2026-11. */
const LANES = 3;
/** When to give up, ms: three times what it takes on two otherwise idle cores. */
const WITHIN_MS = 60 * 60_000;
/** Only matching lines are played; to look into one of them. */
const ONLY = new RegExp(process.env.ROLLCALL_KILLS ?? '');

test(
  'a host killed at any call on a port loses no row, leaves no stale record, and costs at most one repeated call',
  async () => {
    const ground = await startGround();
    const { calls } = await playLife(ground, null).finally(() => ground.stop());
    const table = killTable(calls).filter((point) => !ROSTER_CALLS.includes(point.name) && ONLY.test(textOf(point)));
    const played = await playKills(table, playLife, LANES, (one) => process.stdout.write(`${describePlayed(one)}\n`));
    expect(failuresOf(played)).toEqual([]);
    expect(neverKilled(table, played)).toEqual([]);
  },
  WITHIN_MS,
);
