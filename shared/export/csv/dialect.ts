// Settles how a CSV file is written from its first characters: where the header is, delimiter, escape.
import { compileColumnNames } from '../../columns/column-names';
import { foldName } from '../../columns/fold';
import { DELIMITERS } from '../../columns/delimiters';
import { FileHold } from '../../core/errors';
import type { ExportExpectation } from '../export-record';
import { maxPreambleLines } from '../export-limits';
import { missingColumns } from './header';
import type { LineRules } from './line-rules';
import type { CsvDialect } from './parser-options';
import { createCsvRecordReader, type CsvRecord } from './record-reader';

/** The dialect, and where the header begins: `offset` characters in, on line `line`. */
export interface SettledDialect extends CsvDialect {
  readonly offset: number;
  readonly line: number;
  /** Undeclared lines before the header. */
  readonly preambleLines: number;
}

const nextLine = (text: string, from: number): number => {
  const found = /\r\n|\n|\r/g;
  found.lastIndex = from;
  const match = found.exec(text);
  return match === null ? text.length : match.index + match[0].length;
};

/** Within quotes, \" followed by more text can only be an escaped quote. */
const escapedQuote = /\\"(?=[^",;|\t\r\n])/;
const doubledQuote = /[^,;|\t\r\n\\]""|""[^,;|\t\r\n"]/;

/** How quotes within quotes are written, from the first characters of a file. */
export const tellEscape = (sample: string): '"' | '\\' =>
  escapedQuote.test(sample) && !doubledQuote.test(sample) ? '\\' : '"';

const declaredDelimiter = (written: string | null): string | null =>
  written === null
    ? null
    : ({ tab: '\t', '\\t': '\t', comma: ',', semicolon: ';', pipe: '|' }[written.toLowerCase()] ?? written);

/** The first record in this dialect, or `null` if there is none: with a wrong delimiter, quotes may seem never to close. */
export const firstRecord = (text: string, dialect: CsvDialect, line: number): CsvRecord | null => {
  const records: CsvRecord[] = [];
  const reader = createCsvRecordReader(dialect, line);
  // One line is enough unless a quote in it stays open; then the text given to the reader doubles each time.
  let at = nextLine(text, 0);
  try {
    reader.push(text.slice(0, at), records);
    while (records.length === 0 && at < text.length) {
      reader.push(text.slice(at, at * 2), records);
      at *= 2;
    }
  } catch (cause) {
    if (!(cause instanceof FileHold)) throw cause;
  }
  return records[0] ?? null;
};

/** Settles the dialect from the beginning of the text (its byte order mark already removed). `rules`: those for lines, null if there are none. */
export const settleDialect = (
  head: string,
  headIsWhole: boolean,
  expect: ExportExpectation,
  rules: Pick<LineRules, 'isIgnored'> | null,
): SettledDialect => {
  const sample = headIsWhole && !/[\r\n]$/.test(head) ? `${head}\n` : head;
  let offset = 0;
  let line = 1;
  for (let skipped = 0; skipped < expect.skipLines && offset < sample.length; skipped++) {
    offset = nextLine(sample, offset);
    line++;
  }
  const separator = /^"?sep=(.)"?[ \t,;|]*(?:\r\n|\n|\r|$)/i.exec(sample.slice(offset, offset + 64));
  const named = declaredDelimiter(expect.delimiter) ?? separator?.[1] ?? null;
  const escape = tellEscape(named === null ? sample : sample.replaceAll(named, ','));
  if (separator !== null) {
    offset = nextLine(sample, offset);
    line++;
  }
  const candidates: readonly string[] = named === null ? DELIMITERS : [named];
  let begin = { offset, line };
  const contractNames = compileColumnNames(expect);
  let best: { readonly delimiter: string; readonly cells: number } | null = null;
  let tried = 0;
  while (tried <= maxPreambleLines && offset < sample.length) {
    const end = nextLine(sample, offset);
    const written = sample.slice(offset, end);
    const blank = written.trim() === '';
    const ignored = !blank && rules?.isIgnored(written.replace(/[\r\n]+$/, '')) === true;
    for (const delimiter of blank ? [] : candidates) {
      const dialect: CsvDialect = { delimiter, escape, comment: expect.comment };
      const header = firstRecord(sample.slice(offset), dialect, line);
      if (header === null) continue;
      const names = header.cells.map((name) => name.trim());
      if (missingColumns(contractNames.nameAll(names), expect).length === 0) {
        const declared = offset === begin.offset || sample.slice(begin.offset, offset).trim() === '';
        return { ...dialect, offset, line, preambleLines: declared ? 0 : line - begin.line };
      }
      const known = header.cells.filter((name) => foldName(name) !== '').length;
      if (!ignored && offset === begin.offset && (best === null || known > best.cells))
        best = { delimiter, cells: known };
    }
    // If the lines to skip are declared, no others are skipped.
    if (expect.skipLines > 0 && !blank && !ignored) break;
    if (!ignored) tried++;
    // Without a header the first line that is not to be ignored is told.
    else if (offset === begin.offset) begin = { offset: end, line: line + 1 };
    offset = end;
    line++;
  }
  return { delimiter: best?.delimiter ?? named ?? ',', escape, comment: expect.comment, ...begin, preambleLines: 0 };
};
