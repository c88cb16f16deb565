// Everything a check found, one by one and in a fixed order: the hold, the file, its rows in file order, warnings about users.
import type { ValuesOf } from '../../core/codes';
import type { Finding } from '../../export/export-record';
import type { runCodes } from '../../run/run-codes';
import { readLines } from '../../storage/read-lines';
import { readAmendments, readRecordLines } from '../../run/row-lines';
import type { RowLine } from '../../run/run-files';
import type { CheckedFile } from './check-file';

/** One finding; `line` is the physical line where the record begins, `column` the header's name. */
export interface CheckFinding extends Omit<Finding, 'severity'> {
  readonly severity: 'hold' | 'reject' | 'warning' | 'note';
}

/** What a check wrote to its sinks; each call reads from the beginning. */
export interface CheckTexts {
  rows(): AsyncIterable<Uint8Array>;
  users(): AsyncIterable<Uint8Array>;
  warnings(): AsyncIterable<Uint8Array>;
}

/** Yields every finding: as many `reject` as were counted, and one note per collapsed row. */
export async function* findingsOf(checked: CheckedFile, texts: CheckTexts): AsyncGenerator<CheckFinding> {
  if (checked.reason !== null) yield { severity: 'hold', ...checked.reason, id: null };
  yield* checked.findings;
  const { rejected, collapsed } = checked.counts;
  if (rejected + collapsed > 0) yield* findingsOfRows(checked, texts);
  if (checked.warnings > 0) for await (const line of readLines(texts.warnings())) yield JSON.parse(line) as Finding;
}

async function* findingsOfRows(checked: CheckedFile, texts: CheckTexts): AsyncGenerator<CheckFinding> {
  const amended =
    checked.people.amendments.length > 0 ? await readAmendments(texts.rows()) : new Map<number, RowLine>();
  const targets = new Set([...amended.values()].flatMap((line) => ('into' in line ? [line.into] : [])));
  const lineOfTarget = new Map<number, number>();
  for await (const read of readRecordLines(texts.rows())) {
    if (targets.has(read.row)) lineOfTarget.set(read.row, read.line);
    const now = amended.get(read.row) ?? read;
    const at = { line: read.line, id: read.id };
    if ('rejected' in now) yield { severity: 'reject', ...now.rejected, ...at };
    else if ('into' in now) {
      const values: ValuesOf<typeof runCodes, 'row-collapsed'> = { firstLine: lineOfTarget.get(now.into) ?? 0 };
      yield { severity: 'note', code: 'row-collapsed', values, column: null, ...at };
    }
  }
}

/** Yields the accepted users whom a first run would send, in file order, each as the JSON text that will be sent. */
export async function* acceptedUsers(checked: CheckedFile, texts: CheckTexts): AsyncGenerator<string> {
  const amended = new Set(checked.people.amendments.map((one) => one.row));
  const users = readLines(texts.users());
  for await (const read of readRecordLines(texts.rows())) {
    if (!('user' in read)) continue;
    const user = await users.next();
    if (user.done === true) throw new TypeError('every user row has a user line');
    if (!amended.has(read.row) && read.candidate === undefined) yield user.value;
  }
}
