// Inspects an expression (JSONata) before any row is mapped: is it valid, does it stay within the row, which columns does it read.
import { quoteWords } from '../core/message';
import type { ValuesOf } from '../core/codes';
import type { ForbiddenReason, sourceCodes } from './source-codes';
import { MAX_EXPRESSION_DEPTH } from './settings-limits';
import jsonata from 'jsonata';

/** A node of the syntax tree. The package's own type does not know all kinds of nodes (`path` is missing). */
export interface SyntaxNode {
  readonly type: string;
  readonly value?: unknown;
  readonly steps?: readonly SyntaxNode[];
  readonly lhs?: SyntaxNode;
  readonly rhs?: SyntaxNode;
}

/** Functions that are not offered, because their results depend on more than the row. */
export const forbiddenFunctions: Readonly<Record<string, ForbiddenReason>> = {
  now: 'time',
  millis: 'time',
  random: 'chance',
  shuffle: 'chance',
  eval: 'evaluation',
  toMillis: 'zone',
};

/** An expression, inspected without running it. */
export type ExpressionSyntax =
  | { readonly ok: true; readonly columns: readonly string[]; readonly tree: SyntaxNode }
  | {
      readonly ok: false;
      readonly code: 'settings-expression-syntax';
      readonly values: ValuesOf<typeof sourceCodes, 'settings-expression-syntax'>;
    }
  | {
      readonly ok: false;
      readonly code: 'settings-expression-deep';
      readonly values: ValuesOf<typeof sourceCodes, 'settings-expression-deep'>;
    }
  | {
      readonly ok: false;
      readonly code: 'settings-expression-forbidden';
      readonly values: ValuesOf<typeof sourceCodes, 'settings-expression-forbidden'>;
    };

const isNode = (value: unknown): value is SyntaxNode => typeof value === 'object' && value !== null && 'type' in value;

function* nodesIn(value: unknown): Generator<SyntaxNode> {
  if (typeof value !== 'object' || value === null) return;
  if (isNode(value)) yield value;
  for (const child of Object.values(value) as unknown[]) yield* nodesIn(child);
}

// The first step of a path is read from the row itself; later steps and filters are read from its result.
function* columnsIn(value: unknown): Generator<string> {
  if (typeof value !== 'object' || value === null) return;
  if (isNode(value) && value.type === 'path') {
    const [first] = value.steps ?? [];
    if (first?.type === 'name') yield String(first.value);
    else yield* columnsIn(first);
    return;
  }
  for (const child of Object.values(value) as unknown[]) yield* columnsIn(child);
}

const deep: ExpressionSyntax = {
  ok: false,
  code: 'settings-expression-deep',
  values: { max: MAX_EXPRESSION_DEPTH },
};

/** Whether nodes are nested too deep for a walk that calls itself. This one does not. */
function isTooDeep(tree: SyntaxNode): boolean {
  const open: { readonly value: object; readonly depth: number }[] = [{ value: tree, depth: 0 }];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const depth = next.depth + (isNode(next.value) ? 1 : 0);
    if (depth > MAX_EXPRESSION_DEPTH) return true;
    for (const child of Object.values(next.value) as unknown[]) {
      if (typeof child === 'object' && child !== null) open.push({ value: child, depth });
    }
  }
  return false;
}

/** Inspected expressions that are remembered: parsing is slow, and each is needed several times for a file. Our choice, 2026-11. */
const MAX_REMEMBERED = 500;
const remembered = new Map<string, ExpressionSyntax>();

/** Inspects an expression: its syntax, functions that are not offered, and the columns (or members of the record) that it reads. */
export function inspectExpression(text: string): ExpressionSyntax {
  const before = remembered.get(text);
  if (before !== undefined) return before;
  const syntax = inspect(text);
  if (remembered.size >= MAX_REMEMBERED) remembered.clear();
  remembered.set(text, syntax);
  return syntax;
}

function inspect(text: string): ExpressionSyntax {
  let ast: SyntaxNode;
  try {
    ast = jsonata(text).ast() as SyntaxNode;
  } catch (error) {
    // The parser calls itself for each level.
    if (error instanceof RangeError) return deep;
    const { message, position } = error as { message?: string; position?: number };
    const words = quoteWords(message ?? 'not valid JSONata');
    return { ok: false, code: 'settings-expression-syntax', values: { words, position: position ?? null } };
  }
  if (isTooDeep(ast)) return deep;
  for (const node of nodesIn(ast)) {
    const name = node.type === 'variable' ? String(node.value) : '';
    const reason = Object.hasOwn(forbiddenFunctions, name) ? forbiddenFunctions[name] : undefined;
    if (reason !== undefined) {
      return { ok: false, code: 'settings-expression-forbidden', values: { name, reason } };
    }
  }
  return { ok: true, columns: [...new Set(columnsIn(ast))], tree: ast };
}

const OPEN_ENDED: ReadonlySet<string> = new Set(['wildcard', 'descendant', 'parent']);
/** `$` and `$$`, which may mean the whole row. */
const WHOLES: ReadonlySet<unknown> = new Set(['', '$']);

/** True of a valid expression that may read columns which it does not name. */
export function readsUnnamed(text: string): boolean {
  const syntax = inspectExpression(text);
  if (!syntax.ok) return true;
  for (const { type, value } of nodesIn(syntax.tree))
    if (OPEN_ENDED.has(type) || (type === 'variable' && WHOLES.has(value))) return true;
  return false;
}
