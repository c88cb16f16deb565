// One leaf of the mapping, compiled: from the raw value of a row to the SCIM value, in the order that docs/mapping.md promises:
// compose · trim · blank? · split · case · values · convert (date, phone, country, type).
import { quote } from '../core/message';
import { compileBlankWords } from '../columns/blank-words';
import { compose, isImprecise, textOf, type RawValue } from '../columns/record-value';
import type { ScimValue } from '../scim/user';
import type { ProvisioningTarget } from '../scim/user-limits';
import type { Leaf, LeafValueType } from '../source/mapping-settings';
import type { RawReader } from './row-in-hand';
import { compileConversion } from './converted-value';
import { ExpressionFailure } from './expression-failure';
import { rejectRow, type Origin, type RowInHand } from './row-in-hand';

/** Reads a SCIM value of a row; `undefined` for none. It may note a rejection in the row; the value then has no meaning. */
export type LeafReader = (row: RowInHand) => ScimValue | undefined;

type Lookup = (text: string, row: RowInHand) => ScimValue | undefined;

const composed = (value: string | number | boolean) => (typeof value === 'string' ? compose(value) : value);

function compileEmpty(leaf: Leaf, origin: Origin, convert: Lookup): LeafReader {
  const { default: standard, whenEmpty } = leaf;
  if (standard !== undefined) {
    const value = composed(standard);
    // A default is written in the form of the file, like the column's other dates and numbers.
    return typeof value === 'string' ? (row) => convert(value, row) : () => value;
  }
  if (leaf.required === true || whenEmpty === 'reject') {
    return (row) => rejectRow(row, 'value-missing', origin, {});
  }
  return whenEmpty === 'clear' ? () => null : () => undefined;
}

function compileTable(leaf: Leaf, origin: Origin, empty: LeafReader, convert: Lookup): Lookup {
  if (leaf.values === undefined) return convert;
  const table = new Map(Object.entries(leaf.values).map(([text, value]) => [compose(text), composed(value)]));
  return (text, row) => {
    const value = table.get(text);
    if (value === '') return empty(row);
    if (value !== undefined) return typeof value === 'string' ? convert(value, row) : value;
    if (leaf.unknown === 'keep') return convert(text, row);
    if (leaf.unknown === 'omit' && leaf.required !== true) return undefined;
    return rejectRow(row, 'value-not-in-table', origin, { value: quote(text) });
  };
}

const compileCase = (form: Leaf['case']): ((text: string) => string) => {
  if (form === 'lower') return (text) => text.toLowerCase();
  return form === 'upper' ? (text) => text.toUpperCase() : (text) => text;
};

function singleText(raw: RawValue, row: RowInHand, origin: Origin): string | null {
  if (isImprecise(raw)) {
    return rejectRow(row, 'number-imprecise', origin, {});
  }
  const text = textOf(raw);
  return text ?? rejectRow(row, 'value-not-single', origin, {});
}

const PLAIN_MEMBERS = ['column', 'expression', 'onUnreadable'];
// Most leaves are only a column.
const isPlain = (leaf: Leaf, type: LeafValueType): boolean =>
  type === 'string' && Object.keys(leaf).every((member) => PLAIN_MEMBERS.includes(member));

/** Compiles a leaf whose raw value `read` gives (constants read none). */
export function compileLeaf(
  leaf: Leaf,
  type: LeafValueType,
  target: ProvisioningTarget,
  origin: Origin,
  read: RawReader,
): LeafReader {
  if (leaf.const !== undefined) {
    const value = composed(leaf.const);
    return () => value;
  }
  const trims = leaf.trim !== false;
  const conversion = compileConversion(leaf, type, target, origin);
  const empty = compileEmpty(leaf, origin, conversion);
  const inCase = compileCase(leaf.case);
  const convert = compileTable(leaf, origin, empty, conversion);
  const isDeclaredBlank = compileBlankWords(leaf.blank);
  const isBlank = (text: string): boolean => text.trim() === '' || isDeclaredBlank(text);
  const { split } = leaf;
  const plain = isPlain(leaf, type);
  return (row) => {
    const raw = read(row);
    if (raw instanceof ExpressionFailure) {
      return rejectRow(row, raw.code, origin, raw.trouble);
    }
    let text = singleText(raw, row, origin);
    if (text === null) return null;
    if (trims) text = text.trim();
    if (plain) return text === '' ? undefined : text;
    if (isBlank(text)) return empty(row);
    if (split !== undefined) {
      text = text.split(split.on).at(split.take) ?? '';
      if (trims) text = text.trim();
      if (isBlank(text)) return empty(row);
    }
    return convert(inCase(text), row);
  };
}
