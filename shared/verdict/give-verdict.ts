// The verdicts that need no log entry: a newer file, a refusal, the platform giving up, a record that is already confirmed. Only this file
// and judge-row.ts give verdicts.
import type { ValuesOf } from '../core/codes';
import type { UnsentRow } from '../core/unsent-row';
import type { Hold } from '../holdlist/hold-list';
import { answersOf } from './judge-row';
import type { RowEvidence } from './row-evidence';
import type { Verdict } from './verdict';
import { isSuccess } from './verdict';
import type { verdictCodes } from './verdict-codes';
import type { UnconfirmedReason } from '../roster/roster-entry';

/** The verdict of a row that the reader or the mapping rejected. */
export const VERDICT_OF_REJECTION: Verdict = 'rejected';
/** The verdict of every row of a run that was never sent: held, refused, or parked before it was read. */
export const VERDICT_OF_UNSENT_RUN: Verdict = 'held';

/** The verdict of a row that is not sent because Entra holds exactly this record. */
export const VERDICT_OF_CONFIRMED: Verdict = 'unchanged';
/** The code beside the verdict of a row that is not sent because the same record was sent in vain: its next try is on a later day. */
export const TRIED_AGAIN_LATER = 'tried-again-later';

/** A row that the settings set aside before anything in it was judged. */
export const setAside = (why: Omit<UnsentRow, 'verdict'>): UnsentRow => ({ ...why, verdict: 'skipped' });

/** The verdict of an inactive person who is not sent because nothing ever was, and the settings say so; and the code beside it. */
export const VERDICT_OF_UNKNOWN_INACTIVE: Verdict = 'skipped';
export const INACTIVE_AND_UNKNOWN = 'inactive-and-unknown';

/** The verdict of a row that waits for its first day, and the code beside it. */
export const VERDICT_OF_NOT_YET: Verdict = 'skipped';
export const NOT_YET = 'not-yet';

/** The verdict of a row that is not sent because the same record was sent in vain: that of the last try. */
export const verdictOfWaiting = (why: UnconfirmedReason): Verdict =>
  why === 'manager-not-resolved' ? VERDICT_OF_CONFIRMED : why;

/** A newer run carries the person: superseded, unless an earlier delivery may still be processed; then evidence decides. */
export function supersedeRow<R extends RowEvidence>(row: R): R {
  if (row.deliveries > 0) return { ...row, work: 'open' };
  return { ...row, work: 'done', verdict: isSuccess(row.verdict) ? row.verdict : 'superseded' };
}

/** Exactly this record is already confirmed, and nothing older is open (*freshCompare*). */
export const keepUnchanged = <R extends RowEvidence>(row: R): R => ({
  ...row,
  work: 'done',
  verdict: row.verdict ?? 'unchanged',
});

/**
 * Nothing more of the row is sent: one that was never sent is held, one that may have been accepted waits for evidence, and one whose time was up
 * already has waited long enough.
 */
export function holdRow<R extends RowEvidence>(row: R, code: string): R {
  if (row.work === 'done') return row;
  if (row.deliveries > 0) return { ...row, work: 'open' };
  if (row.unanswered) return { ...row, work: 'done', verdict: row.verdict ?? 'not-seen' };
  return { ...row, work: 'done', verdict: row.verdict ?? 'held', code };
}

/** The codes, beside any other, of a row that goes although a value cannot be read: without it; with what Entra was last confirmed to hold. */
export const VALUE_LEFT_OUT = 'value-left-out';
export const LAST_VALUE_KEPT = 'last-value-kept';

/** The code, beside any other, of a row that enabled an account which somebody had disabled, although HR's word had not changed. */
export const TURNED_ON_AGAIN = 'turned-on-again';

/** The code of a row in whose place another one of the file counts for the person. */
export const OTHER_ROW_COUNTS = 'other-row-counts';

/** The verdict of a row with which nothing is wrong, but the one on line `otherLine` counts. */
export function otherRowCounts(otherLine: number): UnsentRow {
  const values: ValuesOf<typeof verdictCodes, typeof OTHER_ROW_COUNTS> = { otherLine };
  return { verdict: 'superseded', code: OTHER_ROW_COUNTS, values, column: null };
}

/** The code, beside any other, of a row whose user name somebody inactive in the same file may hold in Entra. */
export const USER_NAME_HELD = 'user-name-held';

/** The code of a row whose person is on the hold list. */
export const ON_HOLD_LIST = 'on-hold-list';
/** The code of a row that was kept back, by the hold list or until an approval, while a newer row of its person was rejected. */
export const NEWER_ROW_REJECTED = 'newer-row-rejected';

/** The hold list keeps the person out. Also for a row that is on hold: the entry has changed. */
export const keepOnHold = <R extends RowEvidence>(row: R, hold: Hold): R => ({
  ...row,
  work: 'done',
  verdict: 'held',
  code: ON_HOLD_LIST,
  hold,
});

/** The hold of a row has ended: it is to be sent, like any row that has not been. `lastWord`: see `RowEvidence`. */
export const endHold = <R extends RowEvidence>(row: R, lastWord: boolean): R => ({
  ...row,
  work: 'todo',
  verdict: null,
  code: null,
  hold: null,
  lastWord,
});

/** A row that was kept back will never be sent, because a newer file has a row of the person; `isRejected`: that one was rejected. */
export const supersedeUnsent = <R extends RowEvidence>(row: R, isRejected: boolean): R => ({
  ...row,
  work: 'done',
  verdict: 'superseded',
  code: isRejected ? NEWER_ROW_REJECTED : null,
  hold: null,
});

/**
 * The service refused the row alone in its request: it can never be sent as it is. An earlier delivery whose answer was lost may still have
 * been accepted: it counts as unanswered, so that newer records of the person are repaired.
 */
export function refuseRow<R extends RowEvidence>(row: R, code: string): R {
  const unanswered = row.unanswered || answersOf(row) < row.deliveries;
  return { ...row, work: 'done', verdict: row.verdict ?? 'rejected', code, unanswered };
}
