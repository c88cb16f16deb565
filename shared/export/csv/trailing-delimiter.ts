// Some programs end every row, or only the header, with an extra delimiter. This is settled once for the whole file, never row by row:
// in any other file, a row with one cell too many is a row whose cells have shifted.

/** Rows that must agree on a trailing delimiter; a single row may just be wrong. */
const rowsThatProve = 2;

/** `rows`: each row ends with an extra empty cell; `header`: only the header does. */
export type TrailingDelimiter = 'none' | 'rows' | 'header';

/** Detects a trailing delimiter from the header and the first rows. */
export const tellTrailingDelimiter = (
  header: readonly string[],
  rows: readonly { readonly cells: readonly string[] }[],
): TrailingDelimiter => {
  const width = header.length;
  if (rows.length < rowsThatProve) return 'none';
  if (rows.every(({ cells }) => cells.length === width + 1 && cells.at(-1) === '')) return 'rows';
  if (header.at(-1) === '' && rows.every(({ cells }) => cells.length === width - 1)) return 'header';
  return 'none';
};
