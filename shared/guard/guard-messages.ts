// What the guard says, in English: for HR, who knows whether the file is right, and for whoever may approve it.
import type { MessagesOf } from '../core/codes';
import { agree, counted, grouped, quoted, sentences } from '../core/english';
import type { guardCodes } from './guard-codes';
import type { Tripped, TrippedColumn, TrippedCount, TrippedRows } from './tripped';

const people = (count: number): string => counted(count, 'person', 'people');
const activePeople = (count: number): string => counted(count, 'active person', 'active people');
const rows = (count: number): string => counted(count, 'row');

/** `31.2%`. A share just above its limit is given with as many decimals as it takes to see that, two at most. */
function percentOf(count: number, base: number, limit: number): string {
  for (const decimals of [1, 2]) {
    const share = Number(((count * 100) / base).toFixed(decimals));
    if (share > limit) return `${share}%`;
  }
  return `just over ${limit}%`;
}

/** `312 of 1,000 people`. */
const ofBase = (count: number, base: number, things: (count: number) => string): string =>
  `${grouped(count)} of ${things(base)}`;

/** `Lines 3, 9, 14, 20, 31 and 307 more.` Nothing if no line is known. */
function linesOf({ lines, count }: Tripped): string | null {
  if (lines.length === 0) return null;
  const more = count - lines.length;
  if (lines.length === 1 && more <= 0) return `Line ${lines[0]}.`;
  const [last, ...before] = [...lines.map(String), ...(more > 0 ? [`${grouped(more)} more`] : [])].reverse();
  return `${lines.length === 1 ? 'Line' : 'Lines'} ${before.reverse().join(', ')} and ${last}.`;
}

/** What the file would do to so many people; `share` is ` (31.2%)`, or nothing where a number is the limit. */
const WHAT: Readonly<Record<TrippedCount['limit'], (at: TrippedCount, share: string) => string>> = {
  disabled: ({ count, base }, share) => `The file would disable ${ofBase(count, base, activePeople)}${share}.`,
  missing: ({ count, base }, share) =>
    `${ofBase(count, base, activePeople)}${share} ${agree(count, 'is', 'are')} missing from the file.`,
  changed: ({ count, base }, share) => `The file would change ${ofBase(count, base, people)}${share}.`,
  created: ({ count, base }, share) =>
    `The file would add ${counted(count, 'new person', 'new people')} to the ${grouped(base)} known so far${share}.`,
  enabled: ({ count, base }, share) =>
    `The file would enable the disabled accounts of ${ofBase(count, base, people)}${share}.`,
  renamed: ({ count, base }, share) =>
    `The file would change the sign-in names of ${ofBase(count, base, people)}${share}.`,
  rejected: ({ count, base }, share) => `${ofBase(count, base, rows)}${share} ${agree(count, 'was', 'were')} rejected.`,
};

/** ` (31.2%)`, after what it is a share of. */
const shareOf = ({ count, base }: Tripped, allowed: number): string => ` (${percentOf(count, base, allowed)})`;

function countOf(tripped: TrippedCount, limit: string): string {
  const { by, allowed } = tripped;
  const isShare = by === 'percent';
  const things = tripped.limit === 'rejected' ? rows : people;
  return sentences(
    WHAT[tripped.limit](tripped, isShare ? shareOf(tripped, allowed) : ''),
    `${limit} is ${isShare ? `${allowed}%` : things(allowed)}.`,
    linesOf(tripped),
  );
}

function columnOf(tripped: TrippedColumn, limit: string): string {
  const { count, base } = tripped;
  const column = quoted(tripped.column);
  const at = ofBase(count, base, rows);
  switch (tripped.became) {
    case 'empty':
      return `Column ${column} is empty in the whole file, unlike before: ${at} would lose ${agree(count, 'its value', 'their values')}.`;
    case 'constant':
      return `Column ${column} has the same value in every row, unlike before: ${at} would change.`;
    case 'changed':
      return `Column ${column} would change in ${at}${shareOf(tripped, tripped.allowed)}. ${limit} is ${tripped.allowed}%.`;
  }
}

function rowsOf(tripped: TrippedRows, limit: string): string {
  const { became, count, base, allowed } = tripped;
  const now = base + (became === 'more' ? count : -count);
  return `The file has ${rows(now)}, ${grouped(count)} ${became} than the last full file${shareOf(tripped, allowed)}. ${limit} is ${allowed}%.`;
}

/** What one limit found, in one to three sentences; `limit` is what its figure is called. */
function tell(tripped: Tripped, limit: string): string {
  if (tripped.limit === 'column') return columnOf(tripped, limit);
  if (tripped.limit === 'rows') return rowsOf(tripped, limit);
  if (tripped.limit !== 'firstRun') return countOf(tripped, limit);
  return `Nothing from this folder has been sent yet, so there is nothing to compare the ${rows(tripped.count)} of this file with.`;
}

/** What one limit found, alone. */
export const limitSentence = (tripped: Tripped, isHold: boolean): string =>
  tell(tripped, isHold ? 'The limit' : 'The limit for a warning');

/** English. */
export const guardMessages: MessagesOf<typeof guardCodes> = {
  'guard-tripped': {
    sentence: ({ tripped }) =>
      sentences(
        'Nothing was sent.',
        ...tripped.map((one) => tell(one, 'The limit')),
        'Check the file. If it is right, ask your identity team to approve it; if it is wrong, drop a corrected file.',
      ),
    cause:
      'The file would do more than the limits of its source allow (`guard` in source.json), or nothing of the source has been sent yet. The message names every limit that tripped.',
    cure: 'Look at who is affected: `<file>.plan.html`, next to the other reports, shows what would happen person by person. (A run of missing people has no plan: they are in `<file>.missing.csv` of the full file before it.) Ask HR whether that is intended. If it is, `rollcall approve <run> --reason "…"` lets exactly this file go; if not, HR drops a corrected file. `docs/guard.md` says what each limit is for, and how to change one.',
  },
  'guard-off-not-here': {
    sentence: () =>
      'The settings of this folder switch off the check for unusual files, which is not allowed here. Nothing was sent. Tell your identity team.',
    cause: 'source.json has `"guard": "off"`. That is allowed only where Graph is a simulator on the same computer.',
    cure: 'Remove `guard`, or write the limits you want (`docs/guard.md`). Then drop the file again: a run keeps the settings it began with.',
  },
  'guard-warned': {
    sentence: ({ tripped }) =>
      sentences(
        'The file is unusual, but was not held for this.',
        ...tripped.map((one) => tell(one, 'The limit for a warning')),
      ),
    cause: 'The file does more than a limit for warnings of its source allows (`warn` in `guard` of source.json).',
    cure: 'Check whether that is intended. If not, drop a corrected file soon: this one was not held for it.',
  },
};
