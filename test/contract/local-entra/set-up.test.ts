// Line 18 of the checklist, the set-up calls: from the gallery template to the started job.
import { GRAPH_APP_ID } from '../../../local/entra/application-registry';
import { JOB_PATH, bulk, graph, post, user } from './simulator-client';
import { started, stopAll } from './started';

afterEach(stopAll);

type Running = Awaited<ReturnType<typeof started>>;
type Json = Record<string, unknown>;

async function call<T = Json>(entra: Running, method: string, path: string, body?: unknown): Promise<[number, T]> {
  const response = await graph(entra, method, `/v1.0${path}`, body);
  const text = await response.text();
  return [response.status, (text === '' ? undefined : JSON.parse(text)) as T];
}

async function instantiate(entra: Running, displayName = 'HR to Entra'): Promise<string> {
  const filter = encodeURIComponent("displayName eq 'API-driven provisioning to Microsoft Entra ID'");
  const [, templates] = await call<{ value: { id: string }[] }>(
    entra,
    'GET',
    `/applicationTemplates?$filter=${filter}`,
  );
  expect(templates.value).toHaveLength(1);
  const path = `/applicationTemplates/${templates.value[0]!.id}/instantiate`;
  const [status, made] = await call<{ servicePrincipal: { id: string } }>(entra, 'POST', path, { displayName });
  expect(status).toBe(201);
  return made.servicePrincipal.id;
}

const NOTIFY = {
  Enabled: true,
  Recipients: 'iam@contoso.example',
  DeleteThresholdEnabled: true,
  DeleteThresholdValue: 50,
};

test('line 18: template, application, job, secrets, credentials, start, upload', async () => {
  const entra = await started();
  const id = await instantiate(entra);
  const base = `/servicePrincipals/${id}/synchronization`;
  const [, templates] = await call<{ value: { id: string }[] }>(entra, 'GET', `${base}/templates`);
  const [created, job] = await call<{ id: string; status: Json; schedule: Json }>(entra, 'POST', `${base}/jobs`, {
    templateId: templates.value[0]!.id,
  });
  expect(created).toBe(201);
  expect(job).toMatchObject({ status: { code: 'NotConfigured' }, schedule: { state: 'Disabled' } });
  expect(job.id).toMatch(/^API2AAD\.[0-9a-f]{32}\.[0-9a-f-]{36}$/);
  const value = [{ key: 'SyncNotificationSettings', value: JSON.stringify(NOTIFY) }];
  expect((await call(entra, 'PUT', `${base}/secrets`, { value }))[0]).toBe(204);
  expect((await call(entra, 'POST', `${base}/jobs/${job.id}/validateCredentials`))[0]).toBe(204);
  expect((await call(entra, 'POST', `${base}/jobs/${job.id}/start`))[0]).toBe(204);
  const [, listed] = await call<{ value: { status: Json }[] }>(entra, 'GET', `${base}/jobs`);
  expect(listed.value.map(({ status }) => status.code)).toEqual(['Active']);

  const upload = await fetch(`${entra.url}/v1.0${base}/jobs/${job.id}/bulkUpload`, {
    method: 'POST',
    headers: { authorization: `Bearer ${entra.token()}`, 'content-type': 'application/scim+json' },
    body: JSON.stringify(bulk([user('1')])),
  });
  expect(upload.status).toBe(202);
  expect(entra.directory()).toHaveLength(1);
  expect((await call(entra, 'DELETE', `${base}/jobs/${job.id}`))[0]).toBe(204);
  expect((await call(entra, 'GET', `${base}/jobs/${job.id}`))[0]).toBe(404);
});

test('line 18: a new service principal answers 404 until it is replicated', async () => {
  const entra = await started({ replicationDelayMs: 10_000 });
  const id = await instantiate(entra);
  expect((await call(entra, 'GET', `/servicePrincipals/${id}`))[0]).toBe(404);
  entra.advance(10_000);
  expect((await call(entra, 'GET', `/servicePrincipals/${id}`))[0]).toBe(200);
});

test('line 18: secrets are replaced as a whole, and notification settings must be a JSON string', async () => {
  const entra = await started();
  const path = JOB_PATH.slice('/v1.0'.length).replace(/\/jobs\/.*/, '/secrets');
  const object = { value: [{ key: 'SyncNotificationSettings', value: NOTIFY }] };
  expect((await call(entra, 'PUT', path, object))[0]).toBe(400);
  const words = { value: [{ key: 'SyncNotificationSettings', value: 'on' }] };
  expect((await call(entra, 'PUT', path, words))[0]).toBe(400);
  expect((await call(entra, 'PUT', path, { value: [{ key: 'SyncAll', value: 'false' }] }))[0]).toBe(204);
});

test('line 18: a schema is replaced as a whole including unknown members, and can be reset', async () => {
  const entra = await started();
  const path = `${JOB_PATH.slice('/v1.0'.length)}/schema`;
  const [, schema] = await call<{ directories: { objects: { attributes: Json[] }[] }[] }>(entra, 'GET', path);
  const attributes = schema.directories[0]!.objects[0]!.attributes;
  expect(attributes.map(({ name }) => name)).toContain('externalId');
  attributes.push({ name: 'urn:ietf:params:scim:schemas:extension:contoso:1.0:User:HireDate', flowNulls: 'preview' });
  expect((await call(entra, 'PUT', path, schema))[0]).toBe(204);
  expect((await call(entra, 'GET', path))[1]).toEqual(schema);
  expect((await call(entra, 'PUT', path, { directories: [] }))[0]).toBe(400);
  expect((await call(entra, 'DELETE', path))[0]).toBe(204);
  expect(JSON.stringify((await call(entra, 'GET', path))[1])).not.toContain('HireDate');
});

test('line 9: with the switch, only what the schema maps has an effect, and a new schema maps more', async () => {
  const entra = await started({ mapping: 'schema' });
  const path = `${JOB_PATH.slice('/v1.0'.length)}/schema`;
  await post(entra, bulk([user('1', { nickName: 'Uno' })]));
  expect(entra.directory()[0]!.attributes).not.toHaveProperty('nickName');
  const [, schema] = await call<{ synchronizationRules: { objectMappings: { attributeMappings: Json[] }[] }[] }>(
    entra,
    'GET',
    path,
  );
  const source = { name: 'nickName', type: 'Attribute', expression: '[nickName]', parameters: [] };
  schema.synchronizationRules[0]!.objectMappings[0]!.attributeMappings.push({ source, targetAttributeName: 'nick' });
  await call(entra, 'PUT', path, schema);
  await post(entra, bulk([user('1', { nickName: 'Uno' })]));
  expect(entra.directory()[0]!.attributes.nickName).toBe('Uno');
});

test('line 18: a permission is found by its value and granted once', async () => {
  const entra = await started();
  const path = `/servicePrincipals(appId='${GRAPH_APP_ID}')?$select=id,appRoles`;
  const [, resource] = await call<{ id: string; appRoles: { id: string; value: string }[] }>(entra, 'GET', path);
  const role = resource.appRoles.find(({ value }) => value === 'SynchronizationData-User.Upload')!;
  expect(role.id).toBe('db31e92a-b9ea-4d87-bf6a-75a37a9ca35a');
  const identity = entra.addIdentity({ displayName: 'connector' });
  const grant = { principalId: identity, resourceId: resource.id, appRoleId: role.id };
  const send = () => call(entra, 'POST', `/servicePrincipals/${identity}/appRoleAssignments`, grant);
  expect((await send())[0]).toBe(201);
  expect((await send())[0]).toBe(400);
});

test('line 18: a service principal is found by its appId', async () => {
  const entra = await started();
  const filter = encodeURIComponent(`appId eq '${GRAPH_APP_ID}'`);
  const [, found] = await call<{ value: Json[] }>(entra, 'GET', `/servicePrincipals?$filter=${filter}`);
  expect(found.value.map(({ displayName }) => displayName)).toEqual(['Microsoft Graph']);
});

test('the must-nots: no status of a batch, no users to read, no verb but POST', async () => {
  const entra = await started();
  await post(entra, bulk([user('1')]));
  for (const path of ['/bulkUpload/status', '/bulkUpload/Users/1'])
    expect((await graph(entra, 'GET', JOB_PATH + path)).status).toBe(404);
  for (const method of ['GET', 'PATCH', 'PUT', 'DELETE'])
    expect((await graph(entra, method, `${JOB_PATH}/bulkUpload`)).status).toBe(405);
});
