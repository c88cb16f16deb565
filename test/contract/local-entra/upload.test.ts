// Lines 1 to 4 of the checklist, docs/reference/graph-provisioning.md §8: who and what bulkUpload accepts.
import { CORE, ENTERPRISE, JOB, JOB_PATH, bulk, post, readError, upload, user } from './simulator-client';
import { started, stopAll } from './started';

afterEach(stopAll);

test('line 1: unknown service principals and jobs are 404 with a Graph error', async () => {
  const entra = await started();
  const headers = { authorization: `Bearer ${entra.token()}`, 'content-type': 'application/scim+json' };
  for (const path of [JOB_PATH.replace(JOB, 'API2AAD.other'), JOB_PATH.replace('8f0e', '9f0e')]) {
    const response = await fetch(`${entra.url}${path}/bulkUpload`, { method: 'POST', headers, body: '{}' });
    expect(response.status).toBe(404);
    expect((await readError(response)).code).toBe('Request_ResourceNotFound');
  }
});

test('line 1: the same route answers under v1.0 and under beta', async () => {
  const entra = await started();
  const headers = { authorization: `Bearer ${entra.token()}`, 'content-type': 'application/scim+json' };
  const body = JSON.stringify(bulk([user('1')]));
  for (const path of [JOB_PATH, JOB_PATH.replace('/v1.0/', '/beta/')]) {
    expect((await fetch(`${entra.url}${path}/bulkUpload`, { method: 'POST', headers, body })).status).toBe(202);
  }
});

test('line 1: only POST exists', async () => {
  const entra = await started();
  expect((await fetch(`${entra.url}${JOB_PATH}/bulkUpload`)).status).toBe(405);
});

test('line 1: with autoCreateJobs any job exists and is started', async () => {
  const entra = await started({ autoCreateJobs: true });
  const headers = { authorization: `Bearer ${entra.token()}`, 'content-type': 'application/scim+json' };
  const body = JSON.stringify(bulk([user('1')]));
  const path = JOB_PATH.replace(JOB, 'API2AAD.other');
  expect((await fetch(`${entra.url}${path}/bulkUpload`, { method: 'POST', headers, body })).status).toBe(202);
  expect(entra.directory()).toHaveLength(1);
});

test.each([
  ['no token', '', 'Access token is empty.'],
  ['an empty token', 'Bearer ', 'Access token is empty.'],
])('line 2: %s is 401', async (_name, authorization, message) => {
  const entra = await started();
  const response = await post(entra, bulk([user('1')]), { authorization });
  expect(response.status).toBe(401);
  expect(await readError(response)).toMatchObject({ code: 'InvalidAuthenticationToken', message });
});

test('line 2: an expired token is 401 with the other message', async () => {
  const entra = await started();
  const authorization = `Bearer ${entra.token({ expiresInMs: -1_000 })}`;
  const response = await post(entra, bulk([user('1')]), { authorization });
  expect(response.status).toBe(401);
  expect((await readError(response)).message).toBe('Access token has expired or is not yet valid.');
});

test.each(['https://storage.azure.com', undefined])('line 2: a token for %s is 401', async (aud) => {
  const entra = await started();
  const [head, claims] = entra.token().split('.');
  const forAnother = { ...(JSON.parse(Buffer.from(claims!, 'base64url').toString()) as object), aud };
  const authorization = `Bearer ${head!}.${Buffer.from(JSON.stringify(forAnother)).toString('base64url')}.`;
  const response = await post(entra, bulk([user('1')]), { authorization });
  expect(response.status).toBe(401);
  expect((await readError(response)).message).toBe('Access token validation failure. Invalid audience.');
});

test('line 2: a token without the upload permission is 403', async () => {
  const entra = await started();
  const authorization = `Bearer ${entra.token({ roles: ['ProvisioningLog.Read.All'] })}`;
  expect((await post(entra, bulk([user('1')]), { authorization })).status).toBe(403);
});

test('line 2: with the permission .OwnedBy only the owner of the application may upload', async () => {
  const entra = await started();
  const appId = '11111111-0000-4000-8000-000000000001';
  const token = entra.token({ roles: ['SynchronizationData-User.Upload.OwnedBy'], appId });
  const send = () => post(entra, bulk([user('1')]), { authorization: `Bearer ${token}` });
  expect((await send()).status).toBe(403);
  entra.job('8f0e0000-0000-4000-8000-000000000001', JOB).addOwner(appId);
  expect((await send()).status).toBe(202);
});

test('line 3: the content type must be application/scim+json; parameters are allowed', async () => {
  const entra = await started();
  const send = (type: string) => post(entra, bulk([user('1')]), { 'content-type': type });
  const refused = await send('application/json');
  expect(refused.status).toBe(400);
  expect((await readError(refused)).message).toBe('Invalid Data Format');
  expect((await send('application/scim+json; charset=utf-8')).status).toBe(202);
});

const good = bulk([user('1')]);
const operation = (good.Operations as Record<string, unknown>[])[0]!;
const data = operation.data as Record<string, unknown>;
const withOperation = (members: Record<string, unknown>) => ({ ...good, Operations: [{ ...operation, ...members }] });
const without = (source: Record<string, unknown>, name: string) =>
  Object.fromEntries(Object.entries(source).filter(([key]) => key !== name));

test.each<[string, unknown]>([
  ['no JSON', '{"schemas": ['],
  ['a bare array', good.Operations],
  ['no schemas', without(good, 'schemas')],
  ['other schemas', { ...good, schemas: [CORE] }],
  ['schemas as text', { ...good, schemas: 'urn:ietf:params:scim:api:messages:2.0:BulkRequest' }],
  ['no Operations', without(good, 'Operations')],
  ['operations in lower case', { schemas: good.schemas, operations: good.Operations }],
  ['no operation', bulk([])],
  ['51 operations', bulk(Array.from({ length: 51 }, (_, index) => user(String(index))))],
  ['the method DELETE', withOperation({ method: 'DELETE' })],
  ['the path /Groups', withOperation({ path: '/Groups' })],
  ['no bulkId', { ...good, Operations: [without(operation, 'bulkId')] }],
  ['no data', { ...good, Operations: [without(operation, 'data')] }],
  ['no externalId', withOperation({ data: without(data, 'externalId') })],
  ['a number as externalId', withOperation({ data: { ...data, externalId: 1 } })],
  ['no schemas of the user', withOperation({ data: without(data, 'schemas') })],
  ['no core schema', withOperation({ data: { ...data, schemas: [ENTERPRISE] } })],
  ['no enterprise schema', withOperation({ data: { ...data, schemas: [CORE] } })],
  ['a custom schema that is not listed', withOperation({ data: { ...data, 'urn:example:1.0:User': { a: 'b' } } })],
  ['a bulkId twice', { ...good, Operations: [operation, operation] }],
])('line 3: a body with %s is 400 and queues nothing', async (_name, body) => {
  const entra = await started();
  const response = await post(entra, body);
  expect(response.status).toBe(400);
  expect((await readError(response)).message).toBe('Invalid Data Format');
  expect(entra.directory()).toHaveLength(0);
});

test('line 3: a repeated bulkId is accepted with the switch', async () => {
  const entra = await started({ duplicateBulkIds: 'accept' });
  expect((await post(entra, { ...good, Operations: [operation, operation] })).status).toBe(202);
});

test.each([
  ['the path /users', { userPath: 'any-case' }, { path: '/users' }],
  [
    'core alone',
    { userSchemas: 'core' },
    { data: { schemas: [CORE], externalId: '1', userName: 'a@contoso.example' } },
  ],
] as const)(
  'line 3: %s, as in samples of Microsoft, is 400, and accepted with its switch',
  async (_, options, members) => {
    const body = { ...good, Operations: [{ ...operation, ...members }] };
    expect((await post(await started(), body)).status).toBe(400);
    expect((await post(await started(options), body)).status).toBe(202);
  },
);

test('line 3: fifty operations are accepted', async () => {
  const entra = await started();
  expect((await upload(entra, ...Array.from({ length: 50 }, (_, index) => user(String(index))))).status).toBe(202);
  expect(entra.directory()).toHaveLength(50);
});

test.each(['/v1.0/%zz', '/v1.0/servicePrincipals/%'])(
  'the target %s is 400 and does not end the simulator',
  async (path) => {
    const entra = await started();
    expect((await fetch(entra.url + path)).status).toBe(400);
    expect((await fetch(`${entra.url}/v1.0/groups`)).status).toBe(404);
  },
);

test('a body above the bound is 413', async () => {
  const entra = await started({ maxBodyBytes: 1_000 });
  expect((await post(entra, ' '.repeat(200_000))).status).toBe(413);
});

test('line 4: the 202 is empty, points to the log of the job, and carries both request ids', async () => {
  const entra = await started();
  const response = await post(entra, good, { 'client-request-id': 'c0ffee00-0000-4000-8000-000000000001' });
  expect(response.status).toBe(202);
  expect(await response.text()).toBe('');
  expect(response.headers.get('location')).toBe(
    `${entra.url}/v1.0/auditLogs/provisioning/?$filter=jobid%20eq%20'${JOB}'`,
  );
  expect(response.headers.get('client-request-id')).toBe('c0ffee00-0000-4000-8000-000000000001');
  expect(response.headers.get('request-id')).toMatch(/^[0-9a-f-]{36}$/);
});

test.each([
  ['object', {}],
  ['headers', { 'request-id': expect.any(String), location: expect.any(String) }],
] as const)('line 4: with the switch, the 202 has a body: %s', async (acceptedBody, expected) => {
  const entra = await started({ acceptedBody });
  expect(await (await upload(entra, user('1'))).json()).toMatchObject(expected);
});
