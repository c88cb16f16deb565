// A newer complete file takes the place of the held ones before it: what they said is said again, or no longer true.
import { quote } from '../../core/message';
import { changeRun } from '../../run/ledger';
import type { Run } from '../../run/run';
import { fileNameOf } from '../../run/run';
import { refuse } from '../../run/run-moves';
import type { Pipeline } from '../pipeline';
import type { ReportPorts } from '../report/report-run';
import { reportRun } from '../report/report-run';
import { ServedRuns } from '../serve/served-runs';

/** Refuses the held runs that are older than a staged `full` run. A held run that has just been approved is overtaken like any other. */
export async function replaceHeldRuns(
  pipeline: Pick<Pipeline, 'ledger' | 'clock' | 'emit'> & ReportPorts,
  run: Run,
): Promise<void> {
  if (run.content !== 'full') return;
  const { ledger, clock, emit } = pipeline;
  const served = new ServedRuns(pipeline);
  const values = { newerName: quote(fileNameOf(run)), newerArrivedAt: run.arrivedAt };
  const reason = { code: 'held-replaced', values, line: null, column: null };
  for (const { value: held } of await ledger.runs.ofSource(run.source, ['held'], { before: run.run })) {
    const refused = await changeRun(ledger.runs, held, (now) =>
      now.state === 'held' ? refuse(now, reason, clock.now()) : null,
    );
    if (refused === null) continue;
    emit('rollcall.intake.refused', { source: held.source, run: held.run, code: reason.code });
    // One that cannot be reported now is reported by the sweep; the file that replaces it does not wait for that.
    await served.serve('report', refused, () => reportRun(pipeline, refused));
  }
}
