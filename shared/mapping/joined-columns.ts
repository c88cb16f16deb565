// The fast path of the commonest expression: columns and texts joined by &, which needs no interpreter and no await.
import { compose } from '../columns/record-value';
import type { ExportShape, JsonObject } from '../export/export-record';
import { inspectExpression, type SyntaxNode } from '../source/expression-syntax';
import type { RawReader } from './row-in-hand';

/** A part of a joined text: a fixed text, or a column. */
type Part = { readonly text: string } | { readonly column: string };

// Any other member of a path or step (a filter, a sort, a group) means more than a column.
const plainPathMembers = ['type', 'steps', 'position'];
const plainStepMembers = ['type', 'value', 'position'];
const hasOnly = (node: object, members: readonly string[]): boolean =>
  Object.keys(node).every((member) => members.includes(member));

function partsOf(node: SyntaxNode | undefined): readonly Part[] | null {
  if (node === undefined) return null;
  if (node.type === 'string') return [{ text: String(node.value) }];
  if (node.type === 'binary' && node.value === '&') {
    const left = partsOf(node.lhs);
    const right = partsOf(node.rhs);
    return left === null || right === null ? null : [...left, ...right];
  }
  const [step, more] = node.type === 'path' ? (node.steps ?? []) : [];
  if (step?.type !== 'name' || more !== undefined) return null;
  return hasOnly(node, plainPathMembers) && hasOnly(step, plainStepMembers) ? [{ column: String(step.value) }] : null;
}

const partsOfText = (text: string): readonly Part[] | null => {
  const syntax = inspectExpression(text);
  return syntax.ok ? partsOf(syntax.tree) : null;
};

/** Compiles an expression of the form `A & ' ' & B` over a CSV row to a plain reader that gives JSONata's result; null for any other form. */
export function compileJoin(text: string, shape: ExportShape): RawReader | null {
  const { columns } = shape;
  if (columns === null) return null;
  const parts = partsOfText(text);
  if (parts === null) return null;
  const readers = parts.map((part): ((cells: readonly string[]) => string) => {
    if ('text' in part) return () => part.text;
    const index = columns.indexOf(part.column);
    return index < 0 ? () => '' : (cells) => compose(cells[index] ?? '').trim();
  });
  return ({ cells }) => {
    let joined = '';
    for (const read of readers) joined += read(cells);
    return joined;
  };
}

/**
 * The same for a JSON record: the reader gives JSONata's result if every part is a text or missing, null if the interpreter is
 * needed (numbers, lists). For an expression of any other form there is no reader.
 */
export function compileRecordJoin(text: string): ((record: JsonObject) => string | null) | null {
  const parts = partsOfText(text);
  if (parts === null) return null;
  return (record) => {
    let joined = '';
    for (const part of parts) {
      if ('text' in part) joined += part.text;
      else if (Object.hasOwn(record, part.column)) {
        const value = record[part.column];
        if (typeof value !== 'string') return null;
        joined += value;
      }
    }
    return joined;
  };
}
