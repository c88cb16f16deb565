// The attributes that a source sends, named as a job's schema names them: `name.givenName`, `addresses[type eq "work"].locality`, `urn:…:User:department`.
import { enterpriseUserUrn, isCustomExtension, qualifiers, workOnlyLists } from '../scim/scim-schema';
import { walkMapping, type PlacedLeaf } from '../source/mapped-leaves';
import type { Leaf } from '../source/mapping-settings';
import type { SettingsPath } from '../source/settings-problem';
import type { SourceSettings } from '../source/settings-schema';

/** One of them. */
export interface SentAttribute {
  readonly name: string;
  /** How it gets its value; null for `externalId` and `active`, which have members of their own in the settings. */
  readonly leaf: Leaf | null;
}

/** All of them, in the order of the settings; entries of lists that the service never reads are not among them. */
export function sentAttributesOf(settings: SourceSettings): readonly SentAttribute[] {
  const leaves = [...walkMapping(settings.mapping)];
  const typeOf = typesOfEntries(leaves);
  const mapped = leaves.flatMap(({ path, leaf }) => {
    const name = nameOf(path, typeOf);
    return name === null ? [] : [{ name, leaf }];
  });
  return [{ name: 'externalId', leaf: null }, { name: 'active', leaf: null }, ...mapped];
}

/** Lists of which no entry is of the type `work`, although the service reads no other (docs/reference/graph-provisioning.md §1.4). */
export function listsWithoutWork(settings: SourceSettings): readonly string[] {
  const leaves = [...walkMapping(settings.mapping)];
  const typeOf = typesOfEntries(leaves);
  return workOnlyLists.filter((list) => {
    const entries = new Set(leaves.filter(({ path }) => path[0] === list).map(({ path }) => String(path[1])));
    return entries.size > 0 && ![...entries].some((entry) => isWork(typeOf.get(`${list}/${entry}`)));
  });
}

/** `emails/0` → its type, empty if that is no constant. */
const typesOfEntries = (leaves: readonly PlacedLeaf[]): ReadonlyMap<string, string> =>
  new Map(
    leaves.flatMap(({ path, leaf }) =>
      path.length === 3 && path[2] === 'type'
        ? [[`${String(path[0])}/${String(path[1])}`, typeof leaf.const === 'string' ? leaf.const : ''] as const]
        : [],
    ),
  );

/** The type of an entry that has none is written by the mapping. */
const isWork = (type = 'work'): boolean => type.toLowerCase() === 'work';

function nameOf([root, second, third]: SettingsPath, typeOf: ReadonlyMap<string, string>): string | null {
  const name = String(root);
  if (second === undefined) return name;
  if (typeof second === 'number') {
    const type = typeOf.get(`${name}/${second}`);
    if (third === undefined || qualifiers.includes(String(third))) return null;
    if (workOnlyLists.includes(name)) return isWork(type) ? `${name}[type eq "work"].${String(third)}` : null;
    return type === undefined ? `${name}.${String(third)}` : `${name}[type eq "${type}"].${String(third)}`;
  }
  const separator = name === enterpriseUserUrn || isCustomExtension(name) ? ':' : '.';
  const whole = `${name}${separator}${second}`;
  return third === undefined ? whole : `${whole}.${String(third)}`;
}

/** The path of the manager in every form in which schemas name it. */
const MANAGER = `${enterpriseUserUrn}:manager`.toLowerCase();

/** The name as it is compared: case, quotes and spaces do not count, nor does the `value` of a manager, which some schemas name and others do not. */
export const foldAttribute = (name: string): string => {
  const folded = name.toLowerCase().replace(/['"\s]/g, '');
  return folded.startsWith(`${MANAGER}.`) ? MANAGER : folded;
};

/** True of the manager's reference. */
export const isManagerPath = (name: string): boolean => foldAttribute(name) === MANAGER;
