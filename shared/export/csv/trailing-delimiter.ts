// Some programs end every row with one more delimiter, or only the header: settled once for the whole file, never row by row,
// because a row with one cell too many is otherwise a row whose cells have moved.

/** Rows that must agree before a trailing delimiter is believed; one row alone may just be wrong. */
const rowsThatProve = 2;

/** `rows`: each row ends with an empty cell of its own; `header`: only the header does. */
export type TrailingDelimiter = 'none' | 'rows' | 'header';

/** Settles it from the header and the first rows. */
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
