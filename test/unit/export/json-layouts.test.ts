// The same people in every layout that JSON files have: read as the same people, or held where the layout leaves a doubt.
import fc from 'fast-check';
import { rounds } from '../../rounds';
import { readExport } from './read-export';

const json = { format: 'json', requiredColumns: ['EmployeeID'], mappedColumns: ['EmployeeID'] } as const;

const others = fc.dictionary(
  fc.constantFrom('Name', 'next', 'tags', 'phones', 'a.b', '{', '"', 'value'),
  fc.oneof(
    fc.string(),
    fc.constantFrom('},{', ']', '\\', '"', ',\n'),
    fc.array(fc.record({ type: fc.string() }), { maxLength: 2 }),
    fc.constant(null),
  ),
);
const people = fc
  .array(others, { minLength: 1, maxLength: 6 })
  .map((all) => all.map((one, at): Record<string, unknown> => ({ ...one, EmployeeID: `${at + 1}` })));
const cuts = fc.array(fc.nat(400), { maxLength: 5 });

const layouts: Readonly<Record<string, (people: readonly object[]) => string>> = {
  'an array': (all) => JSON.stringify(all),
  'an array over lines': (all) => JSON.stringify(all, null, 1),
  'one object per line': (all) => all.map((one) => JSON.stringify(one)).join('\n'),
  'objects over lines': (all) => all.map((one) => JSON.stringify(one, null, 2)).join('\n'),
  'objects on one line': (all) => all.map((one) => JSON.stringify(one)).join(''),
  'the only list of an object': (all) => JSON.stringify({ count: all.length, d: { results: all, __next: null } }),
  'the list of people beside another': (all) =>
    JSON.stringify({ errors: [{ code: 1 }], people: all, warnings: [{}] }, null, 1),
};

test.each(Object.entries(layouts))('%s: the same people, wherever the parts of the file are cut', async (_, layout) => {
  await fc.assert(
    fc.asyncProperty(people, cuts, async (all, at) => {
      const bytes = Buffer.from(layout(all));
      const { hold, records } = await readExport(
        bytes,
        json,
        at.map((cut) => Math.min(cut, bytes.length)),
      );
      expect(hold).toBeNull();
      // Texts with control characters are rejected; who they belong to is known all the same.
      expect(records.map((one) => (one.kind === 'json' ? one.value['EmployeeID'] : 'id' in one && one.id))).toEqual(
        all.map(({ EmployeeID }) => EmployeeID),
      );
    }),
    { numRuns: rounds(40) },
  );
});

test('a link to a further page holds the file wherever it is beside the list, and nothing is held for one that is null', async () => {
  const link = fc.constantFrom<[string, unknown]>(
    ['@odata.nextLink', 'x'],
    ['nextPageToken', 'x'],
    ['paging', { next: 'x' }],
    ['_links', { self: { href: 'x' }, next: { href: 'x' } }],
    ['hasMore', true],
  );
  const emptied = (value: unknown): unknown =>
    typeof value === 'object' && value !== null
      ? Object.fromEntries(
          Object.entries(value).map(([key, member]) => [key, key === 'self' ? member : emptied(member)]),
        )
      : null;
  await fc.assert(
    fc.asyncProperty(people, link, fc.boolean(), fc.boolean(), async (all, [name, value], isFirst, isDeclared) => {
      const document = (linked: unknown): string =>
        JSON.stringify({ d: isFirst ? { [name]: linked, results: all } : { results: all, [name]: linked } });
      const expectation = isDeclared ? { ...json, recordsPath: 'd.results' } : json;
      expect((await readExport(document(value), expectation)).hold?.code).toBe('file-of-one-page');
      expect((await readExport(document(emptied(value)), expectation)).hold).toBeNull();
    }),
    { numRuns: rounds(40) },
  );
});

test('two lists of people hold the file, which names both', async () => {
  const text = JSON.stringify({ employees: [{ EmployeeID: '1' }], d: { contractors: [{ EmployeeID: '2' }] } });
  const { hold } = await readExport(text, json);
  expect(hold).toMatchObject({
    code: 'json-records-missing',
    values: { found: 'several', lists: [{ quote: 'employees' }, { quote: 'd.contractors' }] },
  });
});

test('where nothing is at the declared path, the lists that are there are named', async () => {
  const text = JSON.stringify({ meta: { tags: ['a'] }, value: [{ EmployeeID: '1' }] });
  const { hold } = await readExport(text, { ...json, recordsPath: 'd.results' });
  expect(hold).toMatchObject({ code: 'json-records-missing', values: { found: 'none', lists: [{ quote: 'value' }] } });
});

test('a list is found where the first part of the file ends before it does, on one line', async () => {
  const all = Array.from({ length: 3_000 }, (_, at) => ({ EmployeeID: String(at), Note: 'x'.repeat(40) }));
  const { records, hold } = await readExport(JSON.stringify({ value: all, total: 3_000 }), json);
  expect(hold).toBeNull();
  expect(records).toHaveLength(3_000);
});

test('what lies beside the list may be longer than any record', async () => {
  const history = Array.from({ length: 60_000 }, (_, at) => ({ at, said: 'nothing to see here' }));
  const text = JSON.stringify({ history, people: [{ EmployeeID: '1' }] });
  const { hold, records } = await readExport(text, { ...json, recordsPath: 'people' });
  expect(hold).toBeNull();
  expect(records).toHaveLength(1);
});

test('a key that is twice in an object is told with its whole path', async () => {
  const text = '[{"EmployeeID":"1","jobs":[{},{"name":"a","name":"b"}]}]';
  const { records } = await readExport(text, json);
  expect(records).toMatchObject([{ rejection: { code: 'json-key-doubled', at: { column: 'jobs.1.name' } } }]);
});
