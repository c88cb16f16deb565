import fc from 'fast-check';
import jsonata from 'jsonata';
import type { JsonObject } from '../../../shared/export/export-record';
import { compileExpression, expressionTimeoutMs } from '../../../shared/mapping/expression-value';
import { isFailed } from '../../../shared/mapping/expression-wire';
import { compileRowExpressions } from '../../../shared/mapping/row-expressions';
import { UNTOUCHED } from '../../../shared/mapping/row-in-hand';
import { compileJoin, compileRecordJoin } from '../../../shared/mapping/joined-columns';
import { csvShape, mapRow, mapValue, settingsWith } from './one-row';

const failed: readonly (readonly [name: string, expression: string, code: string])[] = [
  ['recursion without end', '($f := function($x) { 1 + $f($x) }; $f(1))', 'expression-limit'],
  ['an endless list', '$count([1..9000000])', 'expression-limit'],
  ['a text padded without end', '$length($pad(Value, 3e7))', 'expression-limit'],
  ['a text padded without end in front', '$pad(Value, -3e7, "ab")', 'expression-limit'],
  ['a text that doubles and doubles', '$reduce([1..22], function($a, $b) { $a & $a }, Value)', 'expression-limit'],
  ['a list joined without end', '($x := $pad(Value, 1000); $join([1..9000].$x))', 'expression-limit'],
  ['a text replaced without end', '($x := $pad("", 10000, "a"); $replace($x, "a", $x))', 'expression-limit'],
  ['a value of the wrong kind', '$number(Value)', 'expression-failed'],
  ['an error that it raises itself', '$error("no")', 'expression-failed'],
  ['a list as result', '$split(Value, "")', 'value-not-single'],
  ['an object as result', '{ "a": Value }', 'value-not-single'],
  ['a function as result', '$uppercase', 'value-not-single'],
];

test.each(failed)('%s rejects the row', async (_name, expression, code) => {
  expect(await mapValue({ expression }, 'abc')).toEqual({ code });
});

test('an endless loop is stopped by the clock', async () => {
  const run = compileExpression('($f := function($x) { $f($x) }; $f(1))', 20);
  expect(await run({})).toMatchObject({ failed: 'expression-limit', isSlow: true });
});

test('the expressions of a row share its time, and the others of a row with a failure are not evaluated', async () => {
  let now = 0;
  const [slow, failing] = ['$uppercase(Value)', '$number(Value)'];
  const evaluate = (texts: readonly string[]) =>
    compileRowExpressions({ texts, columns: ['Value'] }, () => (now += expressionTimeoutMs / 2))(['abc']);
  expect(await evaluate([slow, slow, slow, slow])).toEqual([
    'ABC',
    'ABC',
    { failed: 'expression-limit', trouble: { trouble: 'too-slow', maxMs: expressionTimeoutMs }, isSlow: true },
    null,
  ]);
  expect(await evaluate([failing, slow])).toMatchObject([{ failed: 'expression-failed', isSlow: false }, null]);
});

describe('a computer that stands still while a row is evaluated', () => {
  const setup = { texts: ['$uppercase(Value)', '$lowercase(Value)'], columns: ['Value'] };
  const tooSlow = { failed: 'expression-limit', isSlow: true };
  /** A clock that jumps by more than a row may take at these of its readings. */
  const jumping = (...jumps: readonly number[]) => {
    let [readings, now] = [0, 0];
    return () => (now += jumps.includes(++readings) ? expressionTimeoutMs + 1 : 0);
  };
  // Each try reads the clock when it begins and before each expression.
  test('between two expressions, costs it nothing', async () =>
    expect(await compileRowExpressions(setup, jumping(3))(['Abc'])).toEqual(['ABC', 'abc']));
  test('in an expression, costs it nothing', async () => {
    const clock = jest
      .spyOn(Date, 'now')
      .mockReturnValueOnce(0)
      .mockReturnValueOnce(expressionTimeoutMs + 1);
    try {
      expect(await compileRowExpressions(setup)(['Abc'])).toEqual(['ABC', 'abc']);
    } finally {
      clock.mockRestore();
    }
  });
  test('twice, makes it a slow row; whoever waits is told before the second try', async () => {
    let told = 0;
    const evaluate = compileRowExpressions(setup, jumping(3, 6));
    const tell = () => Promise.resolve(void (told += 1));
    expect(await evaluate(['Abc'], tell)).toMatchObject(['ABC', tooSlow]);
    expect([await evaluate(['Abc'], tell), told]).toEqual([['ABC', 'abc'], 1]);
  });
  test('is no reason to ask a row again that failed for another one', async () => {
    let readings = 0;
    const texts = ['$number(Value)'];
    const evaluate = compileRowExpressions({ ...setup, texts }, () => ++readings);
    expect(await evaluate(['Abc'])).toMatchObject([{ failed: 'expression-failed' }]);
    expect(readings).toBe(2);
  });
});

test.each([
  '$pad(Value, 6) & "|"',
  '$pad(Value, -6) & "|"',
  '$pad(Value, 7, "")',
  '$pad(Value, 8.9, "xy")',
  '$pad(Value, -8, "🙂z")',
  '$pad("🙂é", 5, "-")',
  '$pad(Value, 2)',
  '$pad(Missing, 5)',
  'Value.$pad(5)',
  '$join([Value, "b"], ", ")',
  '$join([Value, "b"])',
  '$join("a", "-")',
  '$join(Missing, "-")',
  '$join([])',
  '$join(["🙂", "é"], "")',
  '[Value, "b"].$pad(4) ~> $join("|")',
  '$join([1, 2])',
  '$join(["a"], 1)',
  '$pad(Value, "x")',
])('%s gives what JSONata itself gives', async (expression) => {
  const input = { Value: 'abc' };
  const plain: unknown = await jsonata(expression)
    .evaluate(input)
    .catch(() => 'failed');
  const ours = await compileExpression(expression)(input);
  expect(isFailed(ours) ? 'failed' : ours).toEqual(plain);
});

test.each(['now', 'millis', 'random', 'shuffle', 'eval', 'toMillis'])(
  '$%s does not exist even without the check',
  async (name) => {
    const failure = await compileExpression(`$${name}()`)({});
    expect(failure).toMatchObject({ failed: 'expression-failed' });
  },
);

const offered: readonly (readonly [expression: string, expected: unknown])[] = [
  ['Value', 'abc'],
  ['$length(Value)', '3'],
  ['Missing & Value', 'abc'],
  ['constructor', undefined],
  ['$exists(`__proto__`)', 'false'],
  ["Value = 'abc' ? 'x' : 'y'", 'x'],
  ['$substringBefore(Value, "b")', 'a'],
  ['$replace(Value, /[ac]/, "x")', 'xbx'],
  ['$replace(Value, /(a)(b)?/, "$2$1")', 'bac'],
  ['$match(Value, /(?:b|c)+/).match', 'bc'],
];

test.each(offered)('%s over a CSV row gives %j', async (expression, expected) => {
  expect(await mapValue({ expression }, ' abc ')).toEqual(expected);
});

test('in JSON an expression reads the record as it is', async () => {
  const settings = settingsWith({
    file: { format: 'json' },
    mapping: { title: { expression: "$join(jobs.name, ', ')" } },
  });
  const mapped = await mapRow(settings, { Id: '1', Status: 'Active', jobs: [{ name: 'a' }, { name: 'b' }] });
  expect(mapped).toMatchObject({ user: { title: 'a, b' } });
});

test('an expression cannot change the row for the leaves after it', async () => {
  const mapping = { displayName: { expression: '($ ~> |$|{"Value": "changed"}|).Value' }, title: 'Value' };
  const settings = settingsWith({ file: { format: 'json' }, mapping });
  const mapped = await mapRow(settings, { Id: '1', Status: 'Active', Value: 'x' });
  expect(mapped).toMatchObject({ user: { displayName: 'changed', title: 'x' } });
});

const columns = ['A', 'First name', 'constructor'];
const part = fc.oneof(
  fc.constantFrom('A', '`First name`', 'constructor', 'Missing'),
  fc.string({ unit: 'grapheme-ascii', maxLength: 5 }).map((text) => JSON.stringify(text)),
);

test('joined columns give what the interpreter gives, for all texts and cells', async () => {
  const parts = fc.array(part, { minLength: 1, maxLength: 5 });
  const row = fc.array(fc.string({ unit: 'grapheme' }), { minLength: 3, maxLength: 3 });
  await fc.assert(
    fc.asyncProperty(parts, row, async (texts, cells) => {
      const expression = texts.join(' & ');
      const join = compileJoin(expression, csvShape(columns));
      expect(join).not.toBeNull();
      const input = Object.fromEntries(columns.map((column, index) => [column, cells[index]!.normalize('NFC').trim()]));
      const expected = (await jsonata(expression).evaluate(input)) as string | undefined;
      const joined = join!({ line: 1, cells, value: {}, results: [], managers: null, ...UNTOUCHED });
      // A lone missing column is "nothing" to the interpreter; both are blank to the mapping.
      expect(joined).toBe(expected ?? '');
    }),
  );
});

test('joined members of a JSON record give what the interpreter gives, or are left to it', async () => {
  const value = fc.oneof(fc.string({ unit: 'grapheme' }), fc.jsonValue({ maxDepth: 1 }));
  const record = fc.dictionary(fc.constantFrom('A', 'First name', 'constructor'), value);
  let quick = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(part, { minLength: 1, maxLength: 5 }), record, async (texts, members) => {
      const expression = texts.join(' & ');
      const joined = compileRecordJoin(expression)!(members as JsonObject);
      if (joined === null) return;
      quick += 1;
      expect(joined).toBe(((await jsonata(expression).evaluate(members)) as string | undefined) ?? '');
    }),
  );
  expect(quick).toBeGreaterThan(10);
});

test.each([
  [{ A: 'x', B: 'y' }, 'x y'],
  [{ A: 1, B: 'y' }, '1 y'],
  [{ B: 'y' }, 'y'],
  [{ A: ['x'], B: null }, '["x"] null'],
])('in JSON, A & " " & B over %j gives %s', async (members, expected) => {
  const settings = settingsWith({ file: { format: 'json' }, mapping: { title: { expression: "A & ' ' & B" } } });
  expect(await mapRow(settings, { Id: '1', Status: 'Active', ...members })).toMatchObject({
    user: { title: expected },
  });
});

test.each(['A[0] & B', 'A.B', '$uppercase(A)', 'A & 1', 'A^(B)', 'A{B: C}', '-A', '(A; B)', '**', '$'])(
  '%s is left to the interpreter',
  (expression) => expect(compileJoin(expression, csvShape(columns))).toBeNull(),
);
