// Parts of many runs, merged with a roster at once: the same as one after the other.
import * as fc from 'fast-check';
import { JoinedParts } from '../../../shared/roster/joined-parts';
import { emptyRoster, mergeTables } from '../../../shared/roster/merge-roster';
import type { RosterTable } from '../../../shared/roster/roster-table';
import type { MadeRun } from './made-roster';
import { partOf, runId, seenOf, SOURCE } from './made-roster';

const facts = fc.uniqueArray(
  fc.record({ id: fc.bigInt(0n, 40n), value: fc.integer({ min: 0, max: 3 }), why: fc.constant(null) }),
  { selector: ({ id }) => id, maxLength: 20 },
);
const madeRun = fc.record({
  facts,
  alsoSeen: fc.array(fc.bigInt(0n, 40n), { maxLength: 5 }),
  full: fc.constantFrom(null, 'complete' as const, 'doubtful' as const),
  mapping: fc.constantFrom('1', '2'),
});

const inTurn = async (roster: RosterTable, runs: readonly MadeRun[]): Promise<RosterTable> => {
  let merged = roster;
  for (const run of runs) merged = await mergeTables(merged, partOf(run), seenOf(run));
  return merged;
};

test('the order of the merges does not matter, nor what the roster has learned meanwhile', async () => {
  const told = fc.array(fc.tuple(madeRun, fc.boolean()), { minLength: 1, maxLength: 12 });
  await fc.assert(
    fc.asyncProperty(told, async (all) => {
      const runs = all.map(([run, isSettled], n) => ({ ...run, n, isSettled }));
      const roster = await inTurn(
        emptyRoster(SOURCE),
        runs.filter(({ isSettled }) => isSettled),
      );
      const open = runs.filter(({ isSettled }) => !isSettled);
      const parts = new JoinedParts();
      for (const run of open) await parts.add(partOf(run));
      const part = await parts.joined();
      const atOnce = part === null ? roster : await mergeTables(roster, part, open.map(seenOf));
      const expected = await inTurn(roster, open);
      expect(atOnce.header).toEqual(expected.header);
      expect(atOnce.entries.equals(expected.entries)).toBe(true);
    }),
    { numRuns: 60 },
  );
});

test('the newest part with a person is found', async () => {
  const parts = new JoinedParts();
  const fact = (id: bigint) => ({ id, value: 1, why: null });
  await parts.add(partOf({ n: 1, facts: [1n, 2n, 3n, 4n, 5n].map(fact) }));
  await parts.add(partOf({ n: 2, facts: [2n, 6n].map(fact) }));
  await parts.add(partOf({ n: 3, facts: [] }));
  expect([1n, 2n, 6n].map((id) => parts.find(id)?.run)).toEqual([runId(1), runId(2), runId(2)]);
  expect(parts.find(7n)).toBeNull();
});
