// Parking by itself: a run that could not be served in tick after tick, for a reason that is no outage, is parked with that reason. Nobody else
// waits for it (docs/design.md §7.16); what it lacks is somebody who is told, and an end of trying in vain.
import { RollcallError } from '../../core/errors';
import { isTroubleOfGraph } from '../../graph/graph-trouble';
import { changeRun } from '../../run/ledger';
import type { Run, RunReason, RunTrouble } from '../../run/run';
import type { ValuesOf } from '../../core/codes';
import type { runCodes } from '../../run/run-codes';
import { STOPPABLE_STATES } from '../../run/run';
import { endTrouble, noteTrouble, park } from '../../run/run-moves';
import { statusOf } from '../../storage/status-of';
import type { Pipeline } from '../pipeline';
import type { RunFault, ServedRuns } from '../serve/served-runs';
import { codeOfFault } from '../serve/served-runs';

/** A run is parked after so many ticks in a row that failed for it, and not before they have lasted for so long, ms. Our choice, 2026-11: with the default of 5 minutes between two ticks, both are an hour. */
export const PARK_AFTER_TICKS = 12;
export const PARK_AFTER_MS = 3_600_000;

/** Answers that say nothing about the run: no access, too slow, too much, or a fault of the service; and no answer. */
const isOutageStatus = (status: number | null): boolean =>
  status === null || [401, 403, 408, 429].includes(status) || status >= 500;

/** True if everybody may get this fault at such a moment, so that it says nothing about the run. */
export function isOutage(error: unknown): boolean {
  if (error instanceof RollcallError) {
    if (isTroubleOfGraph(error.code) || error.code === 'ledger-contended') return true;
    return error.code.startsWith('storage-') && isOutageStatus(statusOf(error.cause));
  }
  // Errors of clients and of the system have a code (ECONNRESET, REQUEST_SEND_ERROR) or a status; a mistake of ours has neither.
  const isOfClient = typeof (error as { readonly code?: unknown } | null)?.code === 'string';
  return (isOfClient || statusOf(error) !== null) && isOutageStatus(statusOf(error));
}

/**
 * The end of a tick: notes for which runs something failed, and parks those that fail all the time. The note itself shows that storage answers.
 * Resolves to the ids of the runs that are stopped.
 */
export async function parkFailingRuns(
  pipeline: Pick<Pipeline, 'ledger' | 'clock' | 'emit'>,
  served: ServedRuns,
): Promise<ReadonlySet<string>> {
  const runs = (await pipeline.ledger.runs.inStates(STOPPABLE_STATES)).map(({ value }) => value);
  const stopped = new Set(runs.filter(({ stop }) => stop !== null).map(({ run }) => run));
  for (const run of runs.filter(({ stop }) => stop === null)) {
    const faults = served.faults.filter(({ blamed }) => blamed.source === run.source && blamed.run === run.run);
    const own = faults.find(({ error }) => !isOutage(error));
    if (own !== undefined) {
      if (await noteFault(pipeline, run, own)) stopped.add(run.run);
      // A tick that fails for everybody neither counts nor ends the count.
    } else if (faults.length === 0 && run.trouble !== null) await changeRun(pipeline.ledger.runs, run, endTrouble);
  }
  return stopped;
}

/** True if the run is parked now. */
async function noteFault(
  { ledger, clock, emit }: Pick<Pipeline, 'ledger' | 'clock' | 'emit'>,
  run: Run,
  { step, error }: RunFault,
): Promise<boolean> {
  const now = clock.now();
  const changed = await changeRun(ledger.runs, run, (read) => {
    if (!STOPPABLE_STATES.includes(read.state) || read.stop !== null) return null;
    const noted = noteTrouble(read, { step, code: codeOfFault(error) }, now);
    const { trouble } = noted;
    return trouble !== null && isLasting(trouble, now) ? park(noted, reasonOf(trouble, now), now) : noted;
  });
  const { trouble = null, stop = null } = changed ?? {};
  if (trouble === null || stop === null) return false;
  const { code, ticks } = trouble;
  emit('rollcall.run.parked', { source: run.source, run: run.run, step, code, ticks });
  return true;
}

const isLasting = ({ ticks, since }: RunTrouble, now: number): boolean =>
  ticks >= PARK_AFTER_TICKS && now - since >= PARK_AFTER_MS;

function reasonOf({ step, code, ticks, since }: RunTrouble, now: number): RunReason {
  const values: ValuesOf<typeof runCodes, 'run-not-served'> = {
    step,
    fault: code,
    ticks,
    minutes: Math.floor((now - since) / 60_000),
  };
  return { code: 'run-not-served', values, line: null, column: null };
}
