// Release: which staged batches may go to the queue next (design §3.7). Intake, every finished delivery and the timer call it; only
// a window of some tens is on the queue at a time, so that leavers, newer files and pauses never wait behind a long queue.
import type { Candidate } from '../delivery/choose-batches';
import { chooseBatches } from '../delivery/choose-batches';
import { applyPlan, planRelease } from '../delivery/release-plan';
import type { Batch } from '../run/batch';
import type { Versioned } from '../run/ledger';
import { lookAtOtherRuns } from '../run/other-runs';
import type { JobKey, Run } from '../run/run';
import { OPEN_STATES } from '../run/run';
import type { Pipeline } from './deps';
import { inParallel } from './in-parallel';

/** Messages on the queue at once, all sources together (design §3.7: at most 64). 48 slots take some 7 s, less than a sender may wait. */
const WINDOW = 48;
/** A finished delivery looks for more only when the queue has fallen to this: one look for many deliveries. */
const LOW_WATER = 24;
/** Batches released side by side. */
const PARALLEL = 8;
/** A batch that may go this soon is released now, with a message that becomes visible then, ms. */
const SOON_MS = 5_000;

type Waiting = Candidate & { readonly notBefore: number };

/** Puts pointers for as many batches as there is room for; nothing while the gate is closed. Resolves to how many. */
export async function release(pipeline: Pipeline): Promise<number> {
  const { ledger, deliveries, emit } = pipeline;
  const room = WINDOW - (await deliveries.depth());
  if (room < WINDOW - LOW_WATER) return 0;
  const runs = (await ledger.runs.inStates(OPEN_STATES)).map((one) => one.value);
  const candidates: Waiting[] = [];
  for (const run of runs) candidates.push(...(await candidatesOf(pipeline, run, room)));
  let released = 0;
  const jobs = new Map(runs.map((run) => [run.run, run.job]));
  await inParallel(chooseBatches(candidates, room), PARALLEL, async (candidate) => {
    if (await releaseOne(pipeline, candidate, jobs.get(candidate.run) ?? null)) released++;
  });
  if (released > 0) emit('rollcall.release.released', { batches: released });
  return released;
}

async function candidatesOf(pipeline: Pipeline, run: Run, most: number): Promise<readonly Waiting[]> {
  const { ledger, clock, delays } = pipeline;
  const now = clock.now();
  return ledger.batches.releasable(run.run, now + SOON_MS, now - delays.lostMessageMs, most);
}

/** Looks at one batch and releases what may go; true if a message was put. */
async function releaseOne(pipeline: Pipeline, candidate: Waiting, job: JobKey | null): Promise<boolean> {
  const { ledger, gate, deliveries, clock, delays, emit } = pipeline;
  if (job === null) return false;
  const look = await gate.look(job, candidate.leavers);
  if (!look.open) {
    emit('rollcall.release.withheld', { run: candidate.run, batch: candidate.batch, code: look.code });
    return false;
  }
  // The batch is read before the other runs: a run that becomes staged after this read sees the batch and overtakes it itself.
  const read = await ledger.batches.read(candidate.run, candidate.batch);
  if (read?.value.state !== 'staged') return false;
  const others = await lookAtOtherRuns(ledger, pipeline.indexes, candidate);
  const now = clock.now();
  const planned = applyPlan(read.value, await planRelease(read.value, others), now, now + delays.waitingMs);
  if (!(await write(pipeline, read, planned.batch, planned.child)) || !planned.released) return false;
  const { run, batch, delivery } = planned.batch;
  await deliveries.put({ version: 1, run, batch, delivery }, planned.batch.notBefore - now);
  return true;
}

const write = (pipeline: Pipeline, read: Versioned<Batch>, next: Batch, child: Batch | null): Promise<boolean> =>
  child === null
    ? pipeline.ledger.batches.replace(read, next)
    : pipeline.ledger.batches.replaceAndInsert(read, next, child);
