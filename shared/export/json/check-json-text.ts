// Checks the texts of a JSON record as the cells of a CSV row are checked: damage, hidden characters, length, composed accents.
import type { Rejection } from '../../core/rejection';
import { checkLength, checkValue } from '../check-values';
import type { JsonObject, JsonValue } from '../export-record';
import { maxCellChars } from '../export-limits';
import { tidyText, withoutEdgeMarks, type Tidying } from '../text/tidy-text';

/** The record with tidy texts, and what is wrong with them: at most one rejection each. */
export interface CheckedJson {
  readonly value: JsonObject;
  readonly damage: readonly Rejection[];
  /** What was done to its texts and keys. */
  readonly tidied: ReadonlySet<Tidying>;
}

const NOTHING: ReadonlySet<Tidying> = new Set();
const UNDAMAGED: readonly Rejection[] = [];

/** Checks every text (and key) of a record that is `suspicious` or too long for one cell; `chars` is the length of the record. */
export const checkJsonText = (
  value: JsonObject,
  line: number,
  read: ReadonlySet<string>,
  suspicious: boolean,
  chars: number,
): CheckedJson => {
  if (!suspicious && chars <= maxCellChars) return { value, damage: UNDAMAGED, tidied: NOTHING };
  const damage: Rejection[] = [];
  const tidied = new Set<Tidying>();

  const checkText = (text: string, path: string, isRead: boolean): string => {
    const trouble = checkValue(withoutEdgeMarks(text), line, path, isRead) ?? checkLength(text, line, path);
    if (trouble !== null) damage.push(trouble);
    return tidyText(text, (tidying) => tidied.add(tidying));
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
    if (Array.isArray(any))
      return (any as readonly JsonValue[]).map((item, at) => checkAny(item, `${path}.${at}`, isRead));
    return checkMembers(any as JsonObject, path, isRead);
  };

  const checked = checkMembers(value, '', false);
  return { value: tidied.size > 0 ? checked : value, damage, tidied };
};
