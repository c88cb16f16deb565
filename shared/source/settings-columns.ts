// Which columns of the file the settings read, and which texts they name for them.
import { inspectExpression } from './expression-syntax';
import type { Leaf } from './mapping-settings';
import type { SourceSettings } from './settings-schema';
import { walkMapping } from './walk-mapping';

/** The columns that a leaf reads; for JSON, paths. */
export function columnsOfLeaf(leaf: Leaf): readonly string[] {
  if (leaf.column !== undefined) return [leaf.column];
  if (leaf.expression === undefined) return [];
  const syntax = inspectExpression(leaf.expression);
  return syntax.ok ? syntax.columns : [];
}

/** The columns of valid settings, each once: `required` are those of `id`, `active` and `userName`; `mapped` are all. */
export function columnsOf(settings: SourceSettings): {
  readonly required: readonly string[];
  readonly mapped: readonly string[];
} {
  const id = typeof settings.id === 'string' ? settings.id : settings.id.column;
  const required = new Set([id, settings.active.column]);
  const mapped = new Set(required);
  for (const { path, leaf } of walkMapping(settings.mapping)) {
    for (const column of columnsOfLeaf(leaf)) {
      mapped.add(column);
      if (path[0] === 'userName') required.add(column);
    }
  }
  return { required: [...required], mapped: [...mapped] };
}

/** Column → the texts that valid settings name for it: status words, and the texts of tables of values. */
export function knownTextsOf(settings: SourceSettings): Readonly<Record<string, readonly string[]>> {
  const { column, active, inactive } = settings.active;
  const known = new Map<string, readonly string[]>([[column, [...active, ...inactive]]]);
  for (const { leaf } of walkMapping(settings.mapping)) {
    if (leaf.column === undefined || leaf.values === undefined) continue;
    known.set(leaf.column, [...(known.get(leaf.column) ?? []), ...Object.keys(leaf.values)]);
  }
  return Object.fromEntries(known);
}
