// What tells two records of a person apart: one hash of the whole record, and a short hash of each attribute that says where they differ.
import type { Hash64 } from '../core/hash';
import { attributesOf } from '../scim/attribute-path';
import { rootAttributes, type ScimAttributes } from '../scim/scim-schema';
import type { ScimMember, ScimObject, ScimUser } from '../scim/user';

/** Members that come first in every user, as the mapping writes them. */
const FIRST_MEMBERS = ['schemas', 'externalId', 'active'];

/**
 * The JSON text of a user with its members in the order of the SCIM schema, unknown ones last and sorted. Users of the mapping are in this
 * order already (`ScimUser`), so their staged line is this text. Lists keep their order; null and absent differ.
 */
export const canonicalText = (user: ScimUser): string => JSON.stringify(inCanonicalOrder(user));

/** The user with its members in that order. */
export const inCanonicalOrder = (user: ScimUser): ScimUser =>
  inOrder(user, rootAttributes, FIRST_MEMBERS) as unknown as ScimUser;

/** The hash of the canonical text: of a staged line, the hash of its bytes. The epoch is not in it, it is kept beside it. */
export const recordHashOf = (user: ScimUser, hash: Hash64): bigint => hash(canonicalText(user));

function inOrder(member: ScimMember, known: ScimAttributes, first: readonly string[] = []): ScimMember {
  if (member === null || typeof member !== 'object') return member;
  if (Array.isArray(member)) return member.map((one) => inOrder(one, known));
  const wanted = [...first, ...Object.keys(known)];
  const rest = Object.keys(member).filter((name) => !wanted.includes(name));
  const ordered: ScimObject = {};
  for (const name of [...wanted, ...rest.sort()]) {
    const value = Object.hasOwn(member, name) ? member[name] : undefined;
    if (value !== undefined) ordered[name] = inOrder(value, innerAttributes(known, name));
  }
  return ordered;
}

function innerAttributes(known: ScimAttributes, name: string): ScimAttributes {
  const attribute = Object.hasOwn(known, name) ? known[name] : undefined;
  return attribute?.type === 'complex' ? attribute.attributes : {};
}

/** The short hash of an attribute that a record does not have. */
export const ABSENT = 0;

/**
 * The short hashes of a user's attributes, 1 to 65,535, by their SCIM paths: `title`, `name.givenName`, `emails` (a list is one attribute),
 * `urn:…:User:department`. Two values of an attribute look alike with a chance of 1 in 65,535, so a record may have changed in no attribute.
 * Without `schemas`, which follows from the others.
 * @see RFC 7644 §3.10
 */
export function attributeHashes(user: ScimUser, hash: Hash64): ReadonlyMap<string, number> {
  const hashes = new Map<string, number>();
  const ordered = inOrder(user, rootAttributes, FIRST_MEMBERS) as ScimObject;
  for (const [path, value] of attributesOf(ordered)) hashes.set(path, shortHash(hash(JSON.stringify(value))));
  return hashes;
}

const SHORT_VALUES = 0xffffn;

const shortHash = (hash: bigint): number => Number(hash % SHORT_VALUES) + 1;
