// Reads `rows.jsonl`: the lines of all records in file order, then amendments to some of them.
import { foldId } from '../columns/id';
import type { ValuesOf } from '../core/codes';
import { Column } from '../people/number-tables';
import type { Duplicate } from '../people/people';
import { SharedValues } from '../people/shared-values';
import { readLines } from '../storage/read-lines';
import type { runCodes } from './run-codes';
import type { RowLine, RowTrouble } from './run-files';

async function* parseLines(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<RowLine> {
  for await (const line of readLines(bytes)) yield JSON.parse(line) as RowLine;
}

/** The line of each record, in file order. Ends where the amendments begin. */
export async function* readRecordLines(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<RowLine> {
  let last = 0;
  for await (const line of parseLines(bytes)) {
    if (line.row <= last) return;
    last = line.row;
    yield line;
  }
}

const OF_ANOTHER_ROW: ReadonlySet<string> = new Set([
  'duplicate-id',
  'duplicate-user-name',
] satisfies Duplicate['kind'][]);

/** True if nothing is wrong with the row itself, and with its id: another row contradicts it. */
export const isOfAnotherRow = ({ code }: Pick<RowTrouble, 'code'>): boolean => OF_ANOTHER_ROW.has(code);

/** What later lines say about earlier rows, in a few bytes a row. */
export class RowNotes {
  private readonly repeated = new Column(Uint8Array);
  private readonly troubles = new SharedValues<Omit<RowTrouble, 'values'>>();
  private readonly otherLines = new Column(Uint32Array);

  /** Takes the lines in their order; `isAmendment`: the row has had one. */
  note(line: RowLine, isAmendment: boolean): void {
    if ('into' in line) this.repeated.set(line.into, 1);
    else if (isAmendment && 'rejected' in line) {
      const { code, column, values } = line.rejected;
      this.troubles.set(line.row, JSON.stringify([code, column]), { code, column });
      this.otherLines.set(line.row, (values as AmendedValues).otherLine);
    }
  }

  /** Why the row is rejected after all; null if it is not. */
  amendmentOf(row: number): RowTrouble | null {
    const trouble = this.troubles.get(row);
    if (trouble === undefined) return null;
    const values: AmendedValues = { otherLine: this.otherLines.get(row) };
    return { ...trouble, values };
  }

  /** True if a later row shares the fate of this one. */
  isRepeated(row: number): boolean {
    return this.repeated.get(row) === 1;
  }
}

type AmendedValues = ValuesOf<typeof runCodes, Duplicate['kind']>;

/** Reads all lines for what they say about earlier rows; the last amendment of a row wins. */
export async function readRowNotes(bytes: AsyncIterable<Uint8Array>): Promise<RowNotes> {
  const notes = new RowNotes();
  let last = 0;
  for await (const line of parseLines(bytes)) {
    notes.note(line, line.row <= last);
    last = Math.max(last, line.row);
  }
  return notes;
}

/** A record of a person with its destination, after all amendments. */
export interface RecordOfPerson {
  readonly row: number;
  readonly line: number;
  readonly destination: RowLine;
}

/** The records with this id, in file order. Reads the whole file, and keeps nothing of other people. */
export async function recordsOfPerson(
  bytes: AsyncIterable<Uint8Array>,
  id: string,
): Promise<readonly RecordOfPerson[]> {
  const folded = foldId(id);
  const found = new Map<number, RecordOfPerson>();
  let last = 0;
  for await (const line of parseLines(bytes)) {
    if (line.row <= last) {
      const known = found.get(line.row);
      if (known !== undefined) found.set(line.row, { ...known, destination: line });
      continue;
    }
    last = line.row;
    if (line.id === null || foldId(line.id) !== folded) continue;
    found.set(line.row, { row: line.row, line: line.line, destination: line });
  }
  return [...found.values()];
}
