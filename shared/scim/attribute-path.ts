// The SCIM path of an attribute as roster, guard and plan name it: `title`, `name.givenName`, `emails` (a list is one attribute),
// `urn:…:User:department`.
// @see RFC 7644 §3.10
import { enterpriseUserUrn, isCustomExtension } from './scim-schema';
import type { ScimMember, ScimObject } from './user';

/** The path of a part of a complex attribute or an extension. */
export const attributePath = (root: string, part: string): string =>
  `${root}${root === enterpriseUserUrn || isCustomExtension(root) ? ':' : '.'}${part}`;

/** The attributes of a user with their paths, in the order of its members. Without `schemas`, which follows from the others. */
export function* attributesOf(user: ScimObject): Generator<readonly [path: string, value: ScimMember]> {
  for (const [name, value] of Object.entries(user)) {
    if (name === 'schemas') continue;
    if (value === null || typeof value !== 'object' || Array.isArray(value)) yield [name, value];
    else for (const [part, inner] of Object.entries(value)) yield [attributePath(name, part), inner];
  }
}
