// A CSV export: text → header and records, each checked, in chunks.
import type { Rejection } from '../../core/rejection';
import { peek } from '../bytes/peek';
import { checkLength, checkValue, rejectRecord } from '../check-values';
import { createIdCheck } from '../check-id';
import type { ExportExpectation, ExportRecord, Finding } from '../export-record';
import { holdFile } from '../intake-hold';
import { dialectSampleChars, maxCellChars, recordsPerChunk } from '../intake-limits';
import { looksSuspicious } from '../text/text-damage';
import { settleDialect } from './dialect';
import { settleHeader, type SettledHeader } from './header';
import { createCsvRecordReader, type CsvRecord } from './record-reader';
import { tellTrailingDelimiter, type TrailingDelimiter } from './trailing-delimiter';

/** A CSV export whose header is settled; `records` may throw holds to its very end. */
export interface OpenCsv {
  readonly delimiter: string;
  readonly header: SettledHeader;
  readonly findings: readonly Finding[];
  readonly records: AsyncIterable<readonly ExportRecord[]>;
}

/** The raw records, and whether the text that they came from needs a closer look. */
interface RawChunk {
  readonly records: readonly CsvRecord[];
  readonly suspicious: boolean;
}

async function* readRaw(
  text: AsyncIterable<string>,
  skip: number,
  reader: ReturnType<typeof createCsvRecordReader>,
): AsyncGenerator<RawChunk> {
  let toSkip = skip;
  let suspicious = false;
  for await (const part of text) {
    let rest = part;
    if (toSkip > 0) {
      const taken = Math.min(toSkip, rest.length);
      toSkip -= taken;
      rest = rest.slice(taken);
    }
    const records: CsvRecord[] = [];
    const here = looksSuspicious(rest);
    suspicious ||= here;
    reader.push(rest, records);
    if (records.length === 0) continue;
    yield { records, suspicious };
    // A record that began in this part may be completed by the next one.
    suspicious = here;
  }
  const records: CsvRecord[] = [];
  reader.end(records);
  if (records.length > 0) yield { records, suspicious };
}

/** Opens CSV text; throws holds for a file without header, required columns or rows. */
export const openCsv = async (text: AsyncIterable<string>, expect: ExportExpectation): Promise<OpenCsv> => {
  const start = await peek(text, dialectSampleChars);
  const sample = start.head.join('');
  if (sample.trim() === '' && start.complete) throw holdFile('file-empty', 'The file is empty.');
  const dialect = settleDialect(sample, start.complete, expect);
  const reader = createCsvRecordReader(dialect, dialect.line);
  const raw = await peek(toRecords(readRaw(start.all, dialect.offset, reader)), 1);
  const first = raw.head[0];
  const headerRecord = first?.records[0];
  if (first === undefined || headerRecord === undefined)
    throw holdFile('file-empty', 'The file holds no header and no rows.');
  const rows = first.records.slice(1);
  const trailing = tellTrailingDelimiter(headerRecord.cells, rows.slice(0, 50));
  if (trailing === 'header') headerRecord.cells.pop();
  const header = settleHeader(headerRecord.cells, headerRecord.line, expect);
  const findings: Finding[] = [...header.findings];
  if (dialect.preambleLines > 0) {
    findings.push({
      severity: 'note',
      code: 'preamble-skipped',
      message: `${dialect.preambleLines} lines before the header on line ${headerRecord.line} were passed over.`,
      line: headerRecord.line,
      column: null,
      id: null,
    });
  }
  return {
    delimiter: dialect.delimiter,
    header,
    findings,
    records: checkRecords(raw.all, header, trailing, expect, findings),
  };
};

/** `peek` counts sizes by `length`; here one chunk of records is one. */
async function* toRecords(chunks: AsyncIterable<RawChunk>): AsyncGenerator<RawChunk & { readonly length: number }> {
  for await (const chunk of chunks) yield { ...chunk, length: 1 };
}

async function* checkRecords(
  chunks: AsyncIterable<RawChunk>,
  header: SettledHeader,
  trailing: TrailingDelimiter,
  expect: ExportExpectation,
  findings: Finding[],
): AsyncGenerator<readonly ExportRecord[]> {
  const { columns } = header;
  const width = columns.length;
  const idIndex = columns.indexOf(expect.idColumn);
  const checkId = createIdCheck(expect.idColumn, expect.idPattern);
  const read = new Set([expect.idColumn, ...expect.requiredColumns, ...expect.mappedColumns]);
  const isRead = columns.map((name) => read.has(name));
  let row = 0;
  let composed = 0;
  const composedAt: { line: number; column: string }[] = [];

  const unreadable = (record: CsvRecord, id: string | null, rejection: Rejection): ExportRecord => ({
    kind: 'unreadable',
    row,
    line: record.line,
    id: id === null || id.trim() === '' ? null : id.trim(),
    rejection,
  });

  const checkOne = (record: CsvRecord, suspicious: boolean): ExportRecord => {
    const { cells, line } = record;
    row++;
    // The id of a row whose cells may have moved is only told when it stands before all of them.
    const firstCell = idIndex === 0 ? (cells[0] ?? null) : null;
    if (record.spoiled) {
      return unreadable(
        record,
        firstCell,
        rejectRecord(
          'quote-misplaced',
          'A quote stands in the middle of a cell, so it is unclear where the cell ends.',
          line,
          null,
        ),
      );
    }
    if (trailing === 'rows' && cells.length === width + 1 && cells[width] === '') cells.pop();
    else if (trailing === 'rows' || cells.length !== width) {
      if (cells.length < width && !record.ended) {
        throw holdFile(
          'file-truncated',
          `The file ends within the row on line ${line}: ${cells.length} of ${width} cells are there.`,
          { line },
        );
      }
      return unreadable(
        record,
        firstCell,
        rejectRecord('row-ragged', `The row has ${cells.length} cells, the header has ${width}.`, line, null),
      );
    }
    if (header.returned !== null) {
      for (let at = 0; at < width; at++)
        if (/^'[=+\-@\t\r]/.test(cells[at] ?? '')) cells[at] = (cells[at] ?? '').slice(1);
    }
    const id = cells[idIndex] ?? '';
    let rejection: Rejection | null = null;
    for (let at = 0; at < width; at++) {
      const cell = cells[at] ?? '';
      if (cell.length > maxCellChars) rejection ??= checkLength(cell, line, columns[at] ?? '');
      if (!suspicious) continue;
      const name = columns[at] ?? '';
      rejection ??= checkValue(cell, line, name, isRead[at] ?? false);
      const nfc = cell.normalize('NFC');
      if (nfc !== cell) {
        cells[at] = nfc;
        composed++;
        if (composedAt.length === 0) composedAt.push({ line, column: name });
      }
    }
    rejection ??= checkId(id, line);
    return rejection === null ? { kind: 'csv', row, line, cells } : unreadable(record, id, rejection);
  };

  let out: ExportRecord[] = [];
  let isHeader = true;
  for await (const { records, suspicious } of chunks) {
    for (const record of records) {
      if (isHeader) {
        isHeader = false;
        continue;
      }
      out.push(checkOne(record, suspicious));
      if (out.length >= recordsPerChunk) {
        yield out;
        out = [];
      }
    }
  }
  if (out.length > 0) yield out;
  if (row === 0) throw holdFile('file-without-rows', 'The file has a header but no rows.');
  for (const { line, column } of composedAt) {
    findings.push({
      severity: 'note',
      code: 'accents-composed',
      message: `In ${composed} cells letters and their accents were composed into one character; the first is on line ${line}.`,
      line,
      column,
      id: null,
    });
  }
}
