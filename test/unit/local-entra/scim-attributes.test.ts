// A record as flat attributes.
import { findContainer, flattenUser } from '../../../local/entra/scim-attributes';

const URN = 'urn:ietf:params:scim:schemas:extension:contoso:1.0:User';

test('objects, extensions and work entries become paths; envelopes and other entries vanish', () => {
  const flat = flattenUser({
    schemas: ['x'],
    id: 'ignored',
    meta: { resourceType: 'User' },
    externalId: '1',
    active: false,
    name: { givenName: 'Maria', familyName: '' },
    emails: [
      { type: 'home', value: 'h@example.net' },
      { type: 'work', value: 'w@example.com', primary: true },
    ],
    phoneNumbers: [{ type: 'mobile', value: '1' }],
    title: null,
    [URN]: { hireDate: '2026-10-01', nested: { deep: 7 } },
  });
  expect(Object.fromEntries(flat.values)).toEqual({
    externalId: '1',
    active: false,
    'name.givenName': 'Maria',
    'emails[type eq "work"].value': 'w@example.com',
    'emails[type eq "work"].primary': true,
    [`${URN}:hireDate`]: '2026-10-01',
    [`${URN}:nested.deep`]: 7,
  });
  expect([...flat.empty].sort()).toEqual(['name.familyName', 'title']);
  expect([...flat.containers]).toEqual(expect.arrayContaining(['name', 'emails[type eq "work"]', URN]));
});

test.each([
  ['title', undefined],
  ['name.givenName', 'name'],
  ['emails[type eq "work"].value', 'emails[type eq "work"]'],
  [`${URN}:hireDate`, URN],
])('the container of %s is %s', (path, container) => {
  expect(findContainer(path)).toBe(container);
});

test('a key named __proto__ is data like any other', () => {
  const flat = flattenUser(JSON.parse('{"__proto__": "x", "name": {"constructor": "y"}}') as Record<string, unknown>);
  expect([...flat.values]).toEqual([
    ['__proto__', 'x'],
    ['name.constructor', 'y'],
  ]);
});
