import { asksForActive, readStatusWord } from '../../../cli/init/status-vocabulary';

const read = (word: string, column = 'Status', others: readonly string[] = []) =>
  readStatusWord(word, asksForActive(column, false), [word, ...others]);

test.each([
  ['Active', { active: true, isSure: true }],
  [' BESCHÄFTIGT ', { active: true, isSure: true }],
  ['Actif', { active: true, isSure: true }],
  ['Cesado', { active: false, isSure: true }],
  ['inactive', { active: false, isSure: true }],
  ['A', { active: true, isSure: false }],
  ['true', { active: true, isSure: false }],
])('%s is read as %o', (word, reading) => {
  expect(read(word)).toEqual(reading);
});

test.each(['Sabbatical', '', 'not active', 'activ', 'active?'])('the meaning of "%s" is unknown', (word) => {
  expect(read(word)).toBeNull();
});

test.each([
  ['Y', ['N']],
  ['n', ['Y']],
  ['t', ['f']],
  ['F', ['T']],
  ['t', []],
  ['1', ['0']],
  ['0', ['1', '3']],
  ['L', ['A', 'T']],
  ['x', []],
])('"%s" beside %j has two readings where the column only says status', (word, others) => {
  expect(read(word, 'Status', others)).toBeNull();
});

test('T beside other codes is terminated', () => {
  expect(read('T', 'Status', ['A', 'L'])).toEqual({ active: false, isSure: false });
  expect(read('T', 'Active', ['A'])).toEqual({ active: false, isSure: false });
});

test.each([
  ['Active', 'Y', true],
  ['Is Active', 'false', false],
  ['enabledUser', 'true', true],
  ['Aktiv', 'Nein', false],
  ['Terminated', 'Y', false],
  ['Inactive', 'X', false],
  ['Leaver', 'no', true],
  ['Inaktiv', '0', true],
])('under %s, %s says active: %s, and is asked about', (column, word, active) => {
  expect(read(word, column)).toEqual({ active, isSure: false });
});

test('under a question, t and f are true and false', () => {
  expect(read('t', 'Active', ['f'])).toEqual({ active: true, isSure: false });
  expect(read('f', 'Is Terminated', ['t'])).toEqual({ active: true, isSure: false });
});

test('the question of a member of a record is its last name', () => {
  expect(asksForActive('employment.isActive', true)).toBe(true);
  expect(asksForActive('employment.terminated.value', true)).toBe(false);
  expect(asksForActive('active.status', true)).toBeNull();
});
