// The promise for one person and two runs, with any events in any order: the product's moves against an oracle that knows only
// what the service did.
import * as fc from 'fast-check';
import { isSuccess } from '../../shared/verdict/verdict';
import { World } from './one-person';

/** More steps than any world needs to reach rest without further faults. */
const MOST_STEPS = 300;

/** Takes the steps that the numbers choose, with a few faults at first, then none until nothing can move. Resolves to the story. */
async function live(world: World, choices: readonly number[], faults: number): Promise<string[]> {
  const story: string[] = [];
  let left = faults;
  for (const choice of choices) {
    // One throw in six is a fault, if any are left: with more of them, nothing would ever progress.
    const fault = choice % 6 === 0 && left > 0;
    const steps = world.steps().filter((step) => step.fault === fault);
    const step = steps[Math.floor(choice / 6) % Math.max(steps.length, 1)];
    if (!step) continue;
    if (step.fault) left--;
    story.push(step.name);
    await step.take();
  }
  for (let n = 0; n < MOST_STEPS; n++) {
    // Sendings and entries before the sweep's steps, and those that end a wait last, as with the real delays.
    const step =
      world.steps().find((one) => !one.fault && !/time of run|taken over/.test(one.name)) ??
      world.steps().find((one) => !one.fault);
    if (!step) return story;
    story.push(step.name);
    await step.take();
  }
  throw new Error(`it never comes to rest: ${story.slice(-20).join('; ')}`);
}

// Without fast-check's bias towards small numbers: here they are dice, not values.
const anyChoices = fc.noBias(fc.array(fc.nat(10_000), { minLength: 30, maxLength: 40 }));

/** What is wrong with a world at rest, in words; empty if the promise holds. */
function broken(world: World): readonly string[] {
  const wrong: string[] = [];
  for (const run of [1, 2] as const) {
    const batch = world.batches[run];
    const row = world.row(run);
    if (batch?.state !== 'settled' || batch.rows.length !== 1)
      wrong.push(`run ${run} is ${batch?.state ?? 'not there'}`);
    if (!row?.verdict || row.work !== 'done') wrong.push(`the row of run ${run} has no verdict`);
    // With two records under way at once the log cannot tell them apart; the verdict only has to exist.
    if (world.twoAtOnce || !row) continue;
    const seen = world.log.filter((entry) => entry.origin === run).map((entry) => entry.outcome.effect);
    // Unchanged without a call: the older run's record is the same.
    const isUnsent = row.verdict === 'unchanged' && row.sentAt.length === 0;
    if (isUnsent && !world.holds(run))
      wrong.push(`run ${run} is unchanged without a call, the directory holds another`);
    if (isSuccess(row.verdict) && !isUnsent && !world.applied.has(run))
      wrong.push(`run ${run} is "${String(row.verdict)}" and was never applied`);
    if (!isSuccess(row.verdict) && seen.some((effect) => effect !== 'failed'))
      wrong.push(`run ${run} is "${String(row.verdict)}", its success was read`);
    if (row.verdict === 'failed' && !seen.includes('failed')) wrong.push(`run ${run} is "failed", nothing failed`);
    if (row.verdict === 'superseded' && run === 2) wrong.push('the newest run is superseded');
  }
  const newest = world.applied.has(2) ? 2 : world.applied.has(1) ? 1 : null;
  if (newest === null ? world.directory !== null : !world.holds(newest))
    wrong.push(`the directory holds run ${String(world.directory)}, the newest applied is ${String(newest)}`);
  return wrong;
}

test.each([
  ['without faults', 0, 100],
  ['with one fault', 1, 2_000],
  ['with up to four faults', 4, 6_000],
])('every row gets one true verdict, nothing is lost, the newest record wins: %s', async (_, faults, numRuns) => {
  await fc.assert(
    fc.asyncProperty(anyChoices, async (choices) => {
      const world = new World();
      const story = await live(world, choices, faults);
      expect({ story, wrong: broken(world) }).toEqual({ story, wrong: [] });
    }),
    { numRuns },
  );
});

test.each([
  ['one fault', 1, 1_000],
  ['up to four faults', 4, 3_000],
])('the same holds if the newer file repeats the record, with %s', async (_, faults, numRuns) => {
  await fc.assert(
    fc.asyncProperty(anyChoices, async (choices) => {
      const world = new World(true);
      const story = await live(world, choices, faults);
      expect({ story, wrong: broken(world) }).toEqual({ story, wrong: [] });
    }),
    { numRuns },
  );
});

test('without faults a record that the newer file repeats is sent once: by the older run, or by the newer one, which overtook it', async () => {
  await fc.assert(
    fc.asyncProperty(anyChoices, async (choices) => {
      const world = new World(true);
      await live(world, choices, 0);
      const [older, newer] = [world.row(1), world.row(2)];
      expect((older?.sentAt.length ?? 0) + (newer?.sentAt.length ?? 0)).toBe(1);
      expect([older?.verdict, newer?.verdict]).toEqual(
        older?.sentAt.length === 1 ? ['created', 'unchanged'] : ['superseded', 'created'],
      );
    }),
  );
});

test('without faults each person is sent at most once per run', async () => {
  await fc.assert(
    fc.asyncProperty(anyChoices, async (choices) => {
      const world = new World();
      await live(world, choices, 0);
      for (const run of [1, 2] as const) expect(world.row(run)?.sentAt.length).toBeLessThanOrEqual(1);
      expect(world.row(2)?.verdict).toMatch(/^(created|updated)$/);
    }),
  );
});
