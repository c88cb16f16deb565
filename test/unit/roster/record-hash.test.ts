// The hashes of a record: whatever the order of its attributes, the same; whatever differs in it, another.
import * as fc from 'fast-check';
import type { Hash64 } from '../../../shared/core/hash';
import { loadHash64 } from '../../../shared/core/hash';
import { attributeHashes, canonicalText, recordHashOf } from '../../../shared/roster/record-hash';
import { recordOfLine } from '../../../shared/roster/run-part';
import type { ScimMember, ScimObject, ScimUser } from '../../../shared/scim/user';
import { mapRow, settingsWith } from '../mapping/one-row';
import { seededRandom } from '../memory/seeded-random';

let hash: Hash64;
beforeAll(async () => {
  hash = await loadHash64();
});

const ENTERPRISE = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
const CUSTOM = 'urn:ietf:params:scim:schemas:extension:contoso:1.0:User';

const text = fc.oneof(fc.constant(null), fc.string({ maxLength: 5 }));
const optional = <T>(arb: fc.Arbitrary<T>) => fc.option(arb, { nil: undefined });
const anyUser: fc.Arbitrary<ScimUser> = fc
  .record({
    schemas: fc.constant(['a', 'b']),
    externalId: fc.string({ maxLength: 5 }),
    active: fc.boolean(),
    title: optional(text),
    name: optional(fc.record({ givenName: text, familyName: text }, { requiredKeys: [] })),
    emails: optional(fc.array(fc.record({ type: text, value: text }), { maxLength: 2 })),
    [ENTERPRISE]: optional(fc.record({ department: text, manager: fc.record({ value: text }) }, { requiredKeys: [] })),
    [CUSTOM]: optional(fc.record({ badge: text, floor: text }, { requiredKeys: [] })),
  })
  .map((user) => JSON.parse(JSON.stringify(user)) as ScimUser);

/** The same values, the members of every object in another order. */
function shuffled(member: ScimMember, random: () => number): ScimMember {
  if (member === null || typeof member !== 'object') return member;
  if (Array.isArray(member)) return member.map((one) => shuffled(one, random));
  const names = Object.keys(member);
  for (let i = names.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    [names[i], names[j]] = [names[j]!, names[i]!];
  }
  return Object.fromEntries(names.map((name) => [name, shuffled(member[name]!, random)]));
}

test('for any user: the order of attributes does not count', () => {
  fc.assert(
    fc.property(anyUser, fc.nat(), (user, seed) => {
      const other = shuffled(user, seededRandom(seed)) as ScimUser;
      expect(canonicalText(other)).toBe(canonicalText(user));
      expect(recordHashOf(other, hash)).toBe(recordHashOf(user, hash));
      expect(attributeHashes(other, hash)).toEqual(attributeHashes(user, hash));
    }),
  );
});

test('for any two users: the same hash if they have the same values, another one if not', () => {
  fc.assert(
    fc.property(anyUser, anyUser, (a, b) => {
      const isSame = canonicalText(a) === canonicalText(b);
      expect(recordHashOf(a, hash) === recordHashOf(b, hash)).toBe(isSame);
      expect(JSON.parse(canonicalText(a))).toEqual(a);
    }),
  );
});

const user = (more: ScimObject): ScimUser => ({ schemas: [], externalId: '7', active: true, ...more });

test('null and absent differ, for the record and for the attribute', () => {
  expect(recordHashOf(user({ title: null }), hash)).not.toBe(recordHashOf(user({}), hash));
  expect(attributeHashes(user({ title: null }), hash).has('title')).toBe(true);
  expect(attributeHashes(user({}), hash).has('title')).toBe(false);
});

test('the order of a list counts', () => {
  const [a, b] = [{ value: 'a' }, { value: 'b' }];
  expect(recordHashOf(user({ roles: [a, b] }), hash)).not.toBe(recordHashOf(user({ roles: [b, a] }), hash));
});

test('attributes have their SCIM paths; a list is one attribute', () => {
  const hashes = attributeHashes(
    user({
      title: 'Clerk',
      name: { givenName: 'Ines', familyName: 'Berg' },
      emails: [{ type: 'work', value: 'ines@contoso.example' }],
      [ENTERPRISE]: { department: 'Sales', manager: { value: '8' } },
      [CUSTOM]: { badge: 'B7' },
    }),
    hash,
  );
  expect([...hashes.keys()].sort()).toEqual(
    [
      'active',
      'emails',
      'externalId',
      'name.familyName',
      'name.givenName',
      'title',
      `${ENTERPRISE}:department`,
      `${ENTERPRISE}:manager`,
      `${CUSTOM}:badge`,
    ].sort(),
  );
  for (const short of hashes.values()) expect(short >= 1 && short <= 65_535).toBe(true);
});

test('no hash of an attribute is that of an absent one, whatever the hash of its value', () => {
  for (const value of [0n, 1n, 0xffffn, 0x10000n, 2n ** 64n - 1n])
    for (const short of attributeHashes(user({ title: 'x' }), () => value).values())
      expect(short >= 1 && short <= 65_535).toBe(true);
});

test('what changed in a record is what differs in its hashes', () => {
  const before = attributeHashes(user({ title: 'Clerk', name: { givenName: 'Ines', familyName: 'Berg' } }), hash);
  const after = attributeHashes(user({ title: 'Clerk', name: { givenName: 'Ines', familyName: 'Novak' } }), hash);
  expect([...after].filter(([name, short]) => before.get(name) !== short).map(([name]) => name)).toEqual([
    'name.familyName',
  ]);
});

test('the line that intake stages is the canonical text, so that its hash is the hash of the record', async () => {
  const settings = settingsWith({
    mapping: {
      [CUSTOM]: { floor: 'A', badge: 'B' },
      [ENTERPRISE]: { manager: { value: 'A' }, department: 'B' },
      addresses: [{ country: { const: 'DE' }, locality: 'A' }],
      emails: [{ value: 'Email' }],
      name: { familyName: 'B', givenName: 'A' },
      title: { column: 'Title', whenEmpty: 'clear' },
      userName: 'Email',
    },
  });
  const row = { Id: '007', Status: 'Active', Email: 'a@contoso.example', A: 'x', B: 'y', Title: '' };
  const mapped = await mapRow(settings, row);
  if (mapped.kind !== 'user') throw new Error('the row gives no user');
  const staged = JSON.stringify(mapped.user);
  expect(canonicalText(mapped.user)).toBe(staged);
  expect(recordHashOf(mapped.user, hash)).toBe(hash(Buffer.from(staged)));
  expect(recordOfLine(Buffer.from(staged), 400, hash)).toEqual({
    idHash: hash('7'),
    offset: 400,
    bytes: staged.length,
    recordHash: recordHashOf(mapped.user, hash),
    active: true,
    attributes: attributeHashes(mapped.user, hash),
  });
});
