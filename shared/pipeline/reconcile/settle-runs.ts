// Settling: when all rows of a run are decided, they go into the roster, a full file decides who is missing, its reports are written, then its
// last state. The others come first: `settled` promises them.
import { changeRun } from '../../run/ledger';
import type { Run } from '../../run/run';
import { isAbandoned, OPEN_STATES } from '../../run/run';
import { followBatches } from '../../run/run-moves';
import type { MissingPorts } from '../records/decide-missing';
import { decideMissing } from '../records/decide-missing';
import type { ReportPorts } from '../report/report-run';
import { reportRun } from '../report/report-run';
import type { ServedRuns } from '../serve/served-runs';
import type { RosterPorts } from './note-in-roster';
import { noteInRoster } from './note-in-roster';

export type SettlePorts = ReportPorts & RosterPorts & MissingPorts;

/** Moves every open run as far as its batches allow. */
export async function settleRuns(pipeline: SettlePorts, served: ServedRuns): Promise<void> {
  const open = await pipeline.ledger.runs.inStates(OPEN_STATES);
  await served.each(
    'settle',
    open.map(({ value }) => value),
    (run) => settleRun(pipeline, run),
  );
}

async function settleRun(pipeline: SettlePorts, run: Run): Promise<void> {
  const { ledger } = pipeline;
  const counts = await ledger.batches.countStates(run.run);
  const open = counts.staged + counts.sending + counts.sent;
  if (open === 0) {
    await noteInRoster(pipeline, run);
    // Whoever has no row in a file that was given up is not missing.
    if (!isAbandoned(run)) await decideMissing(pipeline, run);
    return reportRun(pipeline, run);
  }
  if (followBatches(run, counts) !== null) await changeRun(ledger.runs, run, (now) => followBatches(now, counts));
}
