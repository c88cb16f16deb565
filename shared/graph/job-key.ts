// Which provisioning job: the two ids that every call of Graph about a job takes.

/** The provisioning job that a source's users go to. */
export interface JobKey {
  /** Object id of the application's service principal. */
  readonly servicePrincipalId: string;
  readonly jobId: string;
}

/** One text per job, to tell jobs apart within a process. */
export const jobText = (job: JobKey): string => JSON.stringify([job.servicePrincipalId, job.jobId]);
