// Retention (docs/design.md §7.22, ADR 0043): so many days after a run has ended, its export and everything that was made of it is deleted. A part of the
// timer's tick, once a day for each source. It never makes the tick fail: what cannot be deleted is told, and has its next turn on the next day.
import { DAY_MS } from '../../core/clock';
import type { RunKey } from '../../core/run-key';
import type { Pipeline } from '../pipeline';
import { codeOfFault } from '../serve/served-runs';
import type { DeleteRunPorts } from './delete-run';
import { deleteRun } from './delete-run';
import type { KeepRecordsPorts } from './keep-records';
import { keepRecords } from './keep-records';
import type { NeededRunsPorts } from './needed-runs';
import { findNeededRuns } from './needed-runs';

export type RetentionPorts = Pick<Pipeline, 'ledger' | 'clock' | 'delays' | 'emit' | 'retainedUpTo'> &
  NeededRunsPorts &
  KeepRecordsPorts &
  DeleteRunPorts;

/** Most old runs of a source that are looked at in one tick. Our choice, 2026-11. */
const MAX_OLD_RUNS = 100;
/** Beyond that much time in one tick no other run is deleted, ms: the next tick goes on. Our choice, 2026-11. */
const MAX_DELETING_MS = 20_000;

/** Stands for all sources in what is remembered; none has this name. */
const ALL_SOURCES = '';
/** Sorts before the ids of all runs. */
const FROM_THE_BEGINNING = '';

/**
 * The part of a tick. Once every source has had its turn, the rest of the day costs nothing. Never rejects. `sources`: all of them, where somebody has
 * asked already.
 */
export async function deleteOldRuns(
  pipeline: RetentionPorts,
  sources: () => Promise<readonly string[]> = () => pipeline.ledger.runs.sources(),
): Promise<void> {
  const { clock, retainedUpTo } = pipeline;
  const begun = clock.now();
  const day = Math.floor(begun / DAY_MS);
  const isDone = (source: string): boolean => {
    const upTo = retainedUpTo.get(source);
    return upTo?.day === day && upTo.after === null;
  };
  if (isDone(ALL_SOURCES)) return;
  await orTell(pipeline, { source: ALL_SOURCES, run: '' }, async () => {
    const toDo = (await sources()).filter((source) => !isDone(source));
    for (const source of toDo)
      if (clock.now() < begun + MAX_DELETING_MS) await takeTurn(pipeline, source, day, begun + MAX_DELETING_MS);
    if (toDo.every(isDone)) retainedUpTo.set(ALL_SOURCES, { day, after: null });
  });
}

/** Goes on where the source's last turn of the day stopped. A turn that fails is over for the day. */
async function takeTurn(pipeline: RetentionPorts, source: string, day: number, end: number): Promise<void> {
  const last = pipeline.retainedUpTo.get(source);
  const begin = last?.day === day ? (last.after ?? FROM_THE_BEGINNING) : FROM_THE_BEGINNING;
  let after: string | null = null;
  await orTell(pipeline, { source, run: '' }, async () => {
    after = await deleteAfter(pipeline, source, begin, end);
  });
  pipeline.retainedUpTo.set(source, { day, after });
}

/** Looks at the oldest runs after one of them; resolves to the one to go on after, or null if there are no more. */
async function deleteAfter(
  pipeline: RetentionPorts,
  source: string,
  after: string,
  end: number,
): Promise<string | null> {
  const { ledger, clock, delays, emit } = pipeline;
  const old = await ledger.runs.endedBefore(source, clock.now() - delays.retentionMs, after, MAX_OLD_RUNS);
  const oldRuns = old.map(({ value }) => value);
  const last = oldRuns.at(-1);
  if (last === undefined) return null;
  const needed = await findNeededRuns(pipeline, source, oldRuns);
  if (needed === 'unknown') return after;
  if (needed.size > 0) emit('rollcall.retention.waiting', { source, runs: needed.size });
  const due = oldRuns.filter(({ run }) => !needed.has(run));
  const isKept = await keepRecords(pipeline, source, due);
  for (const read of old) {
    const { run } = read.value;
    if (needed.has(run) || !isKept.has(run)) continue;
    await orTell(pipeline, { source, run }, () => deleteRun(pipeline, read));
    if (clock.now() >= end && run !== last.run) return run;
  }
  return old.length < MAX_OLD_RUNS ? null : last.run;
}

/** Does it; what fails is told, and nothing else comes of it. */
async function orTell(
  { emit }: Pick<Pipeline, 'emit'>,
  { source, run }: RunKey,
  work: () => Promise<void>,
): Promise<void> {
  await work().catch((error: unknown) => {
    emit('rollcall.retention.failed', { source, run, code: codeOfFault(error) });
  });
}
