// `summary.json` and `<file>.why-held.txt`: the run in numbers, and why it was not sent.
import { quote } from '../core/message';
import type { Finding } from '../export/export-record';
import { linesOfHeldFile, sentenceOf } from '../messages/catalogue';
import type { MissingCounts } from '../run/missing-people';
import { shownRowCounts } from '../run/row-counts';
import type { Run } from '../run/run';
import { fileNameOf, isApprovable } from '../run/run';

/**
 * JSON text, one object: for scripts, and for a quick look. `findings`: what intake found in the file that is worth reporting; `codes`: how many
 * rows have each code; `missing`: how many people have no row, null for a file that says nothing about others.
 */
export function summaryText(
  run: Run,
  findings: readonly Finding[],
  codes: ReadonlyMap<string, number>,
  missing: MissingCounts | null = null,
): string {
  const summary = {
    source: run.source,
    file: fileNameOf(run),
    run: run.run,
    origin: run.origin,
    state: run.state,
    reason:
      run.reason === null
        ? null
        : {
            code: run.reason.code,
            message: sentenceOf(run.reason),
            values: run.reason.values,
            line: run.reason.line,
            column: run.reason.column,
          },
    arrivedAt: new Date(run.arrivedAt).toISOString(),
    settledAt: new Date(run.settledAt).toISOString(),
    ...shownRowCounts(run, run.onHold?.people ?? 0),
    verdicts: run.verdicts,
    codes: Object.fromEntries([...codes].sort(([a], [b]) => (a < b ? -1 : 1))),
    missing,
    findings: findings.map(({ severity, code, values, line, column, id }) => ({
      severity,
      code,
      message: sentenceOf({ code, values }),
      values,
      line,
      column,
      id,
    })),
  };
  return `${JSON.stringify(summary, null, 2)}\n`;
}

/** `<file>.why-held.txt`: a held file in plain words, for people who open only text files. */
export function heldText(held: Pick<Run, 'run' | 'blobName' | 'reason' | 'state' | 'origin'>): string {
  const { run, blobName, reason, origin } = held;
  const lines = linesOfHeldFile({
    file: quote(fileNameOf({ blobName }), Number.POSITIVE_INFINITY),
    sentence: reason === null ? '' : sentenceOf(reason),
    code: reason?.code ?? '',
    run,
    line: reason?.line ?? null,
    column: reason?.column == null || reason.column === '' ? null : quote(reason.column),
    withoutPlan: isApprovable(held) && origin !== 'file' ? origin : null,
  });
  return [...lines, ''].join('\r\n');
}
