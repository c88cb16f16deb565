// Names of columns: folding, aliases, and the aliases that cannot be told apart.
import fc from 'fast-check';
import { compileColumnNames, type ColumnContract } from '../../../shared/columns/column-names';
import { foldName } from '../../../shared/columns/fold';
import { readExport } from '../export/read-export';

const contract: ColumnContract = {
  format: 'csv',
  idColumn: 'Id',
  requiredColumns: ['Email'],
  mappedColumns: ['Job.Title'],
  aliases: { Id: ['Personal-Nr'] },
};

test('folds case, spaces, accents and separators, and nothing else', () => {
  expect(['Employee ID', 'employee_id', 'EMPLOYEE-ID', '\u00c9mployee.Id'].map(foldName)).toEqual(
    Array(4).fill('employeeid'),
  );
  expect(foldName('Stra\u00dfe')).toBe('strasse');
  expect(foldName('Email2')).not.toBe(foldName('Email'));
  expect(foldName(' -_. ')).toBe('');
});

test.each([
  [
    ['id', 'e-mail'],
    ['Id', 'Email'],
  ],
  [['personal nr'], ['Id']],
  [['job title'], ['Job.Title']],
  [
    ['Email', 'email'],
    ['Email', 'email'],
  ],
  [
    ['email', 'Email'],
    ['email', 'Email'],
  ],
  [
    ['Id', 'Personal-Nr'],
    ['Id', 'Personal-Nr'],
  ],
  [
    ['id', 'Personal-Nr'],
    ['Id', 'Id'],
  ],
  [
    ['other', '--'],
    ['other', '--'],
  ],
])('the header %j is read as %j', (written, names) => {
  expect(compileColumnNames(contract).nameAll(written)).toEqual(names);
});

test('in JSON a name with a dot is a path, and its first member keeps its name', () => {
  const { nameAll } = compileColumnNames({ ...contract, format: 'json', mappedColumns: ['Job.Title', 'Names.1'] });
  expect(nameAll(['job title', 'job', 'NAMES', 'id'])).toEqual(['job title', 'job', 'NAMES', 'Id']);
});

test('names beyond those that are remembered are read by the same rule', () => {
  const { nameAll } = compileColumnNames(contract);
  for (let count = 0; count < 10_050; count++) nameAll([`column ${count}`]);
  expect(nameAll(['e_mail', 'column 10049'])).toEqual(['Email', 'column 10049']);
});

const name = fc.constantFrom('A', 'a', 'A-', 'B', 'b ', '\u00c1', 'B.c', 'b.0', 'C', 'c', 'D');
const anyContract = fc.record({
  format: fc.constantFrom('csv', 'json'),
  idColumn: name,
  requiredColumns: fc.array(name, { maxLength: 2 }),
  mappedColumns: fc.array(name, { maxLength: 2 }),
  aliases: fc.dictionary(name, fc.array(name, { minLength: 1, maxLength: 3 }), { maxKeys: 3 }),
});

test('an alias clashes exactly if a file with only that alias does not give its column, for all settings', () => {
  fc.assert(
    fc.property(anyContract, (any) => {
      const { nameAll, clashes } = compileColumnNames(any);
      const place = (column: string, index: number): string => `${column}[${index}]`;
      const unread = Object.entries(any.aliases).flatMap(([column, others]) =>
        others.flatMap((alias, index) => (nameAll([alias])[0] === column ? [] : [place(column, index)])),
      );
      expect(clashes.map(({ column, index }) => place(column, index))).toEqual(unread);
    }),
    { numRuns: 2000 },
  );
});

test('a table and a list of records are read by the same names, for all headers without paths', async () => {
  const plain = fc.constantFrom('A', 'a', 'A-', 'B', 'b ', '\u00c1', 'C', 'c', 'D');
  const settings = { idColumn: 'A', requiredColumns: ['A'], mappedColumns: ['B'], aliases: { B: ['D', 'c'] } };
  await fc.assert(
    fc.asyncProperty(fc.uniqueArray(plain, { minLength: 2, maxLength: 4 }), async (header) => {
      // A table's header is trimmed and composed; so are these names.
      const written = header.map((one) => one.trim());
      fc.pre(new Set(written).size === written.length);
      const values = written.map((_, index) => `v${index}`);
      const csv = await readExport(`${written.join(',')}\n${values.join(',')}\n`, settings);
      const record = Object.fromEntries(written.map((one, index) => [one, values[index]]));
      const json = await readExport(JSON.stringify([record]), { ...settings, format: 'json' });
      const [row] = json.records;
      if (csv.hold?.code === 'column-doubled') {
        expect(row).toMatchObject({ kind: 'unreadable', rejection: { code: 'json-key-doubled' } });
      } else if (csv.hold !== null) {
        expect(json.hold?.code).toBe(csv.hold.code);
      } else {
        expect(row?.kind === 'json' && Object.keys(row.value).sort()).toEqual([...(csv.shape?.columns ?? [])].sort());
      }
    }),
  );
});
