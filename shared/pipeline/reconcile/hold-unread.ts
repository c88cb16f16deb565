// What lies in the inbound container and is no file that intake could read is answered all the same: its run is held, with a report.
import { isBlobName } from '../../core/names';
import { quote } from '../../core/message';
import { MANIFEST_ENDING } from '../../export/export-store';
import { changeRun } from '../../run/ledger';
import type { Run, RunReason } from '../../run/run';
import { fileNameOf } from '../../run/run';
import { check, hold, NO_COUNTS } from '../../run/run-moves';
import type { Pipeline } from '../pipeline';
import type { ReportPorts } from '../report/report-run';
import { reportRun } from '../report/report-run';

/** Why a run of this blob is never read: no path can hold its name, or it announces a file that never came. Null for a file. */
export function whyUnread(run: Pick<Run, 'blobName'>): RunReason | null {
  const reason = (code: string): RunReason => ({
    code,
    values: { name: quote(fileNameOf(run)) },
    line: null,
    column: null,
  });
  if (!isBlobName(run.blobName)) return reason('file-name-unusable');
  return run.blobName.endsWith(MANIFEST_ENDING) ? reason('manifest-alone') : null;
}

/** Holds a run that is in intake, without reading anything, and writes its report. */
export async function holdUnread(
  pipeline: Pick<Pipeline, 'ledger' | 'clock' | 'emit'> & ReportPorts,
  run: Run,
  reason: RunReason,
): Promise<void> {
  const { ledger, clock, emit } = pipeline;
  const held = await changeRun(ledger.runs, run, (now) => {
    const begun = check(now, clock.now());
    return begun && hold(begun, reason, NO_COUNTS, clock.now());
  });
  if (held === null) return;
  emit('rollcall.intake.held', { source: run.source, run: run.run, code: reason.code });
  await reportRun(pipeline, held);
}
