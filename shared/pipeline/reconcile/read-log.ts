// Reading a job's provisioning log: overlapping windows, page by page, at the pace that the log allows.
import { RollcallError } from '../../core/errors';
import { stableHash } from '../../core/hash';
import type { LogPlace } from '../../graph/log-places';
import { LOG_PAGE_ENTRIES } from '../../graph/limits';
import { misledBy } from '../../graph/next-page';
import type { LogPage, ProvisioningEntry } from '../../graph/provisioning-log';
import type { LogStretch } from '../../graph/log-stretches';
import { logStretches } from '../../graph/log-stretches';
import { firstLogPath, LogRequestRefused, readLogPage, withoutSize } from '../../graph/provisioning-log';
import type { Run } from '../../run/run';
import type { JobKey } from '../../graph/job-key';
import { OPEN_STATES } from '../../run/run';
import type { Delays, Pipeline } from '../pipeline';

export type ReadLogPorts = Pick<
  Pipeline,
  'ledger' | 'watermark' | 'gate' | 'graph' | 'logTurns' | 'logPlaces' | 'delays' | 'emit'
>;

/** A stretch that has more pages has no end: what a tenant may upload in a whole day makes some hundred. Ours, 2026-11. */
const MAX_PAGES_OF_STRETCH = 10_000;

/** A page that was refused so often is given up, and reading begins again: a link to a next page may have expired. Ours, 2026-11. */
const MAX_REFUSALS_OF_PAGE = 5;

/** The code of an error: the log cannot be read now. */
const UNAVAILABLE = 'graph-log-unavailable';

/** A reading that has come to the end of the log. */
export interface LogReading {
  /** When it began, ms: the new watermark, if everything was told. */
  readonly begun: number;
  /** Runs (ids) that some of the evidence could not be told to. */
  readonly untold: ReadonlySet<string>;
}

/**
 * Reads everything that may concern the open rows of `runs`, for `mostMs` at most, and passes each page to `take`, which adds to `untold` the
 * runs that it could not tell of it. After each stretch but the last the watermark moves past it, unless something was not told. A reading whose
 * time is up, or that the service interrupts, goes on where it stopped when it is called again. Null if nothing needed reading or the end was
 * not reached.
 */
export async function readLog(
  pipeline: ReadLogPorts,
  job: JobKey,
  runs: readonly Run[],
  mostMs: number,
  take: (entries: readonly ProvisioningEntry[], untold: Set<string>) => Promise<number>,
): Promise<LogReading | null> {
  const { gate, watermark, logPlaces, logTurns, emit } = pipeline;
  const startedAt = gate.now();
  const durationMs = (): number => Math.round(gate.now() - startedAt);
  const count = { pages: 0, entries: 0, unreadable: 0, counted: 0 };
  if (mostMs < 0) {
    emit('rollcall.reconcile.read', { ...count, durationMs: 0, isAtEnd: false });
    return null;
  }
  const readUntil = await watermark.read(job);
  const first = logPlaces.take(job, readUntil) ?? (await placeToBegin(pipeline, job, runs, readUntil));
  if (first === null) return null;
  let place: LogPlace | null = first;
  while (place !== null && durationMs() <= mostMs && !logTurns.isAfter(mostMs - durationMs())) {
    const page = await readNext(pipeline, job, place);
    count.pages++;
    count.entries += page.entries.length;
    count.unreadable += page.unreadable;
    count.counted += await take(page.entries, place.untold);
    place = page.next === null ? await afterStretch(pipeline, job, place) : nextPage(place, page.next);
  }
  if (place !== null) logPlaces.keep(job, place);
  emit('rollcall.reconcile.read', { ...count, durationMs: durationMs(), isAtEnd: place === null });
  return place === null ? first : null;
}

/** The first page of a new reading; null if nothing needs to be read. */
async function placeToBegin(
  pipeline: Pick<Pipeline, 'ledger' | 'gate' | 'logPlaces' | 'delays'>,
  job: JobKey,
  runs: readonly Run[],
  readUntil: number,
): Promise<LogPlace | null> {
  const begun = pipeline.gate.now();
  const earliest = await earliestOpenDelivery(pipeline, runs);
  if (earliest === null && readUntil === 0) return null;
  const from = beginning(earliest, readUntil, runs, pipeline.delays);
  return startOf(pipeline, job, { begun, readUntil, untold: new Set() }, logStretches(from, readUntil, begun));
}

/** The first page of the first of these stretches; null if there are none. */
function startOf(
  { logPlaces }: Pick<Pipeline, 'logPlaces'>,
  job: JobKey,
  reading: Pick<LogPlace, 'begun' | 'readUntil' | 'untold'>,
  [stretch, ...later]: readonly LogStretch[],
): LogPlace | null {
  if (stretch === undefined) return null;
  const path = firstLogPath(job.jobId, stretch, logPlaces.pageSize);
  return { ...reading, stretch, later, path, seen: new Set([stableHash([path])]), refusals: 0 };
}

/** Throws `graph-log-misleading` (retry) if the page was read before, or there is no end to them. */
function nextPage(place: LogPlace, path: string): LogPlace {
  const key = stableHash([path]);
  if (place.seen.has(key)) throw misledBy('was read already');
  if (place.seen.size >= MAX_PAGES_OF_STRETCH) throw misledBy('is one of too many');
  place.seen.add(key);
  return { ...place, path, refusals: 0 };
}

/** The stretch was read to its end: the watermark moves past it, unless something was not told. Null if it was the last one. */
async function afterStretch(
  pipeline: Pick<Pipeline, 'watermark' | 'logPlaces'>,
  job: JobKey,
  place: LogPlace,
): Promise<LogPlace | null> {
  const { before } = place.stretch;
  if (before === null) return null;
  if (place.untold.size > 0) return startOf(pipeline, job, place, place.later);
  await pipeline.watermark.write(job, before);
  return startOf(pipeline, job, { ...place, readUntil: before }, place.later);
}

/**
 * Where reading begins: as far back as entries may still appear. If no run has ended, nothing before the oldest open delivery can matter;
 * late evidence of ended runs may be anywhere in the overlap.
 */
function beginning(earliest: number | null, readUntil: number, runs: readonly Run[], delays: Delays): number {
  const overlapping = readUntil - delays.logOverlapMs;
  if (earliest === null) return overlapping;
  const firstOpen = earliest - delays.clockSkewMs;
  if (readUntil === 0) return firstOpen;
  return runs.some((run) => !OPEN_STATES.includes(run.state)) ? overlapping : Math.max(firstOpen, overlapping);
}

/**
 * One page. A pause that the service asks for when it refuses applies to all jobs. Neither a pause nor a page that cannot be read
 * now makes reading begin again: the place is kept.
 */
async function readNext(
  pipeline: Pick<Pipeline, 'graph' | 'gate' | 'logTurns' | 'logPlaces'>,
  job: JobKey,
  place: LogPlace,
): Promise<LogPage> {
  const { logTurns, logPlaces } = pipeline;
  try {
    return await readOfAnySize(pipeline, place.path);
  } catch (error) {
    if (error instanceof LogTurnAway) {
      logPlaces.keep(job, place);
      throw error;
    }
    if (error instanceof RollcallError) logTurns.pause(error.retryAfterMs);
    const refused = { ...place, refusals: place.refusals + 1 };
    if (error instanceof RollcallError && error.code === UNAVAILABLE && refused.refusals < MAX_REFUSALS_OF_PAGE)
      logPlaces.keep(job, refused);
    throw error;
  }
}

/** If the service refuses the request, once more without the size of a page; if it takes that, no page of this process asks for a size any more. */
async function readOfAnySize(
  pipeline: Pick<Pipeline, 'graph' | 'gate' | 'logTurns' | 'logPlaces'>,
  path: string,
): Promise<LogPage> {
  const { logPlaces } = pipeline;
  try {
    return await readAtTurn(pipeline, path);
  } catch (error) {
    const smaller = error instanceof LogRequestRefused ? withoutSize(path, LOG_PAGE_ENTRIES) : null;
    if (smaller === null) throw error;
    const page = await readAtTurn(pipeline, smaller);
    logPlaces.pageSize = null;
    return page;
  }
}

/** The next turn is too far away to wait for: nothing was asked. */
class LogTurnAway extends RollcallError {
  constructor() {
    super(UNAVAILABLE, 'retry', 'the provisioning log asked for a longer pause');
  }
}

async function readAtTurn(
  { graph, gate, logTurns }: Pick<Pipeline, 'graph' | 'gate' | 'logTurns'>,
  path: string,
): Promise<LogPage> {
  if (!(await logTurns.take())) throw new LogTurnAway();
  return readLogPage(graph, path, gate.now());
}

/** When the oldest delivery that still has an open row was noted; null if nothing is open. */
async function earliestOpenDelivery(pipeline: Pick<Pipeline, 'ledger'>, runs: readonly Run[]): Promise<number | null> {
  let earliest: number | null = null;
  for (const run of runs) {
    if (!OPEN_STATES.includes(run.state)) continue;
    const noted = await pipeline.ledger.batches.oldestOpenNote(run.run);
    if (noted !== null && (earliest === null || noted < earliest)) earliest = noted;
  }
  return earliest;
}
