// The text of an id, and which ids are one person.
import { foldId, idTextOf } from '../../../shared/columns/id';

test.each([
  [' 0017 ', '0017'],
  [4711, '4711'],
  [true, 'true'],
  ['e\u0301', '\u00e9'],
  ['', ''],
  ['  ', ''],
  [null, ''],
  [undefined, ''],
  [['17'], ''],
  [{ id: '17' }, ''],
])('the id of %j is %j', (raw, id) => {
  expect(idTextOf(raw)).toBe(id);
});

test.each([
  ['0017', '17'],
  ['AB 12', 'ab12'],
  ['\u00a017', '17'],
  ['000', '0'],
])('%j and %j are one person', (one, other) => {
  expect(foldId(one)).toBe(foldId(other));
});

test.each([
  ['17', '170'],
  ['A17', '17'],
  ['0', ''],
  ['A-1', 'A1'],
])('%j and %j are two', (one, other) => {
  expect(foldId(one)).not.toBe(foldId(other));
});
