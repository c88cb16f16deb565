// The mark in the column `rollcall_row` of a to-correct file: which row it was, and whose. If an id in the corrected
// file no longer fits its mark, cells moved between rows in the spreadsheet.
import { stableHash } from '../core/hash';

/** Hex digits of the id's hash: enough to notice a shifted row. */
const MARK_DIGITS = 6;

// Not folded: an id that comes back without its zeros would be another account.
const markOf = (id: string): string => stableHash([id], MARK_DIGITS);

/** `r17.3f9a2c`; `r17.new` for a row whose id itself must be corrected. Starts with a letter so that Excel leaves it alone. */
export const rowMark = (row: number, id: string | null): string => `r${row}.${id === null ? 'new' : markOf(id)}`;

/** False if the mark was made for another id. A missing mark, or one made without an id, fits every id. */
export function fitsMark(mark: string, id: string): boolean {
  const made = /^r\d+\.([0-9a-f]+|new)$/.exec(mark.trim())?.[1];
  return made === undefined || made === 'new' || made === markOf(id);
}
