// The header of a file that has no settings yet: the line and delimiter that give the most known column names.
import { DELIMITERS } from '../../shared/columns/delimiters';
import { peek } from '../../shared/export/bytes/peek';
import { unpack } from '../../shared/export/bytes/unpack';
import { createCsvRecordReader, type CsvRecord } from '../../shared/export/csv/record-reader';
import { dialectSampleChars } from '../../shared/export/export-limits';
import { decodeExport } from '../../shared/export/text/decode-export';
import { defaultMaxInflatedBytes } from '../../shared/source/settings-schema';
import type { LocalFile } from '../local-file';
import { countKnown } from './recognise-columns';

/** What is found at the beginning of a file. `skipLines` as in the settings. */
export type FoundHeader =
  | { readonly format: 'json' }
  | {
      readonly format: 'csv';
      readonly delimiter: string;
      readonly skipLines: number;
      readonly columns: readonly string[];
    };

/** Lines among which the header is looked for. */
const LINES_LOOKED_AT = 15;

/** Reads the beginning. Throws `FileHold` for files that are not a table of people. */
export async function findHeader(file: LocalFile): Promise<FoundHeader> {
  const content = await unpack(asBuffers(file.read()), defaultMaxInflatedBytes);
  const text = await peek(decodeExport(content.bytes, null).text, dialectSampleChars);
  // The rest of the file is not needed.
  await text.all[Symbol.asyncIterator]().return?.();
  const sample = text.head.join('');
  return /^\s*[[{]/.test(sample) ? { format: 'json' } : bestHeader(sample);
}

async function* asBuffers(parts: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer> {
  for await (const part of parts) yield Buffer.from(part.buffer, part.byteOffset, part.byteLength);
}

function bestHeader(sample: string): FoundHeader {
  const lines = sample.split(/\r\n|\n|\r/).slice(0, LINES_LOOKED_AT);
  // `sep=;` is understood by the reader; it is not a preamble.
  const named = /^"?sep=(.)/i.exec(lines[0] ?? '')?.[1];
  const first = named === undefined ? 0 : 1;
  let best = { known: -1, delimiter: ',', line: first, columns: [] as readonly string[] };
  lines.forEach((text, line) => {
    if (line < first || text.trim() === '') return;
    for (const delimiter of named === undefined ? DELIMITERS : [named]) {
      const columns = cellsOf(text, delimiter);
      const known = countKnown(columns);
      const isWider = known === 0 && best.known === 0 && line === best.line && columns.length > best.columns.length;
      if (known > best.known || isWider) best = { known, delimiter, line, columns };
    }
  });
  const { delimiter, line, columns } = best;
  return { format: 'csv', delimiter, skipLines: line - first, columns };
}

function cellsOf(line: string, delimiter: string): readonly string[] {
  const records: CsvRecord[] = [];
  createCsvRecordReader({ delimiter, escape: '"', comment: null }, 1).push(`${line}\n`, records);
  return (records[0]?.cells ?? []).map((name) => name.trim()).filter((name) => name !== '');
}
