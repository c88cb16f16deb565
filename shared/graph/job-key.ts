// Which provisioning job: the two ids that every Graph call about a job needs.

/** The provisioning job that a source's users go to. */
export interface JobKey {
  /** Object id of the application's service principal. */
  readonly servicePrincipalId: string;
  readonly jobId: string;
}

/** One string per job, to tell jobs apart within a process. */
export const jobText = (job: JobKey): string => JSON.stringify([job.servicePrincipalId, job.jobId]);

/** The ids as the service compares them: case does not count. */
export const foldJob = ({ servicePrincipalId, jobId }: JobKey): JobKey => ({
  servicePrincipalId: servicePrincipalId.toLowerCase(),
  jobId: jobId.toLowerCase(),
});

/** True if both name the same job. */
export const isSameJob = (one: JobKey, other: JobKey): boolean => jobText(foldJob(one)) === jobText(foldJob(other));
