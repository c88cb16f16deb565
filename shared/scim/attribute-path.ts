// The SCIM path of an attribute as roster, guard and plan name it: `title`, `name.givenName`, `emails` (a list is one attribute),
// `urn:…:User:department`.
// @see RFC 7644 §3.10
import { coreUserUrn, enterpriseUserUrn, isCustomExtension } from './scim-schema';
import type { ScimMember, ScimObject, ScimUser } from './user';

/** The path of a part of a complex attribute or an extension. */
export const attributePath = (root: string, part: string): string =>
  `${root}${root === enterpriseUserUrn || isCustomExtension(root) ? ':' : '.'}${part}`;

/** Where an attribute is in a user: at its root, or as a part of a complex attribute or an extension. A list is one attribute. */
export type AttributePlace = readonly [root: string, part: string | null];

/** The SCIM path of the attribute at a place. */
export const pathOfPlace = ([root, part]: AttributePlace): string => (part === null ? root : attributePath(root, part));

/** True of a complex attribute or an extension, whose parts are attributes; false of a list. */
export const isComplex = (member: ScimMember | undefined): member is ScimObject =>
  typeof member === 'object' && member !== null && !Array.isArray(member);

/** The value at a place; undefined if there is none. */
export function valueAt(user: ScimObject, [root, part]: AttributePlace): ScimMember | undefined {
  const member = Object.hasOwn(user, root) ? user[root] : undefined;
  if (part === null) return member;
  return isComplex(member) && Object.hasOwn(member, part) ? member[part] : undefined;
}

/** The same user with a value at a place, and `schemas` as the mapping writes them. Its members are in no order yet. */
export function withValueAt(user: ScimUser, [root, part]: AttributePlace, value: ScimMember): ScimUser {
  const member = user[root];
  const filled: ScimUser = {
    ...user,
    [root]: part === null ? value : { ...(isComplex(member) ? member : {}), [part]: value },
  };
  return withSchemas(filled);
}

/** The same user without the value at a place, and without a branch that has no other. */
export function withoutValueAt(user: ScimUser, [root, part]: AttributePlace): ScimUser {
  const { [root]: member, ...rest } = user;
  const kept = Object.entries(isComplex(member) ? member : {}).filter(([name]) => part !== null && name !== part);
  const filled = kept.length === 0 ? rest : { ...user, [root]: Object.fromEntries(kept) };
  return withSchemas(filled as ScimUser);
}

const withSchemas = (user: ScimUser): ScimUser => ({
  ...user,
  schemas: [coreUserUrn, enterpriseUserUrn, ...Object.keys(user).filter(isCustomExtension).sort()],
});

/** Members that no user is without. */
const FIXED: readonly string[] = ['schemas', 'externalId', 'active'];

/** The place of the attribute to which a path of a user leads; null if it leads to none that the user may lack. */
export function placeOfPath(user: ScimUser, [root, part]: readonly string[]): AttributePlace | null {
  if (root === undefined || FIXED.includes(root) || !Object.hasOwn(user, root)) return null;
  return isComplex(user[root]) && part !== undefined ? [root, part] : [root, null];
}

/** The attributes of a user with their paths, in the order of its members. Without `schemas`, which follows from the others. */
export function* attributesOf(user: ScimObject): Generator<readonly [path: string, value: ScimMember]> {
  for (const [name, value] of Object.entries(user)) {
    if (name === 'schemas') continue;
    if (value === null || typeof value !== 'object' || Array.isArray(value)) yield [name, value];
    else for (const [part, inner] of Object.entries(value)) yield [attributePath(name, part), inner];
  }
}
