// What two runs know of one person: the newer run wins, whatever the order; what was sent in vain is kept until it is answered.
import * as fc from 'fast-check';
import type { RosterEntry, UnconfirmedReason } from '../../../shared/roster/roster-entry';
import { joinEntries, MAX_TRIES, nextTryOn, UNCONFIRMED_REASONS } from '../../../shared/roster/roster-entry';
import { arrivalDay, arrivalMs, runId } from './made-roster';

/** What run `n` knows of the person: a record that it sent, and why it is not confirmed. */
function entryOf(n: number, why: UnconfirmedReason | null, value = n, day = arrivalDay(n)): RosterEntry {
  const record = { run: runId(n), recordHash: BigInt(value), epoch: 1, active: value % 2 === 0 };
  return {
    ...record,
    idHash: 7n,
    offset: value,
    bytes: value,
    attributes: Uint16Array.of(value + 1),
    confirmedOn: why === null || why === 'manager-not-resolved' ? day : null,
    unconfirmed: why === null ? null : { ...record, why, day, tries: 1 },
    seenAt: arrivalMs(n) / 1_000,
  };
}

/** Only these may differ with the order of more than two runs: a pause may begin again. */
const withoutTries = (entry: RosterEntry): object => ({
  ...entry,
  unconfirmed: entry.unconfirmed === null ? null : { ...entry.unconfirmed, tries: 0 },
});

const anyWhy = fc.option(fc.constantFrom(...UNCONFIRMED_REASONS));
// Within one run a person has one record.
const anyEntry = fc.tuple(fc.nat({ max: 3 }), anyWhy, fc.nat({ max: 2 })).map(([n, why, late]) =>
  // The records of the runs 1 and 3 are the same.
  entryOf(n, why, n === 3 ? 1 : n, arrivalDay(n) + late),
);

describe('joining is the same in any order:', () => {
  test('two', () => {
    fc.assert(fc.property(anyEntry, anyEntry, (a, b) => expect(joinEntries(a, b)).toEqual(joinEntries(b, a))));
  });
  test('any number, apart from the tries', () => {
    fc.assert(
      fc.property(anyEntry, anyEntry, anyEntry, (a, b, c) => {
        const left = joinEntries(joinEntries(a, b), c);
        expect(withoutTries(joinEntries(a, joinEntries(b, c)))).toEqual(withoutTries(left));
        expect(withoutTries(joinEntries(joinEntries(c, a), b))).toEqual(withoutTries(left));
      }),
    );
  });
  test('again: a run that is merged twice changes nothing', () => {
    fc.assert(
      fc.property(anyEntry, anyEntry, (a, b) => {
        const once = joinEntries(a, b);
        expect(joinEntries(once, b)).toEqual(once);
        expect(joinEntries(once, a)).toEqual(once);
        expect(joinEntries(a, a)).toEqual(a);
      }),
    );
  });
});

describe('one person', () => {
  test('the newer confirmed record wins', () => {
    expect(joinEntries(entryOf(2, null), entryOf(1, null))).toMatchObject({ run: runId(2), recordHash: 2n });
  });
  test('what was sent in vain stands beside the record that is confirmed', () => {
    expect(joinEntries(entryOf(1, null), entryOf(2, 'failed'))).toMatchObject({
      run: runId(1),
      recordHash: 1n,
      confirmedOn: arrivalDay(1),
      unconfirmed: { run: runId(2), recordHash: 2n, why: 'failed', tries: 1 },
    });
  });
  test('a success of a newer run answers it, one of an older run does not', () => {
    expect(joinEntries(entryOf(2, 'not-seen'), entryOf(3, null)).unconfirmed).toBeNull();
    expect(joinEntries(entryOf(2, 'not-seen'), entryOf(1, null)).unconfirmed?.why).toBe('not-seen');
  });
  test('late evidence: a success of the same run answers it', () => {
    expect(joinEntries(entryOf(2, 'not-seen'), entryOf(2, null, 2, arrivalDay(9)))).toMatchObject({
      unconfirmed: null,
      confirmedOn: arrivalDay(9),
    });
  });
  test('late evidence: a manager that is missing is told also after the success', () => {
    expect(joinEntries(entryOf(2, null), entryOf(2, 'manager-not-resolved'))).toMatchObject({
      run: runId(2),
      confirmedOn: arrivalDay(2),
      unconfirmed: { why: 'manager-not-resolved' },
    });
  });
  test.each([
    ['not-seen', 'failed'],
    ['failed', 'skipped'],
    ['not-seen', 'skipped'],
  ] as const)('of two words of one run the later one counts: %s, then %s', (first, second) => {
    expect(joinEntries(entryOf(2, second), entryOf(2, first)).unconfirmed?.why).toBe(second);
  });
  test('the tries of one record are counted over runs, of another record from the beginning', () => {
    const twice = joinEntries(entryOf(1, 'failed'), entryOf(2, 'failed', 1));
    expect(twice.unconfirmed?.tries).toBe(2);
    expect(joinEntries(twice, entryOf(3, 'failed', 1)).unconfirmed?.tries).toBe(3);
    expect(joinEntries(twice, entryOf(3, 'failed', 3)).unconfirmed?.tries).toBe(1);
  });
  test('tries beyond the most are one number', () => {
    let entry = entryOf(1, 'failed', 1);
    for (let n = 2; n < 20; n++) entry = joinEntries(entry, entryOf(n, 'failed', 1));
    expect(entry.unconfirmed?.tries).toBe(MAX_TRIES);
  });
});

test('the next try is 1, 2, 4 … days after the last one, and never more than 32', () => {
  const pauses = [1, 2, 3, 4, 5, 6, MAX_TRIES].map((tries) => nextTryOn({ day: 100, tries }) - 100);
  expect(pauses).toEqual([1, 2, 4, 8, 16, 32, 32]);
});
