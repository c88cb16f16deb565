// The judge: each limit just below, at and just above, and for whom which limit is asked.
import * as fc from 'fast-check';
import { PEOPLE_LIMITS, type GuardCounts, type PeopleLimit } from '../../../shared/guard/guard-counts';
import { judgeCounts } from '../../../shared/guard/judge-counts';
import type { Tripped } from '../../../shared/guard/tripped';
import type { GuardSettings } from '../../../shared/source/guard-settings';
import { CLOUD, countsOf, LAPTOP, tally } from './counts';

const heldBy = (counts: GuardCounts, guard?: GuardSettings): readonly string[] =>
  judgeCounts(counts, guard, CLOUD).hold.map(({ limit }) => limit);
const warnedBy = (counts: GuardCounts, guard?: GuardSettings): readonly string[] =>
  judgeCounts(counts, guard, CLOUD).warn.map(({ limit }) => limit);
const people = (limit: PeopleLimit, count: number, members: Partial<GuardCounts> = {}): GuardCounts =>
  countsOf({ ...members, people: { [limit]: tally(count) } });
const column = (became: 'empty' | 'constant' | 'changed', count: number, of: number): GuardCounts =>
  countsOf({ columns: [{ column: 'Title', became, count, of }] });

test('a quiet night trips nothing', () => {
  expect(judgeCounts(countsOf(), undefined, CLOUD)).toEqual({ hold: [], warn: [] });
});

describe('the defaults', () => {
  test.each<[PeopleLimit, number]>([
    ['disabled', 50],
    ['missing', 100],
    ['changed', 300],
    ['created', 200],
    ['enabled', 50],
    ['renamed', 50],
  ])('%s: %i of 1,000 people go, one more is held', (limit, most) => {
    expect(heldBy(people(limit, most - 1))).toEqual([]);
    expect(heldBy(people(limit, most))).toEqual([]);
    expect(heldBy(people(limit, most + 1))).toEqual([limit]);
  });

  test.each<[PeopleLimit, number]>([
    ['disabled', 5],
    ['missing', 5],
    ['changed', 20],
    ['created', 20],
    ['enabled', 5],
    ['renamed', 5],
  ])('%s: with 10 people, a percentage is asked from %i on', (limit, from) => {
    expect(heldBy(people(limit, from - 1, { known: 10 }))).toEqual([]);
    expect(heldBy(people(limit, from, { known: 10 }))).toEqual([limit]);
    expect(heldBy(people(limit, from + 1, { known: 10 }))).toEqual([limit]);
  });

  test('disabled: never more than 500, however many are known', () => {
    expect(heldBy(people('disabled', 499, { known: 200_000 }))).toEqual([]);
    expect(heldBy(people('disabled', 500, { known: 200_000 }))).toEqual([]);
    expect(heldBy(people('disabled', 501, { known: 200_000 }))).toEqual(['disabled']);
  });

  test('rejected: 100 of 1,000 rows go, one more is held; from 10 rows on', () => {
    const rejected = (count: number, rows: number) =>
      heldBy(countsOf({ rows, lastRows: rows, rejected: tally(count) }));
    expect([99, 100, 101].map((count) => rejected(count, 1_000))).toEqual([[], [], ['rejected']]);
    expect([9, 10].map((count) => rejected(count, 12))).toEqual([[], ['rejected']]);
  });

  test.each(['empty', 'constant'] as const)('column: one that became %s is held from 20 rows on', (became) => {
    expect([19, 20, 21].map((of) => heldBy(column(became, of, of)))).toEqual([[], ['column'], ['column']]);
  });

  test('column: one that changed in more than 30 % of the rows is held, from 20 rows on', () => {
    expect([299, 300, 301].map((count) => heldBy(column('changed', count, 1_000)))).toEqual([[], [], ['column']]);
    expect([19, 20].map((of) => heldBy(column('changed', of, of)))).toEqual([[], ['column']]);
  });

  test('rows: up to 20 % fewer and 50 % more than in the last full file', () => {
    const rows = (count: number) => heldBy(countsOf({ rows: count }));
    expect([801, 800, 799].map(rows)).toEqual([[], [], ['rows']]);
    expect([1_499, 1_500, 1_501].map(rows)).toEqual([[], [], ['rows']]);
    const small = (count: number) => heldBy(countsOf({ rows: count, lastRows: 30 }));
    expect([11, 10, 9].map(small)).toEqual([[], ['rows'], ['rows']]);
    expect([49, 50, 51].map(small)).toEqual([[], ['rows'], ['rows']]);
  });

  test('nothing only warns', () => {
    const worst = { ...countsOf(), people: Object.fromEntries(PEOPLE_LIMITS.map((limit) => [limit, tally(1_000)])) };
    expect(warnedBy(worst as GuardCounts)).toEqual([]);
  });
});

describe('what a trip tells', () => {
  test('the number, the base, which figure tripped, and the lines', () => {
    const counts = countsOf({ people: { disabled: tally(312, [3, 9, 14, 20, 31]) } });
    expect(judgeCounts(counts, undefined, CLOUD).hold).toEqual<Tripped[]>([
      { limit: 'disabled', count: 312, base: 1_000, by: 'percent', allowed: 5, lines: [3, 9, 14, 20, 31] },
    ]);
    expect(judgeCounts(people('disabled', 501, { known: 200_000 }), undefined, CLOUD).hold).toEqual<Tripped[]>([
      { limit: 'disabled', count: 501, base: 200_000, by: 'count', allowed: 500, lines: [] },
    ]);
  });

  test('all limits that trip, and each column, are listed', () => {
    const counts = countsOf({
      rows: 700,
      people: { missing: tally(300), renamed: tally(51) },
      rejected: tally(71),
      columns: [
        { column: 'Title', became: 'empty', count: 600, of: 700 },
        { column: 'City', became: 'changed', count: 300, of: 700 },
      ],
    });
    expect(judgeCounts(counts, undefined, CLOUD).hold).toMatchObject([
      { limit: 'missing', count: 300, base: 1_000, by: 'percent', allowed: 10 },
      { limit: 'renamed', count: 51, base: 1_000, by: 'percent', allowed: 5 },
      { limit: 'rejected', count: 71, base: 700, by: 'percent', allowed: 10 },
      { limit: 'column', column: { quote: 'Title' }, became: 'empty', count: 600, base: 700, allowed: null },
      { limit: 'column', column: { quote: 'City' }, became: 'changed', count: 300, base: 700, allowed: 30 },
      { limit: 'rows', became: 'fewer', count: 300, base: 1_000, allowed: 20 },
    ]);
  });

  test('it survives storage as JSON', () => {
    const counts = countsOf({ rows: 10, columns: [{ column: 'Title', became: 'empty', count: 9, of: 20 }] });
    const { hold } = judgeCounts(counts, undefined, CLOUD);
    expect(hold).toHaveLength(2);
    expect(JSON.parse(JSON.stringify(hold))).toEqual(hold);
  });
});

describe('written limits', () => {
  test('a count, a percentage and "at least", just below, at and just above', () => {
    const guard = { changed: { hold: { count: 7 } }, created: { hold: { percent: 10, atLeast: 4 } } };
    expect([6, 7, 8].map((count) => heldBy(people('changed', count), guard))).toEqual([[], [], ['changed']]);
    expect([3, 4, 5].map((count) => heldBy(people('created', count, { known: 30 }), guard))).toEqual([
      [],
      ['created'],
      ['created'],
    ]);
    expect([9, 10, 11].map((count) => heldBy(people('created', count, { known: 100 }), guard))).toEqual([
      [],
      [],
      ['created'],
    ]);
  });

  test('the figures of a written limit replace all default figures', () => {
    expect(heldBy(people('disabled', 5_000, { known: 10_000 }), { disabled: { hold: { percent: 50 } } })).toEqual([]);
    expect(heldBy(people('disabled', 1, { known: 10 }), { disabled: { hold: { percent: 5 } } })).toEqual(['disabled']);
  });

  test('a warning that is written leaves the default hold as it is', () => {
    const guard = { disabled: { warn: { count: 3 } } };
    expect([3, 4].map((count) => warnedBy(people('disabled', count), guard))).toEqual([[], ['disabled']]);
    expect(judgeCounts(people('disabled', 51), guard, CLOUD)).toMatchObject({ hold: [{ allowed: 5 }], warn: [] });
  });

  test('false switches a limit off, or the half of it that it is written for', () => {
    const all = people('disabled', 1_000);
    expect(heldBy(all, { disabled: false })).toEqual([]);
    const warnOnly: GuardSettings = { disabled: { hold: false, warn: { percent: 5 } } };
    expect(judgeCounts(all, warnOnly, CLOUD)).toMatchObject({ hold: [], warn: [{ limit: 'disabled' }] });
    expect(heldBy(column('empty', 20, 20), { column: false })).toEqual([]);
    expect(heldBy(countsOf({ rows: 1 }), { rows: false })).toEqual([]);
  });

  test('other limits of columns and rows', () => {
    const guard: GuardSettings = {
      column: { hold: { fromRows: 5 } },
      rows: { warn: { morePercent: 10 }, hold: { lessPercent: 50 } },
    };
    expect([4, 5].map((of) => heldBy(column('empty', of, of), guard))).toEqual([[], ['column']]);
    expect(heldBy(column('changed', 1_000, 1_000), guard)).toEqual([]);
    expect([500, 499].map((rows) => heldBy(countsOf({ rows }), guard))).toEqual([[], ['rows']]);
    expect([1_100, 1_101, 9_000].map((rows) => warnedBy(countsOf({ rows }), guard))).toEqual([[], ['rows'], ['rows']]);
    expect(heldBy(countsOf({ rows: 9_000 }), guard)).toEqual([]);
  });
});

describe('which limits are asked', () => {
  const everything = {
    people: Object.fromEntries(PEOPLE_LIMITS.map((limit) => [limit, tally(600)])),
    columns: [{ column: 'Title', became: 'empty', count: 1_000, of: 1_000 }],
    rejected: tally(900),
    rows: 2_000,
  } as const;
  const tight = Object.fromEntries(PEOPLE_LIMITS.map((limit) => [limit, { hold: { count: 599, percent: 1 } }]));

  test('with nobody in the roster: the first run and rejected rows only', () => {
    expect(heldBy(countsOf({ ...everything, known: 0 }), tight)).toEqual(['firstRun', 'rejected']);
    expect(heldBy(countsOf({ known: 0, isSeeded: false, content: 'changes' }))).toEqual(['firstRun']);
  });

  test('the first run is held whatever is written; on loopback it is sent, or as written', () => {
    const first = countsOf({ known: 0, lastRows: null });
    const decide = (guard: GuardSettings, place: typeof CLOUD) =>
      judgeCounts(first, guard, place).hold.map(({ limit }) => limit);
    expect([decide({}, CLOUD), decide({}, LAPTOP)]).toEqual([['firstRun'], []]);
    expect([decide({ firstRun: 'send' }, CLOUD), decide({ firstRun: 'hold' }, LAPTOP)]).toEqual([
      ['firstRun'],
      ['firstRun'],
    ]);
    expect(judgeCounts(first, {}, CLOUD).hold).toEqual([{ limit: 'firstRun', count: 1_000, base: 0, lines: [] }]);
  });

  test('of a file with changes: nothing about who is missing, and nothing about its length', () => {
    const held = heldBy(countsOf({ ...everything, content: 'changes' }), tight);
    expect(held).toEqual(['disabled', 'changed', 'created', 'enabled', 'renamed', 'rejected', 'column']);
    expect(heldBy(countsOf(everything), tight)).toEqual([...PEOPLE_LIMITS, 'rejected', 'column', 'rows']);
  });

  test('while no full file has filled the roster, a share of it says nothing, but a number does', () => {
    const counts = countsOf({ ...everything, content: 'changes', isSeeded: false });
    expect(heldBy(counts)).toEqual(['disabled', 'enabled', 'renamed', 'rejected', 'column']);
    expect(judgeCounts(counts, {}, CLOUD).hold[0]).toMatchObject({ limit: 'disabled', by: 'count', allowed: 50 });
    expect(heldBy(people('disabled', 1_000, { content: 'full', isSeeded: false }))).toEqual(['disabled']);
  });

  describe.each(['disabled', 'enabled', 'renamed'] as const)(
    'while no full file has filled the roster, of people who would be %s',
    (limit) => {
      const unseeded = { content: 'changes', isSeeded: false, known: 10_000 } as const;
      const heldAt = (numbers: readonly number[], guard?: GuardSettings) =>
        numbers.map((count) => heldBy(people(limit, count, unseeded), guard).length);
      test('50 go, one more is held', () => {
        expect(heldAt([49, 50, 51])).toEqual([0, 0, 1]);
      });
      test('a count that is written replaces the default, a percentage alone does not', () => {
        expect(heldAt([51, 70, 71], { [limit]: { hold: { count: 70, percent: 1 } } })).toEqual([0, 0, 1]);
        expect(heldAt([50, 51], { [limit]: { hold: { percent: 90 } } })).toEqual([0, 1]);
        expect(heldAt([50, 51], { [limit]: { warn: { count: 3 } } })).toEqual([0, 1]);
        expect(heldAt([1_000], { [limit]: false })).toEqual([0]);
        expect(heldAt([1_000], { [limit]: { hold: false } })).toEqual([0]);
      });
    },
  );

  test('without a last full file nothing is asked about the number of rows', () => {
    expect(heldBy(countsOf({ rows: 5, lastRows: null }))).toEqual([]);
  });

  test('"off" is obeyed on loopback; elsewhere the defaults apply', () => {
    const bad = people('disabled', 1_000);
    expect(judgeCounts(bad, 'off', LAPTOP)).toEqual({ hold: [], warn: [] });
    expect(judgeCounts(bad, 'off', CLOUD).hold).toMatchObject([{ limit: 'disabled', by: 'percent', allowed: 5 }]);
  });
});

const figure = (max: number) => fc.option(fc.nat({ max }), { nil: undefined });
const limits = fc
  .record({ count: figure(300), percent: figure(100), atLeast: figure(50) })
  .map((figures) => Object.fromEntries(Object.entries(figures).filter(([, value]) => value !== undefined)));
const written = fc.oneof(fc.constant(false as const), fc.record({ hold: limits, warn: limits }, { requiredKeys: [] }));
const guards = fc.dictionary(fc.constantFrom(...PEOPLE_LIMITS, 'rejected'), written) as fc.Arbitrary<GuardSettings>;

test('for all files and limits, raising a count never takes back a trip', () => {
  const counted = fc.constantFrom(...PEOPLE_LIMITS, 'rejected' as const, 'column' as const);
  const base = fc.record({ known: fc.nat(300), rows: fc.integer({ min: 1, max: 300 }), isSeeded: fc.boolean() });
  const content = fc.constantFrom('full' as const, 'changes' as const);
  fc.assert(
    fc.property(guards, base, content, counted, fc.nat(400), fc.nat(400), (guard, members, kind, name, low, more) => {
      const of = (count: number): GuardCounts =>
        countsOf({
          ...members,
          content: kind,
          ...(name === 'rejected' ? { rejected: tally(count) } : {}),
          ...(name === 'column' ? { columns: [{ column: 'A', became: 'changed', count, of: 400 }] } : {}),
          people: name === 'rejected' || name === 'column' ? {} : { [name]: tally(count) },
        });
      const before = judgeCounts(of(low), guard, CLOUD);
      const after = judgeCounts(of(low + more), guard, CLOUD);
      const names = (list: readonly Tripped[]) => list.map(({ limit }) => limit);
      expect(names(after.hold)).toEqual(expect.arrayContaining(names(before.hold)));
      expect(names([...after.hold, ...after.warn])).toEqual(
        expect.arrayContaining(names([...before.hold, ...before.warn])),
      );
    }),
    { numRuns: 1_000 },
  );
});

test('for all sizes of a roster, a share that equals the percentage exactly goes, and one person more is held', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 100 }), fc.integer({ min: 1, max: 10_000 }), (percent, hundreds) => {
      const known = hundreds * 100;
      const guard = { changed: { hold: { percent } } };
      expect(heldBy(people('changed', percent * hundreds, { known }), guard)).toEqual([]);
      expect(heldBy(people('changed', percent * hundreds + 1, { known }), guard)).toEqual(['changed']);
    }),
  );
});
