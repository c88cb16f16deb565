// A mapping by the attributes that it fills: which columns each of them reads, and which of them two mappings fill by the same rule.
import { attributePath } from '../scim/attribute-path';
import { columnsOfLeaf, walkMapping } from './mapped-leaves';
import type { SettingsPath } from './settings-problem';
import type { SourceSettings } from './settings-schema';

/** The attribute of a leaf, named as in the roster: `title`, `name.givenName`, `emails` (a list is one attribute), `urn:…:department`. */
export function attributeOfPath([root, part]: SettingsPath): string {
  return typeof part === 'string' ? attributePath(String(root), part) : String(root);
}

function leavesByAttribute(settings: Pick<SourceSettings, 'mapping'>): Map<string, LeafOfAttribute[]> {
  const leaves = new Map<string, LeafOfAttribute[]>();
  for (const { path, leaf } of walkMapping(settings.mapping)) {
    const name = attributeOfPath(path);
    leaves.set(name, [
      ...(leaves.get(name) ?? []),
      { rule: JSON.stringify([path, leaf]), columns: columnsOfLeaf(leaf) },
    ]);
  }
  return leaves;
}

interface LeafOfAttribute {
  readonly rule: string;
  readonly columns: readonly string[];
}

/** Attribute → the columns that fill it, as one text; attributes that no column fills are not in it. */
export function columnsOfAttributes(settings: Pick<SourceSettings, 'mapping'>): ReadonlyMap<string, string> {
  const columns = new Map<string, string>();
  for (const [name, leaves] of leavesByAttribute(settings)) {
    const read = new Set(leaves.flatMap((leaf) => leaf.columns));
    if (read.size > 0) columns.set(name, [...read].join(' + '));
  }
  return columns;
}

/** The attributes that both settings fill by the same rule, so that different values are different words of HR. */
export function equalAttributes(before: SourceSettings, now: SourceSettings): ReadonlySet<string> {
  if (before.job.target !== now.job.target) return new Set();
  const rulesOf = (settings: SourceSettings): ReadonlyMap<string, string> =>
    new Map(
      [...leavesByAttribute(settings)].map(([name, leaves]) => [
        name,
        JSON.stringify(leaves.map(({ rule }) => rule).sort()),
      ]),
    );
  const old = rulesOf(before);
  return new Set([...rulesOf(now)].filter(([name, rule]) => old.get(name) === rule).map(([name]) => name));
}
