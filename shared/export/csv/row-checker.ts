// A raw CSV record → a record of the export, or why its row cannot be read.
import { restoreFormulas } from '../../columns/formula-guard';
import { idTextOf } from '../../columns/id';
import { quote, type Quote } from '../../core/message';
import type { Rejection } from '../../core/rejection';
import type { IdCheck } from '../check-id';
import { checkLength, checkValue, maxDamagedValues, rejectRecord } from '../check-values';
import type { TidiedText } from '../tidied-text';
import type { ExportExpectation, ExportRecord } from '../export-record';
import { tidyText, withoutEdgeMarks } from '../text/tidy-text';
import type { LostLetters } from '../lost-letters';
import { isBlankRow, isDashedRow, type NobodyRows } from '../nobody';
import { createNoIdTest, type ProgramWords } from '../program-words';
import { compileRowFilter, fateOfAside } from '../row-filter';
import { holdFile } from '../hold-file';
import { maxCellChars } from '../export-limits';
import type { SettledHeader } from './header';
import type { CsvRecord } from './record-reader';
import { createSpoiledRowsLimit } from './spoiled-rows';
import type { TrailingDelimiter } from './trailing-delimiter';

/** Checks record number `row`, null if it holds nobody; `suspicious` means that its text needs a closer look. May throw holds. */
export type CheckRow = (record: CsvRecord, row: number, suspicious: boolean) => ExportRecord | null;

const SPACE = 0x20;
const DELETE = 0x7f;

/** What a row that is too short says: often it is a closing line, and no person at all. */
const textOf = (cells: readonly string[]): Quote | null => {
  const text = cells.join(' ').trim();
  return text === '' ? null : quote(text);
};

/** Makes the check of all rows of a file. */
export const createRowChecker = (
  header: SettledHeader,
  trailing: TrailingDelimiter,
  expect: ExportExpectation,
  tidied: TidiedText,
  words: ProgramWords,
  ids: IdCheck,
  lost: LostLetters,
  nobody: NobodyRows,
): CheckRow => {
  const { columns } = header;
  const width = columns.length;
  const idIndex = columns.indexOf(expect.idColumn);
  const read = new Set([expect.idColumn, ...expect.requiredColumns, ...expect.mappedColumns]);
  const isRead = columns.map((name) => read.has(name));

  const nameIndexes = lost.columns.map((name) => columns.indexOf(name)).filter((at) => at !== -1);
  const hasBlankWords = expect.blankWords.length > 0;
  let isUnderHeader = true;

  /** Nearly every row has an id that begins with a letter or digit: then nothing else is looked at. */
  const isNobody = ({ cells, ended }: CsvRecord): boolean => {
    const wasUnderHeader = isUnderHeader;
    isUnderHeader = false;
    if (wasUnderHeader && isDashedRow(cells)) return true;
    const first = cells[idIndex]?.charCodeAt(0) ?? 0;
    if (first > SPACE && first < DELETE && !hasBlankWords) return false;
    // Blank cells without a line end may be the beginning of a row that was cut. Blanks alone are what an editor leaves.
    const isWhole = ended || cells.length >= width || cells.length === 1;
    return isWhole && isBlankRow(cells, words.isBlank);
  };

  const filter = compileRowFilter(expect.rows, (column) => {
    const at = columns.indexOf(column);
    return (cells: readonly string[]) => {
      const cell = cells[at] ?? '';
      return words.isBlank(cell) ? '' : cell;
    };
  });

  const isNoId = createNoIdTest(expect);
  const certain = new Set(expect.certainColumns ?? columns);
  const leavesPersonCertain = ({ at: { column } }: Rejection): boolean => column !== null && !certain.has(column);
  const limitSpoiled = createSpoiledRowsLimit();

  const checkWidth = ({ cells, line, ended }: CsvRecord): Rejection | null => {
    if (trailing === 'rows' && cells.length === width + 1 && cells[width] === '') {
      cells.pop();
      return null;
    }
    if (trailing !== 'rows' && cells.length === width) return null;
    if (cells.length < width && !ended) {
      const cut = { within: 'row', line, cells: cells.length, expected: width, text: textOf(cells) } as const;
      throw holdFile('file-truncated', cut, { line });
    }
    const expected = trailing === 'rows' ? width + 1 : width;
    const text = cells.length < expected ? textOf(cells) : null;
    return rejectRecord('row-ragged', { cells: cells.length, expected, text }, line, null);
  };

  /** What is wrong with the cells, one rejection each; null for nothing. */
  const checkCells = (cells: string[], line: number, suspicious: boolean): readonly Rejection[] | null => {
    let damage: Rejection[] | null = null;
    for (let at = 0; at < width; at++) {
      const cell = cells[at] ?? '';
      let rejection = cell.length > maxCellChars ? checkLength(cell, line, columns[at] ?? '') : null;
      const isBlank = hasBlankWords && isRead[at] === true && words.isBlank(cell);
      if (isBlank) cells[at] = '';
      else if (isRead[at] === true) rejection ??= words.check(cell, line, columns[at] ?? '');
      if (suspicious) {
        const name = columns[at] ?? '';
        // Checked even after a rejection, because damaged text holds the file.
        const found = checkValue(withoutEdgeMarks(cell), line, name, isRead[at] ?? false);
        rejection ??= found;
        if (!isBlank) cells[at] = tidyText(cell, (tidying) => tidied.note(tidying, line, name));
      }
      if (rejection !== null) (damage ??= []).push(rejection);
    }
    return damage;
  };

  return (record, row, suspicious) => {
    const { cells, line } = record;
    if (!record.spoiled && isNobody(record)) {
      nobody.note(line);
      return null;
    }
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
    const aside = filter?.(cells) ?? null;
    if (aside !== null) {
      holdIfDamaged();
      const fate = fateOfAside(aside, line, suspicious, words);
      if ('at' in fate) return unreadable(isNoId(fate) ? undefined : cells[idIndex], fate);
      const told = idTextOf(cells[idIndex]);
      return { kind: 'unsent', row, line, id: told === '' ? null : told, unsent: fate, cells };
    }
    const damage = checkCells(cells, line, suspicious);
    const isPersonCertain = damage === null || (damage.length <= maxDamagedValues && damage.every(leavesPersonCertain));
    const ofId = isPersonCertain ? ids.check(idTextOf(cells[idIndex]), line) : null;
    const rejection = isPersonCertain && ofId === null ? null : (damage?.[0] ?? ofId);
    if (rejection !== null) return unreadable(damage?.some(isNoId) === true ? undefined : cells[idIndex], rejection);
    return damage === null ? { kind: 'csv', row, line, cells } : { kind: 'csv', row, line, cells, damage };
  };
};
