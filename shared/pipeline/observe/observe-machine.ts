// The machine in numbers, once a tick, so that somebody is told when nothing moves; that the event comes at all says that the timer ticks.
import type { WorkQueue } from '../../delivery/queues';
import type { Run } from '../../run/run';
import { OPEN_STATES } from '../../run/run';
import type { Pipeline } from '../pipeline';
import { findOverdue } from './find-overdue';

export type ObservePorts = Pick<
  Pipeline,
  'ledger' | 'sources' | 'gate' | 'arrivals' | 'deliveries' | 'callsPerDay' | 'clock' | 'emit'
>;

/** Two questions for the runs, one for each open one, one for the gate, two for each queue. */
export async function observeMachine(pipeline: ObservePorts): Promise<void> {
  const { ledger, gate, arrivals, deliveries, callsPerDay, emit } = pipeline;
  const open = (await ledger.runs.inStates(OPEN_STATES)).map(({ value }) => value);
  const held = (await ledger.runs.pending()).filter(({ value }) => value.state === 'held');
  const job = open.find((run) => run.job !== null)?.job ?? null;
  const arriving = await lengthAndAge(pipeline, arrivals);
  const delivering = await lengthAndAge(pipeline, deliveries);
  emit('rollcall.machine.observed', {
    open: open.length,
    held: held.length,
    unconfirmedMs: await ageOfOldestNote(pipeline, open),
    // Without a run on its way nothing is used, and nobody waits for it.
    callsUsed: job === null ? null : await gate.callsUsed(job),
    callsPerDay,
    arrivals: arriving.length,
    arrivalsMs: arriving.ageMs,
    deliveries: delivering.length,
    deliveriesMs: delivering.ageMs,
  });
}

/** How long ago the oldest delivery was noted that has a row without a verdict; null if there is none. */
async function ageOfOldestNote(
  { ledger, gate }: Pick<Pipeline, 'ledger' | 'gate'>,
  open: readonly Run[],
): Promise<number | null> {
  let oldest: number | null = null;
  for (const { run } of open) {
    const noted = await ledger.batches.oldestOpenNote(run);
    if (noted !== null && (oldest === null || noted < oldest)) oldest = noted;
  }
  return oldest === null ? null : since(oldest, gate.now());
}

async function lengthAndAge(
  { clock }: Pick<Pipeline, 'clock'>,
  queue: Pick<WorkQueue<never>, 'depth' | 'oldest'>,
): Promise<{ readonly length: number; readonly ageMs: number | null }> {
  const [length, oldest] = [await queue.depth(), await queue.oldest()];
  return { length, ageMs: oldest === null ? null : since(oldest, clock.now()) };
}

/** Tells of each of these sources of which a file is overdue, at each tick until it comes. */
export async function tellOverdue(
  { ledger, sources, clock, emit }: Pick<Pipeline, 'ledger' | 'sources' | 'clock' | 'emit'>,
  names: readonly string[],
): Promise<void> {
  const overdue = await findOverdue({ runs: ledger.runs, sources }, names, clock.now());
  for (const { source, since: by } of overdue) emit('rollcall.source.overdue', { source, since: by });
}

/** The clocks of storage and of this process may differ. */
const since = (then: number, now: number): number => Math.max(0, Math.round(now - then));
