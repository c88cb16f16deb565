// How csv-parse is made to read a file as it is written: its options, and the backslashes that it must not take for escapes.
import type { Options } from 'csv-parse/sync';
import { holdFile } from '../hold-file';

/** How a file is written; `escape` is the quote itself (RFC 4180) or a backslash. */
export interface CsvDialect {
  readonly delimiter: string;
  readonly escape: '"' | '\\';
  readonly comment: string | null;
}

/** They may be mixed in one file. The longest comes first, because the library takes the first match. */
const lineEnds = ['\r\n', '\n', '\r'];

/**
 * The options that split text into records and cells; nothing is trimmed, cast or padded. Quotes are relaxed: a strict parser reads on
 * to the next quote that fits and skips the rows in between; a relaxed one ends the cell, so that its record can be judged.
 *
 * @see https://csv.js.org/parse/options/
 */
export const parserOptions = ({ delimiter, escape, comment }: CsvDialect): Options => ({
  comment,
  comment_no_infix: true,
  delimiter,
  escape,
  record_delimiter: lineEnds,
  relax_column_count: true,
  relax_quotes: true,
  skip_empty_lines: true,
});

/** The options for whole lines without quotes and comments: each line gives one record, a blank one a single empty cell. */
export const plainOptions = ({ delimiter }: CsvDialect): Options => ({
  delimiter,
  record_delimiter: lineEnds,
  relax_column_count: true,
});

/** Unicode's noncharacters U+FDD0 to U+FDEF (The Unicode Standard, 23.7): never part of a text. */
const standIns = Array.from({ length: 32 }, (_, index) => String.fromCharCode(0xfdd0 + index));

/** The text for the library, and the function that restores the backslashes in its output; `null` if none is hidden. */
export interface HiddenBackslashes {
  readonly text: string;
  readonly show: ((part: string) => string) | null;
}

// If a backslash escapes quotes, csv-parse treats every backslash within quotes as an escape, so C:\people would lose its own. One that
// escapes nothing is therefore replaced while the library reads, by a noncharacter that is not in the text.
/** Hides the backslashes that precede neither a quote nor a backslash. Throws a hold for a text that contains all the noncharacters. */
export const hideLoneBackslashes = (text: string): HiddenBackslashes => {
  if (!text.includes('\\')) return { text, show: null };
  const standIn = standIns.find((sign) => !text.includes(sign));
  if (standIn === undefined) throw holdFile('text-damaged', { damage: 'noncharacters' });
  return {
    text: text.replace(/\\["\\]|\\/g, (found) => (found === '\\' ? standIn : found)),
    show: (part) => part.replaceAll(standIn, '\\'),
  };
};
