// The row while it is being mapped: what leaves read from, and where the first rejection is noted.
import type { Rejection } from '../core/rejection';
import type { JsonObject } from '../export/export-record';
import type { MappingCode } from './mapping-codes';

/** One row in the course of being mapped. Exactly one of `cells` (CSV) and `value` (JSON) is meant; the other is empty. */
export interface RowInHand {
  readonly line: number;
  readonly cells: readonly string[];
  readonly value: JsonObject;
  /** Results of the expressions that had to be awaited, by their number; an Error where one failed. */
  readonly results: readonly unknown[];
  rejection: Rejection | null;
}

/** Where a value comes from, for the sentences of rejections. */
export interface Origin {
  /** The column, or the first of an expression; null for a constant. */
  readonly column: string | null;
  /** The SCIM attribute, in plain words. */
  readonly attribute: string;
}

/** Notes why the row is rejected; the first reason stays. Answers null, in place of a value that nobody will look at. */
export function rejectRow(row: RowInHand, code: MappingCode, origin: Origin, message: string): null {
  row.rejection ??= { code, message, at: { line: row.line, column: origin.column } };
  return null;
}

/** What HR calls the place: the column, or else the attribute. */
export const nameOf = (origin: Origin): string =>
  origin.column === null ? `The value of ${origin.attribute}` : `Column "${origin.column}"`;
