// The check as text for people: how the file was read and what that was decided by, the counts, and every finding with its place; beside the
// first finding of a code, what to do about it.
import type { ExportShape } from '../shared/export/export-record';
import type { CheckFinding } from '../shared/pipeline/check/findings';
import { countAccounts } from '../shared/pipeline/check/accounts';
import { countBatches } from '../shared/pipeline/check/bulk-requests';
import { shownRowCounts } from '../shared/run/row-counts';
import type { CheckReport } from './check-report';
import { rowCountsText } from './row-counts-text';
import { cureOf, curesOf, sentenceOf } from './sentences';
import { plainText } from './terminal';

/** Column names that are listed as proof of the delimiter. */
const SHOWN_COLUMNS = 8;

const delimiterNames: Readonly<Record<string, string>> = { ',': 'comma', ';': 'semicolon', '\t': 'tab', '|': 'bar' };

const number = new Intl.NumberFormat('en-US');
const counted = (count: number, one: string, many = `${one}s`): string =>
  `${number.format(count)} ${count === 1 ? one : many}`;

/** Yields the lines, at most `maxFindings` findings among them. */
export async function* checkText(report: CheckReport, maxFindings: number): AsyncGenerator<string> {
  const { checked, file } = report;
  const reason = checked === null ? report.failure : checked.reason;
  const size = report.bytes === null ? '' : ` (${counted(report.bytes, 'byte')})`;
  yield reason === null ? `${file}${size}: accepted` : `${file}${size}: HELD, nothing of it would be sent`;
  if (reason !== null) {
    yield `  ${placeOf({ ...reason, id: null })}${plainText(sentenceOf(reason))} [${reason.code}]`;
    for (const cure of curesOf(reason)) yield `  What to do: ${plainText(cure)}`;
  }
  if (checked !== null) {
    yield '';
    if (checked.shape !== null) yield* shapeLines(checked.shape);
    const extent = reason === null ? '' : ' (as far as it was read)';
    yield `  rows         ${rowCountsText(shownRowCounts(checked.counts, checked.peopleOnHold))}${extent}`;
    if (reason === null) {
      const { enabled, disabled } = countAccounts(checked);
      yield `  accounts     ${number.format(enabled)} enabled, ${number.format(disabled)} disabled`;
      yield `  to be sent   ${counted(countBatches(checked), 'batch', 'batches')} of at most 50 users`;
    }
  }
  yield* findingLines(report.findings, maxFindings, reason === null);
}

function* shapeLines(shape: ExportShape): Generator<string> {
  const packed = shape.compression === null ? '' : `, packed (${shape.compression})`;
  yield `  format       ${shape.format === 'csv' ? 'CSV' : 'JSON'}${packed}`;
  yield `  encoding     ${shape.encoding}`;
  if (shape.delimiter === null || shape.columns === null) return;
  const names = (shape.header ?? shape.columns).slice(0, SHOWN_COLUMNS).map((name) => JSON.stringify(name));
  const more = shape.columns.length > SHOWN_COLUMNS ? ', …' : '';
  const name = delimiterNames[shape.delimiter] ?? JSON.stringify(shape.delimiter);
  yield `  delimiter    ${name}, which gives ${counted(shape.columns.length, 'column')}: ${plainText(names.join(', '))}${more}`;
}

async function* findingLines(
  findings: AsyncIterable<CheckFinding>,
  max: number,
  isAccepted: boolean,
): AsyncGenerator<string> {
  let shown = 0;
  let hidden = 0;
  const cured = new Set<string>();
  for await (const one of findings) {
    // It is at the top already.
    if (one.severity === 'hold') continue;
    if (shown === max) {
      hidden++;
      continue;
    }
    if (shown++ === 0) yield '\nFindings';
    yield `  ${one.severity.padEnd(8)} ${placeOf(one)}${plainText(sentenceOf(one))} [${one.code}]`;
    // Once for each code: a thousand rows may have the same mistake.
    const cure = cured.has(one.code) ? null : cureOf(one.code);
    cured.add(one.code);
    if (cure !== null) yield `           What to do: ${plainText(cure)}`;
  }
  if (hidden > 0)
    yield `  … and ${number.format(hidden)} more: --findings ${max + hidden} shows them, --json lists all.`;
  else if (shown === 0 && isAccepted) yield '\nNothing to correct.';
}

function placeOf({ line, column, id }: Pick<CheckFinding, 'line' | 'column' | 'id'>): string {
  const places = [
    ...(line === null ? [] : [`line ${line}`]),
    ...(column === null ? [] : [`column ${JSON.stringify(column)}`]),
    ...(id === null ? [] : [`id ${JSON.stringify(id)}`]),
  ];
  return places.length === 0 ? '' : `${plainText(places.join(', '))}: `;
}
