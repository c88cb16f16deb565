// `summary.json`: the run in numbers, for scripts and for people who like it short.
import type { Finding } from '../export/export-record';
import type { Run } from '../run/run';
import { fileNameOf } from '../run/run';

/** JSON text, one object. `findings`: what intake found worth telling about the file. */
export function summaryText(run: Run, findings: readonly Finding[]): string {
  const summary = {
    source: run.source,
    file: fileNameOf(run),
    run: run.run,
    state: run.state,
    reason:
      run.reason === null
        ? null
        : { code: run.reason.code, message: run.reason.message, line: run.reason.line, column: run.reason.column },
    arrivedAt: new Date(run.arrivedAt).toISOString(),
    settledAt: new Date(run.settledAt).toISOString(),
    rows: run.rows,
    verdicts: run.verdicts,
    findings,
  };
  return `${JSON.stringify(summary, null, 2)}\n`;
}

/** `<file>.why-held.txt`: a held file in plain words, for somebody who opens nothing but text files. */
export function heldText(run: Run): string {
  const where = [
    run.reason?.line === null || run.reason?.line === undefined ? '' : `line ${run.reason.line}`,
    run.reason?.column ? `column "${run.reason.column}"` : '',
  ].filter(Boolean);
  return [
    `${fileNameOf(run)} was not sent to Microsoft Entra. Nobody was changed.`,
    '',
    run.reason?.message ?? '',
    ...(where.length > 0 ? [`Where: ${where.join(', ')}.`] : []),
    '',
    'Put the corrected file into the same folder; it is then looked at as a new file.',
    `For whoever helps you: ${run.reason?.code ?? ''}, run ${run.run}.`,
    '',
  ].join('\r\n');
}
