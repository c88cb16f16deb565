import fc from 'fast-check';
import type { ExportRecord } from '../../../shared/export/export-record';
import { expressionsHere } from './expressions-here';
import { compileMapping } from '../../../shared/mapping/compile-mapping';
import { csvShape, mapRow, NOW, settingsWith } from './one-row';

const enterprise = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
const custom = 'urn:ietf:params:scim:schemas:extension:contoso:1.0:User';
const core = 'urn:ietf:params:scim:schemas:core:2.0:User';

test('a custom extension is listed in schemas only where the user has values in it', async () => {
  const settings = settingsWith({ mapping: { [custom]: { badge: 'Badge' } } });
  const without = await mapRow(settings, { Id: '1', Status: 'Active', Badge: '' });
  const withBadge = await mapRow(settings, { Id: '1', Status: 'Active', Badge: '7' });
  expect(without).toMatchObject({ user: { schemas: [core, enterprise] } });
  expect(withBadge).toMatchObject({ user: { schemas: [core, enterprise, custom], [custom]: { badge: '7' } } });
});

test('the text of a user does not depend on the order of the settings', async () => {
  const members = {
    userName: 'Email',
    name: { givenName: 'A', familyName: 'B' },
    [custom]: { b: 'A', a: 'B' },
    title: 'A',
  };
  const reversed = (value: object): object =>
    Object.fromEntries(
      Object.entries(value)
        .reverse()
        .map(([key, child]) => [key, typeof child === 'object' ? reversed(child as object) : child]),
    );
  const row = { Id: '1', Status: 'Active', Email: 'a@contoso.example', A: 'x', B: 'y' };
  const one = await mapRow(settingsWith({ mapping: members }), row);
  const other = await mapRow(settingsWith({ mapping: reversed(members) }), row);
  expect(one.kind).toBe('user');
  expect(JSON.stringify(other)).toBe(JSON.stringify(one));
});

test('a record that cannot be read is rejected as it is', async () => {
  const rejection = { code: 'field-count', values: {}, at: { line: 9, column: null } };
  const record: ExportRecord = { kind: 'unreadable', row: 4, line: 9, id: '77', rejection };
  const mapper = compileMapping(settingsWith({}), NOW).bind(csvShape(['Id', 'Status', 'Email']));
  expect(await mapper.map([record])).toEqual([
    { kind: 'rejected', row: 4, line: 9, id: '77', userName: null, active: null, rank: null, rejection },
  ]);
});

test.each([
  ['the id comes first', { Id: '', Status: '?', Email: 'bad' }, 'id-missing', 'Id'],
  ['the status comes second', { Id: '1', Status: '', Email: 'bad' }, 'status-missing', 'Status'],
  ['then the other leaves', { Id: '1', Status: 'Active', Email: 'x', Must: '' }, 'value-missing', 'Must'],
  [
    'then what the directory refuses',
    { Id: '1', Status: 'Active', Email: 'x y', Must: 'y' },
    'user-name-form',
    'Email',
  ],
])('of several reasons %s', async (_name, row, code, column) => {
  const settings = settingsWith({ mapping: { userName: 'Email', title: { column: 'Must', required: true } } });
  expect(await mapRow(settings, row)).toMatchObject({ kind: 'rejected', rejection: { code, at: { line: 2, column } } });
});

test('a file without the status column rejects every row', async () => {
  expect(await mapRow(settingsWith({}), { Id: '1', Email: 'a@contoso.example' })).toMatchObject({
    rejection: { code: 'status-missing' },
  });
});

test('the column of a value in a list is found although entries before it are left out', async () => {
  const addresses = [{ locality: 'City1' }, { locality: 'City2' }];
  const row = { Id: '1', Status: 'Active', City1: '', City2: 'x'.repeat(129) };
  expect(await mapRow(settingsWith({ mapping: { addresses } }), row)).toMatchObject({
    rejection: { code: 'value-too-long', at: { column: 'City2' } },
  });
});

test.each([
  ['M-1', undefined],
  ['M\n1', 'manager-id-damaged'],
  ['M\u00851', 'manager-id-damaged'],
])('the id of a manager is an id, too: %j', async (Manager, code) => {
  const mapping = { [enterprise]: { manager: { value: 'Manager' } } };
  const mapped = await mapRow(settingsWith({ mapping }), { Id: '1', Status: 'Active', Manager });
  expect(mapped.kind === 'rejected' ? mapped.rejection.code : undefined).toBe(code);
});

test('an entry of a list is not kept for its constants, unless it has only constants', async () => {
  const row = { Id: '1', Status: 'Active', Street: '' };
  const partly = settingsWith({ mapping: { addresses: [{ streetAddress: 'Street', country: { const: 'DE' } }] } });
  const wholly = settingsWith({ mapping: { addresses: [{ locality: { const: 'Kiel' }, country: { const: 'DE' } }] } });
  expect(await mapRow(partly, row)).not.toHaveProperty('user.addresses');
  expect(await mapRow(wholly, row)).toHaveProperty('user.addresses', [
    { type: 'work', locality: 'Kiel', country: 'DE' },
  ]);
});

test('a person without a sign-in name is a user with a warning', async () => {
  const mapped = await mapRow(settingsWith({}), { Id: '1', Status: 'Left', Email: '' });
  expect(mapped).toMatchObject({
    kind: 'user',
    userName: null,
    active: false,
    warnings: [{ code: 'user-name-missing', id: '1' }],
  });
});

test('an id longer than employeeId takes is a user with a warning', async () => {
  const mapped = await mapRow(settingsWith({}), { Id: '1'.repeat(17), Status: 'Left', Email: 'a@contoso.example' });
  expect(mapped).toMatchObject({ kind: 'user', warnings: [{ code: 'id-longer-than-employee-id', column: 'Id' }] });
});

test('Active Directory has no such limit on ids', async () => {
  const settings = settingsWith({
    job: { servicePrincipalId: 'sp', jobId: 'API2AD.example', target: 'active-directory' },
  });
  const row = { Id: '1'.repeat(17), Status: 'Left', Email: 'a@contoso.example' };
  expect(await mapRow(settings, row)).toMatchObject({ kind: 'user', warnings: [] });
});

test('a numeric id of a JSON record is the text of its digits, and one that lost digits is rejected', async () => {
  const settings = settingsWith({ file: { format: 'json' } });
  expect(await mapRow(settings, { Id: 4711, Status: 'Active' })).toMatchObject({ externalId: '4711' });
  expect(await mapRow(settings, { Id: 1e22, Status: 'Active' })).toMatchObject({
    id: null,
    rejection: { code: 'number-imprecise' },
  });
});

const cell = fc.oneof(
  fc.constantFrom('', ' ', 'Active', ' LEFT ', 'left', 'a@contoso.example'),
  fc.string({ unit: 'grapheme' }),
);

test('each record gives one result, in its order, and a user only with an id and a status of the lists', async () => {
  const settings = settingsWith({ mapping: { userName: 'Email', title: { expression: '$uppercase(Email)' } } });
  const mapper = compileMapping(settings, NOW).bind(csvShape(['Id', 'Status', 'Email']), expressionsHere);
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(cell, cell, cell), { maxLength: 20 }), async (rows) => {
      const records = rows.map((cells, index): ExportRecord => ({
        kind: 'csv',
        row: index + 1,
        line: index + 2,
        cells,
      }));
      const mapped = await mapper.map(records);
      expect(mapped.map(({ row }) => row)).toEqual(records.map(({ row }) => row));
      for (const [index, result] of mapped.entries()) {
        const [id, status] = rows[index]!;
        const meaning = new Map([
          ['active', true],
          ['left', false],
        ]).get(status.trim().toLowerCase());
        if (id.trim() === '' || meaning === undefined) expect(result.kind).toBe('rejected');
        if (result.kind === 'user')
          expect(result.user).toMatchObject({ externalId: id.normalize('NFC').trim(), active: meaning });
      }
    }),
  );
});
