import ts from 'typescript';
import { filesUnder, productFiles, readProductFile } from './code-use';

/** Whether a source text touches `process.env`, in either spelling; comments and texts do not count. */
function readsEnvironment(text: string): boolean {
  let found = false;
  const visit = (node: ts.Node): void => {
    const isProcess =
      (ts.isPropertyAccessExpression(node) || ts.isElementAccessExpression(node)) &&
      node.expression.getText() === 'process';
    if (isProcess && ts.isPropertyAccessExpression(node) && node.name.text === 'env') found = true;
    if (isProcess && ts.isElementAccessExpression(node)) found = true;
    if (ts.isImportSpecifier(node) && (node.propertyName ?? node.name).text === 'env') found = true;
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile('source.ts', text, ts.ScriptTarget.Latest, true));
  return found;
}

test('the environment of the product is read in functions/main.ts and nowhere else', () => {
  const readers = productFiles().filter((file) => !file.startsWith('cli/') && readsEnvironment(readProductFile(file)));
  expect(readers).toEqual(['functions/main.ts']);
});

test.each([
  ['const a = process.env.A;', true],
  ["const a = process['env'];", true],
  ["import { env } from 'node:process';", true],
  ['// process.env\nconst a = "process.env";', false],
])('a reader of the environment is told from a string about it: %s', (text, expected) => {
  expect(readsEnvironment(text)).toBe(expected);
});

const DRAWERS = /(^|\/)(index|utils?|helpers?|common|misc)([./-]|$)/;

test('no file or folder is a catch-all or a barrel', () => {
  const files = ['functions', 'shared', 'cli', 'local', 'test', 'bench'].flatMap((folder) => filesUnder(folder, '.ts'));
  expect(files.length).toBeGreaterThan(100);
  expect(files.filter((file) => DRAWERS.test(file))).toEqual([]);
  expect(['shared/run/utils.ts', 'shared/helpers/a.ts', 'cli/index.ts'].filter((file) => !DRAWERS.test(file))).toEqual(
    [],
  );
});

test('file names are kebab-case', () => {
  const files = ['functions', 'shared', 'cli', 'local'].flatMap((folder) => filesUnder(folder, '.ts'));
  expect(files.filter((file) => !/^[a-z0-9/-]+(\.test)?\.ts$/.test(file))).toEqual([]);
});

test('every source file begins with a sentence about its role', () => {
  const silent = productFiles().filter((file) => !/^(#!.*\n)?\/[/*]/.test(readProductFile(file)));
  expect(silent).toEqual([]);
});
