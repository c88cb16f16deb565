// A newer complete file takes the place of the held ones before it: what they said is said again, or no longer true. An operator's order is no
// word of HR's: it cannot be sent any more, but nobody has said it again, so it is parked until a person has looked.
import { quote } from '../../core/message';
import { changeRun } from '../../run/ledger';
import type { Run, RunReason } from '../../run/run';
import { fileNameOf, isOrder } from '../../run/run';
import { expire, refuse } from '../../run/run-moves';
import type { Pipeline } from '../pipeline';
import type { ReportPorts } from '../report/report-run';
import { reportRun } from '../report/report-run';
import { ServedRuns } from '../serve/served-runs';

/**
 * Ends held runs, all older than a staged `full` run: refused, or parked if an operator ordered them. A held run that has just been approved
 * is overtaken like any other.
 */
export async function replaceHeldRuns(
  pipeline: Pick<Pipeline, 'ledger' | 'clock' | 'emit' | 'trace'> & ReportPorts,
  run: Run,
  older: readonly Run[],
): Promise<void> {
  if (run.content !== 'full') return;
  const { ledger, clock, emit } = pipeline;
  const served = new ServedRuns(pipeline);
  const values = { newerName: quote(fileNameOf(run)), newerArrivedAt: run.arrivedAt };
  for (const held of older) {
    const isOrdered = isOrder(held);
    const code = isOrdered ? 'order-overtaken' : 'held-replaced';
    const reason: RunReason = { code, values, line: null, column: null };
    const ended = await changeRun(ledger.runs, held, (now) =>
      now.state !== 'held' ? null : isOrdered ? expire(now, reason) : refuse(now, reason, clock.now()),
    );
    if (ended === null) continue;
    const ids = { source: held.source, run: held.run };
    emit(isOrdered ? 'rollcall.held.parked' : 'rollcall.intake.refused', { ...ids, code });
    // One that cannot be reported now is reported by the sweep; the file that replaces it does not wait for that.
    await served.serve('report', ended, () => reportRun(pipeline, ended));
  }
}
