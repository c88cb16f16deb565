// Shared by CSV and JSON: cuts text into raw records, checks each in file order, and hands them on in chunks.
import type { ExportRecord } from './export-record';
import { charsPerChunk, maxRecords, recordsPerChunk } from './export-limits';
import { holdFile } from './hold-file';
import { looksSuspicious } from './text/text-damage';

/** Cuts text, which arrives in parts, into raw records; `push` appends all that are complete, `end` what is left. May throw holds. */
export interface RawRecordReader<Raw> {
  push(text: string, into: Raw[]): void;
  end(into: Raw[]): void;
}

/** Raw records, and whether the text that they came from needs a closer look. `chars`: the length of that text. */
export interface RawChunk<Raw> {
  readonly records: readonly Raw[];
  readonly chars: number;
  readonly suspicious: boolean;
}

/** Cuts the text into raw records, a chunk for each part of it that completed any. */
export async function* readRawRecords<Raw>(
  text: AsyncIterable<string>,
  reader: RawRecordReader<Raw>,
): AsyncGenerator<RawChunk<Raw>> {
  let suspicious = false;
  let lastSign = '';
  let chars = 0;
  for await (const part of text) {
    const records: Raw[] = [];
    chars += part.length;
    // A match has one or two UTF-16 units, so at most one is on either side of a boundary.
    const here = looksSuspicious(part) || looksSuspicious(lastSign + part.slice(0, 1));
    if (part !== '') lastSign = part.slice(-1);
    suspicious ||= here;
    reader.push(part, records);
    if (records.length === 0) continue;
    yield { records, chars, suspicious };
    chars = 0;
    // A record that began in this part may be completed by the next one.
    suspicious = here;
  }
  const records: Raw[] = [];
  reader.end(records);
  if (records.length > 0) yield { records, chars, suspicious };
}

/**
 * Checks each raw record, numbered from 1, and yields them in chunks; returns how many there were. What `check` finds to be no record at all (null) is
 * not numbered. Throws a hold if there are too many.
 */
export async function* gatherRecords<Raw>(
  chunks: AsyncIterable<RawChunk<Raw>>,
  check: (raw: Raw, row: number, suspicious: boolean) => ExportRecord | null | Promise<ExportRecord | null>,
  most = maxRecords,
): AsyncGenerator<readonly ExportRecord[], number> {
  let out: ExportRecord[] = [];
  let row = 0;
  let waiting = 0;
  for await (const { records, chars, suspicious } of chunks) {
    for (const raw of records) {
      const checking = check(raw, row + 1, suspicious);
      // Awaiting a result that is already there would cost as much as the check.
      const checked = checking instanceof Promise ? await checking : checking;
      if (checked === null) continue;
      if (++row > most) throw holdFile('file-of-too-many-rows', { maxRows: most });
      out.push(checked);
      if (out.length < recordsPerChunk) continue;
      yield out;
      out = [];
    }
    waiting += chars;
    if (waiting < charsPerChunk || out.length === 0) continue;
    waiting = 0;
    yield out;
    out = [];
  }
  if (out.length > 0) yield out;
  return row;
}
