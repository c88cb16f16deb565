// Which provisioning jobs this installation may send to, whatever a source.json names (ADR 0033): the app setting ROLLCALL_JOBS.
import type { JobKey } from '../graph/job-key';
import { foldJob, JOB_ID } from '../graph/job-key';

/** True if requests may be made to the job. Ids that differ only in case are one job. */
export type AllowsJob = (job: JobKey) => boolean;

const ENTRY = `${JOB_ID}(?:/${JOB_ID})?`;

/** The form of the list, a regular expression: `servicePrincipalId` or `servicePrincipalId/jobId`, with commas between them; blank: no list. */
export const JOB_LIST = `^\\s*(?:${ENTRY}(?:\\s*,\\s*${ENTRY})*\\s*)?$`;

/** What a list of that form allows; an entry without `jobId` all jobs of its app. Without a list any job is allowed, but on loopback only. */
export function jobsAllowedBy(list: string, isLoopback: boolean): AllowsJob {
  const entries = new Set(list.toLowerCase().match(/[^\s,]+/g));
  if (entries.size === 0) return () => isLoopback;
  return (job) => {
    const { servicePrincipalId, jobId } = foldJob(job);
    return entries.has(servicePrincipalId) || entries.has(`${servicePrincipalId}/${jobId}`);
  };
}

/** True if the list names no job. */
export const isNoJobList = (list: string): boolean => list.trim() === '';
