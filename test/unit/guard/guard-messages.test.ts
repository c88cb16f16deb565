// The sentences of the guard as HR reads them, and what its decision becomes.
import { quote, type Message } from '../../../shared/core/message';
import type { GuardCounts } from '../../../shared/guard/guard-counts';
import { holdForGuardOff, holdForTrips, warningsFor } from '../../../shared/guard/guard-outcome';
import { judgeCounts } from '../../../shared/guard/judge-counts';
import type { Tripped } from '../../../shared/guard/tripped';
import { sentenceOf } from '../../../shared/messages/catalogue';
import type { GuardSettings } from '../../../shared/source/guard-settings';
import { CLOUD, countsOf, LAPTOP, tally } from './counts';

const BEGIN = 'Nothing was sent. ';
const END =
  ' Check the file. If it is right, ask your identity team to approve it; if it is wrong, drop a corrected file.';

/** What HR reads of these limits, without the words around them. */
const told = (...tripped: readonly Tripped[]): string => {
  const sentence = sentenceOf(holdForTrips(tripped));
  expect([sentence.startsWith(BEGIN), sentence.endsWith(END)]).toEqual([true, true]);
  return sentence.slice(BEGIN.length, -END.length);
};
const held = (counts: GuardCounts, guard?: GuardSettings): string => told(...judgeCounts(counts, guard, CLOUD).hold);

test.each<[string, string]>([
  [
    held(countsOf({ people: { disabled: tally(312, [3, 9, 14, 20, 31]) } })),
    'The file would disable 312 of 1,000 active people (31.2%). The limit is 5%. Lines 3, 9, 14, 20, 31 and 307 more.',
  ],
  [
    held(countsOf({ known: 200_000, people: { disabled: tally(501, [2, 3, 4, 5, 6]) } })),
    'The file would disable 501 of 200,000 active people. The limit is 500 people. Lines 2, 3, 4, 5, 6 and 496 more.',
  ],
  [
    held(countsOf({ people: { disabled: tally(3, [7, 8, 19]) } }), { disabled: { hold: { count: 1 } } }),
    'The file would disable 3 of 1,000 active people. The limit is 1 person. Lines 7, 8 and 19.',
  ],
  [
    held(countsOf({ known: 12, people: { disabled: tally(1, [7]) } }), { disabled: { hold: { percent: 5 } } }),
    'The file would disable 1 of 12 active people (8.3%). The limit is 5%. Line 7.',
  ],
  [
    held(countsOf({ people: { missing: tally(333) } })),
    '333 of 1,000 active people (33.3%) are missing from the file. The limit is 10%.',
  ],
  [
    held(countsOf({ people: { missing: tally(1) } }), { missing: { hold: { count: 0 } } }),
    '1 of 1,000 active people is missing from the file. The limit is 0 people.',
  ],
  [
    held(countsOf({ people: { changed: tally(400, [2, 4]) } })),
    'The file would change 400 of 1,000 people (40%). The limit is 30%. Lines 2, 4 and 398 more.',
  ],
  [
    held(countsOf({ people: { created: tally(250, [900, 901]) } })),
    'The file would add 250 new people to the 1,000 known so far (25%). The limit is 20%. Lines 900, 901 and 248 more.',
  ],
  [
    held(countsOf({ people: { enabled: tally(60, [5]) } })),
    'The file would enable the disabled accounts of 60 of 1,000 people (6%). The limit is 5%. Line 5 and 59 more.',
  ],
  [
    held(countsOf({ people: { renamed: tally(60, [2, 3, 4, 5, 6]) } })),
    'The file would change the sign-in names of 60 of 1,000 people (6%). The limit is 5%. Lines 2, 3, 4, 5, 6 and 55 more.',
  ],
  [
    held(countsOf({ rejected: tally(120, [2, 3, 4, 5, 6]) })),
    '120 of 1,000 rows (12%) were rejected. The limit is 10%. Lines 2, 3, 4, 5, 6 and 115 more.',
  ],
  [
    held(countsOf({ rejected: tally(1, [2]) }), { rejected: { hold: { count: 0 } } }),
    '1 of 1,000 rows was rejected. The limit is 0 rows. Line 2.',
  ],
  [
    held(countsOf({ columns: [{ column: 'Title', became: 'empty', count: 600, of: 1_000 }] })),
    'Column "Title" is empty in the whole file, unlike before: 600 of 1,000 rows would lose their values.',
  ],
  [
    held(countsOf({ columns: [{ column: 'Title', became: 'constant', count: 980, of: 1_000 }] })),
    'Column "Title" has the same value in every row, unlike before: 980 of 1,000 rows would change.',
  ],
  [
    held(countsOf({ columns: [{ column: 'Title', became: 'changed', count: 429, of: 1_000 }] })),
    'Column "Title" would change in 429 of 1,000 rows (42.9%). The limit is 30%.',
  ],
  [held(countsOf({ rows: 700 })), 'The file has 700 rows, 300 fewer than the last full file (30%). The limit is 20%.'],
  [
    held(countsOf({ rows: 2_000 })),
    'The file has 2,000 rows, 1,000 more than the last full file (100%). The limit is 50%.',
  ],
  [
    held(countsOf({ known: 0 })),
    'Nothing from this folder has been sent yet, so there is nothing to compare the 1,000 rows of this file with.',
  ],
])('HR reads: %s', (sentence, expected) => {
  expect(sentence).toBe(expected);
});

test.each([
  [50_100, '50,100 of 1,000,000 active people (5.01%). The limit is 5%.'],
  [50_001, '50,001 of 1,000,000 active people (just over 5%). The limit is 5%.'],
])('a share just above its limit does not look like the limit itself: %i', (count, expected) => {
  const counts = countsOf({ known: 1_000_000, people: { disabled: tally(count) } });
  expect(held(counts)).toBe(`The file would disable ${expected}`);
});

test('half an export is told whole: every limit that it trips, once', () => {
  const counts = countsOf({
    rows: 500,
    people: { missing: tally(500) },
    rejected: tally(60, [2]),
  });
  expect(sentenceOf(holdForTrips(judgeCounts(counts, undefined, CLOUD).hold))).toBe(
    'Nothing was sent. 500 of 1,000 active people (50%) are missing from the file. The limit is 10%. ' +
      '60 of 500 rows (12%) were rejected. The limit is 10%. Line 2 and 59 more. ' +
      'The file has 500 rows, 500 fewer than the last full file (50%). The limit is 20%. ' +
      'Check the file. If it is right, ask your identity team to approve it; if it is wrong, drop a corrected file.',
  );
});

test('a warning says that the file was not held for it', () => {
  const guard = { changed: { warn: { percent: 10 } } };
  const { warn } = judgeCounts(countsOf({ people: { changed: tally(200, [2, 3]) } }), guard, CLOUD);
  const found = warningsFor(warn);
  expect(found).toMatchObject([{ severity: 'warning', code: 'guard-warned', line: null, column: null, id: null }]);
  expect(sentenceOf(found[0]!)).toBe(
    'The file is unusual, but was not held for this. The file would change 200 of 1,000 people (20%). The limit for a warning is 10%. Lines 2, 3 and 198 more.',
  );
  expect(warningsFor([])).toEqual([]);
});

test('a guard that is off holds every file, but not on loopback', () => {
  const off = holdForGuardOff('off', CLOUD);
  expect(off).toMatchObject({ code: 'guard-off-not-here', at: { line: null, column: null } });
  expect(sentenceOf(off!)).toBe(
    'The settings of this folder switch off the check for unusual files, which is not allowed here. Nothing was sent. Tell your identity team.',
  );
  expect([holdForGuardOff('off', LAPTOP), holdForGuardOff(undefined, CLOUD), holdForGuardOff({}, CLOUD)]).toEqual([
    null,
    null,
    null,
  ]);
});

test('the sentence is the same after the reason was stored', () => {
  const tripped = judgeCounts(
    countsOf({ columns: [{ column: 'A\u0000B', became: 'empty', count: 20, of: 20 }] }),
    {},
    CLOUD,
  ).hold;
  const { code, values } = holdForTrips(tripped);
  expect(tripped).toMatchObject([{ column: quote('A?B') }]);
  expect(sentenceOf(JSON.parse(JSON.stringify({ code, values })) as Message)).toBe(sentenceOf({ code, values }));
});
