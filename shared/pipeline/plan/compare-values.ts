// Two records of a person side by side: the attributes in which they differ, with both values as text.
import { attributesOf } from '../../scim/attribute-path';
import type { ScimMember, ScimUser } from '../../scim/user';
import type { ValueChange } from '../../plan/plan';

/** The values by their SCIM paths, as the roster names attributes: `title`, `name.givenName`, `emails`, `urn:…:department`. */
function valuesOf(user: ScimUser): ReadonlyMap<string, string> {
  const values = new Map<string, string>();
  for (const [path, value] of attributesOf(user)) if (path !== 'externalId') values.set(path, textOf(value));
  return values;
}

/** A text as it is, everything else as a person would write it down: the values of a list one after the other. */
function textOf(value: ScimMember): string {
  if (typeof value === 'string') return value;
  if (value === null) return '(cleared)';
  if (Array.isArray(value)) return value.map(textOf).join('; ');
  if (typeof value !== 'object') return String(value);
  const own = Object.entries(value);
  const main = own.find(([name]) => name === 'value');
  return main === undefined ? own.map(([name, inner]) => `${name}: ${textOf(inner)}`).join(', ') : textOf(main[1]);
}

/** What differs, sorted by attribute. */
export function changedValues(before: ScimUser, after: ScimUser): readonly ValueChange[] {
  const old = valuesOf(before);
  const now = valuesOf(after);
  return [...new Set([...old.keys(), ...now.keys()])]
    .filter((attribute) => old.get(attribute) !== now.get(attribute))
    .sort()
    .map((attribute) => ({ attribute, before: old.get(attribute) ?? null, after: now.get(attribute) ?? null }));
}

/** The name of a person, for whoever reads the plan: as it is displayed, else as it is composed, else the name to sign in with. */
export function nameOf(user: ScimUser): string | null {
  const values = valuesOf(user);
  const composed = ['name.givenName', 'name.familyName'].flatMap((path) => values.get(path) ?? []).join(' ');
  return values.get('displayName') ?? values.get('name.formatted') ?? (composed || (values.get('userName') ?? null));
}
