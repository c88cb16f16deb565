// Finds the codes that the sources use, by TypeScript's own parser: string literals in places where a code is expected.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';

export const REPOSITORY = join(__dirname, '../../..');

/** Code files of the product: what is shipped, and what operators run. */
export const productFiles = (): readonly string[] =>
  ['functions', 'shared', 'cli'].flatMap((folder) => filesUnder(folder, '.ts'));

/** Paths of all files under a folder of the repository that end in `suffix`, in order; none if the folder does not exist. */
export function filesUnder(folder: string, suffix: string): readonly string[] {
  if (!existsSync(join(REPOSITORY, folder))) return [];
  return readdirSync(join(REPOSITORY, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith(suffix))
    .map((name) => `${folder}/${name}`)
    .sort();
}

/** A code in use: the literal and its place. */
export interface CodeUse {
  readonly code: string;
  readonly file: string;
}

/** Members that hold a code of the catalogue. */
const CODE_MEMBERS = new Set(['code', 'closedFor', 'pausedFor']);
/** Functions whose n-th argument is a code. */
const CODE_ARGUMENTS: Readonly<Record<string, number>> = {
  holdByGuard: 0,
  RollcallError: 0,
  FileHold: 0,
  holdFile: 0,
  holdRun: 0,
  holdByMapping: 0,
  holdCommand: 0,
  findIn: 1,
  reject: 0,
  warning: 0,
  warn: 1,
  rejectRecord: 0,
  rejectRow: 1,
  problemAt: 1,
};
const CODE_FORM = /^[a-z]+(-[a-z0-9]+)*$/;

/** All literals in the places of codes in one source text. */
export function codesUsedIn(file: string, text: string): readonly CodeUse[] {
  const found: CodeUse[] = [];
  const visit = (node: ts.Node): void => {
    const place = placeOfCode(node);
    if (place !== undefined) for (const code of literalsOf(place)) if (CODE_FORM.test(code)) found.push({ code, file });
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true));
  return found;
}

/** Every literal of a source text, whatever its place: to tell whether a code of a table is used at all. */
export function allLiteralsIn(file: string, text: string): ReadonlySet<string> {
  const found = new Set<string>();
  const visit = (node: ts.Node): void => {
    if (ts.isStringLiteralLike(node)) found.add(node.text);
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true));
  return found;
}

export const readProductFile = (file: string): string => readFileSync(join(REPOSITORY, file), 'utf8');

function placeOfCode(node: ts.Node): ts.Node | undefined {
  if (ts.isPropertyAssignment(node) && ts.isIdentifier(node.name) && CODE_MEMBERS.has(node.name.text))
    return node.initializer;
  if (!ts.isNewExpression(node) && !ts.isCallExpression(node)) return undefined;
  const at = ts.isIdentifier(node.expression) ? CODE_ARGUMENTS[node.expression.text] : undefined;
  return at === undefined ? undefined : node.arguments?.[at];
}

/** A literal, or the literals between which `?:` and `??` choose. */
function literalsOf(node: ts.Node): readonly string[] {
  if (ts.isStringLiteralLike(node)) return [node.text];
  if (ts.isConditionalExpression(node)) return [...literalsOf(node.whenTrue), ...literalsOf(node.whenFalse)];
  if (ts.isBinaryExpression(node)) return [...literalsOf(node.left), ...literalsOf(node.right)];
  if (ts.isParenthesizedExpression(node)) return literalsOf(node.expression);
  return [];
}
