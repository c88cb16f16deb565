// Reads `rows.jsonl`: the lines of all records in file order, then amendments to some of them.
import { foldId } from '../columns/id';
import type { ValuesOf } from '../core/codes';
import type { UnsentRow } from '../core/unsent-row';
import { Column } from '../people/number-tables';
import type { Duplicate } from '../people/people';
import { SharedValues } from '../people/shared-values';
import { readLines } from '../storage/read-lines';
import { otherRowCounts } from '../verdict/give-verdict';
import type { runCodes } from './run-codes';
import type { AmendmentLine, Candidate, NameHolder, RowLine, RowTrouble } from './run-files';

async function* parseLines(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<AmendmentLine> {
  for await (const line of readLines(bytes)) yield JSON.parse(line) as AmendmentLine;
}

/** A line of the file, and whether it is about a record that an earlier line was about. */
export type ReadLine =
  | { readonly isAmendment: false; readonly line: RowLine }
  | { readonly isAmendment: true; readonly line: AmendmentLine };

/** All lines: of each record, in file order, then the amendments. */
export async function* readRowLines(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<ReadLine> {
  let last = 0;
  let isAmendment = false;
  for await (const line of parseLines(bytes)) {
    // Amendments are ascending as well: the first one is of no later row than the last record.
    isAmendment ||= line.row <= last;
    last = line.row;
    yield isAmendment ? { isAmendment, line } : { isAmendment: false, line: line as RowLine };
  }
}

/** The line of each record, in file order. Ends where the amendments begin. */
export async function* readRecordLines(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<RowLine> {
  for await (const read of readRowLines(bytes)) {
    if (read.isAmendment) return;
    yield read.line;
  }
}

/** Why the record of a line need not be sent; undefined if it must, or cannot be. */
export function candidateOfLine(line: AmendmentLine): Candidate | undefined {
  if ('rests' in line) return line.rests;
  return 'user' in line ? line.candidate : undefined;
}

const OF_ANOTHER_ROW: ReadonlySet<string> = new Set([
  'duplicate-id',
  'duplicate-user-name',
] satisfies Duplicate['kind'][]);

/** True if nothing is wrong with the row itself, and with its id: another row contradicts it. */
export const isOfAnotherRow = ({ code }: Pick<RowTrouble, 'code'>): boolean => OF_ANOTHER_ROW.has(code);

/** What an amendment says of a row. */
export type RowNote =
  | { readonly rejected: RowTrouble }
  | { readonly unsent: UnsentRow }
  | { readonly into: number }
  | { readonly rests: Extract<Candidate, string> }
  | { readonly nameHeldBy: NameHolder };

const REJECTED = 1;
const SUPERSEDED = 2;
const COLLAPSED = 3;
const RESTS = 4;

/** What later lines say about earlier rows, in a few bytes a row. */
export class RowNotes {
  private readonly repeated = new Column(Uint8Array);
  private readonly kinds = new Column(Uint8Array);
  /** The other row: its line, or of a row that says the same, its number. */
  private readonly others = new Column(Uint32Array);
  private readonly troubles = new SharedValues<Omit<RowTrouble, 'values'>>();
  private readonly holders = new Map<number, NameHolder>();

  /** Takes the lines in their order. */
  note({ line, isAmendment }: ReadLine): void {
    if ('into' in line) this.repeated.set(line.into, 1);
    if (!isAmendment) return;
    if ('into' in line) this.keep(line.row, COLLAPSED, line.into);
    else if ('rests' in line) this.keep(line.row, RESTS, 0);
    else if ('nameHeldBy' in line) this.holders.set(line.row, line.nameHeldBy);
    else if ('unsent' in line) this.keep(line.row, SUPERSEDED, (line.unsent.values as OtherLine).otherLine);
    else if ('rejected' in line) {
      const { code, column, values } = line.rejected;
      this.troubles.set(line.row, JSON.stringify([code, column]), { code, column });
      this.keep(line.row, REJECTED, (values as OtherLine).otherLine);
    }
  }

  private keep(row: number, kind: number, other: number): void {
    this.kinds.set(row, kind);
    this.others.set(row, other);
  }

  /** What is true of the row after all; null if that is what the line of its record says. */
  of(row: number): RowNote | null {
    const other = this.others.get(row);
    switch (this.kinds.get(row)) {
      case REJECTED: {
        const values: OtherLine = { otherLine: other };
        return { rejected: { ...(this.troubles.get(row) ?? NO_TROUBLE), values } };
      }
      case SUPERSEDED:
        return { unsent: otherRowCounts(other) };
      case COLLAPSED:
        return { into: other };
      case RESTS:
        return { rests: 'unknown-inactive' };
      default: {
        const nameHeldBy = this.holders.get(row);
        return nameHeldBy === undefined ? null : { nameHeldBy };
      }
    }
  }

  /** True if a later row shares the fate of this one. */
  isRepeated(row: number): boolean {
    return this.repeated.get(row) === 1;
  }
}

const NO_TROUBLE: Omit<RowTrouble, 'values'> = { code: '', column: null };

type OtherLine = ValuesOf<typeof runCodes, Duplicate['kind']>;

/** Reads all lines for what they say about earlier rows; the last amendment of a row wins. */
export async function readRowNotes(bytes: AsyncIterable<Uint8Array>): Promise<RowNotes> {
  const notes = new RowNotes();
  for await (const read of readRowLines(bytes)) notes.note(read);
  return notes;
}

/** A record of a person with its destination, after all amendments. */
export interface RecordOfPerson {
  readonly row: number;
  readonly line: number;
  readonly destination: RowLine;
  /** Somebody inactive in the file who may hold the user name of the row; null if there is nobody. */
  readonly nameHeldBy: NameHolder | null;
}

/** The records with this id, in file order. Reads the whole file, and keeps nothing of other people. */
export async function recordsOfPerson(
  bytes: AsyncIterable<Uint8Array>,
  id: string,
): Promise<readonly RecordOfPerson[]> {
  const folded = foldId(id);
  const found = new Map<number, RecordOfPerson>();
  for await (const { line, isAmendment } of readRowLines(bytes)) {
    if (isAmendment) {
      const known = found.get(line.row);
      if (known !== undefined) found.set(line.row, amended(known, line));
      continue;
    }
    if (line.id === null || foldId(line.id) !== folded) continue;
    found.set(line.row, { row: line.row, line: line.line, destination: line, nameHeldBy: null });
  }
  return [...found.values()];
}

/** The record after an amendment. */
function amended(before: RecordOfPerson, line: AmendmentLine): RecordOfPerson {
  if ('nameHeldBy' in line) return { ...before, nameHeldBy: line.nameHeldBy };
  const { destination } = before;
  if (!('rests' in line)) return { ...before, destination: line };
  return 'user' in destination ? { ...before, destination: { ...destination, candidate: line.rests } } : before;
}
