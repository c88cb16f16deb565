// A leaf without whose value a row may go: what would reject the row leaves the value out, and is noted. Never null in its place.
import type { Rejection } from '../core/rejection';
import type { LeafReader } from './leaf-value';
import { rejectionOf, type MappedLeaf, type RowInHand } from './row-in-hand';

/** Makes a leaf tolerant: its reader notes in `leftOut` why there is no value, and leaves `rejection` as it was. */
export function tolerate(leaf: MappedLeaf, read: LeafReader): LeafReader {
  return (row) => {
    const known = row.refused.get(leaf) ?? row.damage.find(leaf.reads);
    if (known !== undefined) {
      leaveOut(row, leaf, known);
      return undefined;
    }
    const before = row.rejection;
    row.rejection = null;
    const value = read(row);
    const why = rejectionOf(row);
    row.rejection = before;
    if (why === null) return value;
    leaveOut(row, leaf, why);
    return undefined;
  };
}

function leaveOut(row: RowInHand, { place }: MappedLeaf, why: Rejection): void {
  row.leftOut = [...row.leftOut, { place, why }];
}
