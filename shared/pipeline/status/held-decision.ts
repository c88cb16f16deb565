// What a run waits for that the guard or its quota holds: a look at its plan, if it was read; then a yes or a no.
import { isApprovable, isHeldByGuard, reportNameOf, type Run } from '../../run/run';
import { planNames } from '../plan/tell-plan';

/** A decision that a person must make. */
export interface DecisionNeeded {
  /** False of a file that was not read to its end: then nobody knows what it would do. */
  readonly hasPlan: boolean;
  /** The page of the plan, in the container `reports`; null until it is written. */
  readonly plan: string | null;
}

/** Null if no person can let the run go. */
export function decisionOf(run: Run): DecisionNeeded | null {
  if (!isApprovable(run)) return null;
  const hasPlan = isHeldByGuard(run);
  return {
    hasPlan,
    plan: hasPlan && run.settledAt > 0 ? `${run.source}/${run.run}/${planNames(reportNameOf(run)).page}` : null,
  };
}
