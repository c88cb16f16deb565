// Lines 8 to 13 of the checklist: how the service processes a record.
import { ENTERPRISE, JOB, SERVICE_PRINCIPAL, readLogs, upload, user, type LogRecord } from './simulator-client';
import { NOON, started, stopAll } from './started';

afterEach(stopAll);

type Running = Awaited<ReturnType<typeof started>>;

async function readOutcomes(entra: Running): Promise<string[]> {
  const { value } = await readLogs(entra, { $orderby: 'activityDateTime' });
  return value.map(describeEntry);
}

function describeEntry(entry: LogRecord): string {
  const { status, errorInformation } = entry.provisioningStatusInfo;
  return [entry.provisioningAction, status, errorInformation?.errorCode].filter(Boolean).join(' ');
}

test('line 8: nothing happens before the processing delay is over', async () => {
  const entra = await started({ processingDelayMs: 2_000 });
  await upload(entra, user('1'));
  entra.advance(1_999);
  expect(entra.directory()).toHaveLength(0);
  entra.advance(1);
  expect(entra.directory()).toHaveLength(1);
});

test('line 8: the log follows the directory after the log delay', async () => {
  const entra = await started({ logDelayMs: 300_000 });
  await upload(entra, user('1'));
  entra.advance(299_999);
  expect(entra.directory()).toHaveLength(1);
  expect(await readOutcomes(entra)).toEqual([]);
  entra.advance(1);
  expect(await readOutcomes(entra)).toEqual(['create success']);
});

test('line 8: speed divides the delays', async () => {
  const entra = await started({ processingDelayMs: 2_000, logDelayMs: 300_000, speed: 100 });
  await upload(entra, user('1'));
  entra.advance(20 + 3_000);
  expect(await readOutcomes(entra)).toEqual(['create success']);
});

test('line 8: a record is processed at its due time, not when somebody looks', async () => {
  const entra = await started({ processingDelayMs: 2_000 });
  await upload(entra, user('1'));
  entra.advance(3_600_000);
  expect(entra.directory()[0]!.createdAt).toBe(NOON + 2_000);
});

test('line 8: with shuffle, records overtake each other by the seed; without it they keep their order', async () => {
  const ids = Array.from({ length: 20 }, (_, index) => String(index));
  const play = async (options: { shuffle: boolean; seed: number }) => {
    const entra = await started({ ...options, processingDelayMs: [0, 1_000] });
    await upload(entra, ...ids.map((id) => user(id)));
    entra.advance(1_000);
    return entra.log().map((entry) => entry.externalId);
  };
  expect(await play({ shuffle: false, seed: 3 })).toEqual(ids);
  const shuffled = await play({ shuffle: true, seed: 3 });
  expect(shuffled).not.toEqual(ids);
  expect([...shuffled].sort()).toEqual([...ids].sort());
  expect(await play({ shuffle: true, seed: 3 })).toEqual(shuffled);
  expect(await play({ shuffle: true, seed: 4 })).not.toEqual(shuffled);
});

test('line 9: create, update, skip, disable and enable', async () => {
  const entra = await started();
  const steps = [
    user('1'),
    user('1', { displayName: 'Other' }),
    user('1', { displayName: 'Other' }),
    user('1', { displayName: 'Other', active: false }),
    user('1', { displayName: 'Other', active: true }),
  ];
  for (const step of steps) {
    await upload(entra, step);
    entra.advance(1_000);
  }
  expect(await readOutcomes(entra)).toEqual([
    'create success',
    'update success',
    'other skipped',
    'disable success',
    'update success',
  ]);
  const [found] = entra.directory();
  expect(found).toMatchObject({ employeeId: '1', userPrincipalName: 'u1@contoso.example', accountEnabled: true });
  expect(found!.attributes.displayName).toBe('Other');
});

test('line 9: a user that existed before is matched by employeeId', async () => {
  const entra = await started();
  entra.addUser({ userPrincipalName: 'old@contoso.example', employeeId: '1' });
  await upload(entra, user('1'));
  expect(await readOutcomes(entra)).toEqual(['update success']);
  expect(entra.directory()).toHaveLength(1);
});

test('line 9: a record that is out of scope is skipped, one that leaves the scope is disabled', async () => {
  const entra = await started();
  await upload(entra, user('1'));
  entra.setRules([{ match: { externalIdPattern: '^[12]$' }, outcome: { outOfScope: true } }]);
  entra.advance(1_000);
  await upload(entra, user('1'));
  entra.advance(1_000);
  await upload(entra, user('2'));
  expect(await readOutcomes(entra)).toEqual(['create success', 'disable success', 'other skipped']);
});

test('line 9: an account that somebody disabled by hand is enabled by the next record, changed or not, and the log says so', async () => {
  const entra = await started();
  await upload(entra, user('1'));
  const response = await fetch(`${entra.url}/_simulator/users/enabled`, {
    method: 'POST',
    body: JSON.stringify({ employeeId: '1', accountEnabled: false }),
  });
  expect(response.status).toBe(204);
  expect(entra.directory()[0]!.accountEnabled).toBe(false);
  entra.advance(1_000);
  await upload(entra, user('1'));
  expect(entra.directory()[0]!.accountEnabled).toBe(true);
  expect(entra.log().at(-1)).toMatchObject({
    action: 'update',
    changes: [{ displayName: 'accountEnabled', oldValue: 'False', newValue: 'True' }],
  });
  expect(entra.setEnabled('nobody', false)).toBe(false);
});

test('line 9: a record without active leaves the account unchanged, unless the switch says otherwise', async () => {
  for (const [absentActive, enabled] of [
    ['untouched', true],
    ['disables', false],
  ] as const) {
    const entra = await started({ absentActive });
    await upload(entra, user('1'));
    await upload(entra, user('1', { active: undefined, displayName: 'Other' }));
    expect(entra.directory()[0]!.accountEnabled).toBe(enabled);
  }
});

test('line 10: of mail, phones and addresses only the work entry is kept, and mail is never written', async () => {
  const entra = await started();
  const entries = (values: string[][]) => values.map(([type, value]) => ({ type, value }));
  await upload(
    entra,
    user('1', {
      emails: entries([
        ['home', 'h@example.net'],
        ['work', 'w@contoso.example'],
      ]),
      phoneNumbers: entries([['mobile', '+49 1']]),
      addresses: [{ type: 'work', locality: 'Kiel', country: 'DE' }],
      'urn:ietf:params:scim:schemas:extension:contoso:1.0:User': { hireDate: '2026-10-01T00:00:00Z' },
      schemas: [...(user('1').schemas as string[]), 'urn:ietf:params:scim:schemas:extension:contoso:1.0:User'],
    }),
  );
  expect(entra.directory()[0]!.attributes).toEqual({
    externalId: '1',
    userName: 'u1@contoso.example',
    displayName: 'User 1',
    active: true,
    'emails[type eq "work"].value': 'w@contoso.example',
    'addresses[type eq "work"].locality': 'Kiel',
    'addresses[type eq "work"].country': 'DE',
    [`${ENTERPRISE}:employeeNumber`]: '1',
    [`${ENTERPRISE}:department`]: 'Finance',
    'urn:ietf:params:scim:schemas:extension:contoso:1.0:User:hireDate': '2026-10-01T00:00:00Z',
  });
  const { value } = await readLogs(entra);
  expect(value[0]!.modifiedProperties.map(({ displayName }) => displayName)).not.toContain('mail');
});

test('line 10: with the default mapping unmapped attributes change nothing', async () => {
  const entra = await started({ mapping: 'default' });
  await upload(entra, user('1'));
  entra.advance(1_000);
  await upload(entra, user('1', { nickName: 'Uno' }));
  expect(await readOutcomes(entra)).toEqual(['create success', 'other skipped']);
  expect(entra.directory()[0]!.attributes).not.toHaveProperty('nickName');
});

const FULL = user('1', { title: 'Analyst', name: { givenName: 'Maria', familyName: 'Keller' } });
const BOTH = ['title', 'name.givenName'];

test.each([
  ['null without the switch', {}, { title: null }, 'Analyst'],
  ['an empty text without the switch', {}, { title: '' }, 'Analyst'],
  ['omission without the switch', {}, { title: undefined }, 'Analyst'],
  ['null with one gate', { nullFlow: { attributes: BOTH, mappings: [] } }, { title: null }, 'Analyst'],
  ['null with both gates', { nullFlow: { attributes: BOTH, mappings: BOTH } }, { title: null }, undefined],
  ['omission with both gates', { nullFlow: { attributes: BOTH, mappings: BOTH } }, { title: undefined }, undefined],
])('line 11: %s', async (_name, options, members, expected) => {
  const entra = await started(options);
  await upload(entra, FULL);
  await upload(entra, { ...FULL, ...members });
  expect(entra.directory()[0]!.attributes.title).toBe(expected);
});

test('line 11: omission clears a member only if its object is in the record', async () => {
  const entra = await started({ nullFlow: { attributes: BOTH, mappings: BOTH } });
  await upload(entra, FULL);
  await upload(entra, { ...FULL, name: undefined });
  expect(entra.directory()[0]!.attributes['name.givenName']).toBe('Maria');
  entra.advance(1_000);
  await upload(entra, { ...FULL, name: { familyName: 'Keller' } });
  expect(entra.directory()[0]!.attributes['name.givenName']).toBeUndefined();
  const { value } = await readLogs(entra);
  expect(value[0]!.modifiedProperties).toEqual([{ displayName: 'givenName', oldValue: 'Maria', newValue: '' }]);
});

const withManager = (id: string, manager: string) =>
  user(id, { [ENTERPRISE]: { employeeNumber: id, department: 'Finance', manager: { value: manager } } });

test('line 12: a manager of the same request is found in the second pass, whatever the order', async () => {
  const entra = await started({ processingDelayMs: [0, 1_000] });
  await upload(entra, withManager('1', '3'), withManager('2', '3'), user('3'));
  entra.advance(5_000);
  expect(
    entra
      .directory()
      .map(({ employeeId, manager }) => [employeeId, manager])
      .sort(),
  ).toEqual([
    ['1', '3'],
    ['2', '3'],
    ['3', undefined],
  ]);
  expect(await readOutcomes(entra)).toEqual(Array(3).fill('create success'));
});

test.each(['failure', 'warning'] as const)(
  'line 12: an unknown manager is a second entry of the same change, with %s by the switch',
  async (managerFailure) => {
    const entra = await started({ managerFailure });
    await upload(entra, withManager('1', '99'));
    const { value } = await readLogs(entra, { $orderby: 'activityDateTime' });
    expect(value.map(describeEntry)).toEqual(['create success', `update ${managerFailure} UnresolvedReference`]);
    expect(value[1]!.changeId).toBe(value[0]!.changeId);
    expect(value[1]!.provisioningSteps[0]!.provisioningStepType).toBe('referenceResolution');
    expect(value[1]!.provisioningStatusInfo.errorInformation!.reason).toContain('99');
  },
);

test('line 12: a record that is sent again resolves its manager again, though nothing else changed', async () => {
  const entra = await started({ escrowRetries: 'none' });
  await upload(entra, withManager('1', '2'));
  entra.advance(1_000);
  await upload(entra, withManager('1', '2'));
  const failed = 'update failure UnresolvedReference';
  expect(await readOutcomes(entra)).toEqual(['create success', failed, 'other skipped', failed]);
  await upload(entra, user('2'));
  await upload(entra, withManager('1', '2'));
  expect(entra.directory().find(({ employeeId }) => employeeId === '1')!.manager).toBe('2');
});

test('line 12: a manager who arrives later is found in a later cycle', async () => {
  const entra = await started();
  await upload(entra, withManager('1', '2'));
  await upload(entra, user('2'));
  entra.advance(40 * 60_000);
  expect(entra.directory().find(({ employeeId }) => employeeId === '1')!.manager).toBe('2');
});

test.each<[string, Record<string, unknown>, string]>([
  ['an invalid user principal name', { userName: 'no name' }, 'AzureActiveDirectoryInvalidUserPrincipalName'],
  ['a domain that is not verified', { userName: 'a@fabrikam.example' }, 'InvalidDomain'],
  ['no userName', { userName: undefined }, 'MandatoryFieldsMissing'],
  [
    'a taken user principal name',
    { userName: 'TAKEN@contoso.example' },
    'AzureActiveDirectoryDuplicateUserPrincipalName',
  ],
  ['active as text', { active: 'yes' }, 'SchemaPropertyCanOnlyAcceptValue'],
])('line 13: a create with %s fails and writes nothing', async (_name, members, code) => {
  const entra = await started({ verifiedDomains: ['contoso.example'] });
  entra.addUser({ userPrincipalName: 'taken@contoso.example' });
  await upload(entra, user('1', members));
  expect(await readOutcomes(entra)).toEqual([`create failure ${code}`]);
  expect(entra.directory()).toHaveLength(1);
  const { value } = await readLogs(entra);
  expect(value[0]!.targetIdentity.id).toBe('');
  expect(value[0]!.modifiedProperties).not.toEqual([]);
});

test('line 13: a name that its user gave up is free again', async () => {
  const entra = await started();
  await upload(entra, user('1', { userName: 'shared@contoso.example' }));
  await upload(entra, user('1', { userName: 'other@contoso.example' }));
  await upload(entra, user('2', { userName: 'shared@contoso.example' }));
  expect(entra.directory().map(({ userPrincipalName }) => userPrincipalName)).toEqual([
    'other@contoso.example',
    'shared@contoso.example',
  ]);
});

test('line 13: users synced from Active Directory and ambiguous matches are not written', async () => {
  const entra = await started();
  entra.addUser({ userPrincipalName: 'ad@contoso.example', employeeId: '1', onPremisesSyncEnabled: true });
  entra.addUser({ userPrincipalName: 'a@contoso.example', employeeId: '2' });
  entra.addUser({ userPrincipalName: 'b@contoso.example', employeeId: '2' });
  await upload(entra, user('1'));
  entra.advance(1_000);
  await upload(entra, user('2'));
  expect(await readOutcomes(entra)).toEqual([
    'update failure AzureActiveDirectoryCannotUpdateObjectsOriginatedInExternalService',
    'update failure DuplicateTargetEntries',
  ]);
});

test('line 13: a transient failure is gone when the record is sent again', async () => {
  const outcome = { errorCode: 'AzureDirectoryServiceServerBusy', reason: 'Busy.', times: 2 };
  const entra = await started({ rules: [{ match: { externalIdPattern: '^1$' }, outcome }] });
  for (let attempt = 0; attempt < 3; attempt += 1) {
    await upload(entra, user('1'));
    entra.advance(1_000);
  }
  const busy = 'create failure AzureDirectoryServiceServerBusy';
  expect(await readOutcomes(entra)).toEqual([busy, busy, 'create success']);
});

test('line 13: rules can choose people by domain, name and status', async () => {
  const refuse = (errorCode: string) => ({ errorCode, reason: 'Refused.' });
  const entra = await started({
    shuffle: false,
    rules: [
      { match: { domain: 'fabrikam.example' }, outcome: refuse('InvalidDomain') },
      { match: { userNamePattern: '^x' }, outcome: refuse('Conflict') },
      { match: { active: false }, outcome: refuse('NotPermitted') },
    ],
  });
  await upload(
    entra,
    user('1', { userName: 'a@Fabrikam.example' }),
    user('2', { userName: 'x@contoso.example' }),
    user('3', { active: false }),
    user('4'),
  );
  expect(entra.log().map(({ error }) => error?.errorCode)).toEqual([
    'InvalidDomain',
    'Conflict',
    'NotPermitted',
    undefined,
  ]);
});

test('line 13: random transient failures hit some attempts, not always the same people', async () => {
  const entra = await started({ random: { transientFailure: 0.5 }, escrowRetries: 'none' });
  const ids = Array.from({ length: 30 }, (_, index) => String(index));
  for (let attempt = 0; attempt < 12; attempt += 1) await upload(entra, ...ids.map((id) => user(id)));
  expect(entra.directory()).toHaveLength(30);
  expect(entra.log().some(({ status }) => status === 'failure')).toBe(true);
});

test('line 13: while the Active Directory agent is down there is silence', async () => {
  const entra = await started();
  const job = entra.job(SERVICE_PRINCIPAL, JOB);
  job.setAgent(false);
  await upload(entra, user('1'));
  entra.advance(3_600_000);
  expect(await readOutcomes(entra)).toEqual([]);
  job.setAgent(true);
  expect(await readOutcomes(entra)).toEqual(['create success']);
});
