// The file of rows to correct: rows that did not get through, then those that go without a value, as far as there is room.
import { RowsToCorrect } from '../../../../shared/pipeline/report/choose-rows';
import type { RowFate } from '../../../../shared/report/row-fates';

const fate = (row: number, verdict: RowFate['verdict'], isIncomplete = false): RowFate => ({
  ...{ row, line: row + 1, id: `p${row}`, verdict, code: null, message: null, serviceWords: null, column: null },
  turnedOn: false,
  nameHolder: null,
  leftOut: isIncomplete ? [{ code: 'phone-unreadable', values: {}, column: 'Phone', inPlace: 'nothing' }] : [],
});
const chosen = (fates: readonly RowFate[], most?: number): readonly [readonly number[], number] => {
  const rows = new RowsToCorrect(most);
  for (const one of fates) rows.add(one);
  return [[...rows.chosen().keys()], rows.total];
};

test('a row is in it that was rejected, that failed, or that goes without a value', () => {
  const fates = [
    fate(1, 'created'),
    fate(2, 'rejected'),
    fate(3, 'updated', true),
    fate(4, 'failed'),
    fate(5, 'unchanged', true),
  ];
  expect(chosen(fates)).toEqual([[2, 4, 3, 5], 4]);
});
test('rows that did not get through have the first right to the room, wherever they are in the file', () => {
  const fates = [fate(1, 'updated', true), fate(2, 'updated', true), fate(3, 'rejected'), fate(4, 'failed')];
  expect(chosen(fates, 3)).toEqual([[3, 4, 1], 4]);
  expect(chosen(fates, 1)).toEqual([[3], 4]);
});
test('a row that a newer file has replaced is not in it: dropped again, it would be newer than that one', () => {
  expect(chosen([fate(1, 'superseded', true)])).toEqual([[], 0]);
});
