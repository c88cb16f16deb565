// A value as it is in the file, and its text: the same for the reader, which checks ids, and for the mapping, which sends them.
import type { JsonValue } from '../core/json-value';

/** A value as it is in the file; undefined if the row has none. */
export type RawValue = JsonValue | undefined;

// Most texts are ASCII or Latin-1, and those are composed already.
const beyondLatin1 = /[^\u0000-\u00ff]/;

/** Composes accents (NFC), so that equal names are equal texts. */
export const compose = (text: string): string => (beyondLatin1.test(text) ? text.normalize('NFC') : text);

/** The text of a single value: numbers and booleans as JSON writes them, '' for none; null for a list or an object. */
export function textOf(raw: RawValue): string | null {
  if (raw === undefined || raw === null) return '';
  if (typeof raw === 'string') return compose(raw);
  return typeof raw === 'number' || typeof raw === 'boolean' ? String(raw) : null;
}

/** True for a JSON number that has lost digits, so that its text is not what the file says. */
export const isImprecise = (raw: RawValue): boolean =>
  typeof raw === 'number' && (!Number.isFinite(raw) || (Number.isInteger(raw) && !Number.isSafeInteger(raw)));
