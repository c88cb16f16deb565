// Which provisioning job: the two ids that every Graph call about a job needs.

/** The provisioning job that a source's users go to. */
export interface JobKey {
  /** Object id of the application's service principal. */
  readonly servicePrincipalId: string;
  readonly jobId: string;
}

/** The most characters of either id. Our choice, 2026-11. */
export const MAX_JOB_ID_CHARS = 200;
/**
 * The form of either id, as a part of a regular expression: they become steps of a path, so letters, digits, `.`, `_` and `-`, of which real ones
 * are made. Our choice, 2026-11.
 */
export const JOB_ID = `[A-Za-z0-9][A-Za-z0-9._-]{0,${MAX_JOB_ID_CHARS - 1}}`;

/** One string per job, to tell jobs apart within a process. */
export const jobText = (job: JobKey): string => JSON.stringify([job.servicePrincipalId, job.jobId]);

/** The ids as the service compares them: case does not count. */
export const foldJob = ({ servicePrincipalId, jobId }: JobKey): JobKey => ({
  servicePrincipalId: servicePrincipalId.toLowerCase(),
  jobId: jobId.toLowerCase(),
});

/** True if both name the same job. */
export const isSameJob = (one: JobKey, other: JobKey): boolean => jobText(foldJob(one)) === jobText(foldJob(other));
