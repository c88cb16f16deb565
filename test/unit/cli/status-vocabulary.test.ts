import { readStatusWord } from '../../../cli/init/status-vocabulary';

test.each([
  ['Active', { active: true, isSure: true }],
  [' BESCHÄFTIGT ', { active: true, isSure: true }],
  ['Actif', { active: true, isSure: true }],
  ['Cesado', { active: false, isSure: true }],
  ['inactive', { active: false, isSure: true }],
  ['A', { active: true, isSure: false }],
  ['0', { active: false, isSure: false }],
])('%s is read as %o', (word, reading) => {
  expect(readStatusWord(word)).toEqual(reading);
});

test.each(['Sabbatical', '', 'not active', 'activ', 'active?'])('the meaning of "%s" is unknown', (word) => {
  expect(readStatusWord(word)).toBeNull();
});
