// A sample of the kill table for every `npm test`; the whole of it is `npm run test:faults`. Set ROLLCALL_SEED to play a sample again.
import fc from 'fast-check';
import { accountOf, LANES } from '../shared-storage';
import { groundOn } from './ground';
import { describePlayed, failuresOf, playKills, type Played } from './kill-lanes';
import { killTable } from './kill-points';
import { playLife } from './play';
import { limitTests } from './until';

const SEED = Number(process.env.ROLLCALL_SEED ?? Date.now() % 1_000_000);
/** Lines of the table, one in each lane: half a minute on two otherwise idle cores. */
const LINES = LANES.length;

limitTests(240_000);

test(`${LINES} lines of the kill table, with seed ${SEED}: no row lost, no stale record, at most one repeated call`, async () => {
  const groundOf = (lane: number) => groundOn(accountOf(LANES[lane]!));
  const { calls } = await playLife(groundOf(0), null);
  const table = fc.sample(fc.shuffledSubarray([...killTable(calls)], { minLength: LINES, maxLength: LINES }), {
    seed: SEED,
    numRuns: 1,
  })[0]!;
  const tell = (one: Played): unknown => process.stdout.write(`${describePlayed(one)}\n`);
  const played = await playKills(table, playLife, LANES.length, tell, (lane) => Promise.resolve(groundOf(lane)));
  expect(failuresOf(played)).toEqual([]);
  expect(played.some((one) => one.killed)).toBe(true);
});
