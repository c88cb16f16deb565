// Which of several rows of one id counts: whatever the order of the rows, and never one that disables somebody who may be active.
import * as fc from 'fast-check';
import type { RowOfId } from '../../../shared/people/rows-of-id';
import { decideRows, fateOf } from '../../../shared/people/rows-of-id';

const row = (line: number, more: Partial<RowOfId> = {}): RowOfId => ({
  line,
  canGo: true,
  active: true,
  waits: false,
  rank: [],
  record: BigInt(line),
  ...more,
});
const fatesOf = (...rows: readonly RowOfId[]): readonly string[] => {
  const decision = decideRows(rows);
  return rows.map((one) => fateOf(one, decision));
};

describe('without rules', () => {
  test('two different rows of which one may be active are in doubt', () => {
    expect(fatesOf(row(2), row(3))).toEqual(['in-doubt', 'in-doubt']);
    expect(fatesOf(row(2), row(3, { active: false }))).toEqual(['in-doubt', 'in-doubt']);
  });
  test('two that say the same are one', () => {
    expect(fatesOf(row(2, { record: 7n }), row(3, { record: 7n }))).toEqual(['sent', 'same']);
  });
  test('of rows that all say inactive one goes, and what is wrong with another one does not matter', () => {
    const left = { active: false };
    expect(fatesOf(row(2, left), row(3, left))).toEqual(['sent', 'superseded']);
    expect(fatesOf(row(3, left), row(2, left))).toEqual(['superseded', 'sent']);
    expect(fatesOf(row(2, { ...left, canGo: false }), row(3, left))).toEqual(['rejected', 'sent']);
  });
  test('an inactive row does not go beside one whose status, or of which nothing, can be read', () => {
    const left = row(2, { active: false });
    expect(fatesOf(left, row(3, { canGo: false, active: null }))).toEqual(['in-doubt', 'rejected']);
    expect(fatesOf(left, row(3, { canGo: false, active: null, rank: null }))).toEqual(['in-doubt', 'rejected']);
  });
});

describe('with rules', () => {
  test('the first rule that tells the rows apart decides', () => {
    expect(fatesOf(row(2, { rank: [0, 9] }), row(3, { rank: [1, 0] }), row(4, { rank: [1, 5] }))).toEqual([
      'superseded',
      'superseded',
      'sent',
    ]);
  });
  test('a tie is in doubt, and with it every row of the id', () => {
    expect(fatesOf(row(2, { rank: [1] }), row(3, { rank: [1] }), row(4, { rank: [0] }))).toEqual([
      'in-doubt',
      'in-doubt',
      'in-doubt',
    ]);
  });
  test('a value that cannot be read decides nothing, unless an earlier rule has', () => {
    expect(fatesOf(row(2, { rank: [1, Number.NaN] }), row(3, { rank: [0, 5] }))).toEqual(['sent', 'superseded']);
    expect(fatesOf(row(2, { rank: [1, Number.NaN] }), row(3, { rank: [1, 5] }))).toEqual(['in-doubt', 'in-doubt']);
  });
  test('a rejected row that counts keeps the others from going, and they need no correction', () => {
    expect(fatesOf(row(2, { rank: [0], active: false }), row(3, { rank: [1], canGo: false }))).toEqual([
      'superseded',
      'rejected',
    ]);
  });
  test('a rejected row that does not count is in nobody’s way', () => {
    expect(fatesOf(row(2, { rank: [1] }), row(3, { rank: [0], canGo: false, active: false }))).toEqual([
      'sent',
      'rejected',
    ]);
  });
  test('an inactive row that the rules prefer does not go while another one may be active', () => {
    expect(fatesOf(row(2, { rank: [1], active: false }), row(3, { rank: [0] }))).toEqual(['in-doubt', 'in-doubt']);
  });
  test('of rows that say the same the first one is sent, although a later one is preferred', () => {
    const same = { record: 7n };
    expect(fatesOf(row(2, { rank: [1], ...same }), row(3, { rank: [2] }), row(4, { rank: [3], ...same }))).toEqual([
      'sent',
      'superseded',
      'same',
    ]);
  });
  test('of rows that all say inactive the preferred one goes, what cannot be read last', () => {
    const left = (line: number, rank: readonly number[]): RowOfId => row(line, { active: false, rank });
    expect(fatesOf(left(2, [1]), left(3, [2]), left(4, [Number.NaN]))).toEqual(['superseded', 'sent', 'superseded']);
    expect(fatesOf(left(2, [1]), row(3, { active: false, rank: [2], canGo: false }))).toEqual(['sent', 'rejected']);
  });
});

test('a row that waits for its first day says nothing about today', () => {
  const later = row(3, { waits: true, rank: [1] });
  expect(fatesOf(row(2, { active: false, rank: [0] }), later)).toEqual(['sent', 'superseded']);
  expect(fatesOf(row(2, { rank: [0] }), later)).toEqual(['sent', 'superseded']);
  expect(fatesOf(row(2, { waits: true, rank: [0] }), later)).toEqual(['superseded', 'sent']);
  expect(fatesOf(row(2, { waits: true, rank: [1] }), later)).toEqual(['in-doubt', 'in-doubt']);
});

const anyRow = fc
  .record({
    canGo: fc.boolean(),
    active: fc.constantFrom(true, false, null),
    waits: fc.boolean(),
    rank: fc.option(
      fc.tuple(fc.constantFrom(0, 1, Number.NaN), fc.constantFrom(0, 1, 2, Number.NaN, Number.NEGATIVE_INFINITY)),
    ),
    record: fc.bigInt({ min: 0n, max: 3n }),
  })
  // A row whose status cannot be read is rejected.
  .map((one) => ({ ...one, canGo: one.canGo && one.active !== null && one.rank !== null }))
  // Only an active row waits, and one that was rejected does not.
  .map((one) => ({ ...one, waits: one.waits && one.canGo && one.active === true }))
  // The status is part of what a row says.
  .map((one) => ({ ...one, record: one.record * 4n + (one.active === true ? 1n : 0n) + (one.waits ? 2n : 0n) }));
const anyRows = fc
  .array(anyRow, { minLength: 1, maxLength: 6 })
  .map((rows) => rows.map((one, i): RowOfId => ({ ...one, line: i + 2 })));

test('for any rows: nobody is disabled while a row may be active, at most one is sent, and one is if all say inactive', () => {
  fc.assert(
    fc.property(anyRows, (rows) => {
      const fates = fatesOf(...rows);
      const sent = rows.filter((_, i) => fates[i] === 'sent');
      const mayBeActive = rows.some(({ active, waits }) => active !== false && !waits);
      const isOfInactive = rows.some(({ waits }) => !waits) && !mayBeActive;
      expect(sent.length).toBeLessThanOrEqual(1);
      if (mayBeActive) expect(sent.filter(({ active }) => active === false)).toEqual([]);
      if (isOfInactive) expect(sent).toHaveLength(rows.some(({ canGo, waits }) => canGo && !waits) ? 1 : 0);
      rows.forEach(({ canGo, record }, i) => {
        expect(fates[i] === 'rejected').toBe(!canGo);
        if (fates[i] === 'same') expect(record).toBe(sent[0]?.record);
      });
      if (fates.includes('superseded')) expect(fates.some((fate) => fate === 'sent' || fate === 'rejected')).toBe(true);
    }),
  );
});

test('for any rows: what is sent, and what becomes of each, does not depend on their order', () => {
  const told = (rows: readonly RowOfId[]): readonly string[] => {
    const fates = fatesOf(...rows);
    // Of rows that say the same, the first one of the file is sent.
    return rows
      .map((one, i) => `${one.canGo ? one.record : one.line} ${fates[i] === 'same' ? 'sent' : fates[i]}`)
      .sort();
  };
  fc.assert(
    fc.property(
      anyRows.chain((rows) => fc.tuple(fc.constant(rows), fc.shuffledSubarray(rows, { minLength: rows.length }))),
      ([rows, shuffled]) => expect(told(shuffled)).toEqual(told(rows)),
    ),
  );
});
