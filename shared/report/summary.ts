// `summary.json`: the run in numbers, for scripts and for people who like it short.
import type { Run } from '../run/run';
import { fileNameOf } from '../run/run';

/** JSON text, one object. */
export function summaryText(run: Run): string {
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
  };
  return `${JSON.stringify(summary, null, 2)}\n`;
}
