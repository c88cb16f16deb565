// What decides about a person, and what does not: whom an unreadable value rejects, who goes without it, and that nobody stays enabled for one.
import fc from 'fast-check';
import { FileHold } from '../../../shared/core/errors';
import type { MappedRecord } from '../../../shared/mapping/mapped-record';
import { pathOfPlace } from '../../../shared/scim/attribute-path';
import { enterpriseUserUrn } from '../../../shared/scim/scim-schema';
import { parseSourceSettings } from '../../../shared/source/source-settings';
import { rounds } from '../../rounds';
import { baseSettings, mapFileOf, settingsWith } from './one-row';

const EXTENSION = 'urn:ietf:params:scim:schemas:extension:contoso:1.0:User';

const kind = (name: string, leaf: object, value: unknown, code: string, format: 'csv' | 'json' = 'csv') => ({
  ...{ name, leaf, value, code, format },
});
/** Leaves of every kind, each with a value that it cannot read and the code for that. */
const KINDS = [
  kind('a text that is not in the table', { values: { E: 'Employee' } }, 'X', 'value-not-in-table'),
  kind('a phone number', { phone: { country: 'DE' } }, 'ask reception', 'phone-unreadable'),
  kind('an extension', { phone: { country: 'US' } }, '(206) 555-0126 x7', 'phone-extension'),
  kind('a country', { country: 'alpha-2' }, 'Utopia', 'country-unknown'),
  kind('a date', { date: { format: 'dd/MM/yyyy' } }, 'unknown', 'date-unreadable'),
  kind('a day that does not exist', { date: { format: 'dd/MM/yyyy' } }, '31/02/2026', 'date-impossible'),
  kind('a date of two readings', { date: { format: ['dd/MM/yyyy', 'MM/dd/yyyy'] } }, '01/02/2026', 'date-ambiguous'),
  kind('a day that Excel counts', { date: { format: 'dd/MM/yyyy' } }, '45123', 'date-excel-serial'),
  kind('a boolean', { type: 'boolean' }, 'perhaps', 'value-not-boolean'),
  kind('a whole number', { type: 'integer' }, '7.5', 'value-not-integer'),
  kind('a list', {}, ['a', 'b'], 'value-not-single', 'json'),
  kind('a control character', {}, 'a\u0007b', 'control-character'),
  kind('an error of Excel', {}, '#REF!', 'excel-error-value'),
  kind('the name of an object', {}, 'System.Object[]', 'object-in-place-of-text'),
  kind('a cell that is too long', {}, 'x'.repeat(40_000), 'cell-too-long'),
];

const settingsOf = (leaf: object, format: 'csv' | 'json' = 'csv') =>
  settingsWith({
    file: { format },
    mapping: { userName: 'Email', nickName: 'Nick', [EXTENSION]: { value: { column: 'Value', ...leaf } } },
  });
const rowOf = (value: unknown, status: string) => ({
  Id: '1',
  Status: status,
  Email: 'a@contoso.example',
  Nick: 'Mia',
  Value: value,
});
const told = (mapped: MappedRecord): unknown => {
  if (mapped.kind === 'unsent') throw new Error('no settings here set a row aside');
  return mapped.kind === 'rejected'
    ? { rejected: mapped.rejection.code, column: mapped.rejection.at.column, id: mapped.id }
    : {
        user: mapped.user,
        leftOut: (mapped.leftOut ?? []).map(({ place, why, inPlace }) => [pathOfPlace(place), why.code, inPlace]),
      };
};
const SCHEMAS = ['urn:ietf:params:scim:schemas:core:2.0:User', enterpriseUserUrn];
const without = (active: boolean) => ({
  ...{ schemas: SCHEMAS, externalId: '1', active, userName: 'a@contoso.example', nickName: 'Mia' },
});

describe.each(KINDS)('$name that cannot be read', ({ leaf, value, code, format }) => {
  test('rejects the row of somebody active', async () => {
    expect(told(await mapFileOf(settingsOf(leaf, format), rowOf(value, 'Active')))).toEqual({
      ...{ rejected: code, column: 'Value', id: '1' },
    });
  });
  test('is left out with `"onUnreadable": "omit"`, and nothing goes in its place, no null either', async () => {
    const omitted = settingsOf({ ...leaf, onUnreadable: 'omit' }, format);
    expect(told(await mapFileOf(omitted, rowOf(value, 'Active')))).toEqual({
      user: without(true),
      leftOut: [[`${EXTENSION}:value`, code, 'nothing']],
    });
    const cleared = settingsOf({ ...leaf, onUnreadable: 'omit', whenEmpty: 'clear' }, format);
    expect(told(await mapFileOf(cleared, rowOf(value, 'Active')))).toMatchObject({ user: without(true) });
  });
  test('rejects nobody who is inactive, whatever the settings say of the value', async () => {
    const expected = { user: without(false), leftOut: [[`${EXTENSION}:value`, code, 'last-value-if-any']] };
    for (const more of [{}, { required: true }, { whenEmpty: 'reject' }, { onUnreadable: 'omit' }])
      expect(told(await mapFileOf(settingsOf({ ...leaf, ...more }, format), rowOf(value, 'Left')))).toEqual(expected);
  });
});

describe('what the directory would refuse', () => {
  const long = 'x'.repeat(200);
  const mapping = (title: object) =>
    settingsWith({ mapping: { userName: 'Email', title: { column: 'Title', ...title } } });
  const row = (status: string, email = 'a@contoso.example') => ({ Id: '1', Status: status, Email: email, Title: long });
  test('rejects somebody active, unless the settings leave it out', async () => {
    expect(told(await mapFileOf(mapping({}), row('Active')))).toMatchObject({ rejected: 'value-too-long' });
    expect(told(await mapFileOf(mapping({ onUnreadable: 'omit' }), row('Active')))).toMatchObject({
      leftOut: [['title', 'value-too-long', 'nothing']],
    });
  });
  test('is left out of somebody inactive, value by value', async () => {
    expect(told(await mapFileOf(mapping({}), row('Left', 'josé@contoso.example')))).toEqual({
      user: { schemas: SCHEMAS, externalId: '1', active: false },
      leftOut: [
        ['userName', 'user-name-form', 'last-value-if-any'],
        ['title', 'value-too-long', 'last-value-if-any'],
      ],
    });
  });
});

describe('a row', () => {
  const settings = settingsWith({ mapping: { userName: { column: 'Email', required: true }, title: 'Title' } });
  test('of somebody inactive goes without a sign-in name that is required, and a warning says so', async () => {
    const mapped = await mapFileOf(settings, { Id: '1', Status: 'Left', Email: '', Title: 'Clerk' });
    expect(told(mapped)).toMatchObject({ leftOut: [['userName', 'value-missing', 'last-value-if-any']] });
    expect(mapped).toMatchObject({ userName: null, warnings: [{ code: 'user-name-missing' }] });
  });
  test.each([
    ['id is damaged', { Id: '#N/A', Status: 'Left' }, 'excel-error-value'],
    ['id is missing', { Id: '', Status: 'Left' }, 'id-missing'],
    ['status is damaged', { Id: '1', Status: '#N/A' }, 'excel-error-value'],
    ['status is unknown', { Id: '1', Status: 'Gone' }, 'status-unknown'],
  ])('whose %s is rejected: whose row it is, or what it says, is not certain', async (_what, row, code) => {
    expect(told(await mapFileOf(settings, { ...row, Email: '', Title: '' }))).toMatchObject({ rejected: code });
  });
  test('of somebody active is rejected for damage in a column that nothing is made of, and one of somebody inactive is not', async () => {
    const row = { Id: '1', Email: 'a@contoso.example', Title: '', Note: 'a\u0007b' };
    expect(told(await mapFileOf(settings, { ...row, Status: 'Active' }))).toMatchObject({
      rejected: 'control-character',
    });
    expect(told(await mapFileOf(settings, { ...row, Status: 'Left' }))).toMatchObject({ leftOut: [] });
  });
  test('of which an entry of a list loses its value goes without the entry', async () => {
    const phones = settingsWith({
      mapping: {
        userName: 'Email',
        phoneNumbers: [{ value: { column: 'Phone', phone: { country: 'DE' }, onUnreadable: 'omit' } }],
      },
    });
    expect(
      told(await mapFileOf(phones, { Id: '1', Status: 'Active', Email: 'a@contoso.example', Phone: 'n/a' })),
    ).toEqual({
      user: { schemas: SCHEMAS, externalId: '1', active: true, userName: 'a@contoso.example' },
      leftOut: [['phoneNumbers', 'phone-unreadable', 'nothing']],
    });
  });
  test('is rejected for damage that one attribute may go without and another may not', async () => {
    const both = settingsWith({
      mapping: { userName: 'Email', title: { column: 'T', onUnreadable: 'omit' }, nickName: 'T' },
    });
    expect(
      told(await mapFileOf(both, { Id: '1', Status: 'Active', Email: 'a@contoso.example', T: '#REF!' })),
    ).toMatchObject({
      rejected: 'excel-error-value',
    });
  });
  test('has no value that an expression made of a damaged cell', async () => {
    const computed = settingsWith({
      mapping: {
        userName: 'Email',
        title: { expression: '$uppercase(Title & Team)', onUnreadable: 'omit' },
        nickName: { expression: '$uppercase(Team)' },
      },
    });
    const row = { Id: '1', Status: 'Active', Email: 'a@contoso.example', Title: '#REF!', Team: 'it' };
    expect(told(await mapFileOf(computed, row))).toMatchObject({
      user: { nickName: 'IT' },
      leftOut: [['title', 'excel-error-value', 'nothing']],
    });
  });
});

test.each([
  [{ mapping: { userName: { column: 'Email', onUnreadable: 'omit' } } }, '$.mapping.userName.onUnreadable'],
  [{ mapping: { title: { column: 'T', onUnreadable: 'omit', required: true } } }, '$.mapping.title.onUnreadable'],
  [{ mapping: { title: { column: 'T', onUnreadable: 'omit', whenEmpty: 'reject' } } }, '$.mapping.title.onUnreadable'],
  [
    { mapping: { title: { column: 'T', onUnreadable: 'omit', values: { a: 'b' }, unknown: 'reject' } } },
    '$.mapping.title.onUnreadable',
  ],
])('settings that contradict themselves are refused: %j', (members, path) => {
  const parsed = parseSourceSettings(JSON.stringify({ ...baseSettings, ...members }), 'test');
  expect(parsed).toMatchObject({ ok: false, problems: [{ code: 'settings-leaf-contradiction', path }] });
});
test('a value that must be filled in stays required beside `"onUnreadable": "reject"`', () => {
  expect(settingsWith({ mapping: { title: { column: 'T', required: true, onUnreadable: 'reject' } } })).toBeDefined();
});

const nasty = fc.oneof(
  fc.constantFrom(
    '',
    ' ',
    'n/a',
    'NULL',
    '#REF!',
    'a\u0007b',
    'x'.repeat(300),
    'josé@contoso.example',
    'E',
    '45123',
    'Utopia',
  ),
  fc.string({ unit: 'grapheme', maxLength: 8 }).map((text) => text.replaceAll('\uFFFD', '')),
);
const good = {
  Email: 'a@contoso.example',
  Kind: 'E',
  Phone: '+49431000000',
  Land: 'DE',
  Hired: '01/10/2026',
  Note: 'x',
  Boss: '17',
};
type Column = keyof typeof good;
const cells = fc.record(
  Object.fromEntries(Object.entries(good).map(([column, value]) => [column, fc.oneof(fc.constant(value), nasty)])) as {
    [C in Column]: fc.Arbitrary<string>;
  },
);
const mappingOf = (omit: object) => ({
  userName: { column: 'Email', required: true },
  displayName: { expression: "$number(Kind = 'E' ? '1' : Kind) & Note", ...omit },
  userType: { column: 'Kind', values: { E: 'Employee' }, ...omit },
  phoneNumbers: [{ value: { column: 'Phone', phone: { country: 'DE' }, ...omit } }],
  addresses: [{ country: { column: 'Land', country: 'alpha-2', ...omit } }],
  [enterpriseUserUrn]: { manager: { value: { column: 'Boss', ...omit } } },
  [EXTENSION]: { hired: { column: 'Hired', date: { format: 'dd/MM/yyyy' }, ...omit } },
});
const STRICT = settingsWith({ mapping: mappingOf({}) });
const MILD = settingsWith({ mapping: mappingOf({ onUnreadable: 'omit' }) });

/** Null if the reader holds the whole file for what a cell says. */
const read = async (
  settings: typeof STRICT,
  row: object,
  status: string,
): Promise<Exclude<MappedRecord, { kind: 'unsent' }> | null> => {
  try {
    return await mapFileOf(settings, { Id: '17', Status: status, ...row });
  } catch (error) {
    if (!(error instanceof FileHold)) throw error;
    return null;
  }
};

test('for any cells: nobody inactive is rejected; whoever is active is, or goes whole; no null is ever sent', async () => {
  await fc.assert(
    fc.asyncProperty(cells, async (row) => {
      const [active, inactive, mild] = [
        await read(STRICT, row, 'Active'),
        await read(STRICT, row, 'Left'),
        await read(MILD, row, 'Active'),
      ];
      if (active === null || inactive === null || mild === null) return;
      for (const one of [active, inactive, mild])
        expect(JSON.stringify(one.kind === 'user' ? one.user : null)).not.toMatch(/[:,]null/);
      if (inactive.kind === 'rejected') throw new Error(`nobody inactive is rejected, but: ${inactive.rejection.code}`);
      if (active.kind === 'user') {
        expect(active.leftOut).toBeUndefined();
        expect({ ...inactive.user, active: true }).toEqual(active.user);
        expect(inactive.leftOut).toBeUndefined();
        expect(mild).toMatchObject({ kind: 'user', user: active.user });
      } else {
        const why = active.rejection.code;
        expect((inactive.leftOut ?? []).map((one) => one.why.code)).toContain(why);
        // Only the sign-in name still rejects.
        if (mild.kind === 'rejected') expect(mild.rejection.at.column).toBe('Email');
        else expect((mild.leftOut ?? []).map((one) => one.inPlace)).toEqual(expect.arrayContaining(['nothing']));
      }
    }),
    { numRuns: rounds(150) },
  );
});
