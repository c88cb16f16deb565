// Rows with a misplaced quote are rejected one by one; a file that consists mostly of them was written by a program that does not
// quote, and each such row costs as much as fifty others (docs/adr/0008-csv-parser.md). So it is held before it takes minutes.
import { holdFile } from '../hold-file';

/** Rows with a misplaced quote that a file may have regardless of their share: some 1.5 s of work. Our choice, 2026-11. */
export const maxSpoiledRows = 5_000;

/** Share of the rows read so far above which more spoiled rows than that hold the file. */
const maxSpoiledShare = 0.5;

/** Makes the counter of one file, to be called for each spoiled row with its number and line; throws the hold when there are too many. */
export const createSpoiledRowsLimit = (maxRows = maxSpoiledRows): ((row: number, line: number) => void) => {
  let spoiled = 0;
  return (row, line) => {
    spoiled++;
    if (spoiled <= maxRows || spoiled <= row * maxSpoiledShare) return;
    throw holdFile('quotes-misplaced', { spoiled, rows: row, line }, { line });
  };
};
