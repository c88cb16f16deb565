// Release: which staged batches may go to the queue next (design §3.7). Intake, every finished delivery and the timer call it; only
// a window of some tens is on the queue at a time, so that leavers, newer files and pauses never wait behind a long queue.
import type { Candidate } from '../delivery/choose-batches';
import { chooseBatches } from '../delivery/choose-batches';
import { applyPlan, planRelease } from '../delivery/release-plan';
import type { Batch } from '../run/batch';
import type { Versioned } from '../run/ledger';
import { changeRun } from '../run/ledger';
import { lookAtOtherRuns } from '../run/other-runs';
import type { JobKey, Run } from '../run/run';
import { jobText, OPEN_STATES } from '../run/run';
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

/** Puts pointers for as many batches as there is room for; nothing for a job that is ill, nothing while the gate is closed. Resolves to how many. */
export async function release(pipeline: Pipeline): Promise<number> {
  const { ledger, deliveries, emit } = pipeline;
  const room = WINDOW - (await deliveries.depth());
  if (room < WINDOW - LOW_WATER) return 0;
  const runs = new Map((await ledger.runs.inStates(OPEN_STATES)).map(({ value }) => [value.run, value]));
  const openings = rememberOpenings(pipeline);
  const candidates: Waiting[] = [];
  for (const run of runs.values()) candidates.push(...(await candidatesOf(pipeline, run, room, openings)));
  let released = 0;
  await inParallel(chooseBatches(candidates, room), PARALLEL, async (candidate) => {
    const run = runs.get(candidate.run);
    if (run !== undefined && (await releaseOne(pipeline, candidate, run))) released++;
  });
  if (released > 0) emit('rollcall.release.released', { batches: released });
  return released;
}

/** The batches of a run that may go now; the run says what it waits for if nothing may. */
async function candidatesOf(
  pipeline: Pipeline,
  run: Run,
  most: number,
  openings: (job: JobKey) => Promise<Openings>,
): Promise<readonly Waiting[]> {
  const { ledger, clock, delays, emit } = pipeline;
  const now = clock.now();
  const found = await ledger.batches.releasable(run.run, now + SOON_MS, now - delays.lostMessageMs, most);
  if (run.job === null || found.length === 0) return [];
  const opening = await openings(run.job);
  const candidates = found.filter((one) => (one.leavers ? opening.leavers : opening.others) === null);
  const code = candidates.length > 0 ? null : opening.others;
  if (code !== null)
    emit('rollcall.release.withheld', { source: run.source, run: run.run, batches: found.length, code });
  if (code !== run.waitsFor) await changeRun(ledger.runs, run, (read) => ({ ...read, waitsFor: code }));
  return candidates;
}

/** Why nothing may go to a job, as a code; null: it may. */
interface Openings {
  readonly leavers: string | null;
  readonly others: string | null;
}

/** Looks at each job once: its health, its pause, the pace and the budget of the tenant. */
function rememberOpenings(pipeline: Pipeline): (job: JobKey) => Promise<Openings> {
  const known = new Map<string, Promise<Openings>>();
  const lookAt = async (job: JobKey): Promise<Openings> => {
    const leavers = await pipeline.gate.look(job, true);
    if (!leavers.open) return { leavers: leavers.code, others: leavers.code };
    const health = await pipeline.jobs.of(job);
    if (health.kind === 'ill') return { leavers: health.code, others: health.code };
    const others = await pipeline.gate.look(job, false);
    return { leavers: null, others: others.open ? null : others.code };
  };
  return (job) => {
    const key = jobText(job);
    const found = known.get(key) ?? lookAt(job);
    known.set(key, found);
    return found;
  };
}

/** Looks at one batch and releases what may go; true if a message was put. */
async function releaseOne(pipeline: Pipeline, candidate: Waiting, run: Run): Promise<boolean> {
  const { ledger, indexes, deliveries, clock, delays } = pipeline;
  // The batch is read before the other runs: a run that becomes staged after this read sees the batch and overtakes it itself.
  const read = await ledger.batches.read(candidate.run, candidate.batch);
  if (read?.value.state !== 'staged') return false;
  const others = await lookAtOtherRuns(ledger, indexes, run);
  const now = clock.now();
  const planned = applyPlan(read.value, await planRelease(read.value, others), now, now + delays.waitingMs);
  if (!(await write(pipeline, read, planned.batch, planned.child)) || !planned.released) return false;
  const { batch, delivery } = planned.batch;
  await deliveries.put({ version: 1, run: run.run, batch, delivery }, planned.batch.notBefore - now);
  return true;
}

const write = (pipeline: Pipeline, read: Versioned<Batch>, next: Batch, child: Batch | null): Promise<boolean> =>
  child === null
    ? pipeline.ledger.batches.replace(read, next)
    : pipeline.ledger.batches.replaceAndInsert(read, next, child);
