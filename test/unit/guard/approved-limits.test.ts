// What an approval covers: exactly what was seen, and less of it.
import * as fc from 'fast-check';
import { approvalOf, isCovered, type ApprovedLimit } from '../../../shared/guard/approved-limits';
import { PEOPLE_LIMITS } from '../../../shared/guard/guard-counts';
import type { Tripped } from '../../../shared/guard/tripped';

const disabled = (count: number): Tripped => ({
  limit: 'disabled',
  count,
  base: 1_000,
  by: 'percent',
  allowed: 5,
  lines: [3],
});
const column = (name: string, became: 'empty' | 'constant' | 'changed', count: number): Tripped => ({
  ...{ limit: 'column', column: { quote: name }, count, base: 1_000, lines: [] },
  ...(became === 'changed' ? { became, allowed: 30 } : { became, allowed: null }),
});
const rows = (became: 'fewer' | 'more', count: number): Tripped => ({
  limit: 'rows',
  became,
  count,
  base: 1_000,
  allowed: 20,
  lines: [],
});
const first = (count: number): Tripped => ({ limit: 'firstRun', count, base: 0, lines: [] });

test('the approval names each limit that tripped, with its column and its number', () => {
  expect(approvalOf([disabled(60), column('Title', 'empty', 900), rows('fewer', 300), first(7)])).toEqual([
    { limit: 'disabled', count: 60 },
    { limit: 'column', column: 'Title', became: 'empty', count: 900 },
    { limit: 'rows', became: 'fewer', count: 300 },
    { limit: 'firstRun', count: 7 },
  ]);
  expect(approvalOf([])).toEqual([]);
});

test.each<[string, Tripped, Tripped, boolean]>([
  ['one person fewer', disabled(59), disabled(60), true],
  ['the same people', disabled(60), disabled(60), true],
  ['one person more', disabled(61), disabled(60), false],
  ['another limit', { ...disabled(60), limit: 'missing' } as Tripped, disabled(60), false],
  ['the same by another figure', { ...disabled(60), by: 'count', allowed: 50 } as Tripped, disabled(60), true],
  ['the same column', column('Title', 'empty', 900), column('Title', 'empty', 900), true],
  ['the same column, more rows', column('Title', 'empty', 901), column('Title', 'empty', 900), false],
  ['another column', column('City', 'empty', 900), column('Title', 'empty', 900), false],
  ['another change of the column', column('Title', 'constant', 900), column('Title', 'empty', 900), false],
  ['fewer rows still', rows('fewer', 301), rows('fewer', 300), false],
  ['more rows, where fewer were approved', rows('more', 300), rows('fewer', 300), false],
  ['a first run', first(9), first(7), true],
  ['a first run, where something else was approved', first(9), disabled(9_000), false],
])('%s', (_name, tripped, approved, covered) => {
  expect(isCovered(tripped, approvalOf([approved]))).toBe(covered);
  expect(isCovered(tripped, [...approvalOf([approved]), ...approvalOf([rows('more', 1)])])).toBe(covered);
  expect(isCovered(tripped, [])).toBe(false);
});

test('an approval that was stored as JSON covers the same', () => {
  const all = [disabled(60), column('Title', 'empty', 900), rows('fewer', 300), first(7)];
  const stored = JSON.parse(JSON.stringify(approvalOf(all))) as readonly ApprovedLimit[];
  expect(all.filter((one) => !isCovered(one, stored))).toEqual([]);
});

const anyTripped = fc.oneof(
  fc.record({ limit: fc.constantFrom(...PEOPLE_LIMITS), count: fc.nat(50) }).map(
    (one): Tripped =>
      ({
        ...disabled(one.count),
        ...one,
      }) as Tripped,
  ),
  fc
    .tuple(fc.constantFrom('A', 'B'), fc.constantFrom('empty' as const, 'changed' as const), fc.nat(50))
    .map((args) => column(...args)),
  fc.tuple(fc.constantFrom('fewer' as const, 'more' as const), fc.nat(50)).map((args) => rows(...args)),
  fc.nat(50).map(first),
);

test('for all approvals, what tripped is covered by its own approval, and a larger one never covers less', () => {
  fc.assert(
    fc.property(fc.array(anyTripped), anyTripped, anyTripped, fc.nat(50), (approved, extra, tripped, more) => {
      expect(approved.every((one) => isCovered(one, approvalOf(approved)))).toBe(true);
      const before = isCovered(tripped, approvalOf(approved));
      const raised = approvalOf(approved).map((one) => ({ ...one, count: one.count + more }));
      if (before) {
        expect(isCovered(tripped, raised)).toBe(true);
        expect(isCovered(tripped, approvalOf([...approved, extra]))).toBe(true);
      }
    }),
    { numRuns: 1_000 },
  );
});
