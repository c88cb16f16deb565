// If csv-parse reads on after a misplaced quote, its cell is not what was written. A second pass over such a record detects this: a
// quoted cell must be exactly the text that its value would be written as, and a bare one must not begin with blanks and a quote.
import { CsvError, parse, type Options } from 'csv-parse/sync';
import { behindLineEnd, countLineEnds } from './line-ends';
import { parserOptions, type CsvDialect } from './parser-options';

/** The first misplaced quote of a record. */
export interface MisplacedQuote {
  /** The cells up to and including its own, as far as they are known. */
  readonly cells: string[];
  /** Lines that its record spans up to the quote, if a quoted cell did not end where it should; else 1. */
  readonly lines: number;
  /** Offset of the first byte after its line. */
  readonly behind: number;
}

const beginsWithQuote = /^\s*"/;

/** Whether a record needs the second pass; `false` is certain. A cell that goes on after its closing quote begins with the opening one. */
export const mayMisplaceQuote = (cells: readonly string[], raw: Buffer, { comment }: CsvDialect): boolean =>
  cells.some((cell) => beginsWithQuote.test(cell)) || (comment !== null && raw.includes(`"${comment}`));

const writeQuoted = (value: string, { escape }: CsvDialect): string =>
  `"${escape === '"' ? value.replaceAll('"', '""') : value.replace(/["\\]/g, '\\$&')}"`;

/** The text between the quotes of a cell that goes on after the closing one, which the parser's error locates. */
const readUpToItsEnd = (written: string, options: Options): string | null => {
  try {
    parse(written, { ...options, relax_quotes: false, raw: true });
    return null;
  } catch (cause) {
    if (!(cause instanceof CsvError) || cause.code !== 'CSV_INVALID_CLOSING_QUOTE') throw cause;
    return parse(String(cause['raw']), options)[0]?.[0] ?? null;
  }
};

/** Whether a strict parser accepts the record; this is faster than finding what is wrong. */
const isSound = (raw: Buffer, options: Options): boolean => {
  try {
    parse(raw, { ...options, relax_quotes: false });
    return true;
  } catch (cause) {
    if (!(cause instanceof CsvError)) throw cause;
    return false;
  }
};

/** Finds the first misplaced quote of the one record in `raw`, which begins with its first cell and may still be incomplete. */
export const findMisplacedQuote = (raw: Buffer, dialect: CsvDialect): MisplacedQuote | null => {
  const options = parserOptions({ ...dialect, comment: null });
  if (isSound(raw, options)) return null;
  const delimiterBytes = Buffer.byteLength(dialect.delimiter);
  const cells: string[] = [];
  const found: Omit<MisplacedQuote, 'cells'>[] = [];
  let from = 0;
  const judge = (value: string, end: number, isQuoted: boolean): void => {
    if (found.length > 0) return;
    const written = raw.toString('utf8', from, end);
    if (isQuoted && written !== writeQuoted(value, dialect)) {
      cells.push(readUpToItsEnd(written, options) ?? value);
      found.push({ lines: countLineEnds(raw.subarray(0, end)) + 1, behind: behindLineEnd(raw, from) });
      return;
    }
    cells.push(value);
    if (!isQuoted && beginsWithQuote.test(value)) found.push({ lines: 1, behind: behindLineEnd(raw, from) });
    from = end + delimiterBytes;
  };
  try {
    parse(raw, {
      ...options,
      cast: (value, { bytes, quoting }) => {
        judge(value, bytes, quoting);
        return value;
      },
    });
  } catch (cause) {
    // The cells read so far are judged even if the last one is still open.
    if (!(cause instanceof CsvError) || cause.code !== 'CSV_QUOTE_NOT_CLOSED') throw cause;
  }
  const [first] = found;
  return first === undefined ? null : { ...first, cells };
};
