// Reads one column of a row, resolved once per file: an index in CSV, a path in JSON.
import { compileMemberPath } from '../columns/member-path';
import type { RawValue } from '../columns/raw-value';
import type { ExportShape } from '../export/export-record';
import type { RowInHand } from './row-in-hand';

/** Reads one value of a row. */
export type RawReader = (row: RowInHand) => RawValue;

/** Reader of a column: by index for CSV, by path for JSON. A missing column is blank. */
export function bindColumn(shape: ExportShape, column: string): RawReader {
  if (shape.columns !== null) {
    const index = shape.columns.indexOf(column);
    return index < 0 ? () => undefined : ({ cells }) => cells[index];
  }
  const readMember = compileMemberPath(column);
  return ({ value }) => readMember(value);
}
