// Everything a check found, one by one and in a fixed order: the hold, the file, its rows in file order, warnings about users.
import type { ValuesOf } from '../../core/codes';
import type { Finding } from '../../export/export-record';
import { Column } from '../../people/number-tables';
import type { runCodes } from '../../run/run-codes';
import { readLines } from '../../storage/read-lines';
import { fateOfResting } from '../../run/resting-row';
import { messagesOfLeftOut } from '../../report/left-out';
import { readRecordLines, readRowNotes, RowNotes } from '../../run/row-lines';
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

/**
 * Yields every finding: as many `reject` as were counted, one note per row that is collapsed, superseded or skipped, and a warning per row that goes
 * without a value.
 */
export async function* findingsOf(checked: CheckedFile, texts: CheckTexts): AsyncGenerator<CheckFinding> {
  if (checked.reason !== null) yield { severity: 'hold', ...checked.reason, id: null };
  yield* checked.findings;
  const { rejected, collapsed, superseded, skipped } = checked.counts;
  const isTold = rejected + collapsed + superseded + skipped + checked.incomplete > 0;
  if (isTold || isAmended(checked)) yield* findingsOfRows(checked, texts);
  if (checked.warnings > 0) for await (const line of readLines(texts.warnings())) yield JSON.parse(line) as Finding;
}

const isAmended = ({ people }: CheckedFile): boolean => people.amendments().next().done !== true;

async function* findingsOfRows(checked: CheckedFile, texts: CheckTexts): AsyncGenerator<CheckFinding> {
  const { counts } = checked;
  // One pass is enough if no row was dropped because of another one.
  const notes = counts.collapsed > 0 || isAmended(checked) ? await readRowNotes(texts.rows()) : new RowNotes();
  const firstLines = new Column(Uint32Array);
  for await (const read of readRecordLines(texts.rows())) {
    if (notes.isRepeated(read.row)) firstLines.set(read.row, read.line);
    const { line, id } = read;
    const said = notes.of(read.row) ?? read;
    if ('rejected' in said) yield { severity: 'reject', ...said.rejected, line, id };
    else if ('unsent' in said) {
      const { code, values, column } = said.unsent;
      yield { severity: 'note', code, values, column, line, id };
    } else if ('into' in said) {
      const values: ValuesOf<typeof runCodes, 'row-collapsed'> = { firstLine: firstLines.get(said.into) };
      yield { severity: 'note', code: 'row-collapsed', values, column: null, line, id };
    } else if ('rests' in said) {
      const { message } = fateOfResting(said.rests);
      if (message !== null) yield { severity: 'note', ...message, column: null, line, id };
    }
    if ('rejected' in said || 'unsent' in said || 'rests' in said || !('leftOut' in read)) continue;
    if ('user' in read && read.candidate === 'unknown-inactive') continue;
    const { leftOut = [] } = read;
    const column = leftOut[0]?.column ?? null;
    for (const message of messagesOfLeftOut(leftOut)) yield { severity: 'warning', ...message, column, line, id };
  }
}

/** Yields the accepted users whom a first run would send, in file order, each as the JSON text that will be sent. */
export async function* acceptedUsers(checked: CheckedFile, texts: CheckTexts): AsyncGenerator<string> {
  const amendments = checked.people.amendments();
  let amended = amendments.next().value;
  const users = readLines(texts.users());
  for await (const read of readRecordLines(texts.rows())) {
    if (!('user' in read)) continue;
    const user = await users.next();
    if (user.done === true) throw new TypeError('every user row has a user line');
    const isOut = amended?.row === read.row;
    if (isOut) amended = amendments.next().value;
    else if (read.candidate === undefined) yield user.value;
  }
}
