// Managers who are looked up in a first reading of the file, in CSV and JSON, with whatever rows there are; and files in which none is anybody's id.
import fc from 'fast-check';
import { loadHash64 } from '../../../../shared/core/hash';
import { holdFile } from '../../../../shared/export/hold-file';
import { openExport } from '../../../../shared/export/open-export';
import { People } from '../../../../shared/people/people';
import { managersOf } from '../../../../shared/pipeline/read/managers-of-file';
import { mapRows } from '../../../../shared/pipeline/read/map-rows';
import { noRows } from '../../../../shared/run/row-counts';
import { enterpriseUserUrn } from '../../../../shared/scim/scim-schema';
import { exportExpectation, parseSourceSettings } from '../../../../shared/source/source-settings';
import { rounds } from '../../../rounds';
import { expressionsHere } from '../../mapping/expressions-here';
import { settingsOf, SOURCE } from '../contoso';

const managerBy = (lookup: unknown, more: object = {}) => ({
  mapping: {
    userName: 'Email',
    [enterpriseUserUrn]: {
      manager: { value: { column: 'Boss', ...(lookup === undefined ? {} : { lookup }), ...more } },
    },
  },
});

interface Told {
  readonly file?: object;
  readonly settings?: object;
  readonly isKnown?: (idHash: bigint) => boolean;
}

/** Maps a file as a run does: the manager of each id (null: none), and what was found about managers. */
async function mapped(
  content: string,
  { file = { content: 'full' }, settings = managerBy('Email'), isKnown }: Told = {},
) {
  const parsed = parseSourceSettings(JSON.stringify(settingsOf(file, settings)), SOURCE);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  let opened = 0;
  async function* bytes() {
    await Promise.resolve();
    yield Buffer.from(content);
  }
  const open = () => {
    opened++;
    return openExport(bytes(), exportExpectation(parsed.settings, 'people', null));
  };
  const hash = await loadHash64();
  const managers = await managersOf({
    settings: parsed.settings,
    hash,
    open,
    expressions: expressionsHere,
    ...(isKnown && { isKnown }),
  });
  const firstReadings = opened;
  let users = '';
  const counts = noRows();
  const { findings } = await mapRows({
    settings: parsed.settings,
    managers,
    people: new People(hash),
    counts,
    rows: { append: () => Promise.resolve() },
    users: { append: (lines) => Promise.resolve(void (users += Buffer.from(lines).toString('utf8'))) },
    afterChunk: () => Promise.resolve(),
    opened: await open(),
    confirmed: null,
    asOf: { at: 0 },
  });
  const of = (line: string): readonly [string, string | null] => {
    const user = JSON.parse(line) as { externalId: string; [enterpriseUserUrn]?: { manager: { value: string } } };
    return [user.externalId, user[enterpriseUserUrn]?.manager.value ?? null];
  };
  return {
    firstReadings,
    counts,
    bosses: Object.fromEntries(
      users
        .split('\n')
        .filter((line) => line !== '')
        .map(of),
    ),
    found: findings.map(({ code, line, values }) => ({ code, line, ...values })),
  };
}

const csv = (...rows: readonly string[]): string => ['Id,Status,Email,Boss', ...rows, ''].join('\n');
const row = (id: string, boss = '', more: { status?: string; email?: string } = {}): string =>
  [id, more.status ?? 'Active', more.email ?? `${id}@contoso.example`, boss].join(',');

test('a manager is found before and after the team, whatever the case', async () => {
  const { bosses, found, firstReadings } = await mapped(
    csv(row('a', 'C@contoso.example'), row('b', ' c@Contoso.example'), row('c'), row('d', 'a@contoso.example')),
  );
  expect(bosses).toEqual({ a: 'c', b: 'c', c: null, d: 'a' });
  expect([found, firstReadings]).toEqual([[], 1]);
});

test('in JSON, on paths', async () => {
  const people = [
    { Id: 'a', Status: 'Active', Email: 'a@contoso.example', Boss: 'Greta Ufer', names: ['x', 'Hugo Tann'] },
    { Id: 'b', Status: 'Active', Email: 'b@contoso.example', names: ['y', 'GRETA  UFER'] },
  ];
  const told = { file: { format: 'json', content: 'full' }, settings: managerBy('names.1') };
  expect(await mapped(JSON.stringify(people), told)).toMatchObject({ bosses: { a: 'b', b: null }, found: [] });
});

test.each([
  ['columns that are joined', "First & ' ' & Last", 'csv'],
  ['columns that are joined, in JSON', "First & ' ' & Last", 'json'],
  ['any expression', '$uppercase(First) & $substring(Last, 0, 0) & " " & Last', 'csv'],
  ['any expression, in JSON', '$join([First, Last], " ")', 'json'],
])('by name: %s', async (_, expression, format) => {
  const rows = [
    { Id: 'a', Status: 'Active', Email: 'a@contoso.example', Boss: 'greta ufer', First: 'Hugo', Last: 'Tann' },
    { Id: 'b', Status: 'Left', Email: 'b@contoso.example', Boss: '', First: 'Greta', Last: 'Ufer' },
  ];
  const text =
    format === 'json'
      ? JSON.stringify(rows)
      : [Object.keys(rows[0]!), ...rows.map((one) => Object.values(one))]
          .map((cells) => `${cells.join(',')}\n`)
          .join('');
  const told = { file: { format, content: 'full' }, settings: managerBy({ expression }) };
  expect(await mapped(text, told)).toMatchObject({ bosses: { a: 'b', b: null }, found: [] });
});

test('whoever is nobody, or two people, is left out, and the value is shown', async () => {
  const { bosses, found } = await mapped(
    csv(
      row('a', 'zoe@contoso.example'),
      row('b', 'Shared@contoso.example'),
      ...['c', 'd'].map((id) => row(id, '', { email: 'shared@contoso.example' })),
    ),
  );
  // The two are rejected for their sign-in name; it is still uncertain which of them is meant.
  expect(bosses).toEqual({ a: null, b: null, c: null, d: null });
  expect(found).toMatchObject([
    { code: 'manager-not-found', line: 2, why: 'nobody', value: { quote: 'zoe@contoso.example' } },
    { code: 'manager-not-found', line: 3, why: 'several', value: { quote: 'Shared@contoso.example' }, lines: [4, 5] },
  ]);
});

test('a manager whose own row is rejected is still that person', async () => {
  const { bosses, counts } = await mapped(
    csv(row('a', 'b@contoso.example'), row('b', '', { status: 'Asleep' }), row('c', 'b@contoso.example')),
  );
  expect(bosses).toEqual({ a: 'b', c: 'b' });
  expect(counts.rejected).toBe(1);
});

test('a row whose cells may have shifted is nobody, one with a damaged value is still that person, one with a damaged id is not', async () => {
  const content = csv(
    row('a', 'ragged@contoso.example'),
    row('b', 'control@contoso.example'),
    row('c', 'damaged@contoso.example'),
    'r,Active,ragged@contoso.example',
    'k,Active,control@contoso.example,"x\u0007"',
    '5001.0,Active,damaged@contoso.example,',
  );
  const { bosses, found } = await mapped(content);
  expect(bosses).toEqual({ a: null, b: 'k', c: null });
  expect(found).toMatchObject([
    { why: 'nobody', value: { quote: 'ragged@contoso.example' } },
    { why: 'without-id', value: { quote: 'damaged@contoso.example' }, lines: [7] },
  ]);
});

test('a word for blank is nobody, and no finding is made of it; a table of values comes first', async () => {
  const settings = managerBy('Email', { values: { CEO: '', HR: 'c@contoso.example' }, unknown: 'keep' });
  const { bosses, found } = await mapped(
    csv(row('a', 'NULL'), row('b', 'CEO'), row('c', 'HR'), row('d', 'a@contoso.example')),
    { settings },
  );
  expect(bosses).toEqual({ a: null, b: null, c: 'c', d: 'a' });
  expect(found).toEqual([]);
});

test('in a file of corrected rows that came back nobody is looked up', async () => {
  const content = `rollcall_row,Id,Status,Email,Boss\n,${row('a', 'b@contoso.example')}\n,${row('b')}\n`;
  const { bosses, found } = await mapped(content);
  expect(bosses).toEqual({ a: null, b: null });
  expect(found).toMatchObject([{ code: 'manager-not-found', why: 'not-whole', rows: 1, line: 2 }]);
  const people = ['a', 'b'].map((id) => ({
    Id: id,
    Status: 'Active',
    Email: `${id}@contoso.example`,
    Boss: 'b@contoso.example',
    rollcall_row: '',
  }));
  const json = await mapped(JSON.stringify(people), { file: { format: 'json', content: 'full' } });
  expect([json.bosses, json.found.length]).toEqual([{ a: null, b: null }, 1]);
});

test('a file without the column is held, as without that of the id', async () => {
  await expect(mapped(csv(row('a', 'x')), { settings: managerBy('Mail address') })).rejects.toMatchObject({
    code: 'column-missing',
    at: { column: 'Mail address' },
  });
});

test('what holds the file in the first reading alone holds it after the second one', async () => {
  const parsed = parseSourceSettings(JSON.stringify(settingsOf({ content: 'full' }, managerBy('Email'))), SOURCE);
  if (!parsed.ok) throw new Error('valid');
  const managers = await managersOf({
    settings: parsed.settings,
    hash: await loadHash64(),
    open: () => Promise.reject(holdFile('id-pattern-slow', { pattern: { quote: 'x' }, seconds: 10, ids: 1 })),
  });
  expect(managers.findPerson).toBeNull();
  expect(() => managers.assertRead()).toThrow(expect.objectContaining({ code: 'id-pattern-slow' }));
});

test('where every value is one person, managers by value are the managers by id, in any order of the rows', async () => {
  const staff = fc
    .uniqueArray(fc.nat(30), { minLength: 1, maxLength: 12 })
    .chain((ids) =>
      fc.tuple(fc.constant(ids), fc.array(fc.nat(40), { minLength: ids.length, maxLength: ids.length }), fc.boolean()),
    );
  await fc.assert(
    fc.asyncProperty(staff, async ([ids, bosses, isJson]) => {
      const rows = ids.map((id, at) => ({ id: `p${id}`, boss: bosses[at]! <= 30 ? `p${bosses[at]}` : '' }));
      const mail = (id: string): string => (id === '' ? '' : `${id}@contoso.example`);
      const content = isJson
        ? JSON.stringify(rows.map(({ id, boss }) => ({ Id: id, Status: 'Active', Email: mail(id), Boss: mail(boss) })))
        : csv(...rows.map(({ id, boss }) => row(id, mail(boss))));
      const found = await mapped(content, { file: { content: 'full', format: isJson ? 'json' : 'csv' } });
      const there = new Set(rows.map(({ id }) => id));
      expect(found.bosses).toEqual(Object.fromEntries(rows.map(({ id, boss }) => [id, there.has(boss) ? boss : null])));
      // Each row with a manager has one, or is told of.
      const told = found.found.reduce((sum, one) => sum + Number('rows' in one ? one.rows : 0), 0);
      expect(told).toBe(rows.filter(({ boss }) => boss !== '' && !there.has(boss)).length);
    }),
    { numRuns: rounds(40) },
  );
});

describe('managers who are named by id', () => {
  const byId = (content: string, told: Told = {}) => mapped(content, { settings: managerBy(undefined), ...told });

  test('cost no first reading, and one of them who is in the file is enough', async () => {
    const { found, firstReadings } = await byId(csv(row('a', 'c'), row('b', 'nobody'), row('c')));
    expect([found, firstReadings]).toEqual([[], 0]);
  });
  test('are warned about if none is anybody', async () => {
    const { found, bosses } = await byId(csv(row('a', 'Greta Ufer'), row('b', 'Greta Ufer'), row('c', 'Ada')));
    expect(found).toMatchObject([
      { code: 'managers-are-nobody', line: 2, managers: 2, value: { quote: 'Greta Ufer' }, column: { quote: 'Boss' } },
    ]);
    expect(bosses).toEqual({ a: 'Greta Ufer', b: 'Greta Ufer', c: 'Ada' });
  });
  test('are compared as ids are, with rejected rows too', async () => {
    expect((await byId(csv(row('A17', 'B9'), row('b9', '', { status: 'Asleep' })))).found).toEqual([]);
  });
  test('are somebody if earlier files told of them', async () => {
    expect((await byId(csv(row('a', 'b')), { isKnown: () => true })).found).toEqual([]);
  });
  test('may be in an earlier file, if this one has changes only and the ids look alike', async () => {
    const file = { content: 'changes' };
    expect((await byId(csv(row('17', '23')), { file })).found).toEqual([]);
    expect((await byId(csv(row('17', '23')))).found).toHaveLength(1);
    expect((await byId(csv(row('17', 'boss@contoso.example')), { file })).found).toHaveLength(1);
  });
  test('say nothing in a file of corrected rows', async () => {
    expect((await byId(`rollcall_row,Id,Status,Email,Boss\n,${row('a', 'Greta')}\n`)).found).toEqual([]);
  });
  test('say nothing where nobody has one', async () => {
    expect((await byId(csv(row('a')))).found).toEqual([]);
  });
});
