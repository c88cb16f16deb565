import { planWords } from '../../../shared/messages/catalogue';
import type { PlanNumbers, PlanOutlook } from '../../../shared/messages/plan-words';
import { PLAN_KINDS } from '../../../shared/plan/plan';

const outlook = (counts: Partial<PlanNumbers>, part: Partial<PlanOutlook> = {}): PlanOutlook => ({
  counts: { ...(Object.fromEntries(PLAN_KINDS.map((kind) => [kind, 0])) as unknown as PlanNumbers), ...counts },
  known: 1_000,
  rows: 1_000,
  isHeld: false,
  isRun: true,
  ...part,
});

test.each<[string, PlanOutlook]>([
  ['This file would change nobody.', outlook({ unchanged: 1_000 })],
  ['This file would disable 312 of 1,000 people.', outlook({ disabled: 312 })],
  ['This file would change 40 of 1,000 people and create 12.', outlook({ changed: 40, new: 12 })],
  ['This file would create 1 person.', outlook({ new: 1 })],
  ['This file would create 2,000 people.', outlook({ new: 2_000 }, { known: 0 })],
  ['This file would send 900 of 1,000 people again.', outlook({ resent: 900 })],
  ['This file would change nobody; 1 person is missing from it.', outlook({ missing: 1 })],
  ['This file would enable 3 of 1,000 people; 20 people are missing from it.', outlook({ enabled: 3, missing: 20 })],
])('%s', (sentence, about) => expect(planWords.headline(about)).toBe(sentence));

test.each<[string, PlanOutlook]>([
  [
    'It was held when this page was made: nothing was sent, and nothing will be unless somebody approves it. Ask HR whether the file is right; if it is wrong, HR drops a corrected one.',
    outlook({ disabled: 312 }, { isHeld: true }),
  ],
  [
    'It would be held: nothing would be sent unless somebody approves it.',
    outlook({ disabled: 312 }, { isHeld: true, isRun: false }),
  ],
  ['No limit holds it: it would be sent.', outlook({ changed: 1 })],
  ['No limit holds it, and there is nothing to send.', outlook({ unchanged: 5, missing: 1 })],
])('%s', (sentence, about) => expect(planWords.verdict(about)).toBe(sentence));

test.each([
  ['0', 0, 0],
  ['5', 5, null],
  ['5 (0.5%)', 5, 0.005],
  ['1 (under 0.1%)', 1, 0.000_001],
  ['1,000 (100%)', 1_000, 1],
])('an amount reads %s', (text, value, share) => expect(planWords.amount(value, share)).toBe(text));

test.each([
  ['0.7% of 2,000', 14],
  ['100% of 2,000', 2_000],
  ['2 days at 2,000 calls', 2_001],
])('calls are told as a part of the day, or as days: %s', (text, calls) =>
  expect(planWords.budgetShare(calls / 2_000, 2_000)).toBe(text),
);

test('places, times and what is left out are told plainly', () => {
  expect(planWords.place(1_200, 1_201)).toBe('row 1,200, line 1,201');
  expect(planWords.place(null, null)).toBe('');
  expect(planWords.doneAt(Date.UTC(2026, 10, 27, 3, 5))).toBe('2026-11-27 03:05 UTC');
  expect(planWords.doneAt(null)).toBe('Nothing to send');
  expect(planWords.valuesLeftOut(1)).toBe('1 more value not listed here; the CSV has them.');
});
