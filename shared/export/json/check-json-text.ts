// Checks the texts of a JSON record as the cells of a CSV row are checked: damage, hidden characters, length, composed accents.
import type { Rejection } from '../../core/rejection';
import { checkLength, checkValue } from '../check-values';
import type { JsonObject, JsonValue } from '../export-record';
import { maxCellChars } from '../export-limits';

/** The record with composed accents, and why it must be rejected, if it must. */
export interface CheckedJson {
  readonly value: JsonObject;
  readonly rejection: Rejection | null;
  /** True if an accent was composed. */
  readonly composed: boolean;
}

/** Checks every text (and key) of a record that is `suspicious` or too long for one cell; `chars` is the length of the record. */
export const checkJsonText = (
  value: JsonObject,
  line: number,
  read: ReadonlySet<string>,
  suspicious: boolean,
  chars: number,
): CheckedJson => {
  if (!suspicious && chars <= maxCellChars) return { value, rejection: null, composed: false };
  const found: { rejection: Rejection | null; composed: boolean } = { rejection: null, composed: false };

  const checkText = (text: string, path: string, isRead: boolean): string => {
    // Checked even after a first rejection, because damaged text holds the file.
    const trouble = checkValue(text, line, path, isRead);
    found.rejection ??= trouble ?? checkLength(text, line, path);
    const nfc = text.normalize('NFC');
    if (nfc !== text) found.composed = true;
    return nfc;
  };
  const checkMembers = (object: JsonObject, path: string, isRead: boolean): JsonObject =>
    Object.fromEntries(
      Object.entries(object).map(([key, member]) => {
        const at = path === '' ? key : `${path}.${key}`;
        const reads = isRead || read.has(key);
        checkValue(key, line, at, false);
        return [key.normalize('NFC'), checkAny(member, at, reads)];
      }),
    );
  const checkAny = (any: JsonValue, path: string, isRead: boolean): JsonValue => {
    if (typeof any === 'string') return checkText(any, path, isRead);
    if (typeof any !== 'object' || any === null) return any;
    if (Array.isArray(any)) return (any as readonly JsonValue[]).map((item) => checkAny(item, path, isRead));
    return checkMembers(any as JsonObject, path, isRead);
  };

  const checked = checkMembers(value, '', false);
  return { value: found.composed ? checked : value, ...found };
};
