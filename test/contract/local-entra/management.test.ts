// Line 18 of the checklist, the management side: lists that are really filtered, applications and what takes them back,
// grants, licences, users and roles, and who may call what.
import { GRAPH_APP_ID } from '../../../local/entra/application-registry';
import { callAs, list } from './calls';
import { JOB, JOB_PATH, SERVICE_PRINCIPAL, bulk, post, upload, user } from './simulator-client';
import { started, stopAll } from './started';

afterEach(stopAll);

type Running = Awaited<ReturnType<typeof started>>;

const ADMIN = {
  scopes: [
    'Application.ReadWrite.All',
    'AppRoleAssignment.ReadWrite.All',
    'Synchronization.ReadWrite.All',
    'LicenseAssignment.Read.All',
    'User.Read.All',
    'RoleManagement.Read.Directory',
  ],
};
const where = (filter: string) => `?$filter=${encodeURIComponent(filter)}`;
const SYNC = JOB_PATH.slice('/v1.0'.length).replace(/\/jobs\/.*/, '');

async function instantiate(entra: Running, displayName: string, token: object = ADMIN) {
  const [template] = await list<{ id: string }>(entra, ADMIN, '/applicationTemplates');
  const path = `/applicationTemplates/${template!.id}/instantiate`;
  const [status, made] = await callAs<{ application: { id: string }; servicePrincipal: { id: string; appId: string } }>(
    entra,
    token,
    'POST',
    path,
    { displayName },
  );
  expect(status).toBe(201);
  return made;
}

async function firstTemplate(entra: Running, principal: string): Promise<{ templateId: string }> {
  const [template] = await list<{ id: string }>(entra, ADMIN, `${principal}/synchronization/templates`);
  return { templateId: template!.id };
}

test.each([
  [`/servicePrincipals${where("id eq 'nope'")}`, []],
  [`/servicePrincipals${where("displayName eq 'hr one'")}`, ['HR One']],
  [`/servicePrincipals${where("startswith(displayName,'HR')")}`, ['HR One', 'HR Two']],
  [`/servicePrincipals${where("displayName eq 'HR One' or displayName eq 'HR Two'")}`, ['HR One', 'HR Two']],
  [`/servicePrincipals${where("startswith(displayName,'HR') and displayName ne 'HR One'")}`, ['HR Two']],
  [`/servicePrincipals${where(`appId eq '${GRAPH_APP_ID}'`)}`, ['Microsoft Graph']],
  [`/servicePrincipals${where(`appId in ('${GRAPH_APP_ID}', 'x')`)}`, ['Microsoft Graph']],
  [`/applications${where("contains(displayName,'Two')")}`, ['HR Two']],
  [`/applications${where("displayName eq 'O''Hara'")}`, []],
  [
    `/applicationTemplates${where("startswith(displayName,'API-driven') and contains(displayName,'on-premises')")}`,
    ['API-driven provisioning to on-premises Active Directory'],
  ],
])('line 18: %s finds %j', async (path, names) => {
  const entra = await started();
  await instantiate(entra, 'HR One');
  await instantiate(entra, 'HR Two');
  const found = await list(entra, ADMIN, path);
  expect(found.map(({ displayName }) => displayName)).toEqual(names);
});

test.each([
  `/servicePrincipals${where("nickname eq 'x'")}`,
  `/servicePrincipals${where('displayName')}`,
  `/servicePrincipals${where("displayName eq 'x' or")}`,
  `/servicePrincipals?$filter=`,
  `/servicePrincipals?$select=nickname`,
  `/servicePrincipals?$top=1000`,
  `/servicePrincipals?$skip=1`,
  `/applicationTemplates${where("tolower(displayName) eq 'x'")}`,
  `/subscribedSkus${where("skuPartNumber eq 'x'")}`,
  `/subscribedSkus?$top=1`,
  `/users${where("employeeId gt '1'")}`,
  `/users?$select=id,shoeSize`,
  `/applications?$select=shoeSize`,
  `/directoryRoles?$expand=owners`,
])('line 18: %s is 400, and never everybody', async (path) => {
  const entra = await started();
  expect((await callAs(entra, ADMIN, 'GET', path))[0]).toBe(400);
});

test('line 18: with the strict switch the directory knows no contains, and ne needs ConsistencyLevel and $count', async () => {
  const entra = await started({ strictFilter: true });
  const contains = `/servicePrincipals${where("contains(displayName,'x')")}`;
  expect((await callAs(entra, ADMIN, 'GET', contains))[0]).toBe(400);
  const templates = `/applicationTemplates${where("contains(displayName,'API')")}`;
  expect((await callAs(entra, ADMIN, 'GET', templates))[0]).toBe(200);
  const other = `/servicePrincipals${where("displayName ne 'x'")}&$count=true`;
  expect((await callAs(entra, ADMIN, 'GET', other))[0]).toBe(400);
  const eventual = { ConsistencyLevel: 'eventual' };
  expect((await callAs(entra, ADMIN, 'GET', other, undefined, eventual))[0]).toBe(200);
});

test('line 18: $select gives what it names, and an object has its context', async () => {
  const entra = await started();
  const [, found] = await callAs(entra, ADMIN, 'GET', `/servicePrincipals(appId='${GRAPH_APP_ID}')?$select=id,appId`);
  expect(found).toEqual({
    '@odata.context': `${entra.url}/v1.0/$metadata#servicePrincipals(id,appId)/$entity`,
    id: expect.any(String),
    appId: GRAPH_APP_ID,
  });
});

test('line 18: an application is taken back with its principal, jobs and grants; a principal without its application', async () => {
  const entra = await started();
  const first = await instantiate(entra, 'HR One');
  const base = `/servicePrincipals/${first.servicePrincipal.id}`;
  const made = await callAs(entra, ADMIN, 'POST', `${base}/synchronization/jobs`, await firstTemplate(entra, base));
  expect(made[0]).toBe(201);
  expect((await callAs(entra, ADMIN, 'DELETE', `/applications/${first.application.id}`))[0]).toBe(204);
  for (const path of [`/applications/${first.application.id}`, base, `${base}/synchronization/jobs`])
    expect((await callAs(entra, ADMIN, 'GET', path))[0]).toBe(404);
  const second = await instantiate(entra, 'HR Two');
  expect((await callAs(entra, ADMIN, 'DELETE', `/servicePrincipals/${second.servicePrincipal.id}`))[0]).toBe(204);
  expect((await callAs(entra, ADMIN, 'GET', `/applications/${second.application.id}`))[0]).toBe(200);
});

test('line 18: nothing of a new application is visible until it is replicated', async () => {
  const entra = await started({ replicationDelayMs: 10_000 });
  const { application, servicePrincipal } = await instantiate(entra, 'HR One');
  const paths = [
    `/applications/${application.id}`,
    `/servicePrincipals/${servicePrincipal.id}`,
    `/servicePrincipals/${servicePrincipal.id}/synchronization/templates`,
    `/servicePrincipals/${servicePrincipal.id}/owners`,
  ];
  const statuses = () => Promise.all(paths.map(async (path) => (await callAs(entra, ADMIN, 'GET', path))[0]));
  const named = `/servicePrincipals${where("displayName eq 'HR One'")}`;
  expect(await statuses()).toEqual([404, 404, 404, 404]);
  expect(await list(entra, ADMIN, named)).toEqual([]);
  entra.advance(10_000);
  expect(await statuses()).toEqual([200, 200, 200, 200]);
  expect(await list(entra, ADMIN, named)).toHaveLength(1);
});

test('line 18: a permission is granted to a known identity, listed, and taken back', async () => {
  const entra = await started();
  const [graph] = await list<{ id: string; appRoles: { id: string }[] }>(
    entra,
    ADMIN,
    `/servicePrincipals${where(`appId eq '${GRAPH_APP_ID}'`)}`,
  );
  const grant = (principalId: string) => ({ principalId, resourceId: graph!.id, appRoleId: graph!.appRoles[0]!.id });
  const path = (id: string) => `/servicePrincipals/${id}/appRoleAssignments`;
  expect((await callAs(entra, ADMIN, 'POST', path('nobody'), grant('nobody')))[0]).toBe(404);
  const identity = entra.addIdentity({ displayName: 'rollcall-app' });
  expect((await callAs(entra, ADMIN, 'POST', path(identity), grant(identity)))[0]).toBe(201);
  const [granted] = await list(entra, ADMIN, path(identity));
  expect(granted).toMatchObject({ ...grant(identity), principalDisplayName: 'rollcall-app' });
  expect((await callAs(entra, ADMIN, 'DELETE', `${path(identity)}/${String(granted!.id)}`))[0]).toBe(204);
  expect(await list(entra, ADMIN, path(identity))).toEqual([]);
});

test('line 18: who instantiates an application owns it; others are added by reference, and removed', async () => {
  const entra = await started();
  const identity = entra.addIdentity({ displayName: 'rollcall-app' });
  const { servicePrincipal } = await instantiate(entra, 'HR One');
  const path = `/servicePrincipals/${servicePrincipal.id}/owners`;
  expect((await list(entra, ADMIN, path)).map((owner) => owner['@odata.type'])).toEqual(['#microsoft.graph.user']);
  const reference = { '@odata.id': `${entra.url}/v1.0/directoryObjects/${identity}` };
  expect((await callAs(entra, ADMIN, 'POST', `${path}/$ref`, reference))[0]).toBe(204);
  expect((await callAs(entra, ADMIN, 'POST', `${path}/$ref`, reference))[0]).toBe(400);
  expect((await list(entra, ADMIN, path)).map(({ id }) => id)).toContain(identity);
  expect((await callAs(entra, ADMIN, 'DELETE', `${path}/${identity}/$ref`))[0]).toBe(204);
  expect(await list(entra, ADMIN, path)).toHaveLength(1);
});

test('line 18: secrets can be read, except credentials; a job is patched', async () => {
  const entra = await started();
  const value = [
    { key: 'SyncNotificationSettings', value: '{"Recipients":"iam@contoso.example"}' },
    { key: 'SecretToken', value: 'invented' },
  ];
  await callAs(entra, ADMIN, 'PUT', `${SYNC}/secrets`, { value });
  const read = await list(entra, ADMIN, `${SYNC}/secrets`);
  expect(read).toEqual([value[0], { key: 'SecretToken', value: '*' }]);
  const job = `${SYNC}/jobs/${JOB}`;
  expect((await callAs(entra, ADMIN, 'PATCH', job, { schedule: { state: 'Paused' } }))[0]).toBe(204);
  expect((await callAs(entra, ADMIN, 'GET', job))[1]).toMatchObject({ status: { code: 'Paused' } });
  expect((await callAs(entra, ADMIN, 'PATCH', job, { status: {} }))[0]).toBe(400);
});

test.each([
  ['none', []],
  ['P1', ['AAD_PREMIUM']],
  ['P2', ['AAD_PREMIUM', 'AAD_PREMIUM_P2']],
  ['governance', ['AAD_PREMIUM', 'Entra_Identity_Governance']],
] as const)('line 18: with the licence %s the enabled service plans are %j', async (licence, plans) => {
  const entra = await started({ licence });
  type Sku = { capabilityStatus: string; servicePlans: { servicePlanName: string; provisioningStatus: string }[] };
  const skus = await list<Sku>(entra, ADMIN, '/subscribedSkus');
  const enabled = skus.filter(({ capabilityStatus }) => capabilityStatus === 'Enabled');
  expect(enabled.flatMap(({ servicePlans }) => servicePlans).map((plan) => plan.servicePlanName)).toEqual(plans);
  expect(skus.length - enabled.length).toBe(1);
});

test('line 18: users are read page by page, with what matching needs', async () => {
  const entra = await started();
  const id = entra.addUser({ userPrincipalName: 'old@contoso.example', employeeId: '7', onPremisesSyncEnabled: true });
  entra.addUser({ userPrincipalName: 'new@contoso.example', accountEnabled: false });
  await upload(entra, user('8'));
  const select = '$select=id,employeeId,userPrincipalName,accountEnabled,onPremisesSyncEnabled';
  type Page = { '@odata.nextLink'?: string; value: Record<string, unknown>[] };
  const [, first] = await callAs<Page>(entra, ADMIN, 'GET', `/users?${select}&$top=2`);
  const next = first['@odata.nextLink']!.slice(`${entra.url}/v1.0`.length);
  const [, second] = await callAs<Page>(entra, ADMIN, 'GET', next);
  expect(second).not.toHaveProperty('@odata.nextLink');
  expect([...first.value, ...second.value]).toEqual([
    {
      id,
      employeeId: '7',
      userPrincipalName: 'old@contoso.example',
      accountEnabled: true,
      onPremisesSyncEnabled: true,
    },
    expect.objectContaining({ employeeId: null, accountEnabled: false, onPremisesSyncEnabled: null }),
    expect.objectContaining({ employeeId: '8', userPrincipalName: 'u8@contoso.example' }),
  ]);
  const found = await list(entra, ADMIN, `/users${where("employeeId in ('7','8') and accountEnabled eq true")}`);
  expect(found).toHaveLength(2);
  expect(Object.keys(found[0]!)).not.toContain('employeeId');
  expect((await callAs(entra, ADMIN, 'GET', '/users/OLD@contoso.example?$select=id'))[1]).toMatchObject({ id });
});

test('line 18: holders of directory roles are found both ways', async () => {
  const entra = await started();
  const id = entra.addUser({ userPrincipalName: 'boss@contoso.example', directoryRoles: ['Global Administrator'] });
  type Role = { displayName: string; members: { id: string }[]; roleTemplateId: string };
  const [role, ...others] = await list<Role>(entra, ADMIN, '/directoryRoles?$expand=members');
  expect(others).toEqual([]);
  expect(role).toMatchObject({ displayName: 'Global Administrator', members: [{ id }] });
  const path = `/roleManagement/directory/roleAssignments${where(`principalId eq '${id}'`)}`;
  expect(await list(entra, ADMIN, path)).toMatchObject([{ principalId: id, roleDefinitionId: role!.roleTemplateId }]);
});

test('line 18: /me is the signed-in user, and nobody for an application', async () => {
  const entra = await started();
  const userId = entra.addUser({ userPrincipalName: 'me@contoso.example' });
  const me = { scopes: ['User.Read'], userId };
  expect((await callAs(entra, me, 'GET', '/me'))[1]).toMatchObject({ id: userId });
  expect((await callAs(entra, { scopes: ['Synchronization.Read.All'] }, 'GET', '/me'))[0]).toBe(403);
  expect((await callAs(entra, { roles: ['User.Read.All'] }, 'GET', '/me'))[0]).toBe(400);
});

const ROUTES_AND_RIGHTS = [
  ['GET', '/applicationTemplates', { roles: ['Application.Read.All'] }],
  ['GET', '/servicePrincipals', { roles: ['Application.Read.All'] }],
  ['GET', '/applications', { scopes: ['Application.Read.All'], directoryRoles: [] }],
  ['GET', '/subscribedSkus', { roles: ['Organization.Read.All'] }],
  ['GET', '/users', { scopes: ['User.Read.All'], directoryRoles: [] }],
  ['GET', '/directoryRoles', { roles: ['RoleManagement.Read.Directory'] }],
  ['GET', `${SYNC}/secrets`, { scopes: ['Synchronization.Read.All'] }],
  ['GET', `${SYNC}/jobs`, { roles: ['Synchronization.Read.All'] }],
  ['GET', `/servicePrincipals/${SERVICE_PRINCIPAL}/owners`, { roles: ['Directory.Read.All'] }],
  ['GET', `/servicePrincipals/${SERVICE_PRINCIPAL}/appRoleAssignments`, { roles: ['Application.Read.All'] }],
  ['GET', '/auditLogs/provisioning', { scopes: ['ProvisioningLog.Read.All'], directoryRoles: ['Reports Reader'] }],
] as const;
test.each(ROUTES_AND_RIGHTS)('line 18: %s %s needs its permission', async (method, path, token) => {
  const entra = await started();
  expect((await callAs(entra, token, method, path))[0]).toBe(200);
  const without = 'roles' in token ? { roles: ['Other.Read'] } : { ...token, scopes: ['Other.Read'] };
  expect((await callAs(entra, without, method, path))[0]).toBe(403);
});

test.each([
  ['POST', '/applicationTemplates/x/instantiate', 'Cloud Application Administrator', 404],
  ['DELETE', '/applications/x', 'Application Administrator', 404],
  ['POST', `${SYNC}/jobs/${JOB}/start`, 'Hybrid Identity Administrator', 204],
  ['POST', `/servicePrincipals/${SERVICE_PRINCIPAL}/appRoleAssignments`, 'Privileged Role Administrator', 400],
  ['GET', '/auditLogs/provisioning', 'Reports Reader', 200],
] as const)('line 18: for %s %s a user needs a role besides the scope: %s', async (method, path, role, status) => {
  const entra = await started();
  const scopes = [...ADMIN.scopes, 'ProvisioningLog.Read.All'];
  const as = (directoryRoles: string[]) => callAs(entra, { scopes, directoryRoles }, method, path);
  expect([(await as([role]))[0], (await as(['Global Administrator']))[0]]).toEqual([status, status]);
  expect((await as(['Directory Readers']))[0]).toBe(403);
});

test('line 18: rights that end in .OwnedBy hold for owned applications alone', async () => {
  const entra = await started();
  const owner = { roles: ['Application.ReadWrite.OwnedBy'], appId: 'owner-app' };
  const { servicePrincipal, application } = await instantiate(entra, 'HR One', owner);
  const own = `/servicePrincipals/${servicePrincipal.id}/synchronization/jobs`;
  expect(
    (
      await callAs(entra, owner, 'POST', own, await firstTemplate(entra, `/servicePrincipals/${servicePrincipal.id}`))
    )[0],
  ).toBe(201);
  expect((await callAs(entra, owner, 'GET', `${SYNC}/jobs`))[0]).toBe(403);
  expect((await callAs(entra, { ...owner, appId: 'other' }, 'DELETE', `/applications/${application.id}`))[0]).toBe(403);
  expect((await callAs(entra, owner, 'DELETE', `/applications/${application.id}`))[0]).toBe(204);
});

test('line 2: a signed-in user uploads with the scope and the role', async () => {
  const entra = await started();
  const send = (directoryRoles: string[]) => {
    const token = entra.token({ scopes: ['SynchronizationData-User.Upload'], directoryRoles });
    return post(entra, bulk([user('1')]), { authorization: `Bearer ${token}` });
  };
  expect((await send(['User Administrator'])).status).toBe(202);
  expect((await send(['Reports Reader'])).status).toBe(403);
});

test('the whole tenant is the same before and after only if nothing was changed', async () => {
  const entra = await started();
  const before = entra.tenant();
  const { application, servicePrincipal } = await instantiate(entra, 'HR One');
  const base = `/servicePrincipals/${servicePrincipal.id}`;
  await callAs(entra, ADMIN, 'POST', `${base}/synchronization/jobs`, await firstTemplate(entra, base));
  expect(entra.tenant()).not.toEqual(before);
  await callAs(entra, ADMIN, 'DELETE', `/applications/${application.id}`);
  expect(entra.tenant()).toEqual(before);
  const [, schema] = await callAs(entra, ADMIN, 'GET', `${SYNC}/jobs/${JOB}/schema`);
  entra.advance(1);
  await callAs(entra, ADMIN, 'PUT', `${SYNC}/jobs/${JOB}/schema`, schema);
  expect(entra.tenant()).not.toEqual(before);
  const told = await (await fetch(`${entra.url}/_simulator/tenant`)).json();
  expect(told).toEqual(JSON.parse(JSON.stringify(entra.tenant())));
});

test('tokens of either kind and identities are made by other processes, too', async () => {
  const entra = await started();
  const control = (path: string, body: unknown) =>
    fetch(`${entra.url}/_simulator/${path}`, { method: 'POST', body: JSON.stringify(body) });
  const made = await control('tokens', { scopes: ['User.Read'], directoryRoles: ['Reports Reader'] });
  const { token } = (await made.json()) as { token: string };
  const claims = JSON.parse(Buffer.from(token.split('.')[1]!, 'base64url').toString()) as Record<string, unknown>;
  expect(claims).toMatchObject({ scp: 'User.Read', idtyp: 'user', wids: ['4a5d8f65-41da-4de4-8968-e035b65339cf'] });
  expect((await control('tokens', {})).status).toBe(400);
  expect((await control('tokens', { roles: [], scopes: [] })).status).toBe(400);
  expect((await control('identities', { displayName: 'app', id: 'known' })).status).toBe(200);
  expect((await callAs(entra, ADMIN, 'GET', '/servicePrincipals/known'))[0]).toBe(200);
  expect((await control('users', { userPrincipalName: 'a@b.example', directoryRoles: ['King'] })).status).toBe(400);
});
