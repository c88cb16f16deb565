// A sample of the kill table for every `npm test`; the whole of it is `npm run test:faults`. Set ROLLCALL_SEED to play a sample again.
import fc from 'fast-check';
import { startGround } from './ground';
import { describePlayed, failuresOf, playKills } from './kill-lanes';
import { killTable } from './kill-points';
import { playLife } from './play';
import { limitTests } from './until';

const SEED = Number(process.env.ROLLCALL_SEED ?? Date.now() % 1_000_000);
/** Lines of the table, and lives side by side: half a minute on two otherwise idle cores. */
const LINES = 3;
const LANES = 3;

limitTests(240_000);

test(`${LINES} lines of the kill table, with seed ${SEED}: no row lost, no stale record, at most one repeated call`, async () => {
  const ground = await startGround();
  const { calls } = await playLife(ground, null).finally(() => ground.stop());
  const table = fc.sample(fc.shuffledSubarray([...killTable(calls)], { minLength: LINES, maxLength: LINES }), {
    seed: SEED,
    numRuns: 1,
  })[0]!;
  const played = await playKills(table, playLife, LANES, (one) => process.stdout.write(`${describePlayed(one)}\n`));
  expect(failuresOf(played)).toEqual([]);
  expect(played.some((one) => one.killed)).toBe(true);
});
