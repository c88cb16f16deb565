// CSV text → records with the physical line on which each begins. Incremental and synchronous. csv-parse splits records and
// cells; this file gives it whole lines, counts lines, and judges records that it reads too leniently.
//
// A misplaced quote within one line spoils that record only, and reading goes on with the next line. If a quoted cell had already spanned
// several lines, it is unknown how many rows it swallowed, so the file is held.
import { CsvError, parse, type Info } from 'csv-parse/sync';
import { holdFile } from '../hold-file';
import { maxCells, maxRecordChars } from '../export-limits';
import { behindLastLineEnd, behindLineEnd, completeLines, countLineEnds, endsLine } from './line-ends';
import { hideLoneBackslashes, parserOptions, plainOptions, type CsvDialect } from './parser-options';
import { findMisplacedQuote, mayMisplaceQuote } from './misplaced-quote';

/**
 * One record; `spoiled` means that its cells cannot be relied on. `ended` is false for a last record without a line end. `text`: the beginning of the
 * line on which it begins, as it is written; '' unless the reader was asked for it.
 */
export interface CsvRecord {
  readonly line: number;
  readonly cells: string[];
  readonly spoiled: boolean;
  readonly ended: boolean;
  text: string;
}

/** Reads text in parts; `push` appends all records that are complete, `end` the last one. */
export interface CsvRecordReader {
  push(text: string, into: CsvRecord[]): void;
  /** Throws `file-truncated` if the text ends within a quoted cell. */
  end(into: CsvRecord[]): void;
}

/** `spoiled`: parsing restarts on the line after a misplaced quote. `open`: the bytes end within a quoted cell. */
type Stopped = 'at-the-end' | 'spoiled' | 'open';

/** Stops the library after a misplaced quote; caught in `readOnce`. */
class SpoiledLine extends Error {
  override readonly name = 'SpoiledLine';
}

/**
 * Records are instances of a class, and their cells are moved out of the library's array: V8 learns to allocate the arrays and object
 * literals of one place in the code in the old generation, where dead ones keep their cells until the next full collection (some 30 MB at
 * the peak).
 */
class ReadRecord implements CsvRecord {
  constructor(
    readonly line: number,
    readonly cells: string[],
    readonly spoiled: boolean,
    readonly ended: boolean,
    public text: string,
  ) {}
}

const quote = 34;

/** Bytes of a line that are enough for its text: more than anything in it is compared with. */
const MAX_TEXT_BYTES = 8_192;

/** The text of the line that begins there, without its line end. */
const lineTextAt = (bytes: Buffer, begin: number): string => {
  const most = bytes.subarray(begin, begin + MAX_TEXT_BYTES);
  const ends = [most.indexOf('\n'), most.indexOf('\r')].filter((at) => at !== -1);
  return most.toString('utf8', 0, Math.min(most.length, ...ends));
};

/** Adds a record. Throws `FileHold` (`row-too-wide`): a million delimiters in a row would be a million cells. */
const add = (record: CsvRecord, into: CsvRecord[]): void => {
  const { line, cells } = record;
  if (cells.length > maxCells) throw holdFile('row-too-wide', { line, cells: cells.length, maxCells }, { line });
  into.push(record);
};

const isOpenQuote = (cause: unknown): cause is CsvError & Pick<Info, 'comment_lines' | 'empty_lines'> =>
  cause instanceof CsvError && cause.code === 'CSV_QUOTE_NOT_CLOSED';

/** Makes a reader whose first record begins on `firstLine`. `keepsText`: each record has the text of its first line, which takes time. */
export const createCsvRecordReader = (dialect: CsvDialect, firstLine: number, keepsText = false): CsvRecordReader => {
  const options = parserOptions(dialect);
  const plain = plainOptions(dialect);
  let text = '';
  let line = firstLine;

  /** Reads records until the bytes end or a quote stops it; the rest begins at `done`. */
  const readOnce = (bytes: Buffer, into: CsvRecord[]): { readonly stopped: Stopped; readonly done: number } => {
    let done = 0;
    let passed = 0;
    let nextQuote = bytes.indexOf(quote);
    const textAt = (begin: number): string => (keepsText ? lineTextAt(bytes, begin) : '');

    /** Skips the blank lines and comments before a record; the library gives their number so far. */
    const passOver = ({ comment_lines, empty_lines }: Pick<Info, 'comment_lines' | 'empty_lines'>): void => {
      for (; passed < comment_lines + empty_lines; passed++) {
        done = behindLineEnd(bytes, done);
        line++;
      }
    };

    /** Takes a record that ends at `end`, or the beginning of one that is still open (`null`); returns whether a record was taken. */
    const judge = (cells: string[] | null, end: number): boolean => {
      const raw = bytes.subarray(done, end);
      const misplaced =
        cells === null || mayMisplaceQuote(cells, raw, dialect) ? findMisplacedQuote(raw, dialect) : null;
      if (misplaced !== null && misplaced.lines > 1) {
        throw holdFile('quote-never-closed', { line, lines: misplaced.lines }, { line });
      }
      if (misplaced === null && cells === null) return false;
      const length = misplaced?.behind ?? raw.length;
      const ended = endsLine(raw, length);
      const isSpoiled = misplaced !== null;
      add(new ReadRecord(line, misplaced?.cells ?? cells ?? [], isSpoiled, ended, textAt(done)), into);
      line += countLineEnds(raw.subarray(0, length));
      done += length;
      return true;
    };

    const take = (cells: string[], end: number): void => {
      if (nextQuote === -1 || nextQuote >= end) {
        add(new ReadRecord(line, cells, false, endsLine(bytes, end), textAt(done)), into);
        line++;
        done = end;
        return;
      }
      nextQuote = bytes.indexOf(quote, end);
      judge(cells, end);
      if (done < end) throw new SpoiledLine();
    };

    try {
      parse(bytes, {
        ...options,
        on_record: (cells: string[], context) => {
          passOver(context);
          take(cells.splice(0), context.bytes);
          return null;
        },
      });
    } catch (cause) {
      if (cause instanceof SpoiledLine) return { stopped: 'spoiled', done };
      if (!isOpenQuote(cause)) throw cause;
      passOver(cause);
      return { stopped: judge(null, bytes.length) ? 'spoiled' : 'open', done };
    }
    line += countLineEnds(bytes.subarray(done));
    return { stopped: 'at-the-end', done: bytes.length };
  };

  /** Reads whole lines without quotes and comments: one record each, so the library need not report positions. */
  const readPlain = (bytes: Buffer, into: CsvRecord[]): void => {
    for (const cells of parse(bytes, plain)) {
      if (cells.length > 1 || cells[0] !== '') add(new ReadRecord(line, cells.splice(0), false, true, ''), into);
      line++;
    }
  };

  /** How many bytes at the beginning are such lines. */
  const plainBytes = (bytes: Buffer): number => {
    if (dialect.comment !== null || keepsText) return 0;
    const next = bytes.indexOf(quote);
    return behindLastLineEnd(next === -1 ? bytes : bytes.subarray(0, next));
  };

  /** Reads all records of the bytes, which are whole lines; returns the rest, a record that ends within a quoted cell. */
  const readBytes = (all: Buffer, into: CsvRecord[]): Buffer => {
    const quoteFree = plainBytes(all);
    readPlain(all.subarray(0, quoteFree), into);
    let left = all.subarray(quoteFree);
    let offered = left.length;
    while (left.length > 0) {
      const { stopped, done } = readOnce(left.subarray(0, offered), into);
      const isAll = offered === left.length;
      left = left.subarray(done);
      if (isAll && stopped !== 'spoiled') break;
      // After a spoiled line the next one is tried alone, then twice as much each time: there may be many such lines.
      offered = behindLineEnd(left, stopped === 'spoiled' ? 0 : Math.min(offered * 2, left.length) - 1);
    }
    return left;
  };

  const readAll = (last: boolean, into: CsvRecord[]): void => {
    const complete = last ? text.length : completeLines(text);
    const { text: readable, show } =
      dialect.escape === '\\'
        ? hideLoneBackslashes(text.slice(0, complete))
        : { text: text.slice(0, complete), show: null };
    const known = into.length;
    const left = readBytes(Buffer.from(readable), into).toString();
    if (last && left !== '') {
      throw holdFile('file-truncated', { within: 'quoted-cell', line }, { line });
    }
    text = (show?.(left) ?? left) + text.slice(complete);
    if (show !== null) {
      for (const record of into.slice(known)) {
        record.cells.forEach((cell, at) => (record.cells[at] = show(cell)));
        record.text = show(record.text);
      }
    }
    if (text.length > maxRecordChars) {
      throw holdFile('record-too-large', { line, maxChars: null }, { line });
    }
  };

  return {
    push(part, into) {
      text += part;
      readAll(false, into);
    },
    end(into) {
      readAll(true, into);
    },
  };
};
