// Evidence → verdict, for one row. Pure. The rules are those of docs/design.md §3.9, §3 Order, §4, under the same names.
import type { Outcome } from './outcome';
import type { RowEvidence } from './row-evidence';
import type { Effect } from './verdict';
import { isSuccess, stronger } from './verdict';

/** How often a row that failed for a transient reason is sent again (three more times), and a row that got no answer (once). */
const MAX_RETRIES = 3;
const MAX_RESENDS = 1;

/**
 * Changes that a row keeps. Each delivery has one, or two with a manager, and a row is delivered a dozen times at most unless the log goes on
 * telling of changes that nothing explains. Our choice, 2026-11: rows are part of an entity, so they are bounded.
 */
export const MAX_CHANGES = 64;

/** The user was written but its manager was not: a code next to the verdict. */
export const MANAGER_NOT_RESOLVED = 'manager-not-resolved';

const isPrimary = (effect: Effect | 'reference-failed'): effect is Effect => effect !== 'reference-failed';

/** Changes that answer a delivery: each counts once, however many entries report it (*distinct*). */
export const answersOf = (row: Pick<RowEvidence, 'changes'>): number =>
  new Set(row.changes.filter(([, effect]) => isPrimary(effect)).map(([change]) => change)).size;

const hasChange = (row: Pick<RowEvidence, 'changes'>, outcome: Outcome): boolean =>
  row.changes.some(([change, effect]) => change === outcome.change && effect === outcome.effect);

/** True if the entry's change was already counted for this row, with this effect, and the entry says nothing more. */
export const hasCounted = (row: Pick<RowEvidence, 'changes' | 'turnedOn'>, outcome: Outcome): boolean =>
  hasChange(row, outcome) && (row.turnedOn || !outcome.turnedOn);

/** Counts one outcome; a row that already has it is returned as it is. Late evidence may change the verdict, even of a done row. */
export function addOutcome<R extends RowEvidence>(read: R, outcome: Outcome): R {
  if (hasCounted(read, outcome)) return read;
  const row = outcome.turnedOn && !read.turnedOn ? { ...read, turnedOn: true } : read;
  if (hasChange(read, outcome) || read.changes.length >= MAX_CHANGES) return row;
  const changes = [...row.changes, [outcome.change, outcome.effect, outcome.transient] as const];
  if (!isPrimary(outcome.effect))
    return { ...row, changes, code: isSuccess(row.verdict) ? MANAGER_NOT_RESOLVED : row.code };
  const succeeded = isSuccess(outcome.effect);
  // Until the row is done, its verdict is only what the evidence says so far; failures wait for `judgeRow`. A row replaced by newer values
  // needs no correction, so only a success is recorded for it.
  const counts = succeeded || (row.work === 'done' && row.verdict !== 'superseded');
  const verdict = counts ? stronger(row.verdict, outcome.effect) : row.verdict;
  const code = succeeded ? null : isSuccess(verdict) || verdict === 'superseded' ? row.code : outcome.code;
  return { ...row, changes, verdict, code };
}

/** True if the last change wrote the user but not its manager. */
function managerIsMissing(row: RowEvidence): boolean {
  const last = [...row.changes].reverse().find(([, effect]) => isPrimary(effect) && isSuccess(effect))?.[0];
  return last !== undefined && row.changes.some(([change, effect]) => change === last && effect === 'reference-failed');
}

/**
 * Decides an open row whose deliveries are all answered (*countEntries*), or a done one whose manager turned out to be missing. `isFinal`: its run is
 * abandoned, so nothing is sent again.
 */
export function judgeRow<R extends RowEvidence>(row: R, carriedByNewer: boolean, isFinal = false): R {
  if (row.work === 'open' && answersOf(row) >= row.deliveries) return decide(row, carriedByNewer, isFinal);
  if (
    row.work === 'done' &&
    managerIsMissing(row) &&
    row.code === MANAGER_NOT_RESOLVED &&
    row.retries < MAX_RETRIES &&
    !carriedByNewer &&
    !isFinal
  )
    return decide(row, false, false);
  return row;
}

/** The row's time is up: deliveries without an answer count as unanswered, for the repair; the row is decided on the evidence there is. */
export function closeSilentRow<R extends RowEvidence>(row: R, carriedByNewer: boolean, isFinal = false): R {
  const answers = answersOf(row);
  const counted = answers < row.deliveries ? { ...row, unanswered: true, deliveries: answers } : row;
  return decide(counted, carriedByNewer, isFinal);
}

function decide<R extends RowEvidence>(row: R, carriedByNewer: boolean, isFinal: boolean): R {
  const failures = row.changes.filter(([, effect]) => effect === 'failed');
  const answered = answersOf(row) > 0;
  const verdict = answered
    ? row.changes.reduce<RowEvidence['verdict']>(
        (v, [, effect]) => (isPrimary(effect) ? stronger(v, effect) : v),
        row.verdict,
      )
    : row.verdict;
  if (isSuccess(verdict)) {
    if (!managerIsMissing(row)) return { ...row, work: 'done', verdict, code: null };
    if (carriedByNewer || isFinal || row.retries >= MAX_RETRIES)
      return { ...row, work: 'done', verdict, code: MANAGER_NOT_RESOLVED };
    return { ...row, work: 'todo', verdict, retries: row.retries + 1, code: MANAGER_NOT_RESOLVED };
  }
  if (carriedByNewer) return { ...row, work: 'done', verdict: 'superseded', code: null };
  if (verdict === 'skipped') return { ...row, work: 'done', verdict };
  if (answered) {
    const transient = failures.at(-1)?.[2] === true;
    if (transient && !isFinal && row.retries < MAX_RETRIES) return { ...row, work: 'todo', retries: row.retries + 1 };
    return { ...row, work: 'done', verdict: 'failed' };
  }
  if (!isFinal && row.resends < MAX_RESENDS) return { ...row, work: 'todo', resends: row.resends + 1 };
  return { ...row, work: 'done', verdict: 'not-seen', code: null };
}

/** The *repair*: send the newest record once more, and once more for each entry that nothing explains; null if there is nothing to repair. */
export function repairRow<R extends RowEvidence>(row: R): R | null {
  const answers = answersOf(row);
  const unexplained = answers > row.deliveries;
  const wasSent = row.deliveries > 0 || row.unanswered;
  if (row.work !== 'done' || !wasSent || row.verdict === 'failed' || (row.repaired && !unexplained)) return null;
  return { ...row, work: 'todo', repaired: true, deliveries: unexplained ? answers : row.deliveries };
}
