// The process in which expressions run: it ends what nothing else ends, and the next rows and files go on.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { RowResults } from '../../../shared/mapping/expression-wire';
import { isFailed } from '../../../shared/mapping/expression-wire';
import { expressionTimeoutMs } from '../../../shared/mapping/expression-value';
import { openExpressions, type Expressions } from '../../../shared/mapping/expressions';
import { csvShape, NOW, settingsWith } from '../../unit/mapping/one-row';
import { compileMapping } from '../../../shared/mapping/compile-mapping';
import { expressionsHere } from '../../unit/mapping/expressions-here';

/** Shorter than the product's, so that a test need not wait as long; a harmless row takes a thousandth of it. */
const LIMITS = { maxSilenceMs: 500, maxLostMs: 2_000, maxFileMs: 600_000 };

const opened: Expressions[] = [];
afterAll(() => opened.forEach((one) => one.end()));
function open(text: string, columns: readonly string[] | null = ['Value']): Expressions {
  const expressions = openExpressions({ texts: [text], columns }, LIMITS);
  opened.push(expressions);
  return expressions;
}
const firstOf = (results: readonly RowResults[]): unknown[] =>
  results.map(([result]) => (isFailed(result) ? result.failed : result));

test('rows come back in their order, whatever is in them, with what the library gives', async () => {
  const texts = ['$uppercase(Value)', 'Value = "" ? $error("blank") : Value', '[1..3]', 'Missing'];
  const values = [' a ', 'é', '', '\ud800', '\u0000', 'x'.repeat(32_767), ...Array.from({ length: 300 }, String)];
  const setup = { texts, columns: ['Value'] };
  const there = openExpressions(setup);
  opened.push(there);
  const rows = values.map((value) => [value]);
  expect(await there.evaluate(rows)).toEqual(await expressionsHere(setup).evaluate(rows));
});

test('records of JSON are read as they are', async () => {
  const setup = { texts: ['$string(a)', '$keys($)[0]', 'b.c[0] + 1', 'd', 'e'], columns: null };
  const record = { ['__proto__']: 1, a: 1e21, b: { c: [-0.5] }, d: true, e: null };
  const there = openExpressions(setup);
  opened.push(there);
  expect(await there.evaluate([record])).toEqual(await expressionsHere(setup).evaluate([record]));
});

// Each would keep a process busy for minutes to years, or use all of its memory; the library's own limits see none of them.
const hostile: readonly (readonly [name: string, expression: string])[] = [
  ['a pattern that tries again', '$contains(Value, /^(?:a|a|a|a)+$/)'],
  ['a pattern without a repeated group', '$contains(Value, /a*a*a*a*a*a*a*a*a*a*b/)'],
  ['a pattern of parts that may be missing', `$contains(Value, /${'a?'.repeat(32)}${'a'.repeat(32)}b/)`],
  ['a pattern that refers back', '$contains(Value, /(a*)*\\1*\\1*b/)'],
  ['distinct objects', '$count($distinct([1..9999].{"a": $, "b": [$, $, $]}))'],
  ['a text of a shared tree', '$length($string($reduce([1..40], function($x, $i) { {"l": $x, "r": $x} }, Value)))'],
  ['the values of a shared tree', '$count($reduce([1..40], function($x, $i) { {"l": $x, "r": $x} }, Value).**)'],
  ['lists that double', '$count($reduce([1..30], function($x, $i) { $append($x, $x) }, [Value, Value]))'],
];
test.each(hostile)('%s is ended, its row is rejected, and the rows around it are not', async (_, expression) => {
  const guarded = `Value = "harmless" ? "fine" : ${expression}`;
  const expressions = open(guarded);
  const rows = [['harmless'], ['harmless'], [`${'a'.repeat(60)}!`], ['harmless']];
  expect(firstOf(await expressions.evaluate(rows))).toEqual(['fine', 'fine', 'expression-limit', 'fine']);
  expect(firstOf(await expressions.evaluate([['harmless']]))).toEqual(['fine']);
});

const endless = '$contains(Value, /^(a|a)+$/)';
const long = [`${'a'.repeat(60)}!`];

test('a file whose rows are ended again and again is held', async () => {
  const rows = Array.from({ length: LIMITS.maxLostMs / LIMITS.maxSilenceMs }, () => long);
  await expect(open(endless).evaluate(rows)).rejects.toMatchObject({
    code: 'expression-always-slow',
    values: { rows: rows.length },
  });
});

test('a file in which row after row reaches the time limit is held', async () => {
  const rows = Array.from({ length: 60 }, () => ['x']);
  await expect(open('($f := function($x) { $f($x) }; $f(1))').evaluate(rows)).rejects.toMatchObject({
    code: 'expression-always-slow',
    values: { rows: LIMITS.maxLostMs / expressionTimeoutMs },
  });
});

test('a row that reaches the time limit twice keeps its place among the others', async () => {
  const slow = open('Value = "slow" ? ($f := function($x) { $f($x) }; $f(1)) : Value');
  const rows = [['a'], ['slow'], ['b']];
  expect(firstOf(await slow.evaluate(rows))).toEqual(['a', 'expression-limit', 'b']);
});

test('a file whose rows are slow, but none of them too slow, is held when they have taken too long together', async () => {
  const slow = openExpressions({ texts: ['$uppercase(Value)'], columns: ['Value'] }, { ...LIMITS, maxFileMs: 1 });
  opened.push(slow);
  const rows = Array.from({ length: 100 }, () => ['a']);
  const all = async (): Promise<void> => {
    for (;;) await slow.evaluate(rows);
  };
  await expect(all()).rejects.toMatchObject({ code: 'expression-always-slow', values: { maxMs: 1 } });
});

test('a process that has answered while our own work let nothing be read is not ended', async () => {
  const expressions = open('$uppercase(Value)');
  await expressions.evaluate([['first']]);
  const cell = new Int32Array(new SharedArrayBuffer(4));
  let isDone = false;
  // After this phase of the loop its timers run, and only then the pipe is read.
  const block = (): void => {
    if (isDone) return;
    Atomics.wait(cell, 0, 0, LIMITS.maxSilenceMs * 1.2);
    setImmediate(block);
  };
  setImmediate(block);
  expect(firstOf(await expressions.evaluate([['a']]).finally(() => (isDone = true)))).toEqual(['A']);
});

test('while one file waits for its end, another goes on', async () => {
  const stuck = open(endless).evaluate([long]);
  let isStuck = true;
  void stuck.finally(() => (isStuck = false));
  expect(firstOf(await open('$uppercase(Value)').evaluate([['a']]))).toEqual(['A']);
  expect(isStuck).toBe(true);
  expect(firstOf(await stuck)).toEqual(['expression-limit']);
});

test('a mapping without expressions, or with joined columns only, starts no process', async () => {
  const shape = csvShape(['Id', 'Status', 'Email']);
  const refuse = () => ({
    evaluate: () => Promise.reject(new Error('started')),
    end: () => undefined,
  });
  const record = { kind: 'csv', row: 1, line: 2, cells: ['1', 'Active', 'a@contoso.example'] } as const;
  for (const title of ['Email', { expression: "Id & ' ' & Email" }]) {
    const mapper = compileMapping(settingsWith({ mapping: { title } }), NOW).bind(shape, refuse);
    expect(await mapper.map([record])).toMatchObject([{ kind: 'user' }]);
  }
});

test('a process that cannot start is a fault of the machine, not of a row', async () => {
  await expect(open('(').evaluate([['x']])).rejects.toMatchObject({
    code: 'expressions-unavailable',
    disposition: 'retry',
  });
});

// Where the system does not tell the children of a process, nothing here can find them.
const onLinux = process.platform === 'linux' ? test : test.skip;
onLinux('a process that is stuck ends when its parent is killed', async () => {
  const parent = fork(join(__dirname, 'stuck-parent.cjs'), { stdio: 'inherit' });
  await once(parent, 'message');
  const pid = parent.pid!;
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ');
  expect(children).toHaveLength(1);
  parent.kill('SIGKILL');
  await once(parent, 'exit');
  while (existsSync(`/proc/${children[0]}`)) await sleep(100);
});
