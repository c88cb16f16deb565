// How many rows with a misplaced quote a file may have.
import { FileHold } from '../../../shared/core/errors';
import { createSpoiledRowsLimit } from '../../../shared/export/csv/spoiled-rows';

/** The row at which a file with these spoiled rows is held. */
const heldAt = (spoiled: readonly number[]): number | null => {
  const limit = createSpoiledRowsLimit(10);
  for (const row of spoiled) {
    try {
      limit(row, row + 1);
    } catch (cause) {
      if (cause instanceof FileHold && cause.code === 'quotes-misplaced' && cause.at.line === row + 1) return row;
      throw cause;
    }
  }
  return null;
};
const numbers = (count: number, from: number, step: number): number[] =>
  Array.from({ length: count }, (_, index) => from + index * step);

describe('rows with a misplaced quote', () => {
  test('are all rejected one by one up to the limit, and the next one holds the file', () => {
    expect(heldAt(numbers(10, 1, 1))).toBeNull();
    expect(heldAt(numbers(11, 1, 1))).toBe(11);
  });

  test('are rejected one by one in any number if they are not most of the rows', () => {
    expect(heldAt(numbers(1_000, 2, 2))).toBeNull();
    expect(heldAt(numbers(1_000, 1, 2))).toBe(21);
  });

  test('hold the file as soon as they are most of the rows', () => {
    expect(heldAt(numbers(200, 101, 1))).toBe(201);
  });
});
