// The records that outlive the files of their runs: staged lines that the roster points to, copied by retention before it deletes their run (ADR 0043).
// One file per source, each line a record with its place. A record is found by the same pointer as before.
import { readLines } from '../storage/read-lines';
import type { RosterEntry } from './roster-entry';
import type { RosterStore } from './roster-store';

/** Where a staged line is, or was. */
export type RecordPlace = Pick<RosterEntry, 'run' | 'offset'>;

/** A staged line with its place; `line` is its text, without the line end. */
export interface KeptRecord extends RecordPlace {
  readonly line: string;
}

/** Names a place. */
export const nameOfPlace = ({ run, offset }: RecordPlace): string => `${run} ${offset}`;

/** Reads kept records, one by one. */
export async function* readKeptRecords(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<KeptRecord> {
  for await (const line of readLines(bytes)) yield JSON.parse(line) as KeptRecord;
}

/** A line of the file. */
export const keptRecordLine = ({ run, offset, line }: KeptRecord): string =>
  `${JSON.stringify({ run, offset, line })}\n`;

/** The kept lines of these places, by `nameOfPlace`. Reads the whole file, and keeps nothing else of it. */
export async function findKeptRecords(
  rosters: Pick<RosterStore, 'keptRecords'>,
  source: string,
  places: Iterable<RecordPlace>,
): Promise<ReadonlyMap<string, Buffer>> {
  const found = new Map<string, Buffer>();
  const kept = await rosters.keptRecords(source);
  if (kept === null) return found;
  const wanted = new Set(Array.from(places, nameOfPlace));
  for await (const record of readKeptRecords(kept.value))
    if (wanted.has(nameOfPlace(record))) found.set(nameOfPlace(record), Buffer.from(record.line));
  return found;
}
