// Release: which staged batches go to the queue next (docs/design.md §3.7). Called by intake, by every finished delivery and by the timer;
// only a window of some tens is on the queue at a time, so that leavers, newer files and pauses never wait for a long queue to drain.
import type { Candidate } from '../../delivery/choose-batches';
import { MAX_SLOT_WAIT_MS } from '../../delivery/gate';
import type { Closure } from '../../delivery/pace';
import type { DeliveryPointer } from '../../delivery/queues';
import { tracedAt } from '../../delivery/queues';
import { SLOT_INTERVAL_MS } from '../../delivery/pace';
import { chooseBatches } from '../../delivery/choose-batches';
import { applyPlan, planRelease } from '../../delivery/release-plan';
import type { Batch } from '../../run/batch';
import type { Versioned } from '../../storage/versioned';
import { changeRun, replaceWithChild } from '../../run/ledger';
import type { OtherRuns } from '../../run/other-runs';
import { lookAtOtherRuns } from '../../run/other-runs';
import type { Run } from '../../run/run';
import type { JobKey } from '../../graph/job-key';
import { OPEN_STATES } from '../../run/run';
import { jobText } from '../../graph/job-key';
import type { Pipeline } from '../pipeline';
import { inParallel } from '../../core/tasks';
import { ServedRuns } from '../serve/served-runs';
import { nameOf } from '../../run/batch';

export type ReleasePorts = Pick<
  Pipeline,
  'ledger' | 'indexes' | 'deliveries' | 'gate' | 'jobs' | 'allowsJob' | 'clock' | 'delays' | 'emit' | 'trace'
>;

/**
 * Messages on the queue at once, for all sources together (docs/design.md §3.7): as many as get a slot within 70 % of the longest time that
 * a sender waits for one, so that no sender gives its message back just because the window was too wide. 48 at 145 ms and 10 s.
 */
export const WINDOW = Math.floor((0.7 * MAX_SLOT_WAIT_MS) / SLOT_INTERVAL_MS);
/**
 * One message of each refill has the refill flag: the one after which two thirds of the window are left. So one look serves many
 * deliveries.
 */
export const LEFT_AFTER_FLAG = Math.round((WINDOW * 2) / 3);
/**
 * Less room than this is not filled. Messages overtake each other and are deleted late, so more may be left than the flag assumes; and if
 * two messages carry the flag, the second finds no room and stops.
 */
const LEAST_ROOM = Math.round(WINDOW / 6);
/** Above this depth nothing is released. */
const FULL = WINDOW - LEAST_ROOM;
/**
 * At this depth or below, every delivery that ends looks for more, because the message with the flag may be lost. Low enough that the
 * flag's refill, which takes as long as several calls, is normally done before.
 */
export const NEARLY_EMPTY = Math.round((WINDOW * 5) / 12);
/** Batches released in parallel. */
const PARALLEL = 8;
/** A batch that may go within this time is released now, with a message that becomes visible then, ms. */
const SOON_MS = 5_000;

type Waiting = Candidate & { readonly notBefore: number };

/**
 * Puts pointers for as many batches as there is room for; none for an ill job, none while the gate is closed. `onDuty`: false for a delivery
 * without the refill flag, which looks only if the queue is nearly empty. A run that cannot be released is told by an event and leaves its
 * room to the others: whoever calls this is at work for another run.
 */
export async function release(pipeline: ReleasePorts, onDuty = true, served = new ServedRuns(pipeline)): Promise<void> {
  const { ledger, deliveries, emit } = pipeline;
  const counted = await deliveries.depth();
  if (!onDuty && counted > NEARLY_EMPTY) return;
  const open = (await ledger.runs.inStates(OPEN_STATES)).map(({ value }) => value);
  const depth = counted > FULL ? Math.min(counted, await countReleased(pipeline, open, served)) : counted;
  if (depth > FULL) return;
  const room = WINDOW - depth;
  // One that has failed in this tick is tried again in the next.
  const mayGo = open.filter((run) => run.stop === null && !served.hasFailed(run, 'release'));
  const runs = new Map(mayGo.map((run) => [run.run, run]));
  const openings = rememberOpenings(pipeline);
  let candidates: readonly Waiting[] = [];
  await served.each('release', [...runs.values()], async (run) => {
    candidates = [...candidates, ...(await candidatesOf(pipeline, run, room, openings))];
  });
  let released = 0;
  for (let chosen = chooseBatches(candidates, room); chosen.length > 0;) {
    released += await releaseAll(pipeline, runs, chosen, served);
    // What a run could not use, others take: what was looked at once is not looked at again.
    const failed = chosen.filter((one) => served.hasFailed(one, 'release'));
    candidates = candidates.filter((one) => !chosen.includes(one) && !served.hasFailed(one, 'release'));
    chosen = chooseBatches(candidates, Math.min(failed.length, room - released));
  }
  if (released > 0) emit('rollcall.release.released', { batches: released });
}

/**
 * How many messages on the queue can be ours, as far as that leaves room. Whoever may put messages there can put some that become visible only days
 * later; the ledger knows of how many batches we have put one that is not done with.
 */
async function countReleased(
  { ledger, clock, delays }: Pick<Pipeline, 'ledger' | 'clock' | 'delays'>,
  runs: readonly Run[],
  served: ServedRuns,
): Promise<number> {
  const since = clock.now() - delays.lostMessageMs;
  let count = 0;
  await served.each('release', runs, async ({ run }) => {
    if (count <= FULL) count += await ledger.batches.countReleased(run, since, WINDOW);
  });
  return count;
}

/** The batches of a run that may go now; if none may, the run records what it waits for. */
async function candidatesOf(
  pipeline: Pick<Pipeline, 'ledger' | 'clock' | 'delays' | 'emit'>,
  run: Run,
  most: number,
  openings: (job: JobKey) => Promise<Openings>,
): Promise<readonly Waiting[]> {
  const { ledger, clock, delays, emit } = pipeline;
  const now = clock.now();
  const found = await ledger.batches.releasable(run.run, now + SOON_MS, now - delays.lostMessageMs, most);
  if (run.job === null) return [];
  // Also if no batch is due: only here does the run say that the gate delays it. A run that has sent everything waits for evidence instead.
  const hasMore = found.length > 0 || run.state === 'sending';
  const opening = hasMore ? await openings(run.job) : { leavers: null, others: null };
  const candidates = found.filter((one) => (one.leavers ? opening.leavers : opening.others) === null);
  const closure = candidates.length > 0 ? null : opening.others;
  if (closure !== null && found.length > 0)
    emit('rollcall.release.withheld', { source: run.source, run: run.run, batches: found.length, ...closure });
  const { code, detail, until } = closure ?? { code: null, detail: null, until: null };
  if (code !== run.waitsFor || detail !== run.waitsDetail || until !== run.waitsUntil)
    await changeRun(ledger.runs, run, (read) => ({
      ...read,
      waitsFor: code,
      waitsDetail: detail,
      waitsUntil: until,
    }));
  return candidates;
}

/** Why nothing may go to a job; null if it may. An ill job has no end time, but the service may have a word for the reason. */
interface Openings {
  readonly leavers: Opening;
  readonly others: Opening;
}
type Opening = { readonly code: string; readonly detail: string | null; readonly until: number | null } | null;

/** A job that was taken off the list is asked nothing; sent to it is nothing more until it is on the list again. */
const WITHDRAWN: Opening = { code: 'job-withdrawn', detail: null, until: null };

const openingOf = (closure: Closure | null): Opening => closure && { detail: null, ...closure };

/** Checks each job once: whether it is still one of ours, its health, its pause, and the tenant's pace and budget. */
function rememberOpenings(pipeline: Pick<Pipeline, 'gate' | 'jobs' | 'allowsJob'>): (job: JobKey) => Promise<Openings> {
  const known = new Map<string, Promise<Openings>>();
  const lookAt = async (job: JobKey): Promise<Openings> => {
    if (!pipeline.allowsJob(job)) return { leavers: WITHDRAWN, others: WITHDRAWN };
    const look = await pipeline.gate.look(job);
    const openings = { leavers: openingOf(look.leavers), others: openingOf(look.others) };
    if (look.leavers !== null) return openings;
    const health = await pipeline.jobs.of(job);
    if (health.kind !== 'ill') return openings;
    const ill = { code: health.code, detail: health.detail, until: null };
    return { leavers: ill, others: ill };
  };
  return (job) => {
    const key = jobText(job);
    const found = known.get(key) ?? lookAt(job);
    known.set(key, found);
    return found;
  };
}

/** Checks the chosen batches and releases those that may go. Resolves to how many messages were put. */
async function releaseAll(
  pipeline: ReleasePorts,
  runs: ReadonlyMap<string, Run>,
  chosen: readonly Waiting[],
  served: ServedRuns,
): Promise<number> {
  const { ledger, indexes, clock, delays } = pipeline;
  // Another release may have been faster: a batch with a pointer on the queue needs no second one.
  const lostBefore = clock.now() - delays.lostMessageMs;
  const reads = new Map<string, Versioned<Batch>>();
  const reading = [...runs.values()].filter((run) => chosen.some((one) => one.run === run.run));
  await served.each('release', reading, async ({ run }) => {
    const wanted = chosen.filter((one) => one.run === run).map(({ batch }) => batch);
    for (const read of await ledger.batches.readMany(run, wanted)) reads.set(nameOf(read.value), read);
  });
  const staged = chosen
    .map((candidate) => reads.get(nameOf(candidate)))
    .filter((read) => read !== undefined)
    .filter(({ value }) => value.state === 'staged' && value.releasedAt < lostBefore);
  // The batches are read before the other runs: a run that becomes staged after these reads sees the batches and overtakes them itself.
  const others = new Map<string, OtherRuns>();
  const looking = [...runs.values()].filter((run) => staged.some(({ value }) => value.run === run.run));
  await served.each('release', looking, async (run) => {
    others.set(run.run, await lookAtOtherRuns(ledger, indexes, run));
  });
  let released = 0;
  const dutyAt = Math.max(staged.length - LEFT_AFTER_FLAG, 0);
  await inParallel([...staged.entries()], PARALLEL, async ([at, read]) => {
    const [run, look] = [runs.get(read.value.run), others.get(read.value.run)];
    if (run === undefined || look === undefined) return;
    await served.serve('release', run, async () => {
      if (await releaseOne(pipeline, read, look, { ...tracedAt(run.trace), ...(at === dutyAt && { onDuty: true }) }))
        released++;
    });
  });
  return released;
}

/** Releases the rows of one batch that may go; true if a message was put, with what `more` says. */
async function releaseOne(
  pipeline: Pick<Pipeline, 'ledger' | 'deliveries' | 'clock' | 'delays'>,
  read: Versioned<Batch>,
  others: OtherRuns,
  more: Pick<DeliveryPointer, 'onDuty' | 'trace'>,
): Promise<boolean> {
  const { ledger, deliveries, clock, delays } = pipeline;
  const now = clock.now();
  const planned = applyPlan(read.value, await planRelease(read.value, others), now, now + delays.waitingMs);
  const written = await replaceWithChild(ledger.batches, read, planned.batch, planned.child);
  if (!written || !planned.released) return false;
  const { run, batch, delivery, notBefore } = planned.batch;
  await deliveries.put({ version: 1, run, batch, delivery, ...more }, notBefore - now);
  return true;
}
