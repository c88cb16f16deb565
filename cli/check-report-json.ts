// The check as one JSON object: a public interface. Findings are written one by one: a file may have a million.
import { countAccounts } from '../shared/pipeline/check/accounts';
import { noRows, shownRowCounts } from '../shared/run/row-counts';
import type { CheckReport } from './check-report';
import { cureOf, sentenceOf } from './sentences';
import type { Terminal } from './terminal';

/** Text gathered before it is written, characters. */
const WRITE_AT = 64 * 1024;

const shownReason = (reason: CheckReport['failure']) =>
  reason === null
    ? null
    : {
        code: reason.code,
        message: sentenceOf(reason),
        cure: cureOf(reason.code),
        values: reason.values,
        line: reason.line,
        column: reason.column,
      };

const NO_ACCOUNTS = { enabled: 0, disabled: 0 };

/** Writes the object and a line end. Members that do not apply are null. `cures`: what to do about each code among the findings. */
export async function writeCheckJson(terminal: Terminal, report: CheckReport): Promise<void> {
  const { checked } = report;
  const shape = checked?.shape ?? null;
  const head = {
    file: report.file,
    bytes: report.bytes,
    state: checked?.state ?? 'held',
    reason: shownReason(checked === null ? report.failure : checked.reason),
    format: shape?.format ?? null,
    encoding: shape?.encoding ?? null,
    delimiter: shape?.delimiter ?? null,
    compression: shape?.compression ?? null,
    ...shownRowCounts(checked?.counts ?? noRows(), checked?.peopleOnHold ?? 0),
    ...(checked === null ? NO_ACCOUNTS : countAccounts(checked)),
  };
  let text = `${JSON.stringify(head).slice(0, -1)},"findings":[`;
  let separator = '';
  const cures = new Map<string, string | null>();
  for await (const { severity, code, values, line, column, id } of report.findings) {
    const message = sentenceOf({ code, values });
    if (!cures.has(code)) cures.set(code, cureOf(code));
    text += separator + JSON.stringify({ severity, code, message, values, line, column, id });
    separator = ',';
    if (text.length < WRITE_AT) continue;
    await terminal.out(text);
    text = '';
  }
  await terminal.out(`${text}],"cures":${JSON.stringify(Object.fromEntries(cures))}}\n`);
}
