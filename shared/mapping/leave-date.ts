// Reads since when somebody is gone. It never rejects a row: whoever has no date that can be read is sent, the cautious side.
import { textOf } from '../columns/record-value';
import type { ExportShape } from '../export/export-record';
import { leaveDateOf, type SourceSettings } from '../source/settings-schema';
import { compileDate } from './date-value';
import { bindColumn, type RowInHand } from './row-in-hand';

/** Compiles the reader of the leave date: ms since the epoch; null if the settings name no column, or the row has no date in it. */
export function compileLeaveDate(settings: SourceSettings, shape: ExportShape): (row: RowInHand) => number | null {
  const leaveDate = leaveDateOf(settings);
  if (leaveDate === null) return () => null;
  const read = bindColumn(shape, leaveDate.column);
  const parse = compileDate(leaveDate.date, 'entra');
  return (row) => {
    const text = textOf(read(row))?.trim() ?? '';
    const reading = text === '' ? null : parse(text);
    return reading?.ok === true ? Date.parse(reading.text) : null;
  };
}
