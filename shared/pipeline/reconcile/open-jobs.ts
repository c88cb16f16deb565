// Which jobs' logs are worth reading, and which runs may own the entries read.
import type { Run } from '../../run/run';
import type { JobKey } from '../../graph/job-key';
import { LATE_EVIDENCE_MS, OPEN_STATES } from '../../run/run';
import { jobText } from '../../graph/job-key';
import type { Pipeline } from '../pipeline';

export type OpenJobsPorts = Pick<Pipeline, 'ledger' | 'watermark' | 'clock' | 'delays'>;

/** A job and every run that an entry of its log may belong to. */
export type JobRuns = readonly [job: JobKey, runs: readonly Run[]];

/** The jobs with anything open or unanswered, each with its runs. */
export async function openJobs(pipeline: OpenJobsPorts): Promise<readonly JobRuns[]> {
  const found: JobRuns[] = [];
  for (const [job, runs] of groupByJob(await runsThatMayOwn(pipeline))) {
    if (runs.some((run) => isOpen(run) || run.unanswered > 0)) found.push([job, await runsInView(pipeline, job, runs)]);
  }
  return found;
}

/** The runs of one job as they are now, including any that was staged since `openJobs` was called. */
export async function runsOfJob(pipeline: OpenJobsPorts, job: JobKey): Promise<readonly Run[]> {
  const all = await runsThatMayOwn(pipeline);
  const own = all.filter((run) => run.job !== null && jobText(run.job) === jobText(job));
  return runsInView(pipeline, job, own);
}

async function runsThatMayOwn({ ledger, clock }: Pick<Pipeline, 'ledger' | 'clock'>): Promise<readonly Run[]> {
  const open = await ledger.runs.inStates(OPEN_STATES);
  const ended = await ledger.runs.endedSince(clock.now() - LATE_EVIDENCE_MS);
  return [...open, ...ended].map((one) => one.value);
}

const isOpen = (run: Run): boolean => OPEN_STATES.includes(run.state);

/**
 * Keeps runs that settled within the part of the log that is read again: an entry counted for one of them must be found there, or it
 * would be counted again for an older run (*ownEntries*, *distinct*).
 */
async function runsInView(
  pipeline: Pick<Pipeline, 'watermark' | 'delays'>,
  job: JobKey,
  runs: readonly Run[],
): Promise<readonly Run[]> {
  const { watermark, delays } = pipeline;
  const since = (await watermark.read(job)) - delays.logOverlapMs - delays.clockSkewMs;
  return runs.filter((run) => isOpen(run) || run.unanswered > 0 || run.settledAt > since);
}

function groupByJob(runs: readonly Run[]): readonly (readonly [JobKey, Run[]])[] {
  const jobs = new Map<string, readonly [JobKey, Run[]]>();
  for (const run of runs) {
    if (run.job === null) continue;
    const key = jobText(run.job);
    const known = jobs.get(key);
    if (known) known[1].push(run);
    else jobs.set(key, [run.job, [run]]);
  }
  return [...jobs.values()];
}
