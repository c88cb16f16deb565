// When failures or deletions put a job into quarantine. [QUAR][ACC]
import type { Job } from './job';
import type { QuarantineThresholds } from './limits';

/** Puts the job into quarantine if a threshold is exceeded at `at` (ms since 1970). */
export function checkQuarantine(job: Job, limits: QuarantineThresholds, tooManyDeletes: boolean, at: number): void {
  const reason = findReason(job, limits, tooManyDeletes);
  if (reason !== undefined) job.enterQuarantine(reason, at);
}

function findReason(job: Job, limits: QuarantineThresholds, tooManyDeletes: boolean): string | undefined {
  if (tooManyDeletes) return 'TooManyDeletes';
  const failing = job.escrows.size;
  if (failing + job.failedReferences.size >= limits.withReferences) return 'EncounteredTotalEscrowThreshold';
  if (failing > limits.withoutReferences) return 'EncounteredBaseEscrowThreshold';
  const share = failing / Math.max(1, job.attempts.size);
  if (failing >= limits.failingShareFrom && share > limits.failingShare) return 'EncounteredEscrowProportionThreshold';
  return undefined;
}
