import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CODE_TABLES } from '../../../local/docs/code-tables';
import { errorsPage } from '../../../local/docs/errors-page';
import { allLiteralsIn, codesUsedIn, productFiles, readProductFile, REPOSITORY } from './code-use';

const documented = new Set(CODE_TABLES.flatMap(({ codes }) => Object.keys(codes)));
const isTable = (file: string): boolean =>
  file.endsWith('-codes.ts') && /^export const \w+Codes = /m.test(readProductFile(file));
/** Messages name every code, so they use none. */
const isMessages = (file: string): boolean => file.endsWith('-messages.ts');

test('every code that the sources use is in a table', () => {
  const used = productFiles().flatMap((file) => codesUsedIn(file, readProductFile(file)));
  expect(used.length).toBeGreaterThan(100);
  expect(used.filter(({ code }) => !documented.has(code))).toEqual([]);
});

test('every code of a table is used by the sources', () => {
  const literals = new Set(
    productFiles()
      .filter((file) => !isTable(file) && !isMessages(file))
      .flatMap((file) => [...allLiteralsIn(file, readProductFile(file))]),
  );
  expect([...documented].filter((code) => !literals.has(code))).toEqual([]);
});

test('a code is in one table only, and every table is in the list with its messages', () => {
  const all = CODE_TABLES.flatMap(({ codes }) => Object.keys(codes));
  expect(all.filter((code, at) => all.indexOf(code) !== at)).toEqual([]);
  expect(
    CODE_TABLES.map(({ file }) => file)
      .slice()
      .sort(),
  ).toEqual([...productFiles().filter(isTable)].sort());
  expect(CODE_TABLES.filter(({ messages }) => !productFiles().includes(messages))).toEqual([]);
});

test('every cause and every cure is a sentence', () => {
  const all = CODE_TABLES.flatMap(({ codes }) => Object.entries(codes));
  const fragments = all.filter(([, { cause, cure }]) => ![cause, cure].every((text) => /^\S.{8,}[.?!)]$/s.test(text)));
  expect(fragments.map(([code]) => code)).toEqual([]);
});

test('the finder sees codes in all the places where they occur', () => {
  const text = `
    new RollcallError('first-code', 'retry', 'no-code-here');
    new FileHold('second-code', {});
    holdRun('held-code', {}); findIn('note', 'found-code', {}); warn(['$'], 'warned-code', {});
    const gate = { pausedFor: why ?? 'third-code', closedFor: spent ? 'fourth-code' : null };
    problemAt(['not', 'these'], 'fifth-code', '');
    other('not-this', { kind: 'not-that', code: 'ENOENT' });
  `;
  expect(codesUsedIn('x.ts', text).map(({ code }) => code)).toEqual([
    'first-code',
    'second-code',
    'held-code',
    'found-code',
    'warned-code',
    'third-code',
    'fourth-code',
    'fifth-code',
  ]);
});

test('docs/errors.md matches the tables: run write-errors-page after a change', () => {
  expect(readFileSync(join(REPOSITORY, 'docs', 'errors.md'), 'utf8')).toBe(errorsPage());
});
