// Reads `rows.jsonl`: the lines of all records in file order, then amendments to some of them.
import { foldId } from '../columns/id';
import { readLines } from '../storage/read-lines';
import type { RowLine } from './run-files';

/** The first line of a record; that it was collapsed into another one is only in an amendment. */
export type RecordLine = Exclude<RowLine, { into: number }>;

async function* parseLines(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<RowLine> {
  for await (const line of readLines(bytes)) yield JSON.parse(line) as RowLine;
}

/** The first line of each record, in file order. Ends where the amendments begin. */
export async function* readRecordLines(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<RecordLine> {
  let last = 0;
  for await (const line of parseLines(bytes)) {
    if (line.row <= last || 'into' in line) return;
    last = line.row;
    yield line;
  }
}

/** The amendments by row; the last one of a row wins. */
export async function readAmendments(bytes: AsyncIterable<Uint8Array>): Promise<ReadonlyMap<number, RowLine>> {
  const amended = new Map<number, RowLine>();
  let last = 0;
  for await (const line of parseLines(bytes)) {
    if (line.row > last) last = line.row;
    else amended.set(line.row, line);
  }
  return amended;
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
    if ('into' in line || line.id === null || foldId(line.id) !== folded) continue;
    found.set(line.row, { row: line.row, line: line.line, destination: line });
  }
  return [...found.values()];
}
