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

/**
 * The runs of one job as they are now, including any that was staged since `openJobs` was called. `known`: those that it found. Whatever has ended
 * is among them: only a tick ends a run that was staged, and it does so when the logs are read.
 */
export async function runsOfJob(pipeline: OpenJobsPorts, job: JobKey, known: readonly Run[]): Promise<readonly Run[]> {
  const open = await openRuns(pipeline);
  const own = open.filter((run) => run.job !== null && jobText(run.job) === jobText(job));
  const isNew = new Set(own.map(({ run }) => run));
  return runsInView(pipeline, job, [...own, ...known.filter(({ run }) => !isNew.has(run))]);
}

async function runsThatMayOwn(pipeline: Pick<Pipeline, 'ledger' | 'clock'>): Promise<readonly Run[]> {
  const open = await openRuns(pipeline);
  const ended = await pipeline.ledger.runs.endedSince(pipeline.clock.now() - LATE_EVIDENCE_MS);
  return [...open, ...ended.map(({ value }) => value)];
}

const openRuns = async ({ ledger }: Pick<Pipeline, 'ledger'>): Promise<readonly Run[]> =>
  (await ledger.runs.inStates(OPEN_STATES)).map(({ value }) => value);

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
