// A raw CSV record → a record of the export, or why its row cannot be read.
import { restoreFormulas } from '../../columns/formula-guard';
import { idTextOf } from '../../columns/id';
import type { Rejection } from '../../core/rejection';
import type { IdCheck } from '../check-id';
import { checkLength, checkValue, rejectRecord } from '../check-values';
import type { TidiedText } from '../tidied-text';
import type { ExportExpectation, ExportRecord } from '../export-record';
import { tidyText, withoutEdgeMarks } from '../text/tidy-text';
import type { LostLetters } from '../lost-letters';
import { createNoIdTest, type ProgramWords } from '../program-words';
import { holdFile } from '../hold-file';
import { maxCellChars } from '../export-limits';
import type { SettledHeader } from './header';
import type { CsvRecord } from './record-reader';
import { createSpoiledRowsLimit } from './spoiled-rows';
import type { TrailingDelimiter } from './trailing-delimiter';

/** Checks record number `row`; `suspicious` means that its text needs a closer look. May throw holds. */
export type CheckRow = (record: CsvRecord, row: number, suspicious: boolean) => ExportRecord;

/** Makes the check of all rows of a file. */
export const createRowChecker = (
  header: SettledHeader,
  trailing: TrailingDelimiter,
  expect: ExportExpectation,
  tidied: TidiedText,
  words: ProgramWords,
  ids: IdCheck,
  lost: LostLetters,
): CheckRow => {
  const { columns } = header;
  const width = columns.length;
  const idIndex = columns.indexOf(expect.idColumn);
  const read = new Set([expect.idColumn, ...expect.requiredColumns, ...expect.mappedColumns]);
  const isRead = columns.map((name) => read.has(name));

  const nameIndexes = lost.columns.map((name) => columns.indexOf(name)).filter((at) => at !== -1);

  const isNoId = createNoIdTest(expect);
  const limitSpoiled = createSpoiledRowsLimit();

  const checkWidth = ({ cells, line, ended }: CsvRecord): Rejection | null => {
    if (trailing === 'rows' && cells.length === width + 1 && cells[width] === '') {
      cells.pop();
      return null;
    }
    if (trailing !== 'rows' && cells.length === width) return null;
    if (cells.length < width && !ended) {
      throw holdFile('file-truncated', { within: 'row', line, cells: cells.length, expected: width }, { line });
    }
    const expected = trailing === 'rows' ? width + 1 : width;
    return rejectRecord('row-ragged', { cells: cells.length, expected }, line, null);
  };

  const checkCells = (cells: string[], line: number, suspicious: boolean): Rejection | null => {
    let rejection: Rejection | null = null;
    for (let at = 0; at < width; at++) {
      const cell = cells[at] ?? '';
      if (cell.length > maxCellChars) rejection ??= checkLength(cell, line, columns[at] ?? '');
      const isBlank = isRead[at] === true && words.isBlank(cell);
      if (isBlank) cells[at] = '';
      else if (isRead[at] === true) rejection ??= words.check(cell, line, columns[at] ?? '');
      if (!suspicious) continue;
      const name = columns[at] ?? '';
      // Checked even after a first rejection, because damaged text holds the file.
      const found = checkValue(withoutEdgeMarks(cell), line, name, isRead[at] ?? false);
      rejection ??= found;
      if (!isBlank) cells[at] = tidyText(cell, (tidying) => tidied.note(tidying, line, name));
    }
    return rejection;
  };

  return (record, row, suspicious) => {
    const { cells, line } = record;
    // Also of rows that cannot be read: they are written to the next file of rows to correct.
    if (header.returned !== null) cells.forEach((cell, at) => (cells[at] = restoreFormulas(cell)));
    const unreadable = (id: string | undefined, rejection: Rejection): ExportRecord => {
      const told = idTextOf(id);
      return { kind: 'unreadable', row, line, id: told === '' ? null : told, rejection, cells };
    };
    // Unreadable rows are checked too: damaged text holds the file wherever it is.
    const holdIfDamaged = (): void => {
      if (suspicious) cells.forEach((cell, at) => checkValue(cell, line, columns[at] ?? '', false));
    };
    // If cells may have shifted, the id is known only if it is the first cell.
    const firstCell = idIndex === 0 ? cells[0] : undefined;
    if (record.spoiled) {
      holdIfDamaged();
      limitSpoiled(row, line);
      return unreadable(firstCell, rejectRecord('quote-misplaced', {}, line, null));
    }
    const ragged = checkWidth(record);
    if (ragged !== null) {
      holdIfDamaged();
      return unreadable(firstCell, ragged);
    }
    if (lost.isLooking()) for (const at of nameIndexes) lost.look(cells[at] ?? '', line, columns[at] ?? '');
    const rejection = checkCells(cells, line, suspicious) ?? ids.check(idTextOf(cells[idIndex]), line);
    return rejection === null
      ? { kind: 'csv', row, line, cells }
      : unreadable(isNoId(rejection) ? undefined : cells[idIndex], rejection);
  };
};
