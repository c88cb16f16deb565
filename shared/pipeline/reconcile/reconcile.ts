// Reconcile: the timer's story (docs/design.md §3.9). Releases what may go, sweeps, reads the provisioning logs of every job with anything open,
// gives verdicts, puts transient failures into new deliveries, closes silent rows, repairs, releases again, and settles runs.
import { RollcallError } from '../../core/errors';
import { once } from '../../core/once';
import type { Run } from '../../run/run';
import { isTroubleOfGraph } from '../../graph/graph-trouble';
import type { JobKey } from '../../graph/job-key';
import type { ApplyPorts } from './apply-outcomes';
import { applyOutcomes } from './apply-outcomes';
import { closeSilentRows } from './close-silent-rows';
import type { ObservePorts } from '../observe/observe-machine';
import { observeMachine, tellOverdue } from '../observe/observe-machine';
import { parkFailingRuns } from '../park/park-failing';
import type { Pipeline } from '../pipeline';
import { eachOnItsOwn } from '../../core/tasks';
import type { OpenJobsPorts } from './open-jobs';
import { openJobs, runsOfJob } from './open-jobs';
import type { ReadLogPorts } from './read-log';
import { readLog } from './read-log';
import type { ReleasePorts } from '../release/release';
import { release } from '../release/release';
import type { RetentionPorts } from '../retention/retention';
import { deleteOldRuns } from '../retention/retention';
import type { RepairPorts } from './repair-people';
import { repairPeople } from './repair-people';
import { remindOfCredential } from './remind-of-credential';
import { ServedRuns } from '../serve/served-runs';
import type { SettlePorts } from './settle-runs';
import { settleRuns } from './settle-runs';
import type { SweepPorts } from './sweep';
import { sweep } from './sweep';

/**
 * The most time that a tick spends on the logs of all jobs together, ms; and after this long no tick begins a page, however little it has read,
 * because settling has its turn after the logs. Both end well within `functionTimeout` (host.json), though a page may take two minutes more.
 * Ours, 2026-11.
 */
export const MAX_READING_MS = 240_000;
export const READ_WITHIN_MS = 360_000;

type ReconcileJobPorts = Pick<Pipeline, 'watermark'> & ReadLogPorts & ApplyPorts & OpenJobsPorts & RepairPorts;
export type ReconcilePorts = ReconcileJobPorts &
  SweepPorts &
  ReleasePorts &
  SettlePorts &
  ObservePorts &
  RetentionPorts &
  Pick<Pipeline, 'credential'>;

/**
 * One tick. A run that cannot be served keeps no other from its turn, and a job whose log cannot be read now does not delay the others, and its
 * rows are not judged silent. Rejects at the end with the first fault.
 */
export async function reconcile(pipeline: ReconcilePorts): Promise<void> {
  const served = new ServedRuns(pipeline);
  const readUntil = pipeline.clock.now() + READ_WITHIN_MS;
  // A source that comes meanwhile has its turn in the next tick.
  const sources = once(() => pipeline.ledger.runs.sources());
  let stopped: ReadonlySet<string> = new Set();
  await eachOnItsOwn([
    // What may be sent does not wait for logs; what the rest of the tick sets free goes after them.
    () => release(pipeline, true, served),
    () => sweep(pipeline, served, sources),
    () => reconcileJobs(pipeline, readUntil, served),
    () => release(pipeline, true, served),
    () => settleRuns(pipeline, served),
    () => remindOfCredential(pipeline),
    async () => {
      stopped = await parkFailingRuns(pipeline, served);
    },
    () => observeMachine(pipeline),
    async () => tellOverdue(pipeline, await sources()),
    // Last, and never a reason for a tick to fail.
    () => deleteOldRuns(pipeline, sources),
  ]);
  served.throwFirst(({ run }) => stopped.has(run));
}

/** Each job in its turn, with an equal share of the time that is left: a log without end takes none from the others. None begins a page after `until`, ms. */
async function reconcileJobs(pipeline: ReconcileJobPorts, until: number, served: ServedRuns): Promise<void> {
  const { clock, logPlaces } = pipeline;
  const jobs = logPlaces.inTurn(await openJobs(pipeline), ([job]) => job);
  const end = Math.min(clock.now() + MAX_READING_MS, until);
  await eachOnItsOwn(
    jobs.map(
      ([job, runs], at) =>
        () =>
          reconcileJob(pipeline, job, runs, (end - clock.now()) / (jobs.length - at), served),
    ),
  );
}

async function reconcileJob(
  pipeline: ReconcileJobPorts,
  job: JobKey,
  runs: readonly Run[],
  mostMs: number,
  served: ServedRuns,
): Promise<void> {
  const { emit, watermark } = pipeline;
  try {
    // The runs are looked up after each page: a run staged while we waited for the page may own entries in it (*ownEntries*).
    const reading = await readLog(pipeline, job, runs, mostMs, async (entries, untold) =>
      applyOutcomes(pipeline, await runsOfJob(pipeline, job, runs), entries, served, untold),
    );
    if (reading !== null) {
      // Evidence that could not be told to its run is no silence.
      const told = runs.filter(({ run }) => !reading.untold.has(run));
      await closeSilentRows(pipeline, told, reading.begun, served);
    }
    await repairPeople(pipeline, runs, served);
    // Last: a process that dies before this reads the same entries again, and counts none of them twice. What could not be told is read again,
    // too (*watermarkLast*).
    if (reading?.untold.size === 0) await watermark.write(job, reading.begun);
  } catch (error) {
    if (!(error instanceof RollcallError) || !isTroubleOfGraph(error.code)) throw error;
    emit(error.disposition === 'halt' ? 'rollcall.reconcile.halted' : 'rollcall.reconcile.postponed', {
      code: error.code,
      retryAfterMs: error.retryAfterMs,
    });
  }
}
