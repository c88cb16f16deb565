// What an approval says yes to: each limit that tripped, up to the number that the approver saw.
import type { Tripped } from './tripped';

/** One limit that was approved, up to `count` people or rows. */
export interface ApprovedLimit {
  readonly limit: Tripped['limit'];
  /** The column, for `column`. */
  readonly column?: string;
  /** What became of the column, or of the number of rows. */
  readonly became?: 'empty' | 'constant' | 'changed' | 'fewer' | 'more';
  readonly count: number;
}

/** The approval of exactly what tripped. */
export const approvalOf = (tripped: readonly Tripped[]): readonly ApprovedLimit[] =>
  tripped.map((one) => ({
    limit: one.limit,
    ...(one.limit === 'column' ? { column: one.column.quote } : {}),
    ...(one.limit === 'column' || one.limit === 'rows' ? { became: one.became } : {}),
    count: one.count,
  }));

/** True if the approval covers this trip: the same limit (of the same column, in the same way) and no more than was approved. */
export function isCovered(tripped: Tripped, approved: readonly ApprovedLimit[]): boolean {
  const [own] = approvalOf([tripped]);
  return approved.some(
    ({ limit, column, became, count }) =>
      limit === own?.limit &&
      column === own.column &&
      became === own.became &&
      // A first run is approved as such: there is nothing that its number could be compared with.
      (limit === 'firstRun' || tripped.count <= count),
  );
}
