// How often a file may repeat itself.
import { FileHold } from '../../../../shared/core/errors';
import { limitRepeated, MAX_REPEATED_ROWS } from '../../../../shared/pipeline/read/repeated-rows';

const heldBy = (rows: number, collapsed: number, most?: number): string | null => {
  try {
    limitRepeated({ rows, collapsed }, rows + 1, most);
    return null;
  } catch (error) {
    expect(error).toBeInstanceOf(FileHold);
    const { code, values, at } = error as FileHold;
    expect([values, at.line]).toEqual([{ repeated: collapsed, rows, line: rows + 1 }, rows + 1]);
    return code;
  }
};

test.each([
  ['few repetitions, whatever their share', 10, 9, 10, null],
  ['as many as are allowed', 11, 10, 10, null],
  ['one more, if they are most of the file', 12, 11, 10, 'rows-repeated'],
  ['many, but three of four rows at most', 400, 300, 10, null],
  ['more than three of four', 400, 301, 10, 'rows-repeated'],
] as const)('%s', (_, rows, collapsed, most, code) => {
  expect(heldBy(rows, collapsed, most)).toBe(code);
});

test('the sentence names the limit', () => {
  expect(heldBy(MAX_REPEATED_ROWS + 1, MAX_REPEATED_ROWS)).toBeNull();
  expect(heldBy(MAX_REPEATED_ROWS + 2, MAX_REPEATED_ROWS + 1)).toBe('rows-repeated');
});
