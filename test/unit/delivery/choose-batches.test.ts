// Which batches go next.
import * as fc from 'fast-check';
import type { Candidate } from '../../../shared/delivery/choose-batches';
import { chooseBatches } from '../../../shared/delivery/choose-batches';

const candidate = (text: string): Candidate => {
  const [source = '', run = '', batch = '', kind] = text.split(' ');
  return { source, run, batch, leavers: kind === 'leavers' };
};
const chosen = (room: number, ...list: readonly string[]): string[] =>
  chooseBatches(list.map(candidate), room).map((one) => `${one.source} ${one.run} ${one.batch}`);

test('leavers of any run and source go before all other batches', () => {
  expect(chosen(2, 'a r1 1', 'a r1 2', 'b r9 3 leavers', 'a r2 1 leavers')).toEqual(['b r9 3', 'a r2 1'].sort());
});
test('sources take turns, however many batches one of them has', () => {
  const flood = Array.from({ length: 100 }, (_, i) => `a r1 ${String(i).padStart(3, '0')}`);
  expect(chosen(4, ...flood, 'b r2 001', 'b r2 002')).toEqual(['a r1 000', 'b r2 001', 'a r1 001', 'b r2 002']);
});
test('room that one source leaves is used by the other', () => {
  expect(chosen(3, 'a r1 1', 'a r1 2', 'a r1 3', 'b r2 1')).toEqual(['a r1 1', 'b r2 1', 'a r1 2']);
});
test('within a source: the older run first, then the order of the file', () => {
  expect(chosen(4, 'a r2 1', 'a r1 2', 'a r1 1.1', 'a r1 1')).toEqual(['a r1 1', 'a r1 1.1', 'a r1 2', 'a r2 1']);
});

const anyCandidates = fc.uniqueArray(
  fc.record({
    source: fc.constantFrom('a', 'b', 'c'),
    run: fc.constantFrom('r1', 'r2'),
    batch: fc.nat(40).map(String),
    leavers: fc.boolean(),
  }),
  { selector: (one) => `${one.source}${one.run}/${one.batch}` },
);
test('takes each at most once, never more than there is room for, and never fewer than possible', () => {
  fc.assert(
    fc.property(anyCandidates, fc.integer({ min: -3, max: 60 }), (list, room) => {
      const taken = chooseBatches(list, room);
      expect(taken.length).toBe(Math.max(0, Math.min(room, list.length)));
      expect(new Set(taken).size).toBe(taken.length);
      for (const one of taken) expect(list).toContain(one);
    }),
  );
});
test('does not depend on the order of the candidates', () => {
  fc.assert(
    fc.property(anyCandidates, fc.nat(30), (list, room) => {
      const words = (ones: readonly Candidate[]): string[] => ones.map((one) => JSON.stringify(one)).sort();
      const perSource = (ones: readonly Candidate[]): number[] =>
        ['a', 'b', 'c'].map((s) => ones.filter((one) => one.source === s).length);
      const there = chooseBatches(list, list.length);
      const back = chooseBatches([...list].reverse(), list.length);
      expect(words(there)).toEqual(words(back));
      const leavers = chooseBatches(list, room).filter((one) => one.leavers).length;
      expect(leavers).toBe(Math.min(room, list.filter((one) => one.leavers).length));
      const others = list.filter((one) => !one.leavers);
      const counts = perSource(chooseBatches(others, room));
      const have = perSource(others);
      // Fair: a source that got over one turn less than another had no more batches.
      counts.forEach((count, i) => {
        if (count < Math.max(...counts) - 1) expect(count).toBe(have[i]);
      });
    }),
  );
});
