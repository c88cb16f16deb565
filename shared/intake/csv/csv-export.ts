// A CSV export: text → header and records, each checked, in chunks.
import { peek } from '../bytes/peek';
import { createComposedAccents } from '../composed-accents';
import type { ExportExpectation, ExportRecord, Finding } from '../export-record';
import { holdFile } from '../intake-hold';
import { blocksPerChunk, dialectSampleChars, recordsPerChunk } from '../intake-limits';
import { looksSuspicious } from '../text/text-damage';
import { settleDialect } from './dialect';
import { settleHeader, type SettledHeader } from './header';
import { createCsvRecordReader, type CsvRecord, type CsvRecordReader } from './record-reader';
import { createRowChecker, type CheckRow } from './row-checker';
import { tellTrailingDelimiter } from './trailing-delimiter';

/** A CSV export whose header is settled; `records` may throw holds to its very end. */
export interface OpenCsv {
  readonly delimiter: string;
  readonly header: SettledHeader;
  /** Complete when `records` has ended. */
  readonly findings: readonly Finding[];
  readonly records: AsyncIterable<readonly ExportRecord[]>;
}

/** Raw records, and whether the text that they came from needs a closer look. */
interface RawChunk {
  readonly length: number;
  readonly records: readonly CsvRecord[];
  readonly suspicious: boolean;
}

/** Rows by which a trailing delimiter is told. */
const rowsLookedAt = 50;

const looksLikeJson = /^\s*(?:\[\s*[{\]]|\{\s*["}])/;

async function* readRaw(text: AsyncIterable<string>, skip: number, reader: CsvRecordReader): AsyncGenerator<RawChunk> {
  let toSkip = skip;
  let suspicious = false;
  for await (const part of text) {
    const rest = part.slice(toSkip);
    toSkip = Math.max(0, toSkip - part.length);
    const records: CsvRecord[] = [];
    const here = looksSuspicious(rest);
    suspicious ||= here;
    reader.push(rest, records);
    if (records.length === 0) continue;
    yield { length: records.length, records, suspicious };
    // A record that began in this part may be completed by the next one.
    suspicious = here;
  }
  const records: CsvRecord[] = [];
  reader.end(records);
  if (records.length > 0) yield { length: records.length, records, suspicious };
}

const tellPreamble = (lines: number, headerLine: number): readonly Finding[] =>
  lines === 0
    ? []
    : [
        {
          severity: 'note',
          code: 'preamble-skipped',
          message: `${lines} lines before the header on line ${headerLine} were passed over.`,
          line: headerLine,
          column: null,
          id: null,
        },
      ];

/** Opens CSV text; throws holds for a file without header, required columns or rows. */
export const openCsv = async (text: AsyncIterable<string>, expect: ExportExpectation): Promise<OpenCsv> => {
  const start = await peek(text, dialectSampleChars);
  const sample = start.head.join('');
  if (sample.trim() === '' && start.complete)
    throw holdFile('file-empty', 'The file is empty: it holds nothing but blanks.');
  if (looksLikeJson.test(sample)) {
    throw holdFile('file-in-other-format', 'The source expects CSV, but the file holds JSON.', { line: 1 });
  }
  const dialect = settleDialect(sample, start.complete, expect);
  const reader = createCsvRecordReader(dialect, dialect.line);
  const raw = await peek(readRaw(start.all, dialect.offset, reader), rowsLookedAt);
  const [first, ...rows] = raw.head.flatMap((chunk) => chunk.records);
  if (first === undefined) throw holdFile('file-empty', 'The file holds no header and no rows.');
  const trailing = tellTrailingDelimiter(first.cells, rows.slice(0, rowsLookedAt));
  const header = settleHeader(trailing === 'header' ? first.cells.slice(0, -1) : first.cells, first.line, expect);
  const findings: Finding[] = [...header.findings, ...tellPreamble(dialect.preambleLines, first.line)];
  const composed = createComposedAccents();
  const checkRow = createRowChecker(header, trailing, expect, composed);

  async function* records(): AsyncGenerator<readonly ExportRecord[]> {
    yield* checkAll(raw.all, checkRow);
    findings.push(...composed.findings());
  }
  return { delimiter: dialect.delimiter, header, findings, records: records() };
};

async function* checkAll(chunks: AsyncIterable<RawChunk>, check: CheckRow): AsyncGenerator<readonly ExportRecord[]> {
  let out: ExportRecord[] = [];
  // The header is record 0.
  let row = -1;
  let blocks = 0;
  for await (const { records, suspicious } of chunks) {
    for (const record of records) {
      row++;
      if (row === 0) continue;
      out.push(check(record, row, suspicious));
      if (out.length < recordsPerChunk) continue;
      yield out;
      out = [];
    }
    blocks++;
    if (blocks % blocksPerChunk !== 0 || out.length === 0) continue;
    yield out;
    out = [];
  }
  if (out.length > 0) yield out;
  if (row === 0) throw holdFile('file-without-rows', 'The file has a header but no rows.');
}
