// Reconcile: the timer's story (design §3.9). Reads the provisioning logs of every job that has something open, gives verdicts, puts
// what failed for a passing reason into new deliveries, closes what stayed silent, repairs, releases, and settles runs.
import { RollcallError } from '../core/errors';
import type { JobKey, Run } from '../run/run';
import { OPEN_STATES } from '../run/run';
import { applyOutcomes } from './apply-outcomes';
import { closeSilentRows } from './close-silent-rows';
import type { Pipeline } from './deps';
import { eachOnItsOwn } from './each-on-its-own';
import { readLog } from './read-log';
import { release } from './release';
import { repairPeople } from './repair-people';
import { settleRuns } from './settle-runs';
import { sweep } from './sweep';

/** How long after its end a run with unanswered rows is still looked at: a request may be processed long after (a job paused for days), ms. */
const LATE_EVIDENCE_MS = 7 * 86_400_000;

/** One tick. A job whose log cannot be read now does not keep the others waiting; its rows are not judged silent either. */
export async function reconcile(pipeline: Pipeline): Promise<void> {
  await eachOnItsOwn([
    () => sweep(pipeline),
    async () =>
      eachOnItsOwn(
        (await openJobs(pipeline)).map(
          ([job, runs]) =>
            () =>
              reconcileJob(pipeline, job, runs),
        ),
      ),
    async () => {
      await release(pipeline);
    },
    () => settleRuns(pipeline),
  ]);
}

async function reconcileJob(pipeline: Pipeline, job: JobKey, runs: readonly Run[]): Promise<void> {
  const { watermark, emit } = pipeline;
  try {
    // Looked up after each page: a run that was staged while the page was waited for may own entries of it (*ownEntries*).
    const readUntil = await readLog(pipeline, job, runs, async (entries) =>
      applyOutcomes(pipeline, (await runsOf(pipeline, job)) ?? runs, entries),
    );
    if (readUntil !== null) await closeSilentRows(pipeline, runs, readUntil);
    await repairPeople(pipeline, runs);
    // Last: whoever dies before this reads the same entries again, and counts none of them twice.
    if (readUntil !== null) await watermark.write(job, readUntil);
  } catch (error) {
    if (!(error instanceof RollcallError) || !error.code.startsWith('graph-')) throw error;
    emit(error.disposition === 'halt' ? 'rollcall.reconcile.halted' : 'rollcall.reconcile.postponed', {
      code: error.code,
      retryAfterMs: error.retryAfterMs,
    });
  }
}

async function runsOf(pipeline: Pipeline, job: JobKey): Promise<readonly Run[] | undefined> {
  const jobs = await openJobs(pipeline);
  return jobs.find(([one]) => one.jobId === job.jobId && one.servicePrincipalId === job.servicePrincipalId)?.[1];
}

/** Jobs with open runs, each with its runs: those that settled lately too, late evidence may belong to them. */
async function openJobs(pipeline: Pipeline): Promise<readonly (readonly [JobKey, readonly Run[]])[]> {
  const { ledger, clock, delays } = pipeline;
  const open = await ledger.runs.inStates(OPEN_STATES);
  const late = await ledger.runs.endedSince(clock.now() - LATE_EVIDENCE_MS);
  const isLate = (run: Run): boolean => run.unanswered > 0 || run.settledAt > clock.now() - delays.confirmWithinMs;
  const recent = [...open.map((one) => one.value), ...late.map((one) => one.value).filter(isLate)];
  const jobs = new Map<string, { job: JobKey; runs: Run[] }>();
  for (const run of recent) {
    if (run.job === null) continue;
    const key = JSON.stringify([run.job.servicePrincipalId, run.job.jobId]);
    const found = jobs.get(key);
    if (found) found.runs.push(run);
    else jobs.set(key, { job: run.job, runs: [run] });
  }
  const isWorthReading = (runs: readonly Run[]): boolean =>
    runs.some((run) => OPEN_STATES.includes(run.state) || run.unanswered > 0);
  return [...jobs.values()].filter(({ runs }) => isWorthReading(runs)).map(({ job, runs }) => [job, runs] as const);
}
