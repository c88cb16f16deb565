// May files of this source go to the job that its settings name? Whoever writes them decides where to, but only among the jobs of this
// installation. To be asked before the job is claimed: what may not be sent to must not be taken from others.
import { quote } from '../../core/message';
import type { JobKey } from '../../graph/job-key';
import { MAX_JOB_ID_CHARS } from '../../graph/job-key';
import { holdRun } from '../../run/hold-run';
import type { Pipeline } from '../pipeline';

/** Throws `FileHold` `job-not-allowed` if the job is not one of this installation's. */
export function assertJob({ allowsJob }: Pick<Pipeline, 'allowsJob'>, job: JobKey): void {
  if (allowsJob(job)) return;
  const named = (id: string) => quote(id, MAX_JOB_ID_CHARS);
  throw holdRun('job-not-allowed', { app: named(job.servicePrincipalId), job: named(job.jobId) });
}
