// Rows of a file that are not for this source (`file.only`, `file.except`): contractors, test people, volunteers without an account. They are set aside
// before anything else in them is judged: what is wrong with the row of somebody else is nobody's business here.
import { foldStatusWord } from '../columns/fold';
import { quote } from '../core/message';
import type { ValuesOf } from '../core/codes';
import type { Rejection } from '../core/rejection';
import type { UnsentRow } from '../core/unsent-row';
import { checkValue, rejectRecord } from './check-values';
import type { exportCodes } from './export-codes';
import type { ColumnValues, RowsWanted } from './export-record';
import type { ProgramWords } from './program-words';
import { tidyText, withoutEdgeMarks } from './text/tidy-text';

/** The value by which a row is set aside; null for one that cannot be compared: a list, an object. */
export interface Aside {
  readonly column: string;
  readonly value: string | null;
}

/** Says by which value a row is set aside; null if it stays. */
export type RowFilter<R> = (row: R) => Aside | null;

const unnoticed = (): undefined => undefined;

/** Compiles the filter of a file; null if all rows are for the source. `bind` makes the reader of a column; it returns null for what is no single value. */
export function compileRowFilter<R>(
  wanted: RowsWanted | undefined,
  bind: (column: string) => (row: R) => string | null,
): RowFilter<R> | null {
  if (wanted === undefined) return null;
  const compile =
    (isWanted: boolean) =>
    ({ column, values }: ColumnValues) => ({
      column,
      read: bind(column),
      words: new Set(values.map(foldStatusWord)),
      isWanted,
    });
  const rules = [...wanted.except.map(compile(false)), ...wanted.only.map(compile(true))];
  return (row) => {
    for (const { column, read, words, isWanted } of rules) {
      const written = read(row);
      if (written === null) return { column, value: null };
      const value = tidyText(written, unnoticed).trim();
      if (words.has(foldStatusWord(value)) !== isWanted) return { column, value };
    }
    return null;
  };
}

/**
 * The fate of a row that is set aside: a value that is damaged says nothing about whose row it is, so that one is rejected. `closer`: the text of the
 * row needs a closer look. Throws the hold for damaged text.
 */
export function fateOfAside(
  { column, value }: Aside,
  line: number,
  closer: boolean,
  words: ProgramWords,
): Rejection | Omit<UnsentRow, 'verdict'> {
  if (value === null) return rejectRecord('filter-value-not-single', { column: quote(column) }, line, column);
  const found = closer ? checkValue(withoutEdgeMarks(value), line, column, true) : null;
  const damage = found ?? words.check(value, line, column);
  if (damage !== null) return damage;
  const values: ValuesOf<typeof exportCodes, 'not-for-this-source'> = { column: quote(column), value: quote(value) };
  return { code: 'not-for-this-source', values, column };
}
