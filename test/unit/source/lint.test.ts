import { lintSourceSettings } from '../../../shared/source/lint-source-settings';
import { parseSourceSettings } from '../../../shared/source/source-settings';

const lint = (mapping: object, members: object = {}): readonly (readonly [string, string])[] => {
  const text = JSON.stringify({
    name: 'test',
    file: { format: 'csv' },
    job: { servicePrincipalId: 'sp', jobId: 'API2AAD.example', target: 'entra' },
    id: 'Id',
    active: { column: 'Status', active: ['Active'], inactive: ['Left'] },
    mapping: { userName: 'Email', ...mapping },
    ...members,
  });
  const parsed = parseSourceSettings(text, 'test');
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  return lintSourceSettings(parsed.settings).map(({ path, code }) => [path, code] as const);
};

test('settings that do what they say have no warnings', () => {
  expect(
    lint({
      title: 'Title',
      phoneNumbers: [{ value: 'Phone' }],
      addresses: [{ type: { const: 'Work' }, locality: 'City' }],
    }),
  ).toEqual([]);
});

test.each([
  [
    'an extension without the prefix that the service asks for',
    { 'urn:contoso:employee': { grade: 'G' } },
    '$.mapping["urn:contoso:employee"]',
    'lint-extension-urn',
  ],
  [
    'a mobile number',
    { phoneNumbers: [{ type: { const: 'mobile' }, value: 'A' }] },
    '$.mapping.phoneNumbers[0].type',
    'lint-not-work',
  ],
  [
    'a type from the file',
    { addresses: [{ type: 'Kind', locality: 'A' }] },
    '$.mapping.addresses[0].type',
    'lint-not-work',
  ],
  [
    'a second work number',
    { phoneNumbers: [{ value: 'A' }, { value: 'B' }] },
    '$.mapping.phoneNumbers[1]',
    'lint-second-work',
  ],
  ['mail in Entra', { emails: [{ value: 'Email' }] }, '$.mapping.emails[0].value', 'lint-mail-not-written'],
  ['clear', { title: { column: 'A', whenEmpty: 'clear' } }, '$.mapping.title', 'lint-clear-needs-null-flow'],
  [
    'clear in a list',
    { addresses: [{ locality: { column: 'A', whenEmpty: 'clear' } }] },
    '$.mapping.addresses[0].locality',
    'lint-clear-in-list',
  ],
  [
    'a list that no default mapping reads',
    { roles: [{ value: 'A' }] },
    '$.mapping.roles[0].value',
    'lint-not-in-default-mapping',
  ],
  [
    'a year of two digits',
    { title: { column: 'A', date: { format: 'dd.MM.yy' } } },
    '$.mapping.title',
    'lint-two-digit-year',
  ],
])('%s is warned about', (_name, mapping, path, code) => expect(lint(mapping)).toEqual([[path, code]]));

test('a missing userName and missing words for leavers are warned about', () => {
  const members = { mapping: { title: 'A' }, active: { column: 'S', active: ['A'], inactive: [] } };
  expect(lint({}, members)).toEqual([
    ['$.mapping.userName', 'lint-no-user-name'],
    ['$.active.inactive', 'lint-no-inactive-words'],
  ]);
});

test('a job that is still to be set up is warned about', () => {
  const jobs = [
    { servicePrincipalId: 'REPLACE-WITH-OBJECT-ID', jobId: 'REPLACE-WITH-JOB-ID' },
    { servicePrincipalId: 'sp', jobId: 'REPLACE-WITH-JOB-ID' },
  ];
  for (const job of jobs) expect(lint({}, { job })).toEqual([['$.job', 'lint-placeholder']]);
});

test('mail is not warned about for Active Directory, which accepts it', () => {
  const job = { servicePrincipalId: 'sp', jobId: 'API2AD.example', target: 'active-directory' };
  expect(lint({ emails: [{ value: 'Email' }] }, { job })).toEqual([]);
});

test('missingPeople is not warned about in a source of full files', () => {
  const missingPeople = { disableAfterDays: 14 };
  expect(lint({}, { missingPeople })).toEqual([['$.missingPeople', 'lint-missing-needs-full']]);
  expect(lint({}, { missingPeople, file: { format: 'csv', content: 'full' } })).toEqual([]);
  expect(lint({}, { missingPeople: 'nothing' })).toEqual([]);
});

test.each([
  [{ format: 'csv', records: 'export.people' }, ['$.file.records']],
  [
    { format: 'json', delimiter: ';', comment: '#', skipLines: 2 },
    ['$.file.delimiter', '$.file.skipLines', '$.file.comment'],
  ],
  [{ format: 'json', records: 'export.people' }, []],
])('members that the format %j does not read are warned about', (file, paths) => {
  expect(lint({}, { file })).toEqual(paths.map((path) => [path, 'lint-member-idle']));
});

test.each([
  [['active', { column: 'Main', values: ['Y'] }], []],
  [[{ column: 'Main', values: ['Y'] }, 'active'], [['$.rowsPerPerson.prefer', 'lint-active-not-first']]],
  [[{ column: 'Main', values: ['Y'] }], [['$.rowsPerPerson.prefer', 'lint-active-not-first']]],
])('rules for several rows of a person that do not begin with the status are warned about: %j', (prefer, warnings) => {
  expect(lint({}, { rowsPerPerson: { prefer } })).toEqual(warnings);
});

test.each([
  ['off', [['$.guard', 'lint-guard-off']]],
  [{ disabled: false }, [['$.guard.disabled', 'lint-guard-weak']]],
  [{ disabled: { hold: false, warn: { percent: 5 } } }, [['$.guard.disabled', 'lint-guard-weak']]],
  [{ disabled: { hold: { percent: 51 } } }, [['$.guard.disabled', 'lint-guard-weak']]],
  [{ disabled: { hold: { percent: 50 } } }, []],
  [{ disabled: { hold: { percent: 51, count: 500 } } }, []],
  [{ disabled: { hold: { count: 500 } } }, []],
  [{ disabled: { warn: { count: 5 } }, changed: false }, []],
])('a guard that guards nothing is warned about: %j', (guard, warnings) => {
  expect(lint({}, { guard })).toEqual(warnings);
});
