// The id of a person: its text in a row, and when two ids mean one person.
import { textOf, type RawValue } from './raw-value';

/** The text of an id, without outer spaces: digits for a JSON number, '' for a value that is no id (blank, a list, an object). */
export const idTextOf = (raw: RawValue): string => textOf(raw)?.trim() ?? '';

/** The key under which ids are compared: ids that differ only in case, spaces or leading zeros are one person. */
export const foldId = (id: string): string =>
  id
    .replace(/\s+/g, '')
    .toLowerCase()
    .replace(/^0+(?=.)/, '');
