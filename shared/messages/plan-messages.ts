// The plan of a run in English, for the engineer who decides whether the file may go, and for HR who explains it.
import { agree, counted, grouped, moment } from '../core/english';
import type { PlanNumbers, PlanOutlook, PlanWords } from './plan-words';

const all = new Intl.ListFormat('en', { type: 'conjunction' });

/** `31.2%`; what is not nothing never reads as 0. */
const percent = (share: number): string =>
  share > 0 && share < 0.001
    ? 'under 0.1%'
    : new Intl.NumberFormat('en-US', { style: 'percent', maximumFractionDigits: 1 }).format(share);

const people = (count: number): string => counted(count, 'person', 'people');

function headline({ counts, known }: PlanOutlook): string {
  const missing = counts.missing === 0 ? '' : `; ${counted(counts.missing, 'person is', 'people are')} missing from it`;
  const acts = [
    ['disable', counts.disabled],
    ['enable', counts.enabled],
    ['change', counts.changed],
    ['create', counts.new],
    ['send', counts.resent],
  ] as const;
  const [first, ...others] = acts.filter(([, count]) => count > 0);
  if (first === undefined) return `This file would change nobody${missing}.`;
  const ofKnown = first[0] === 'create' || known === 0 ? people(first[1]) : `${grouped(first[1])} of ${people(known)}`;
  const told = [
    `${first[0]} ${ofKnown}${first[0] === 'send' ? ' again' : ''}`,
    ...others.map(([act, count]) => `${act} ${grouped(count)}${act === 'send' ? ' again' : ''}`),
  ];
  return `This file would ${all.format(told)}${missing}.`;
}

const verdict = ({ isHeld, isRun, counts }: PlanOutlook): string => {
  if (isHeld)
    return isRun
      ? 'It was held when this page was made: nothing was sent, and nothing will be unless somebody approves it. Ask HR whether the file is right; if it is wrong, HR drops a corrected one.'
      : 'It would be held: nothing would be sent unless somebody approves it.';
  const isIdle = counts.new + counts.changed + counts.disabled + counts.enabled + counts.resent === 0;
  return isIdle ? 'No limit holds it, and there is nothing to send.' : 'No limit holds it: it would be sent.';
};

const KINDS: PlanWords['kinds'] = {
  new: 'New',
  changed: 'Changed',
  disabled: 'Disabled',
  enabled: 'Enabled',
  missing: 'Missing from the file',
  unchanged: 'Unchanged',
  resent: 'Sent again',
  waiting: 'Waiting for the next try',
  'on-hold': 'On the hold list',
  skipped: 'Skipped by the settings, or not yet due',
  rejected: 'Rejected',
};

const pictureOf = (counts: PlanNumbers): string =>
  `${(Object.keys(KINDS) as (keyof PlanNumbers)[])
    .filter((kind) => counts[kind] > 0)
    .map((kind) => `${KINDS[kind]}: ${grouped(counts[kind])}`)
    .join('; ')}.`;

/** English. */
export const planMessages: PlanWords = {
  notes: {
    onHold: (until) => `On the hold list until ${until}: nothing is sent until then.`,
    nextTry: (day) => `Was sent before without success, and has not changed since. The next try is on ${day}.`,
    goesOn: (day) => `The first day is still to come: the row goes from ${day} on.`,
    valuesGone: (attributes) =>
      `The values that Entra holds today are no longer kept here. What changes: ${all.format(attributes)}.`,
    recordGone: 'The record of this person is no longer kept here, so there is no name to show.',
  },
  lang: 'en',
  title: (file) => `Plan of ${file}`,
  about: (source, run, madeAt) =>
    `Source ${source}${run === null ? '' : `, run ${run}`}. Made ${moment(madeAt)}${run === null ? '; nothing was sent or stored' : ''}.`,
  contentOf: { full: 'A full file: it should have everybody in it.', changes: 'A file of changes only.' },
  headline,
  verdict,
  warnings: (count) =>
    agree(count, 'Worth a look, but no reason to hold it:', 'Worth a look, but no reasons to hold it:'),
  approve: 'To send exactly this file:',
  refuse: 'To refuse it for good:',
  placeholderOfReason: 'why',
  placeholderOfStorage: '--storage https://ACCOUNT.blob.core.windows.net',

  decided: {
    headline: (wasApproved) => (wasApproved ? 'This file was approved.' : 'This file will never be sent.'),
    about: (source, run) => `Source ${source}, run ${run}.`,
    approved:
      'It was held, and somebody approved it. It was read again and compared with what Entra held by then, so it may do less than its plan said. What became of each row is in the other reports.',
    ended: 'It was held, and that has ended. Nothing of it was sent.',
    listed: (csv) => `Whom the plan listed is still in ${csv}.`,
  },

  kinds: KINDS,
  picture: 'What would happen',
  pictureOf,
  amount: (value, share) => (share === null || value === 0 ? grouped(value) : `${grouped(value)} (${percent(share)})`),

  rows: 'Rows in the file',
  known: 'People known so far',
  calls: 'Calls needed',
  budget: 'Share of the daily budget',
  done: 'All sent at the earliest by',
  number: grouped,
  budgetShare: (share, dailyCalls) =>
    share > 1
      ? `${counted(Math.ceil(share), 'day')} at ${grouped(dailyCalls)} calls`
      : `${percent(share)} of ${grouped(dailyCalls)}`,
  doneAt: (time) => (time === null ? 'Nothing to send' : moment(time)),

  place: (row, line) =>
    [row === null ? null : `row ${grouped(row)}`, line === null ? null : `line ${grouped(line)}`]
      .filter((part) => part !== null)
      .join(', '),
  valuesLeftOut: (count) => `${counted(count, 'more value')} not listed here; the CSV has them.`,
  recordsLeftOut: (listed, total, csv) =>
    `This page lists ${grouped(listed)} of ${grouped(total)}, the most important first. ${csv} has all of them.`,
  list: (csv) => ({
    heading: 'Who is affected',
    search: 'Search by id, name, attribute or value',
    searchHint: 'Id, name, attribute or value',
    filter: 'Show only',
    everybody: 'All',
    found: { one: '{shown} person', other: '{shown} people' },
    nobody: 'Nobody matches.',
    clear: 'Show all',
    keys: 'Keys: / to search, arrows or j and k to move, Enter to unfold, Esc to clear',
    withoutId: 'no id',
    notSet: 'not set',
    attribute: 'Attribute',
    before: 'Now',
    after: 'After',
    more: { one: '{more} more value', other: '{more} more values' },
    printed: 'Printed: the first {printed} of {shown}.',
    withoutScript: `The list of people needs JavaScript, which is switched off here. ${csv} has the same people; it opens in Excel.`,
  }),
};
