// What was written about a run while it was held is no longer true once somebody has decided: its plan says that nothing will be sent unless
// somebody approves it, and gives the commands. A page that says what was decided takes its place; the CSV of the plan stays, it says nothing
// about what is held.
import { linesOfApprovedFile, planWords, sentenceOf } from '../../messages/catalogue';
import { quote } from '../../core/message';
import { decidedPage } from '../../plan/decided-page';
import { BOM } from '../../report/csv-text';
import type { Run } from '../../run/run';
import { fileNameOf, reportNameOf, wasNeverSent } from '../../run/run';
import type { Pipeline } from '../pipeline';
import { planNames } from '../plan/tell-plan';
import { writeText } from './write-text';

/** Name of the text that says why a file is held. */
export const heldTextName = (run: Run): string => `${reportNameOf(run)}.why-held.txt`;

/** Replaces what is there of the time when the run was held. Nothing for a run that is held, or never was. May be repeated. */
export async function tellDecision(pipeline: Pick<Pipeline, 'reports'>, run: Run): Promise<void> {
  const wasApproved = run.approvals > 0 && !wasNeverSent(run);
  const wasEnded = run.state === 'refused' || (run.state === 'parked' && wasNeverSent(run));
  if (!wasApproved && !wasEnded) return;
  const file = fileNameOf(run);
  const { page, csv } = planNames(reportNameOf(run));
  if (await pipeline.reports.exists(run, page)) {
    const reason = run.reason === null || wasApproved ? null : sentenceOf(run.reason);
    const decided = { source: run.source, file, run: run.run, wasApproved, reason, csv };
    await writeText(pipeline, run, page, decidedPage(planWords, decided));
  }
  // Of a run that will never be sent it is written anew, with the reason of today.
  if (wasApproved && (await pipeline.reports.exists(run, heldTextName(run)))) {
    const lines = linesOfApprovedFile({ file: quote(file, Number.POSITIVE_INFINITY), run: run.run });
    await writeText(pipeline, run, heldTextName(run), BOM + [...lines, ''].join('\r\n'));
  }
}
