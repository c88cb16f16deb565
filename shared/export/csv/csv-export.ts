// A CSV export: text → header and records, each checked, in chunks.
import { findIn } from '../find-in-file';
import { peek, peekBy } from '../bytes/peek';
import { checkValue } from '../check-values';
import { createIdCheck } from '../check-id';
import { createTidiedText } from '../tidied-text';
import type { ExportExpectation, ExportRecord, Finding } from '../export-record';
import { gatherRecords, readRawRecords, type RawChunk } from '../gather-records';
import { holdFile } from '../hold-file';
import { charsPerChunk, dialectSampleChars } from '../export-limits';
import type { LostLetters } from '../lost-letters';
import { createNobodyRows, isBlankRow, isDashedRow, type IsBlankWord } from '../nobody';
import { createProgramWords } from '../program-words';
import { settleDialect } from './dialect';
import { settleHeader, type SettledHeader } from './header';
import { createLineRules } from './line-rules';
import { createCsvRecordReader, type CsvRecord } from './record-reader';
import { createRowChecker } from './row-checker';
import { tellTrailingDelimiter } from './trailing-delimiter';

/** A CSV export whose header is settled; `records` may throw holds until its very end. */
export interface OpenCsv {
  readonly delimiter: string;
  readonly header: SettledHeader;
  /** Complete when `records` has ended. */
  readonly findings: readonly Finding[];
  readonly records: AsyncIterable<readonly ExportRecord[]>;
}

/** Rows examined for a trailing delimiter; fewer if they are huge. */
const rowsLookedAt = 50;

/** 1 or more is enough to look at. */
const shareOfLook = ({ records, chars }: RawChunk<CsvRecord>): number =>
  records.length / rowsLookedAt + chars / charsPerChunk;

/** The rows that say how rows end: those that hold nobody are written as they please. */
const withSomebody = (rows: readonly CsvRecord[], isBlankWord: IsBlankWord): readonly CsvRecord[] =>
  rows.filter(({ cells }, at) => !isBlankRow(cells, isBlankWord) && !(at === 0 && isDashedRow(cells)));

const looksLikeJson = /^\s*(?:\[\s*[{\]]|\{\s*["}])/;

/** The text from the character `offset` on. */
export async function* textFrom(text: AsyncIterable<string>, offset: number): AsyncGenerator<string> {
  let toSkip = offset;
  for await (const part of text) {
    if (part.length > toSkip) yield part.slice(toSkip);
    toSkip = Math.max(0, toSkip - part.length);
  }
}

/** The records after the first one, which is the header. */
async function* withoutHeader(chunks: AsyncIterable<RawChunk<CsvRecord>>): AsyncGenerator<RawChunk<CsvRecord>> {
  let isFirst = true;
  for await (const chunk of chunks) {
    yield isFirst ? { ...chunk, records: chunk.records.slice(1) } : chunk;
    isFirst = false;
  }
}

const tellPreamble = (lines: number, headerLine: number): readonly Finding[] =>
  lines === 0 ? [] : [findIn('note', 'preamble-skipped', { lines, headerLine }, { line: headerLine })];

/** Opens CSV text; throws holds for a file without header, required columns or rows. */
export const openCsv = async (
  text: AsyncIterable<string>,
  expect: ExportExpectation,
  lost: LostLetters,
): Promise<OpenCsv> => {
  const start = await peek(text, dialectSampleChars);
  const sample = start.head.join('');
  if (sample.trim() === '' && start.complete) throw holdFile('file-empty', { content: 'blank' });
  if (looksLikeJson.test(sample)) {
    throw holdFile('file-in-other-format', { expected: 'csv' }, { line: 1 });
  }
  const rules = createLineRules(expect.lines);
  const dialect = settleDialect(sample, start.complete, expect, rules);
  const reader = createCsvRecordReader(dialect, dialect.line, rules !== null);
  const read = readRawRecords(textFrom(start.all, dialect.offset), reader);
  const raw = await peekBy(rules === null ? read : rules.apply(read), 1, shareOfLook);
  const [first, ...rows] = raw.head.flatMap((chunk) => chunk.records);
  if (first === undefined) throw holdFile('file-empty', { content: 'no-rows' });
  if (raw.head[0]?.suspicious === true) for (const name of first.cells) checkValue(name, first.line, name, false);
  const words = createProgramWords(expect);
  const trailing = tellTrailingDelimiter(first.cells, withSomebody(rows.slice(0, rowsLookedAt), words.isBlank));
  const header = settleHeader(trailing === 'header' ? first.cells.slice(0, -1) : first.cells, first.line, expect);
  const findings: Finding[] = [...header.findings, ...tellPreamble(dialect.preambleLines, first.line)];
  const tidied = createTidiedText();
  const ids = createIdCheck(expect.idColumn, expect.idPattern);
  const nobody = createNobodyRows();
  const checkRow = createRowChecker(header, trailing, expect, tidied, words, ids, lost, nobody);

  async function* records(): AsyncGenerator<readonly ExportRecord[]> {
    const rows = yield* gatherRecords(withoutHeader(raw.all), checkRow);
    if (rows === 0) throw holdFile('file-without-rows', { format: 'csv' });
    rules?.checkTrailer(rows);
    findings.push(...(rules?.findings() ?? []));
    findings.push(...nobody.findings(), ...tidied.findings(), ...words.findings(), ...ids.findings());
  }
  return { delimiter: dialect.delimiter, header, findings, records: records() };
};
