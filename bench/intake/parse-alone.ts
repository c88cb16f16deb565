// The base of all ratios: the product's own CSV reader and nothing else, from bytes in blocks of 64 KiB to arrays of cells.
import { createReadStream } from 'node:fs';
import { createCsvRecordReader, type CsvRecord } from '../../shared/export/csv/record-reader';
import { createDecoder } from '../../shared/export/text/decoder';

/** Reads the file to its end; resolves to its rows, not counting the header. */
export async function parseAlone(path: string): Promise<number> {
  const decoder = createDecoder('utf-8');
  const reader = createCsvRecordReader({ delimiter: ',', escape: '"', comment: null }, 1);
  let records: CsvRecord[] = [];
  let count = 0;
  for await (const bytes of createReadStream(path)) {
    records = [];
    reader.push(decoder.decode(bytes as Buffer), records);
    count += records.length;
  }
  records = [];
  reader.end(records);
  return count + records.length - 1;
}
