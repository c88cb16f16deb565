// Lines of a table that are not people, as exports write them: comments, headings and subtotals in between, and a closing line such as
// "(3 rows affected)". They are records of the product's reader; a row of a person that was torn apart is none of them.
import { unpack } from '../../shared/export/bytes/unpack';
import { peek } from '../../shared/export/bytes/peek';
import { textFrom } from '../../shared/export/csv/csv-export';
import { settleDialect } from '../../shared/export/csv/dialect';
import { createCsvRecordReader, type CsvRecord } from '../../shared/export/csv/record-reader';
import { dialectSampleChars } from '../../shared/export/export-limits';
import type { ExportExpectation } from '../../shared/export/export-record';
import { readRawRecords } from '../../shared/export/gather-records';
import { isBlankRow, isDashedRow } from '../../shared/export/nobody';
import { decodeExport } from '../../shared/export/text/decode-export';
import { asBuffers, type LocalFile } from '../local-file';
import { literal, patternOfCount, patternOfLine, saysCount } from './closing-line';

/** Lines that begin alike. `pattern`: null if they are told by their beginning alone. */
export interface LinesOfNobody {
  readonly beginning: string;
  readonly pattern: string | null;
  readonly lines: number;
}

/** What is found in one table. */
export interface LineSurvey {
  /** Comments, headings and subtotals, the commonest first. */
  readonly between: readonly LinesOfNobody[];
  /** The last line if it closes the table. `pattern` has the group `rows` if the line says how many rows there are (`isCount`). */
  readonly closing: { readonly text: string; readonly pattern: string; readonly isCount: boolean } | null;
  /** Other lines that are too short for a row, and the first of them. */
  readonly short: { readonly lines: number; readonly line: number; readonly text: string } | null;
  /** Rows that are left. */
  readonly rows: number;
}

export const NO_LINES: LineSurvey = { between: [], closing: null, short: null, rows: 0 };

/** With what programs begin a comment, or the ruled line of a table. */
const COMMENTS = ['#', '//', '--', '+--'] as const;

/** Headings and subtotals of reports. */
const HEADING =
  /^"?((?:sub-?total|total|zwischensumme|sous-total|page|seite|página)(?=\P{L})[: ]?|\p{L}[\p{L} ]{0,40}: )/iu;

/** Beginnings that are remembered: a report has a few. */
const MAX_BEGINNINGS = 20;

/** A line with so few cells that say anything may be a heading, or a total. */
const CELLS_OF_HEADING = 2;

const saidBy = ({ cells }: CsvRecord): readonly string[] => cells.filter((cell) => cell.trim() !== '');

const noBlankWords = (): boolean => false;

/** Reads the whole table. `expect`: how it is written; `columns`: their names. Throws `FileHold` for one that cannot be read. */
export async function surveyLines(
  file: LocalFile,
  expect: ExportExpectation,
  columns: readonly string[],
): Promise<LineSurvey> {
  const content = await unpack(asBuffers(file.read()), expect.maxInflatedBytes);
  const start = await peek(decodeExport(content.bytes, expect.encoding).text, dialectSampleChars);
  const dialect = settleDialect(start.head.join(''), start.complete, expect, null);
  const reader = createCsvRecordReader(dialect, dialect.line, true);
  const found = new FoundLines(columns);
  let place = 0;
  for await (const { records } of readRawRecords(textFrom(start.all, dialect.offset), reader))
    for (const record of records) if (place++ > 0) found.add(record, place === 2);
  return found.survey();
}

class FoundLines {
  private rows = 0;
  private readonly between = new Map<string, { pattern: string | null; lines: number }>();
  /** Beginnings of comments with which a row begins as well. */
  private readonly ofRows = new Set<string>();
  private short: { lines: number; line: number; text: string } | null = null;
  /** Nothing is said about a line before it is known whether it is the last one. */
  private last: CsvRecord | null = null;

  constructor(private readonly columns: readonly string[]) {}

  private get width(): number {
    return this.columns.length;
  }

  add(record: CsvRecord, isUnderHeader: boolean): void {
    if (!record.spoiled && isBlankRow(record.cells, noBlankWords)) return;
    if (isUnderHeader && isDashedRow(record.cells)) return;
    if (this.last !== null) this.count(this.last);
    this.last = record;
  }

  survey(): LineSurvey {
    const closing = this.last === null ? null : this.closingOf(this.last);
    if (this.last !== null && closing === null) this.count(this.last);
    const between = [...this.between].filter(([beginning]) => !this.ofRows.has(beginning));
    // Lines that begin as a row does are rows, and will be rejected.
    const kept = [...this.between].filter(([beginning]) => this.ofRows.has(beginning));
    const rows = this.rows + kept.reduce((sum, [, { lines }]) => sum + lines, 0);
    return {
      rows,
      closing,
      short: this.short,
      between: between
        .map(([beginning, { pattern, lines }]) => ({ beginning, pattern, lines }))
        .sort((one, other) => other.lines - one.lines),
    };
  }

  private isShort({ cells, spoiled }: CsvRecord): boolean {
    return !spoiled && cells.length < this.width;
  }

  /** Too short for a row, or with next to nothing in it; and no address, which only people have. */
  private mayBeNobody(record: CsvRecord): boolean {
    const said = saidBy(record);
    if (record.spoiled || said.some((cell) => cell.includes('@'))) return false;
    return said.length <= CELLS_OF_HEADING && (this.isShort(record) || this.width > CELLS_OF_HEADING);
  }

  private closingOf(record: CsvRecord): LineSurvey['closing'] {
    const { text } = record;
    const comment = this.commentOf(record);
    if (!this.mayBeNobody(record) || (comment !== null && this.between.has(comment))) return null;
    const isNamed = saysCount(text);
    const counted = patternOfCount(text, this.rows);
    // A row that was cut has its id in front, and one as wide as a row may be a person.
    const isLabelled = /\p{L}/u.test(saidBy(record)[0] ?? '');
    if (counted !== null && isLabelled && (this.isShort(record) || isNamed))
      return { text, pattern: counted, isCount: true };
    return isNamed && isLabelled && this.isShort(record)
      ? { text, pattern: patternOfLine(text), isCount: false }
      : null;
  }

  private commentOf(record: CsvRecord): string | null {
    const comment = COMMENTS.find((beginning) => record.text.startsWith(beginning)) ?? null;
    return comment !== null && !this.isColumn(comment) && (this.isShort(record) || isDashedRow(record.cells))
      ? comment
      : null;
  }

  private headingOf(record: CsvRecord): string | null {
    const heading = this.mayBeNobody(record) ? (HEADING.exec(record.text)?.[1] ?? null) : null;
    return heading === null || this.isColumn(heading) ? null : heading;
  }

  /** Read by such a beginning, the header might be one of these lines. */
  private isColumn(beginning: string): boolean {
    return this.columns.some((name) => name.startsWith(beginning));
  }

  private count(record: CsvRecord): void {
    const comment = this.commentOf(record);
    const heading = this.headingOf(record);
    if (comment !== null) this.noteBetween(comment, null);
    else if (heading !== null) this.noteBetween(heading, `^"?${literal(heading)}`);
    else {
      this.rows++;
      for (const beginning of COMMENTS) if (record.text.startsWith(beginning)) this.ofRows.add(beginning);
      if (this.isShort(record)) this.noteShort(record);
    }
  }

  private noteBetween(beginning: string, pattern: string | null): void {
    const known = this.between.get(beginning);
    if (known !== undefined) known.lines++;
    else if (this.between.size < MAX_BEGINNINGS) this.between.set(beginning, { pattern, lines: 1 });
    else this.rows++;
  }

  private noteShort({ line, text }: CsvRecord): void {
    if (this.short === null) this.short = { lines: 1, line, text: text.trim() };
    else this.short.lines++;
  }
}
