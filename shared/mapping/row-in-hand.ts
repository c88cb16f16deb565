// The row while it is being mapped: what leaves read from, and where the first rejection is noted.
import type { Rejection } from '../core/rejection';
import type { JsonObject } from '../export/export-record';
import type { ValuesOf } from '../core/codes';
import { quote } from '../core/message';
import type { MappingCode, mappingCodes, Place } from './mapping-codes';

/** One row in the course of being mapped. Exactly one of `cells` (CSV) and `value` (JSON) is meant; the other is empty. */
export interface RowInHand {
  readonly line: number;
  readonly cells: readonly string[];
  readonly value: JsonObject;
  /** Results of the expressions that had to be awaited, by their number; an Error where one failed. */
  readonly results: readonly unknown[];
  rejection: Rejection | null;
}

/** Where a value comes from, for the messages of rejections. */
export interface Origin {
  /** The column, or the first of an expression; null for a constant. */
  readonly column: string | null;
  /** The SCIM attribute, in plain words. */
  readonly attribute: string;
}

/** The codes whose messages name the place of a value. */
type PlacedCode = {
  [C in MappingCode]: ValuesOf<typeof mappingCodes, C> extends Place ? C : never;
}[MappingCode];

/** What a message takes beside the place, for each kind of it. */
type Beside<V> = V extends Place ? Omit<V, keyof Place> : never;

/** The place of a value, for its message. */
export const placeOf = ({ column, attribute }: Origin): Place => ({
  column: column === null ? null : quote(column),
  attribute,
});

/**
 * Notes why the row is rejected, with what the code's message takes beside the place; the first reason stays. Answers null, in place of a
 * value that nobody will look at.
 */
export function rejectRow<C extends PlacedCode>(
  row: RowInHand,
  code: C,
  origin: Origin,
  values: Beside<ValuesOf<typeof mappingCodes, C>>,
): null {
  row.rejection ??= { code, values: { ...placeOf(origin), ...values }, at: { line: row.line, column: origin.column } };
  return null;
}
