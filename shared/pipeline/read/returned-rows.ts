// A to-correct file that came back: each row must still be the same row. Rows shifted against each other in a spreadsheet would give
// people the values of others, so a single id that no longer fits holds the whole file.
import { ourMember, type OurColumn } from '../../columns/our-columns';
import { fitsMark } from '../../columns/row-mark';
import { holdRun } from '../../run/hold-run';
import type { ExportRecord, ExportShape } from '../../export/export-record';
import type { MappedRecord } from '../../mapping/compile-mapping';

/** True if the chunk has rows of a to-correct file. Throws `FileHold` at the first row whose id does not fit its mark. */
export function checkReturnedRows(
  shape: ExportShape,
  records: readonly ExportRecord[],
  mapped: readonly MappedRecord[],
): boolean {
  let isReturned = shape.returned !== null;
  mapped.forEach((one, i) => {
    const record = records[i];
    const mark = record && markOf(shape, record);
    if (mark === null || mark === undefined) return;
    isReturned = true;
    if (one.kind !== 'user' || fitsMark(mark, one.externalId)) return;
    throw holdRun('corrected-row-shifted', { line: one.line }, { line: one.line, column: MARK });
  });
  return isReturned;
}

const MARK: OurColumn = 'rollcall_row';

/** The mark of a row of a to-correct file, as it came back; null if the row has none. */
export function markOf(shape: ExportShape, record: ExportRecord): string | null {
  if (record.kind === 'csv')
    return typeof shape.returned?.row === 'number' ? (record.cells[shape.returned.row] ?? '') : null;
  const mark = record.value === undefined ? undefined : ourMember(record.value, MARK);
  if (mark === undefined) return null;
  return typeof mark === 'string' ? mark : '';
}
