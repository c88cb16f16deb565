// CSV that a spreadsheet opens safely: RFC 4180 quoting, and an apostrophe before whatever any of them may take for a formula.
import { stringify } from 'csv-stringify/sync';
import { guardFormulas } from '../columns/formula-guard';

/** UTF-8 byte order mark: without it Excel reads UTF-8 files in the code page of the machine. */
export const BOM = '\uFEFF';

/** By default the library quotes only CRLF; a cell with CR or LF alone would end the record for other readers. */
const LINE_END = /[\r\n]/;

/** One or more records as CSV text with CRLF. */
export const csvText = (records: readonly (readonly string[])[], delimiter: string): string =>
  stringify(records as string[][], {
    delimiter,
    cast: { string: guardFormulas },
    quoted_match: LINE_END,
    record_delimiter: 'windows',
  });
