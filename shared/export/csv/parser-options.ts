// The options for csv-parse, by how a file is written.
import type { Options } from 'csv-parse/sync';

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
