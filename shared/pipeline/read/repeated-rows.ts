// Rows that say exactly what an earlier row of the same person says share its verdict: an export with one row per assignment has some of them.
// A file that consists of little else was made by a query that multiplies, or by somebody who wants work done for nothing: it is held.
import { holdRun } from '../../run/hold-run';

/** Repetitions that a file may have regardless of their share. Our choice, 2026-11: a fifth of a second of work. */
export const MAX_REPEATED_ROWS = 10_000;

/** Share of the rows so far above which more repetitions than that hold the file: more than three for each other row. Our choice, 2026-11. */
const MAX_REPEATED_SHARE = 0.75;

/** What is known of the file so far. */
export interface RepeatedSoFar {
  readonly rows: number;
  readonly collapsed: number;
}

/** Throws `FileHold` (`rows-repeated`) if the file repeats itself too much; `line` is that of the last repetition. */
export function limitRepeated({ rows, collapsed }: RepeatedSoFar, line: number, most = MAX_REPEATED_ROWS): void {
  if (collapsed <= most || collapsed <= rows * MAX_REPEATED_SHARE) return;
  throw holdRun('rows-repeated', { repeated: collapsed, rows, line }, { line });
}
