// Rows that hold no person: all blank, as Excel leaves them where rows were deleted, or the line of dashes that SQL clients write under the header.
// They are no rows of the file: not numbered, not counted, told once.
import type { Finding, JsonValue } from './export-record';
import { findIn } from './find-in-file';
import { withoutEdgeMarks } from './text/tidy-text';

/** True of a value that a source declares to be none. */
export type IsBlankWord = (value: string) => boolean;

const isBlankText = (text: string, isBlankWord: IsBlankWord): boolean =>
  withoutEdgeMarks(text).trim() === '' || isBlankWord(text);

/** True if no cell says anything. */
export const isBlankRow = (cells: readonly string[], isBlankWord: IsBlankWord): boolean =>
  cells.every((cell) => isBlankText(cell, isBlankWord));

/** sqlcmd: `-----`; psql and MySQL: `----+-----`, in one cell. */
const dashes = /^[\s+]*-[\s+-]*$/;

/** True of the line of dashes that underlines a header. Only directly below it: anywhere else a dash may stand for a value. */
export const isDashedRow = (cells: readonly string[]): boolean =>
  cells.some((cell) => dashes.test(cell)) && cells.every((cell) => dashes.test(cell) || cell.trim() === '');

/** True of a JSON value in which nothing is said. The depth was limited when the record was read. */
export function isBlankValue(value: JsonValue, isBlankWord: IsBlankWord): boolean {
  if (typeof value === 'string') return isBlankText(value, isBlankWord);
  if (typeof value !== 'object') return false;
  return value === null || Object.values(value).every((member: JsonValue) => isBlankValue(member, isBlankWord));
}

/** Counts such rows of one file. */
export interface NobodyRows {
  note(line: number): void;
  findings(): readonly Finding[];
}

/** Makes the counter of one file. */
export const createNobodyRows = (): NobodyRows => {
  let rows = 0;
  let first = 0;
  return {
    note(line) {
      if (rows++ === 0) first = line;
    },
    findings: () =>
      rows === 0 ? [] : [findIn('note', 'rows-without-anybody', { rows, line: first }, { line: first })],
  };
};
