// The look-up of managers in the settings: where it may be, and what it cannot be combined with.
import { enterpriseUserUrn } from '../../../shared/scim/scim-schema';
import { exportExpectation, parseSourceSettings } from '../../../shared/source/source-settings';

const parse = (leaf: unknown, file: object = { content: 'full' }, mapping: object = {}) =>
  parseSourceSettings(
    JSON.stringify({
      name: 'test',
      file: { format: 'csv', ...file },
      job: { servicePrincipalId: 'sp', jobId: 'API2AAD.example' },
      id: 'Id',
      active: { column: 'Status', active: ['Active'], inactive: ['Left'] },
      mapping: { userName: 'Email', ...mapping, [enterpriseUserUrn]: { manager: { value: leaf } } },
    }),
    'test',
  );
const HERE = `$.mapping["${enterpriseUserUrn}"].manager.value.lookup`;
const problemsOf = (...told: Parameters<typeof parse>) => {
  const parsed = parse(...told);
  return parsed.ok ? [] : parsed.problems.map(({ path, code, values }) => ({ path, code, ...values }));
};

test.each([
  ['a column', { column: 'Boss', lookup: 'Email' }],
  ['an expression', { column: 'Boss', lookup: { expression: "First & ' ' & Last" } }],
  ['an expression on both sides', { expression: '$uppercase(Boss)', lookup: { expression: '$uppercase(Email)' } }],
  [
    'a value that is blank, cleared or translated',
    { column: 'Boss', lookup: 'Email', blank: ['-'], whenEmpty: 'clear', values: { x: 'y' }, unknown: 'keep' },
  ],
])('may be in %s', (_, leaf) => {
  expect(problemsOf(leaf)).toEqual([]);
});

test('needs files with everybody', () => {
  const leaf = { column: 'Boss', lookup: 'Email' };
  for (const file of [{}, { content: 'changes' }])
    expect(problemsOf(leaf, file)).toEqual([{ path: HERE, code: 'settings-lookup-needs-full' }]);
});

test.each([
  ['required', { required: true }, { clash: 'excludes', other: 'required' }],
  ['whenEmpty reject', { whenEmpty: 'reject' }, { clash: 'excludes', other: 'whenEmpty' }],
  ['its own column', { lookup: 'Boss' }, { clash: 'looks-up-itself' }],
  ['a date', { date: { format: 'yyyy-MM-dd' } }, { clash: 'excludes', other: 'date' }],
])('contradicts %s', (_, more, values) => {
  expect(problemsOf({ column: 'Boss', lookup: 'Email', ...more })).toMatchObject([
    { path: HERE, code: 'settings-leaf-contradiction', ...values },
  ]);
});

test('is for the manager alone', () => {
  const title = { column: 'T', lookup: 'Email' };
  expect(problemsOf('Boss', {}, { title })).toMatchObject([
    { path: '$.mapping.title.lookup', code: 'settings-leaf-contradiction', clash: 'not-manager' },
  ]);
});

test.each([
  [{ expression: 'First &' }, `${HERE}.expression`, 'settings-expression-syntax'],
  [{ expression: '$now()' }, `${HERE}.expression`, 'settings-expression-forbidden'],
  ['', HERE, 'settings-member-form'],
  [[], HERE, 'settings-member-form'],
  [{ column: 'Email' }, `${HERE}.expression`, 'settings-member-missing'],
])('%j is refused at its place', (lookup, path, code) => {
  expect(problemsOf({ column: 'Boss', lookup })).toEqual(
    expect.arrayContaining([expect.objectContaining({ path, code })]),
  );
});

test('its columns must be in the file, but a word for blank rejects nobody there', () => {
  const parsed = parse({ column: 'Boss', lookup: { expression: "First & ' ' & Last" } });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  const { requiredColumns, mappedColumns, decisiveColumns } = exportExpectation(parsed.settings, 'people.csv', null);
  expect(requiredColumns).toEqual(['Id', 'Status', 'Email', 'First', 'Last']);
  expect(mappedColumns).toEqual(expect.arrayContaining(['Boss', 'First', 'Last']));
  expect(decisiveColumns).toEqual(['Id', 'Status', 'Email']);
});
