// Settings by somebody who wants to stop the machine: whatever they write is refused soon, with a reason that fits a property of a table.
import { inspectExpression } from '../../../shared/source/expression-syntax';
import {
  MAX_ATTRIBUTES,
  MAX_EXPRESSION_CHARS,
  MAX_EXPRESSION_DEPTH,
  MAX_EXPRESSIONS_CHARS,
  MAX_LIST_ENTRIES,
  MAX_PATH_CHARS,
  MAX_PROBLEMS_TOLD,
  MAX_SETTINGS_BYTES,
  MAX_SETTINGS_DEPTH,
  MAX_SETTINGS_TEXT_CHARS,
  MAX_SETTINGS_VALUES,
} from '../../../shared/source/settings-limits';
import { parseSourceSettings } from '../../../shared/source/source-settings';
import { lintSourceSettings } from '../../../shared/source/lint-source-settings';
import { sentenceOf } from '../../../shared/messages/catalogue';
import { baseSettings } from '../mapping/one-row';

/** A string property of a table holds so many characters (docs/design.md §4); a reason is one, with other properties beside it. */
const ROOM_FOR_REASON = 30_000;

const textOf = (members: object): string => JSON.stringify({ ...baseSettings, ...members });
const many = <T>(count: number, make: (at: number) => T): T[] => Array.from({ length: count }, (_, at) => make(at));
const table = (count: number, entry: (at: number) => readonly [string, unknown]): object =>
  Object.fromEntries(many(count, entry));
const words = (list: readonly unknown[]): object => ({ active: { column: 'Status', active: list, inactive: [] } });
const urn = 'urn:ietf:params:scim:schemas:extension:contoso:2.0:User';
const extension = (count: number, leaf: unknown): object => ({
  mapping: { [urn]: table(count, (at) => [`a${at}`, leaf]) },
});
const expressions = (count: number, expression: string): object => extension(count, { expression });
const [longText, longKey] = ['x'.repeat(MAX_SETTINGS_TEXT_CHARS), 'k'.repeat(MAX_SETTINGS_TEXT_CHARS - 10)];

const hostile: readonly (readonly [name: string, text: string, code: string])[] = [
  ['a text of 30 MB', textOf({ id: 'x'.repeat(30e6) }), 'settings-too-large'],
  ['30 MB of one text that does not end', `"${'x'.repeat(30e6)}`, 'settings-too-large'],
  ['a text that does not end', `"${'\\u0041'.repeat(MAX_SETTINGS_BYTES / 6 - 10)}`, 'settings-not-json'],
  ['30 MB of blanks', ' '.repeat(30e6), 'settings-too-large'],
  ['lists 100,000 deep', '['.repeat(100_000), 'settings-too-large'],
  ['objects 100,000 deep', '{"a":'.repeat(100_000), 'settings-too-large'],
  ['a text beyond the limit', textOf({ id: `${longText}x` }), 'settings-too-large'],
  ['a key beyond the limit', textOf({ [`${longText}x`]: 1 }), 'settings-too-large'],
  ['400,000 values', `[${'1,'.repeat(400_000)}1]`, 'settings-too-large'],
  ['20,000 unknown members', textOf(table(20_000, (at) => [`m${at}`, 1])), 'settings-member-unknown'],
  ['20,000 words of the wrong type', textOf(words(many(20_000, () => 1))), 'settings-member-form'],
  ['20,000 equal words', textOf(words(many(20_000, () => 'x'))), 'settings-status-overlap'],
  [
    '20,000 equal keys below a long one',
    `{"${longKey}":{${many(20_000, () => '"a":1').join(',')}}}`,
    'settings-key-twice',
  ],
  [
    '20,000 aliases of the wrong type below a long key',
    textOf({ file: { format: 'csv', aliases: { [longKey]: many(20_000, () => 1) } } }),
    'settings-member-form',
  ],
  [
    '20,000 unknown attributes',
    textOf({ mapping: table(20_000, (at) => [`a${at}`, 'A']) }),
    'settings-attribute-unknown',
  ],
  ['20,000 leaves without a source', textOf(extension(20_000, {})), 'settings-leaf-source'],
  ['too many attributes', textOf(extension(MAX_ATTRIBUTES + 1, 'A')), 'settings-too-large'],
  [
    'a list of 20,000 entries',
    textOf({ mapping: { emails: many(20_000, () => ({ value: 'A' })) } }),
    'settings-member-form',
  ],
  [
    'a list with an entry too many',
    textOf({ mapping: { emails: many(MAX_LIST_ENTRIES + 1, () => ({ value: 'A' })) } }),
    'settings-member-form',
  ],
  ['an expression of 10,000 characters', textOf(expressions(1, 'a.'.repeat(5_000))), 'settings-too-large'],
  [
    'expressions that are too long together',
    textOf(expressions(MAX_EXPRESSIONS_CHARS / MAX_EXPRESSION_CHARS + 1, 'A'.repeat(MAX_EXPRESSION_CHARS))),
    'settings-too-large',
  ],
  [
    'an expression in 1,900 brackets',
    textOf(expressions(1, '('.repeat(1_900) + 'A' + ')'.repeat(1_900))),
    'settings-expression-deep',
  ],
  [
    '1,000 functions in each other',
    textOf(expressions(1, '$f('.repeat(900) + '1' + ')'.repeat(900))),
    'settings-expression-deep',
  ],
  [
    'a date format with a part ten times',
    textOf(extension(1, { column: 'A', date: { format: 'yyyy-MM-dd z/z/z/z/z/z/z/z/z/z' } })),
    'settings-date-format',
  ],
  [
    '10,000 date formats',
    textOf(extension(1, { column: 'A', date: { format: many(10_000, () => 'dd/MM/yyyy') } })),
    'settings-member-form',
  ],
  [
    'a pattern for ids that never ends',
    textOf({ id: { column: 'Id', pattern: '(a)\\1*\\1*b' } }),
    'settings-pattern-invalid',
  ],
];

test.each(hostile)('%s: refused, with a reason that can be stored', (_, text, code) => {
  const parsed = parseSourceSettings(text, 'test');
  if (parsed.ok) throw new Error('these settings were taken');
  const { problems, more } = parsed;
  expect(problems.map((problem) => problem.code)).toContain(code);
  expect(problems.length).toBeLessThanOrEqual(MAX_PROBLEMS_TOLD);
  expect(Math.max(...problems.map(({ path }) => path.length))).toBeLessThanOrEqual(MAX_PATH_CHARS + 1);
  const reason = { code: 'source-invalid', values: { settings: { quote: 'test' }, problems, more } };
  expect(JSON.stringify(reason).length).toBeLessThan(ROOM_FOR_REASON);
  expect(sentenceOf(reason).length).toBeLessThan(ROOM_FOR_REASON);
});

test('the mistakes that are not told are counted', () => {
  const parsed = parseSourceSettings(textOf(table(500, (at) => [`m${at}`, 1])), 'test');
  expect(parsed).toMatchObject({ ok: false, more: 500 - MAX_PROBLEMS_TOLD });
  const few = parseSourceSettings(textOf({ m: 1 }), 'test');
  expect(few).toMatchObject({ ok: false, more: 0 });
  const values = { settings: { quote: 'test' }, problems: [], more: 500 };
  expect(sentenceOf({ code: 'source-invalid', values })).toMatch(/have 500 mistakes.* … and 500 more\.$/);
});

const large: readonly (readonly [name: string, members: object])[] = [
  ['the longest text', { active: { column: 'Status', active: [longText], inactive: [] } }],
  [
    'the most attributes, all of one column with a table',
    extension(MAX_ATTRIBUTES, { column: 'A', values: { x: 'y' } }),
  ],
  ['the longest list', { mapping: { emails: many(MAX_LIST_ENTRIES, () => ({ value: 'A' })) } }],
  ['a large table', extension(1, { column: 'A', values: table(20_000, (at) => [`department ${at}`, 'x']) })],
  [
    'expressions at their limits',
    expressions(MAX_EXPRESSIONS_CHARS / MAX_EXPRESSION_CHARS, `${'A&'.repeat(99)}A`.padEnd(MAX_EXPRESSION_CHARS)),
  ],
];
test.each(large)('%s is read and judged', (_, members) => {
  const parsed = parseSourceSettings(textOf(members), 'test');
  expect(parsed).toMatchObject({ ok: true });
  if (parsed.ok) expect(lintSourceSettings(parsed.settings).length).toBeGreaterThan(0);
});

test('values and levels are counted exactly', () => {
  const list = (count: number): string => `[${many(count - 1, () => '1').join(',')}]`;
  const deep = (levels: number): string => '['.repeat(levels) + ']'.repeat(levels);
  const codesOf = (text: string): readonly string[] => {
    const parsed = parseSourceSettings(text, 'test');
    return parsed.ok ? [] : parsed.problems.map(({ code }) => code);
  };
  expect(codesOf(list(MAX_SETTINGS_VALUES))).not.toContain('settings-too-large');
  expect(codesOf(list(MAX_SETTINGS_VALUES + 1))).toEqual(['settings-too-large']);
  expect(codesOf(deep(MAX_SETTINGS_DEPTH + 1))).not.toContain('settings-too-large');
  expect(codesOf(deep(MAX_SETTINGS_DEPTH + 2))).toEqual(['settings-too-large']);
  const sized = (bytes: number): string => textOf({}).padEnd(bytes);
  expect(codesOf(sized(MAX_SETTINGS_BYTES))).toEqual([]);
  expect(codesOf(sized(MAX_SETTINGS_BYTES + 1))).toEqual(['settings-too-large']);
});

test('the depth of an expression is that of its syntax, and an expression as deep as allowed is taken', () => {
  const joined = (parts: number): string => many(parts, (at) => `A${at}`).join(' & ');
  expect(inspectExpression(joined(MAX_EXPRESSION_DEPTH - 2)).ok).toBe(true);
  expect(inspectExpression(joined(MAX_EXPRESSION_DEPTH + 2))).toMatchObject({ code: 'settings-expression-deep' });
});
