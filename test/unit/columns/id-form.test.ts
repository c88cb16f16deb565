// What is wrong with the form of an id, as Excel and people write them.
import fc from 'fast-check';
import { createIdJudge, idMatchBudgetMs } from '../../../shared/columns/id';
import { compileIdPattern, maxIdChars } from '../../../shared/columns/id-pattern';
import { maxPatternChars } from '../../../shared/columns/linear-pattern';

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

test.each(['12\r\n34', '12\t34', '12\u000034', '12\u008534', '12\u202834', '12\uD80034'])(
  'an id with a character that nobody sees is none, whatever the pattern: %j',
  (id) => {
    for (const pattern of [null, '.*', '(?s).*']) expect(codeOf(pattern, id)).toBe('id-with-control-characters');
  },
);
test.each(['12 34', 'Ü-1', '\u{1F600}'])('%s has no such character', (id) => {
  expect(codeOf(null, id)).toBeNull();
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

// Patterns for which the engine of JavaScript takes seconds to years, each with an id that almost fits. With it, this file would never end.
const hostile: readonly (readonly [pattern: string, id: string])[] = [
  ['(?:a|a|a|a|a|a|a|a)+', `${'a'.repeat(30)}!`],
  ['(\\d+)*x', '1'.repeat(256)],
  ['(?:a?){12}a{12}', `${'a'.repeat(23)}!`],
  ['(a?){100}a{100}', 'a'.repeat(99)],
  ['(?:.*a){12}', 'a'.repeat(256).replace(/a$/, 'b')],
  ['(?:[ab]*a[ab]{200}|[ab]*b[ab]{150})x', 'ab'.repeat(128)],
];
test.each(hostile)('%s is matched in one pass: no id fits it by trying again', (pattern, id) => {
  expect(codeOf(pattern, id)).toBe('id-of-wrong-form');
});

test('an id longer than any fits no pattern', () => {
  expect(codeOf('a+', 'a'.repeat(maxIdChars))).toBeNull();
  expect(codeOf('a+', 'a'.repeat(maxIdChars + 1))).toBe('id-too-long');
});

test('ids that take too long together are reported with their number', () => {
  let now = 0;
  const judge = createIdJudge('\\d{6}', () => (now += idMatchBudgetMs / 3));
  expect(judge('123456')).toBeNull();
  expect(judge('123457')).toBeNull();
  expect(judge('123458')).toEqual({ code: 'id-pattern-slow', ids: 3 });
});

const faults: readonly (readonly [pattern: string, fault: string | null])[] = [
  ['(', 'syntax'],
  ['[[:alpha:]]', 'syntax'],
  ['(?i)a', 'syntax'],
  ['(?!0)\\d{6}', 'not-linear'],
  ['(?<=E)\\d', 'not-linear'],
  ['(a)\\1', 'not-linear'],
  ['(?<n>a)\\k<n>', 'not-linear'],
  ['\\\\\\\\k', null],
  ['\\d{2000}', 'too-large'],
  ['(\\d{100}){100}', 'too-large'],
  ['\\d{600}\\d{600}', 'too-large'],
  ['1'.repeat(maxPatternChars + 1), 'too-large'],
  ['1'.repeat(maxPatternChars), null],
  ['\\d{6}', null],
  ['[A-Z]{2}\\d{5,8}|\\u{1F600}', null],
  ['\\p{Lu}+-[^-]{1,64}', null],
];
test.each(faults)('the pattern %s: %s', (pattern, fault) => {
  const form = compileIdPattern(pattern);
  expect(form.ok ? null : form.fault).toBe(fault);
});

test('a pattern means what it means to JavaScript, for plain patterns and all ids', () => {
  const atom = fc.constantFrom('\\d', '[A-Z]', 'E', '-', '[0-9a-f]', '.', '(?:AB|C)', '\\p{L}', '[^-]');
  const times = fc.constantFrom('', '?', '+', '*', '{2}', '{1,3}');
  const pattern = fc.array(fc.tuple(atom, times), { minLength: 1, maxLength: 4 }).map((parts) => parts.flat().join(''));
  const id = fc.string({ unit: fc.constantFrom('0', '7', 'A', 'B', 'C', 'E', '-', 'é', '😀', 'f'), maxLength: 8 });
  fc.assert(
    fc.property(pattern, id, (text, value) => {
      const form = compileIdPattern(text);
      expect(form.ok && form.fits(value)).toBe(new RegExp(`^(?:${text})$`, 'u').test(value));
    }),
    { numRuns: 500 },
  );
});

describe('the length of an id', () => {
  test.each([null, 'x*'])('is bounded, whatever the pattern (%s) says', (pattern) => {
    expect(codeOf(pattern, 'x'.repeat(maxIdChars))).toBeNull();
    expect(createIdJudge(pattern)('x'.repeat(maxIdChars + 1))).toEqual({ code: 'id-too-long', chars: maxIdChars + 1 });
  });
});
