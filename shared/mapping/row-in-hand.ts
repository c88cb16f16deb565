// The row while it is being mapped: what leaves read from, and where the first rejection is noted.
import type { Rejection } from '../core/rejection';
import type { AttributePlace } from '../scim/attribute-path';
import type { JsonObject, ExportShape } from '../export/export-record';
import type { ValuesOf } from '../core/codes';
import { quote } from '../core/message';
import type { ManagerLookup } from './manager-lookup';
import type { MappingCode, mappingCodes, Place } from './mapping-codes';
import { compileMemberPath } from '../columns/record-value';
import type { RawValue } from '../columns/record-value';

/** One row while it is being mapped. Only one of `cells` (CSV) and `value` (JSON) is used; the other is empty. */
export interface RowInHand {
  readonly line: number;
  readonly cells: readonly string[];
  readonly value: JsonObject;
  /** Results of the expressions that had to be awaited, by their number; an Error where one failed. */
  readonly results: readonly unknown[];
  /** Null where nobody is looked up. */
  readonly managers: ManagerLookup | null;
  /** What the reader found wrong with single values of the row. */
  readonly damage: readonly Rejection[];
  rejection: Rejection | null;
  /** Values of tolerant leaves that cannot be read: the row goes without them. */
  leftOut: readonly UnreadValue[];
  /** Tolerant leaves whose values the directory would refuse, and why. */
  refused: ReadonlyMap<MappedLeaf, Rejection>;
}

/** A row in which nothing is wrong, so far. */
export const UNTOUCHED = {
  damage: [],
  rejection: null,
  leftOut: [],
  refused: new Map<MappedLeaf, Rejection>(),
} satisfies Partial<RowInHand>;

/** A leaf of the mapping, as far as a row is told of it that goes without its value. */
export interface MappedLeaf {
  /** The column, or the first of an expression; null for a constant. */
  readonly column: string | null;
  readonly place: AttributePlace;
  /** A row may go without its value if that cannot be read. */
  readonly isTolerant: boolean;
  /** True if the value is made of one that is damaged. */
  readonly reads: (damage: Rejection) => boolean;
}

/** The attribute of a value that cannot be read, and why. */
export interface UnreadValue {
  readonly place: AttributePlace;
  readonly why: Rejection;
}

/** Where a value comes from, for the messages of rejections. */
export interface Origin {
  /** The column, or the first of an expression; null for a constant. */
  readonly column: string | null;
  /** The SCIM attribute, in plain words. */
  readonly attribute: string;
}

/** Why the row is rejected so far. Readers change it, so it is asked for anew behind each of them. */
export const rejectionOf = ({ rejection }: Pick<RowInHand, 'rejection'>): Rejection | null => rejection;

/** The codes whose messages name the place of a value. */
type PlacedCode = {
  [C in MappingCode]: ValuesOf<typeof mappingCodes, C> extends Place ? C : never;
}[MappingCode];

/** The values of a message without the place, for each member of a union. */
type Beside<V> = V extends Place ? Omit<V, keyof Place> : never;

/** The place of a value, for its message. */
export const placeOf = ({ column, attribute }: Origin): Place => ({
  column: column === null ? null : quote(column),
  attribute,
});

/**
 * Notes why the row is rejected, with the values of the code's message without the place; the first reason stays. Returns null, in place
 * of a value that will not be used.
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
