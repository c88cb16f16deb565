// What is wrong with the form of an id, as Excel and people write them.
import fc from 'fast-check';
import { createIdJudge } from '../../../shared/columns/id';

const codeOf = (pattern: string | null, id: string): string | null => createIdJudge(pattern)(id)?.code ?? null;

test.each([
  ['E12', null],
  ['77', null],
  ['E123', 'id-of-wrong-form'],
  ['xE12', 'id-of-wrong-form'],
  ['777', 'id-of-wrong-form'],
])('the pattern is for the whole of %s: %s', (id, code) => {
  expect(codeOf('E\\d{2}|77', id)).toBe(code);
});

test.each([
  ['1.23E+05', 'id-in-scientific-notation'],
  ['1,23e-5', 'id-in-scientific-notation'],
  ['1E5', null],
  ['="00123"', 'id-as-formula'],
  ['00123', null],
])('without a pattern, %s has the problem %s', (id, code) => {
  expect(codeOf(null, id)).toBe(code);
});

test('what matches the pattern is valid, whatever it looks like', () => {
  expect(codeOf('.*', '1.23E+05')).toBeNull();
  expect(codeOf('.*', '="1"')).toBeNull();
});

test('a blank id has no form', () => {
  expect(codeOf('\\d{6}', '')).toBeNull();
});

test('up to twelve zeros are given back, and not a thirteenth', () => {
  expect(createIdJudge('\\d{13}')('1')).toEqual({ code: 'id-lost-zeros', restored: '0000000000001' });
  expect(codeOf('\\d{14}', '1')).toBe('id-of-wrong-form');
});

test('an id that lost its zeros is reported with all of them, for all ids', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 99_999 }), (number) => {
      const id = String(number).padStart(6, '0');
      expect(createIdJudge('\\d{6}')(String(number))).toEqual({ code: 'id-lost-zeros', restored: id });
      expect(codeOf('\\d{6}', id)).toBeNull();
    }),
  );
});

test('a pattern that never ends is reported after twenty slow matches, and none of them matches', () => {
  const judge = createIdJudge('(\\d+)*x');
  const id = '1'.repeat(40);
  // One id and the attempts with leading zeros: 13 matches.
  expect(judge(id)).toEqual({ code: 'id-of-wrong-form' });
  expect(judge(id)).toEqual({ code: 'id-pattern-slow', slowMatches: 20 });
});
