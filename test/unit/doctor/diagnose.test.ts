// One thing is wrong at a time, and the finding that tells it is raised: nothing else is.
import { diagnose } from '../../../shared/doctor/diagnose';
import { doctorCodes } from '../../../shared/doctor/doctor-codes';
import { doctorMessage, type FindingLevel } from '../../../shared/doctor/finding';
import { jobPicture, licenceOf, provisioningSettings } from '../../../shared/doctor/job-picture';
import { schemaPicture } from '../../../shared/doctor/schema-picture';
import { read, type StoragePicture, type TenantPicture } from '../../../shared/doctor/tenant-picture';
import { enterpriseUserUrn } from '../../../shared/scim/scim-schema';
import type { SourceSettings } from '../../../shared/source/settings-schema';
import {
  attribute,
  expression,
  goodAttributes,
  goodMappings,
  goodNotification,
  goodPicture,
  goodRoles,
  jobOf,
  jobPart,
  licencePart,
  mapped,
  schemaOf,
  schemaPart,
  secretsOf,
  secretsPart,
  settingsOf,
  skuWith,
} from './pictures';

const place = { isLoopback: false };
const tellOf = (picture: TenantPicture, settings: SourceSettings) =>
  diagnose(picture, { settings, place }).map(({ level, message }) => [level, message.code] as const);

/** What is found beside what is right. */
const troublesOf = (change: Partial<TenantPicture>, settings = settingsOf()) =>
  tellOf({ ...goodPicture(), ...change }, settings).filter(([, code]) => code !== 'check-passed');

const storageWith = (change: Partial<StoragePicture['missing']>): Partial<TenantPicture> => ({
  storage: read({ refusal: null, missing: { containers: [], queues: [], tables: [], ...change } }),
});
const granted = (...roles: readonly string[]): Partial<TenantPicture> => ({ grants: read({ roles }) });
const schema = (...document: Parameters<typeof schemaOf>): Partial<TenantPicture> => ({
  schema: schemaPart(schemaOf(...document)),
});
const secrets = (...document: Parameters<typeof secretsOf>): Partial<TenantPicture> => ({
  provisioning: secretsPart(secretsOf(...document)),
});
const job = (...document: Parameters<typeof jobOf>): Partial<TenantPicture> => ({ job: jobPart(jobOf(...document)) });
const quarantined = (reason: string, code?: string): Partial<TenantPicture> =>
  job(
    'Quarantine',
    {},
    { quarantine: { reason, error: code === undefined ? null : { code, message: 'Ada Example' } } },
  );
/** The good schema with other mappings in place of those of the same target. */
const remapped = (...mappings: readonly Record<string, unknown>[]): Partial<TenantPicture> => {
  const targets = mappings.map(({ targetAttributeName }) => targetAttributeName);
  return schema([...goodMappings.filter((one) => !targets.includes(one['targetAttributeName'])), ...mappings]);
};
const withAttribute = (name: string, target: string, change = {}, mapping = {}): Partial<TenantPicture> =>
  schema([...goodMappings, mapped(name, target, mapping)], [...goodAttributes, attribute(name, change)]);

const onPremises = settingsOf({ job: { servicePrincipalId: 'sp-1', jobId: 'API2AD.1', target: 'active-directory' } });
const adMappings = [
  ...goodMappings.filter((one) => one['targetAttributeName'] !== 'accountEnabled'),
  mapped('active', 'accountDisabled', expression('Not([active])')),
];
const inDomain = { provisioning: secretsPart(secretsOf(goodNotification, { SyncAgentADContainer: 'OU=x' })) };
const ad = { ...schema(adMappings), ...job('Active', { id: 'API2AD.1' }), ...inDomain };

const clearing = settingsOf({ mapping: { userName: 'Login', title: { column: 'Title', whenEmpty: 'clear' } } });
const leaving = (leaf: object) =>
  settingsOf({
    mapping: {
      userName: 'Login',
      title: 'Title',
      'urn:ietf:params:scim:schemas:extension:contoso:1.0:User': { Leave: leaf },
    },
  });
const leave = 'urn:ietf:params:scim:schemas:extension:contoso:1.0:User:Leave';

type Case = readonly [
  what: string,
  level: FindingLevel,
  code: keyof typeof doctorCodes,
  change: Partial<TenantPicture>,
  settings?: SourceSettings,
];

/** Each misconfiguration with the finding that is its own. */
const cases: readonly Case[] = [
  [
    'storage refuses the identity',
    'wrong',
    'storage-out-of-reach',
    {
      storage: read({
        refusal: { path: '', code: 'storage-not-signed-in', values: {} },
        missing: { containers: ['runs'], queues: [], tables: [] },
      }),
    },
  ],
  ['a container is missing', 'wrong', 'containers-missing', storageWith({ containers: ['runs'] })],
  ['a queue is missing', 'wrong', 'queues-missing', storageWith({ queues: ['arrivals'] })],
  ['a table is missing', 'wrong', 'tables-missing', storageWith({ tables: ['gates'] })],
  [
    'there is no token',
    'wrong',
    'token-not-given',
    { token: read({ refusal: { path: '', code: 'graph-no-token', values: {} } }) },
  ],
  ['the identity may not upload', 'wrong', 'upload-not-permitted', granted(...goodRoles.slice(1))],
  [
    'it may upload to what it owns, and owns nothing',
    'wrong',
    'upload-needs-owner',
    granted('SynchronizationData-User.Upload.OwnedBy', ...goodRoles.slice(1)),
  ],
  ['it may not read the log', 'wrong', 'log-not-permitted', granted(goodRoles[0]!, goodRoles[2]!)],
  ['it may not see its job', 'wrong', 'job-read-not-permitted', granted(...goodRoles.slice(0, 2))],
  ['it may change every user', 'warning', 'permission-beyond-need', granted(...goodRoles, 'User.ReadWrite.All')],
  ['the job is gone', 'wrong', 'job-missing', { job: read(null) }],
  ['the job is paused', 'wrong', 'job-not-running', job('Paused')],
  ['the job was never started', 'wrong', 'job-not-started', job('NotRun')],
  ['the job was never configured', 'wrong', 'job-not-started', job('NotConfigured')],
  [
    'the job is in quarantine for failures',
    'wrong',
    'job-quarantined',
    quarantined('EncounteredEscrowProportionThreshold'),
  ],
  ['the job is in quarantine for deletions', 'wrong', 'job-quarantined', quarantined('TooManyDeletes')],
  [
    'the job was switched off after its quarantine',
    'wrong',
    'job-switched-off',
    job('Active', { schedule: { state: 'Disabled' } }),
  ],
  [
    'the last cycle failed',
    'warning',
    'job-failed-last',
    job('Active', {}, { lastExecution: { state: 'Failed', error: { code: 'Timeout' } } }),
  ],
  ['the job writes to another directory', 'wrong', 'job-of-other-target', job('Active', { id: 'API2AD.1' })],
  ['the mapping is switched off', 'wrong', 'mapping-switched-off', schema(undefined, undefined, { enabled: false })],
  [
    'the job may not create',
    'warning',
    'actions-switched-off',
    schema(undefined, undefined, { flowTypes: 'Update, Delete' }),
  ],
  ['nobody is notified', 'wrong', 'notification-missing', secrets({ ...goodNotification, Recipients: '' })],
  ['the notification is off', 'wrong', 'notification-missing', secrets({ ...goodNotification, Enabled: false })],
  ['the threshold is off', 'warning', 'threshold-off', secrets({ ...goodNotification, DeleteThresholdEnabled: false })],
  [
    'the threshold is below the guard',
    'wrong',
    'threshold-below-guard',
    secrets({ ...goodNotification, DeleteThresholdValue: 49 }),
  ],
  [
    'the guard cannot be compared with the threshold',
    'ok',
    'threshold-unlike-guard',
    {
      ...secrets({ ...goodNotification, DeleteThresholdValue: 100 }),
      activePeople: { kind: 'unread', why: doctorMessage('check-needs-option', { option: '--storage' }) },
    },
  ],
  [
    'a scoping filter keeps people out',
    'warning',
    'scope-filtered',
    schema(undefined, undefined, {
      scope: { groups: [{ clauses: [{ sourceOperandName: 'department', operatorName: 'EQUALS' }] }] },
    }),
  ],
  [
    'people out of scope are kept, and there is no scope',
    'ok',
    'out-of-scope-kept',
    secrets(goodNotification, { SkipOutOfScopeDeletions: 'True' }),
  ],
  [
    'the job does not know an attribute',
    'wrong',
    'attribute-not-in-job',
    {},
    settingsOf({ mapping: { userName: 'Login', title: 'Title', nickName: 'Nick' } }),
  ],
  ['an attribute is sent and not mapped', 'warning', 'attribute-not-in-mapping', schema(goodMappings.slice(0, 3))],
  ['an attribute is mapped and never sent', 'ok', 'attribute-never-sent', withAttribute('nickName', 'mailNickname')],
  [
    'the job takes an attribute for a list',
    'warning',
    'attribute-with-many-values',
    schema(goodMappings, [...goodAttributes.slice(0, 3), attribute('title', { multivalued: true })]),
  ],
  [
    'no phone number is of the type work',
    'warning',
    'work-type-needed',
    {},
    settingsOf({
      mapping: { userName: 'Login', title: 'Title', phoneNumbers: [{ type: { const: 'mobile' }, value: 'Phone' }] },
    }),
  ],
  ['nothing is matched', 'wrong', 'matching-missing', remapped(mapped('externalId', 'employeeId'))],
  [
    'people are matched by their user name',
    'wrong',
    'matching-by-other',
    remapped(mapped('externalId', 'employeeId'), mapped('userName', 'userPrincipalName', { matchingPriority: 1 })),
  ],
  [
    'the id is matched with another attribute',
    'wrong',
    'matching-by-other',
    remapped(
      mapped('externalId', 'employeeId', { targetAttributeName: 'faxNumber', matchingPriority: 1 }),
      mapped('externalId', 'employeeId'),
    ),
  ],
  [
    'people are matched by two attributes',
    'warning',
    'matching-more-than-one',
    remapped(mapped('userName', 'userPrincipalName', { matchingPriority: 2 })),
  ],
  [
    'people are matched by an extension attribute',
    'wrong',
    'matching-unsupported',
    remapped(
      mapped('externalId', 'employeeId', { targetAttributeName: 'extensionAttribute1', matchingPriority: 1 }),
      mapped('externalId', 'employeeId'),
    ),
  ],
  [
    'active is not mapped',
    'wrong',
    'enabling-not-mapped',
    schema(goodMappings.filter((one) => one['targetAttributeName'] !== 'accountEnabled')),
  ],
  [
    'active is turned round',
    'wrong',
    'enabling-mapped-wrongly',
    remapped(mapped('active', 'accountEnabled', expression('Not([active])'))),
  ],
  [
    'active counts at creation only',
    'wrong',
    'enabling-at-creation-only',
    remapped(mapped('active', 'accountEnabled', { flowType: 'ObjectAddOnly' })),
  ],
  [
    'a random name is made at every change',
    'wrong',
    'creation-value-always',
    remapped(
      mapped('userName', 'userPrincipalName', expression('Join("", [userName], RandomString(3, 3, 0, 0, 0, ))')),
    ),
  ],
  ['a blank should clear, and null flow is off', 'warning', 'null-flow-off', {}, clearing],
  [
    'null flow is on at one place',
    'warning',
    'null-flow-half',
    schema(goodMappings, [...goodAttributes.slice(0, 3), attribute('title', { flowNullValues: true })]),
    clearing,
  ],
  [
    'null flow clears what nobody wanted to clear',
    'warning',
    'null-flow-on',
    schema(
      [...goodMappings.slice(0, 3), mapped('title', 'jobTitle', { flowNullValues: true })],
      [...goodAttributes.slice(0, 3), attribute('title', { flowNullValues: true })],
    ),
  ],
  [
    'null flow is on for the id',
    'wrong',
    'null-flow-on-matching',
    schema(
      [mapped('externalId', 'employeeId', { matchingPriority: 1, flowNullValues: true }), ...goodMappings.slice(1)],
      [attribute('externalId', { flowNullValues: true }), ...goodAttributes.slice(1)],
    ),
  ],
  [
    'a leave date cannot be taken back',
    'warning',
    'leave-date-stays',
    withAttribute(leave, 'employeeLeaveDateTime'),
    leaving({ column: 'Leave' }),
  ],
  [
    'the manager is an expression',
    'warning',
    'manager-not-direct',
    schema(
      [
        ...goodMappings,
        mapped(`${enterpriseUserUrn}:manager`, 'manager', expression(`Trim([${enterpriseUserUrn}:manager])`)),
      ],
      [...goodAttributes, attribute(`${enterpriseUserUrn}:manager`)],
    ),
    settingsOf({ mapping: { userName: 'Login', title: 'Title', [enterpriseUserUrn]: { manager: { value: 'Boss' } } } }),
  ],
  ['sponsors are mapped', 'warning', 'sponsors-mapped', remapped(mapped('title', 'sponsors'))],
  ['mail is mapped', 'ok', 'mail-mapped', remapped(mapped('title', 'mail'))],
  ['the clock is a little wrong', 'warning', 'clock-wrong', { clock: read(-30_000) }],
  ['the clock is so wrong that no token is good', 'wrong', 'clock-wrong', { clock: read(301_000) }],
  ['there is no licence', 'wrong', 'licence-missing', { licence: licencePart(skuWith(['EXCHANGE_S_STANDARD'])) }],
  [
    'the subscription has ended',
    'wrong',
    'licence-missing',
    { licence: licencePart(skuWith(['AAD_PREMIUM'], 'Suspended')) },
  ],
  [
    'nobody knows what the app is set to',
    'ok',
    'licence-found',
    { callsPerDay: { kind: 'unread', why: doctorMessage('check-needs-option', { option: 'x' }) } },
  ],
  ['the budget is above the licence', 'wrong', 'budget-above-licence', { callsPerDay: read(6_000) }],
  [
    'the budget is below the licence',
    'ok',
    'budget-below-licence',
    { licence: licencePart(skuWith(['AAD_PREMIUM', 'Entra_Identity_Governance'])) },
  ],
  [
    'somebody else spends the budget',
    'warning',
    'budget-spent-by-others',
    { gate: read({ callsInADay: 12, refusals: 3 }) },
  ],
  [
    'the agent does not answer',
    'wrong',
    'agent-silent',
    {
      ...ad,
      ...job(
        'Active',
        { id: 'API2AD.1' },
        { lastExecution: { state: 'EntryLevelErrors', error: { code: 'HybridIdentityServiceNoActiveAgents' } } },
      ),
    },
    onPremises,
  ],
  ['nobody can see the agent', 'ok', 'agent-unseen', ad, onPremises],
];

test('a deployment in which everything is right has nothing but what is right', () => {
  expect(troublesOf({})).toEqual([]);
});

test.each(cases.map(([what, ...rest]) => [what, rest] as const))('%s', (_what, [level, code, change, settings]) => {
  const found = troublesOf(change, settings);
  expect(found).toContainEqual([level, code]);
  // A change may be wrong in two ways; what is of another level would be another misconfiguration.
  expect(found.filter(([, other]) => other !== code && !allowedBeside(code, other))).toEqual([]);
});

/** Findings that say the same from another side. */
const allowedBeside = (code: string, other: string): boolean =>
  [
    ['matching-unsupported', 'matching-by-other'],
    ['leave-date-stays', 'attribute-not-in-job'],
    ['null-flow-on-matching', 'null-flow-off'],
  ].some(([one, beside]) => one === code && beside === other);

test('a threshold at the count of the guard is above whatever share it allows', () => {
  const activePeople = { kind: 'unread', why: doctorMessage('check-needs-option', { option: '--storage' }) } as const;
  expect(troublesOf({ activePeople })).toEqual([]);
});

test('without a domain a job on premises has nowhere to write to', () => {
  expect(troublesOf({ ...ad, ...secrets(goodNotification) }, onPremises)).toEqual([
    ['warning', 'agent-without-domain'],
    ['ok', 'agent-unseen'],
  ]);
});

test('every finding has a case', () => {
  const general = [
    'check-passed',
    'check-needs',
    'check-needs-option',
    'check-unanswered',
    'check-unreadable',
    'agent-without-domain',
  ];
  const told = new Set([...general, ...cases.map(([, , code]) => code)]);
  expect(Object.keys(doctorCodes).filter((code) => !told.has(code))).toEqual([]);
  expect(new Set(cases.map(([, , code]) => code)).size).toBeGreaterThan(45);
});

test('what was not read is never right: the check says what it needs, and nothing else', () => {
  const why = doctorMessage('check-needs', { permission: 'Synchronization.Read.All', role: null });
  const unread = { kind: 'unread', why } as const;
  const whole = diagnose(
    {
      ...goodPicture(),
      storage: unread,
      token: unread,
      grants: unread,
      owners: unread,
      job: unread,
      schema: unread,
      provisioning: unread,
      clock: unread,
      licence: unread,
      callsPerDay: unread,
      gate: unread,
      activePeople: unread,
    },
    { settings: onPremises, place },
  );
  expect(new Set(whole.map(({ level }) => level))).toEqual(new Set(['not-checked']));
  expect(new Set(whole.map(({ message }) => message))).toEqual(new Set([why]));
});

test('whether an identity owns the application is not taken for right while nobody knows the owners', () => {
  const owners = {
    kind: 'unread',
    why: doctorMessage('check-needs', { permission: 'Application.Read.All', role: null }),
  } as const;
  const narrow = granted('SynchronizationData-User.Upload.OwnedBy', ...goodRoles.slice(1));
  expect(troublesOf({ ...narrow, owners })).toEqual([['not-checked', 'check-needs']]);
  expect(troublesOf({ ...narrow, owners: read(['identity-1']) })).toEqual([]);
});

test('a leave date may be cleared by a null that flows, or replaced by one far away', () => {
  const flowing = withAttribute(leave, 'employeeLeaveDateTime', { flowNullValues: true }, { flowNullValues: true });
  expect(troublesOf(flowing, leaving({ column: 'Leave', whenEmpty: 'clear' }))).toEqual([]);
  expect(
    troublesOf(
      withAttribute(leave, 'employeeLeaveDateTime'),
      leaving({ column: 'Leave', default: '2099-12-31T00:00:00Z' }),
    ),
  ).toEqual([]);
});

test('attributes are told by name whatever their quotes and case are, the manager with or without its value', () => {
  const mapping = {
    userName: 'Login',
    title: 'Title',
    addresses: [{ locality: 'City' }],
    [enterpriseUserUrn]: { manager: { value: 'Boss' } },
  };
  const names = ["addresses[type eq 'work'].locality", `${enterpriseUserUrn}:manager.value`];
  const change = schema(
    [...goodMappings, ...names.map((name, i) => mapped(name, `t${i}`))],
    [...goodAttributes, ...names.map((name) => attribute(name))],
  );
  expect(troublesOf(change, settingsOf({ mapping }))).toEqual([]);
});

test('documents of another form are told as unreadable, and words of the service that may quote somebody are left out', () => {
  expect([null, 7, [], {}, { status: {} }].map(jobPicture)).toEqual([null, null, null, null, null]);
  expect([null, {}, { directories: [] }].map(schemaPicture)).toEqual([null, null, null]);
  expect([null, {}, { value: [{ key: 'SyncNotificationSettings', value: '*' }] }].map(provisioningSettings)).toEqual([
    null,
    null,
    null,
  ]);
  expect(licenceOf({})).toBeNull();
  expect(
    jobPicture(jobOf('Quarantine', {}, { quarantine: { reason: 'Ada Example', error: { code: 'x y' } } }))?.quarantine,
  ).toEqual({ reason: 'Unknown', errorCode: null, since: null });
});
