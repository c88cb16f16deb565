// The verdicts that need no log entry: a newer file, a refusal, the platform giving up, a record that is already confirmed. Only this file
// and judge-row.ts give verdicts.
import { answersOf } from './judge-row';
import type { RowEvidence } from './row-evidence';
import type { Verdict } from './verdict';
import { isSuccess } from './verdict';

/** The verdict of a row that the reader or the mapping rejected. */
export const VERDICT_OF_REJECTION: Verdict = 'rejected';
/** The verdict of every row of a run that was never sent: held, refused, or parked before it was read. */
export const VERDICT_OF_UNSENT_RUN: Verdict = 'held';

/** The verdict of a candidate that the run decided not to send: Entra holds exactly this record. */
export const VERDICT_OF_CANDIDATE: Verdict = 'unchanged';

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

/** The platform gave up on the row's delivery: one that was never sent is held, one that may have been accepted waits for evidence. */
export function holdRow<R extends RowEvidence>(row: R, code: string): R {
  if (row.work === 'done') return row;
  if (row.deliveries > 0) return { ...row, work: 'open' };
  return { ...row, work: 'done', verdict: row.verdict ?? 'held', code };
}

/**
 * The service refused the row alone in its request: it can never be sent as it is. An earlier delivery whose answer was lost may still have
 * been accepted: it counts as unanswered, so that newer records of the person are repaired.
 */
export function refuseRow<R extends RowEvidence>(row: R, code: string): R {
  const unanswered = row.unanswered || answersOf(row) < row.deliveries;
  return { ...row, work: 'done', verdict: row.verdict ?? 'rejected', code, unanswered };
}
