// CSV text → records with the physical line on which each begins. Incremental and synchronous; RFC 4180, line ends CR, LF and CRLF also mixed.
//
// A quote that is misplaced on one line spoils that record only, and reading goes on with the next line. If a quoted cell had run
// over several lines by then, nobody can say how many rows it swallowed, so the file is held.
import { holdFile } from '../intake-hold';
import { maxRecordChars } from '../intake-limits';
import { behindClosingQuote, countLineEnds, unescapeCell } from './quoted-cell';

/** What the reader must know; `escape` is the quote itself (RFC 4180) or a backslash. */
export interface CsvDialect {
  readonly delimiter: string;
  readonly escape: '"' | '\\';
  readonly comment: string | null;
}

/** One record; `spoiled` says that its cells cannot be relied on. `ended` is false for a last record without a line end. */
export interface CsvRecord {
  readonly line: number;
  readonly cells: string[];
  readonly spoiled: boolean;
  readonly ended: boolean;
}

/** Reads text in parts; `push` appends all records that are complete, `end` the last one. */
export interface CsvRecordReader {
  push(text: string, into: CsvRecord[]): void;
  /** Throws `file-truncated` if the text ends within a quoted cell. */
  end(into: CsvRecord[]): void;
}

const LF = 10;
const CR = 13;
const never = Number.MAX_SAFE_INTEGER;

/** Makes a reader whose first record begins on `firstLine`. */
export const createCsvRecordReader = (dialect: CsvDialect, firstLine: number): CsvRecordReader => {
  const { delimiter, comment } = dialect;
  const delimiterCode = delimiter.charCodeAt(0);
  const isDelimiterAt = (at: number): boolean =>
    text.charCodeAt(at) === delimiterCode && (delimiter.length === 1 || text.startsWith(delimiter, at));
  let text = '';
  let line = firstLine;
  let last = false;
  // Where the next of each sign stands, at or after the place read; found once per occurrence, not once per cell.
  let nextLf = -1;
  let nextCr = -1;
  let nextQuote = -1;
  let nextDelimiter = -1;

  const seek = (sign: string, known: number, from: number): number => {
    if (known >= from) return known;
    const found = text.indexOf(sign, from);
    return found === -1 ? never : found;
  };

  const nextLineEnd = (from: number): number => {
    nextLf = seek('\n', nextLf, from);
    nextCr = seek('\r', nextCr, from);
    return Math.min(nextLf, nextCr);
  };

  /** Where the line that holds `from` ends: at its line end, at the end of the text, or `never` if that is not known yet. */
  const lineEndAfter = (from: number): number => {
    const end = nextLineEnd(from);
    if (end === never) return last ? text.length : never;
    // A CR at the very end may be half of a CRLF.
    return end === text.length - 1 && end === nextCr && !last ? never : end;
  };

  const skipLineEnd = (at: number): number =>
    text.charCodeAt(at) === CR && text.charCodeAt(at + 1) === LF ? at + 2 : at + 1;

  /** Reads a record with quotes from `start`; returns the place behind it, or `never` if more text is needed. */
  const readQuoted = (start: number, into: CsvRecord[]): number => {
    const cells: string[] = [];
    let inner = 0;
    let spoiled = false;
    let at = start;
    for (;;) {
      if (text.charCodeAt(at) === 34) {
        const behind = behindClosingQuote(text, at, dialect.escape);
        if (behind === never) {
          if (last) {
            throw holdFile(
              'file-truncated',
              `The file ends within a quoted cell of the row that begins on line ${line}.`,
              { line },
            );
          }
          return never;
        }
        // Whether this quote closes the cell or is the first of a doubled one is told by the character behind it.
        if (behind >= text.length && !last) return never;
        if (nextLineEnd(at) < behind) inner += countLineEnds(text, at, behind);
        cells.push(unescapeCell(text.slice(at + 1, behind - 1), dialect.escape));
        at = behind;
        const code = text.charCodeAt(at);
        if (at < text.length && code !== LF && code !== CR && !isDelimiterAt(at)) {
          if (inner > 0) {
            throw holdFile(
              'quote-never-closed',
              `A quoted cell of the row that begins on line ${line} runs over ${inner + 1} lines and is not closed properly.`,
              { line },
            );
          }
          spoiled = true;
        }
      } else {
        const end = lineEndAfter(at);
        if (end === never) return never;
        nextDelimiter = seek(delimiter, nextDelimiter, at);
        const stop = Math.min(nextDelimiter, end);
        const cell = text.slice(at, stop);
        // A quote inside a bare cell is a plain sign (5" pipe); one that follows blanks was meant to open the cell.
        if (cell.includes('"') && cell.trimStart().startsWith('"')) spoiled = true;
        cells.push(cell);
        at = stop;
      }
      if (!spoiled && isDelimiterAt(at)) {
        at += delimiter.length;
        continue;
      }
      const end = lineEndAfter(at);
      if (end === never) return never;
      into.push({ line, cells, spoiled, ended: end < text.length });
      line += inner + 1;
      return end < text.length ? skipLineEnd(end) : end;
    }
  };

  const readAll = (into: CsvRecord[]): void => {
    let at = 0;
    while (at < text.length) {
      const end = lineEndAfter(at);
      if (comment !== null && text.startsWith(comment, at)) {
        if (end === never) break;
        line++;
        at = end < text.length ? skipLineEnd(end) : end;
        continue;
      }
      nextQuote = seek('"', nextQuote, at);
      if (nextQuote < end) {
        const behind = readQuoted(at, into);
        if (behind === never) break;
        at = behind;
        continue;
      }
      if (end === never) break;
      if (end > at) {
        into.push({ line, cells: text.slice(at, end).split(delimiter), spoiled: false, ended: end < text.length });
      }
      line++;
      at = end < text.length ? skipLineEnd(end) : end;
    }
    text = text.slice(at);
    nextLf = nextCr = nextQuote = nextDelimiter = -1;
    if (text.length > maxRecordChars) {
      throw holdFile(
        'record-too-large',
        `The row that begins on line ${line} has no end: a line end or a closing quote is missing.`,
        { line },
      );
    }
  };

  return {
    push(part, into) {
      text += part;
      readAll(into);
    },
    end(into) {
      last = true;
      readAll(into);
    },
  };
};
