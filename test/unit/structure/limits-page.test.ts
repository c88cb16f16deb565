// docs/limits.md: each limit has the value of the constant that it names, and is named once.
import ts from 'typescript';
import { readProductFile as read } from './code-use';

const UNITS: Readonly<Record<string, number>> = {
  '': 1,
  KiB: 1024,
  MiB: 1024 ** 2,
  GiB: 1024 ** 3,
  s: 1_000,
  min: 60_000,
  day: 86_400_000,
};

const ROW = /^\| .+ \| ([\d,]+) ?(\w*) \| .+ \| `(\w+)` in `([\w/.-]+)` \|$/;
const rows = read('docs/limits.md')
  .split('\n')
  .filter((line) => line.startsWith('| ') && !line.startsWith('| limit '));
const limits = rows.map((row) => {
  const [, number = '', unit = '', name = '', file = ''] = ROW.exec(row) ?? [];
  return { row, name, file, value: Number(number.replaceAll(',', '')) * (UNITS[unit] ?? Number.NaN) };
});

/** The number to which a constant of a file is set; NaN if it is none. */
function valueOf(file: string, name: string): number {
  const source = ts.createSourceFile(file, read(file), ts.ScriptTarget.Latest, true);
  const evaluate = (node: ts.Expression | undefined): number => {
    if (node === undefined) return Number.NaN;
    if (ts.isNumericLiteral(node)) return Number(node.text);
    if (ts.isIdentifier(node)) return evaluate(initialiserOf(node.text));
    if (!ts.isBinaryExpression(node)) return Number.NaN;
    const [left, right] = [evaluate(node.left), evaluate(node.right)];
    return node.operatorToken.kind === ts.SyntaxKind.AsteriskAsteriskToken ? left ** right : left * right;
  };
  const initialiserOf = (wanted: string): ts.Expression | undefined =>
    source.statements
      .filter(ts.isVariableStatement)
      .flatMap(({ declarationList }) => [...declarationList.declarations])
      .find((declaration) => declaration.name.getText() === wanted)?.initializer;
  return evaluate(initialiserOf(name));
}

test('every row names a constant', () => {
  expect(limits.length).toBeGreaterThan(40);
  expect(limits.filter(({ name }) => name === '').map(({ row }) => row)).toEqual([]);
  expect(new Set(limits.map(({ name, file }) => `${file} ${name}`)).size).toBe(limits.length);
});
test.each(limits)('$name is $value', ({ file, name, value }) => {
  expect(valueOf(file, name)).toBe(value);
});
