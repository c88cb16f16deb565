// Reads one column of a row, resolved once per file: an index in CSV, a path in JSON.
import type { ExportShape, JsonObject, JsonValue } from '../export/export-record';
import type { RowInHand } from './row-in-hand';

/** A value as the file has it; undefined where the row has none. */
export type RawValue = JsonValue | undefined;

/** Reads one value of a row. */
export type RawReader = (row: RowInHand) => RawValue;

const isObject = (value: RawValue): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const memberOf = (value: RawValue, step: string): RawValue => {
  if (Array.isArray(value)) return /^\d+$/.test(step) ? (value as readonly JsonValue[])[Number(step)] : undefined;
  return isObject(value) && Object.hasOwn(value, step) ? value[step] : undefined;
};

/** Reader of a column: by index for CSV, by path (`job.title`; a member of exactly that name wins) for JSON. A missing column is blank. */
export function bindColumn(shape: ExportShape, column: string): RawReader {
  if (shape.columns !== null) {
    const index = shape.columns.indexOf(column);
    return index < 0 ? () => undefined : ({ cells }) => cells[index];
  }
  const steps = column.split('.');
  return ({ value }) => {
    if (Object.hasOwn(value, column)) return value[column];
    let found: RawValue = value;
    for (const step of steps) found = memberOf(found, step);
    return found;
  };
}

// Texts of ASCII and Latin-1 are composed already, and most texts are such.
const beyondLatin1 = /[^\u0000-\u00ff]/;

/** Composes accents (NFC), so that equal names are equal texts. */
export const compose = (text: string): string => (beyondLatin1.test(text) ? text.normalize('NFC') : text);

/** The text of a single value: numbers and booleans as JSON writes them, blank for none; null for a list or an object. */
export function textOf(raw: RawValue): string | null {
  if (raw === undefined || raw === null) return '';
  if (typeof raw === 'string') return compose(raw);
  return typeof raw === 'number' || typeof raw === 'boolean' ? String(raw) : null;
}

/** True for a JSON number that has lost digits, so that its text is not what the file says. */
export const isImprecise = (raw: RawValue): boolean =>
  typeof raw === 'number' && (!Number.isFinite(raw) || (Number.isInteger(raw) && !Number.isSafeInteger(raw)));
