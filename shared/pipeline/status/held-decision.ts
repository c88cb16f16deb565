// What a run waits for that the guard holds: a look at its plan, then a yes or a no.
import { isApprovable, reportNameOf, type Run } from '../../run/run';
import { planNames } from '../plan/tell-plan';

/** A decision that a person must make. */
export interface DecisionNeeded {
  /** The page of the plan, in the container `reports`; null until it is written. */
  readonly plan: string | null;
}

/** Null if no person can let the run go. */
export function decisionOf(run: Run): DecisionNeeded | null {
  if (!isApprovable(run)) return null;
  return {
    plan: run.settledAt > 0 ? `${run.source}/${run.run}/${planNames(reportNameOf(run)).page}` : null,
  };
}
