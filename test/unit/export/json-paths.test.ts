// List indexes in the paths of a JSON export: the reader knows all that the mapping knows.
import { readExport } from './read-export';

const json = { format: 'json', idColumn: 'ids.0', requiredColumns: ['ids.0', 'states.items.1.word'] } as const;
const person = (id: string, word = 'Active') => ({ ids: [id], states: { items: [{}, { word }] } });

test('an id, a required and a mapped member may be items of lists', async () => {
  const { hold, records, findings } = await readExport(JSON.stringify([person('1'), person('2')]), {
    ...json,
    mappedColumns: ['ids.0', 'states.items.1.word'],
  });
  expect(hold).toBeNull();
  expect(records.map(({ kind }) => kind)).toEqual(['json', 'json']);
  expect(findings).toEqual([]);
});

test('an item that no record has holds the file, or is reported if it is only mapped', async () => {
  const text = JSON.stringify([person('1')]);
  const required = await readExport(text, { ...json, requiredColumns: ['ids.0', 'ids.1'] });
  expect(required.hold).toMatchObject({ code: 'column-missing', at: { column: 'ids.1' } });
  const mapped = await readExport(text, { ...json, mappedColumns: ['states.items.2.word'] });
  expect(mapped.findings).toMatchObject([{ code: 'column-absent', column: 'states.items.2.word' }]);
});

test('the form of an id in a list is judged', async () => {
  const { records } = await readExport(JSON.stringify([person('17')]), {
    ...json,
    mappedColumns: [],
    idPattern: '\\d{4}',
  });
  expect(records).toMatchObject([{ kind: 'unreadable', id: '17', rejection: { code: 'id-lost-zeros' } }]);
});

test('the form of an id is judged with its accents composed, as in CSV', async () => {
  const expectation = { idPattern: '\u00e9\\d', requiredColumns: ['EmployeeID'], mappedColumns: [] };
  const id = 'e\u03011';
  const csv = await readExport(`EmployeeID\n${id}\n`, expectation);
  const one = await readExport(JSON.stringify([{ EmployeeID: id }]), { ...expectation, format: 'json' });
  expect([csv.records[0]?.kind, one.records[0]?.kind]).toEqual(['csv', 'json']);
});

const settings = { format: 'json', requiredColumns: ['EmployeeID'], mappedColumns: ['EmployeeID'] } as const;
const people = [{ EmployeeID: '1' }, { EmployeeID: '2' }];

test.each([
  ['a.people', { a: { other: [], people } }],
  ['a.people', { 'a.people': people, a: { b: [{ people: 1 }] } }],
  ['a.1.people', { a: [{ people: [] }, { people }, { people: [] }] }],
  ['1', [{}, people]],
  ['a.0.0', { a: [[people]] }],
  ['a.people', { a: { deep: { people: [] }, people }, people: [] }],
])('the records may be at %s of %j', async (recordsPath, document) => {
  for (const space of [0, 1]) {
    const { hold, records } = await readExport(JSON.stringify(document, null, space), { ...settings, recordsPath });
    expect(hold).toBeNull();
    expect(records.map((record) => record.kind === 'json' && record.value)).toEqual(people);
  }
});

test.each([
  ['a.people', { a: [people] }],
  ['a.2.people', { a: [{ people }] }],
  ['a.people', { a: {} }],
  ['a.0', { a: [] }],
])('no array at %s of %j holds the file', async (recordsPath, document) => {
  const { hold } = await readExport(JSON.stringify(document), { ...settings, recordsPath });
  expect(hold?.code).toBe('json-records-missing');
});

test('two arrays of people at one path hold the file', async () => {
  const text = `{"a":{"people":${JSON.stringify(people)}},"a.people":[]}`;
  expect((await readExport(text, { ...settings, recordsPath: 'a.people' })).hold?.code).toBe('json-records-missing');
});

test.each(['{"a":[{"people":[]]}}', '{"a":[{"people":[]}}', '{"a":{"people":[]]'])(
  'brackets that do not close what was opened hold the file: %s',
  async (text) => {
    const { hold } = await readExport(text, {
      ...settings,
      recordsPath: text.includes('[{') ? 'a.0.people' : 'a.people',
    });
    expect(hold?.code).toBe('json-broken');
  },
);
