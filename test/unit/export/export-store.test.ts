// Which source a dropped file belongs to.
import { sourceOf, sourceOrNone } from '../../../shared/export/export-store';
import { sourceSchema } from '../../../shared/source/settings-schema';

test.each([
  ['hr/people.csv', 'hr'],
  ['hr/2026/people.csv', 'hr'],
  ['people.csv', null],
  ['/people.csv', null],
])('the source of %s is %s', (name, source) => {
  expect(sourceOf(name)).toBe(source);
});

test('a file outside the folders has a source of its own whose name no folder can have', () => {
  expect(sourceOrNone('hr/people.csv')).toBe('hr');
  expect(sourceOrNone('people.csv')).toBe('_none');
  expect(new RegExp(sourceSchema.properties.name.pattern!).test('_none')).toBe(false);
});
