// The findings about settings: a warning where something is certain to be lost, a note about everything else.
import { findingsOfSettings } from '../../../../shared/pipeline/read/settings-findings';
import { sourceCodes } from '../../../../shared/source/source-codes';
import { parseSourceSettings } from '../../../../shared/source/source-settings';
import { JOB, settingsOf, SOURCE } from '../contoso';

function findings(mapping: object, more: object = {}) {
  const settings = settingsOf({}, { mapping: { userName: 'Email', ...mapping }, ...more });
  const parsed = parseSourceSettings(JSON.stringify(settings), SOURCE);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  return findingsOfSettings(parsed.settings);
}

type Told = readonly [severity: 'warning' | 'note', mapping: object, values: object, more?: object];
const EXAMPLES: Readonly<Record<string, Told>> = {
  'lint-not-work': [
    'warning',
    { phoneNumbers: [{ type: { const: 'mobile' }, value: 'A' }] },
    { path: '$.mapping.phoneNumbers[0].type', isConst: true },
  ],
  'lint-second-work': [
    'warning',
    { phoneNumbers: [{ value: 'A' }, { value: 'B' }] },
    { path: '$.mapping.phoneNumbers[1]' },
  ],
  'lint-clear-in-list': [
    'warning',
    { addresses: [{ locality: { column: 'A', whenEmpty: 'clear' } }] },
    { path: '$.mapping.addresses[0].locality' },
  ],
  'lint-two-digit-year': [
    'warning',
    { title: { column: 'A', date: { format: 'dd.MM.yy' } } },
    { path: '$.mapping.title' },
  ],
  'lint-mail-not-written': ['note', { emails: [{ value: 'Email' }] }, { path: '$.mapping.emails[0].value' }],
  'lint-clear-needs-null-flow': ['note', { title: { column: 'A', whenEmpty: 'clear' } }, { path: '$.mapping.title' }],
  'lint-not-in-default-mapping': [
    'note',
    { roles: [{ value: 'A' }] },
    { path: '$.mapping.roles[0].value', list: 'roles' },
  ],
  'lint-member-idle': [
    'note',
    {},
    { path: '$.file.records', format: 'json' },
    { file: { format: 'csv', records: 'people' } },
  ],
  'lint-missing-needs-full': ['note', {}, { path: '$.missingPeople' }, { missingPeople: { disableAfterDays: 14 } }],
  'lint-no-inactive-words': [
    'note',
    {},
    { path: '$.active.inactive' },
    { active: { column: 'Status', active: ['Active'], inactive: [] } },
  ],
  'lint-no-user-name': ['note', {}, { path: '$.mapping.userName' }, { mapping: { title: 'A' } }],
  'lint-extension-urn': [
    'warning',
    { 'urn:contoso:employee': { grade: 'Grade' } },
    { path: '$.mapping["urn:contoso:employee"]' },
  ],
  'lint-placeholder': [
    'warning',
    {},
    { path: '$.job' },
    { job: { servicePrincipalId: 'REPLACE-WITH-OBJECT-ID', jobId: 'REPLACE-WITH-JOB-ID', target: 'entra' } },
  ],
  'lint-active-not-first': [
    'note',
    {},
    { path: '$.rowsPerPerson.prefer' },
    { rowsPerPerson: { prefer: [{ column: 'Main', values: ['Y'] }] } },
  ],
  'lint-guard-off': ['warning', {}, { path: '$.guard' }, { guard: 'off' }],
  'lint-guard-weak': ['warning', {}, { path: '$.guard.disabled', percent: null }, { guard: { disabled: false } }],
};

test('each code of the lint has an example', () => {
  const codes = Object.keys(sourceCodes).filter((code) => code.startsWith('lint-'));
  expect(Object.keys(EXAMPLES).sort()).toEqual(codes.sort());
});
test.each(Object.entries(EXAMPLES))('%s', (code, [severity, mapping, values, more]) => {
  expect(findings(mapping, { job: { ...JOB, target: 'entra' }, ...more })).toEqual([
    { severity, code, values: expect.objectContaining(values) as object, line: null, column: null, id: null },
  ]);
});
test('are none about settings that do what they say', () => {
  expect(findings({ title: 'Title' })).toEqual([]);
});
