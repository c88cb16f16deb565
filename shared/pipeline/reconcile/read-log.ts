// Reading a job's provisioning log: overlapping windows, page by page, at the pace that the log allows.
import { RollcallError } from '../../core/errors';
import type { LogPage, ProvisioningEntry } from '../../graph/provisioning-log';
import { logStretches } from '../../graph/log-stretches';
import { firstLogPath, readLogPage } from '../../graph/provisioning-log';
import type { Run } from '../../run/run';
import type { JobKey } from '../../graph/job-key';
import { OPEN_STATES } from '../../run/run';
import type { Delays, Pipeline } from '../pipeline';

export type ReadLogPorts = Pick<Pipeline, 'ledger' | 'watermark' | 'gate' | 'graph' | 'logTurns' | 'delays' | 'emit'>;

/** After this time a job begins no further stretch, ms: other jobs need their turn, and the function's limit is 10 minutes (host.json). */
const MAX_READING_MS = 240_000;

/**
 * Reads everything that may concern the open rows of `runs`, and passes each page to `take`. After each stretch but the last the watermark
 * moves past it. Resolves to when the reading began, the new watermark; null if nothing needed reading or the end was not reached.
 */
export async function readLog(
  pipeline: ReadLogPorts,
  job: JobKey,
  runs: readonly Run[],
  take: (entries: readonly ProvisioningEntry[]) => Promise<number>,
): Promise<number | null> {
  const { delays, watermark, emit } = pipeline;
  const begun = pipeline.gate.now();
  const readUntil = await watermark.read(job);
  const earliest = await earliestOpenDelivery(pipeline, runs);
  if (earliest === null && readUntil === 0) return null;
  const from = beginning(earliest, readUntil, runs, delays);
  const seen = { pages: 0, entries: 0, unreadable: 0, counted: 0 };
  const durationMs = (): number => Math.round(pipeline.gate.now() - begun);
  let isAtEnd = false;
  for (const stretch of logStretches(from, readUntil, begun)) {
    if (durationMs() > MAX_READING_MS) break;
    for (let path: string | null = firstLogPath(job.jobId, stretch); path !== null;) {
      const page = await readNext(pipeline, path);
      seen.pages++;
      seen.entries += page.entries.length;
      seen.unreadable += page.unreadable;
      seen.counted += await take(page.entries);
      path = page.next;
    }
    if (stretch.before === null) isAtEnd = true;
    else await watermark.write(job, stretch.before);
  }
  emit('rollcall.reconcile.read', { ...seen, durationMs: durationMs(), isAtEnd });
  return isAtEnd ? begun : null;
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

/** One page, at its turn. A pause that the service asks for when it refuses applies to all jobs. */
async function readNext(pipeline: Pick<Pipeline, 'graph' | 'logTurns'>, path: string): Promise<LogPage> {
  const { graph, logTurns } = pipeline;
  if (!(await logTurns.take()))
    throw new RollcallError('graph-log-unavailable', 'retry', 'the provisioning log asked for a longer pause');
  try {
    return await readLogPage(graph, path);
  } catch (error) {
    if (error instanceof RollcallError) logTurns.pause(error.retryAfterMs);
    throw error;
  }
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
