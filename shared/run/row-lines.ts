// Reads `rows.jsonl`: the lines of all records in file order, then amendments to some of them.
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
