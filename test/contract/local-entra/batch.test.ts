// Line 18 of the checklist: several requests in one.
import { callAs } from './calls';
import { bulk, JOB_PATH, user } from './simulator-client';
import { started, stopAll } from './started';

afterEach(stopAll);

const TOKEN = { roles: ['User.Read.All', 'SynchronizationData-User.Upload'] };
interface Response {
  readonly id: string;
  readonly status: number;
  readonly body?: { value?: unknown[] };
}

async function send(entra: Awaited<ReturnType<typeof started>>, requests: unknown): Promise<[number, Response[]]> {
  const [status, body] = await callAs<{ responses: Response[] }>(entra, TOKEN, 'POST', '/$batch', { requests });
  const responses = (status === 200 ? [...body.responses] : []).sort((a, b) => (a.id < b.id ? -1 : 1));
  return [status, responses];
}

test('line 18: each request of a batch is answered as if it had come alone, with its own rights and faults', async () => {
  const entra = await started();
  entra.addUser({ userPrincipalName: 'one@contoso.example' });
  entra.script([{ on: 'getUser', answers: [{ status: 503 }] }]);
  const [status, responses] = await send(entra, [
    { id: '1', method: 'GET', url: '/users?$select=id' },
    { id: '2', method: 'GET', url: '/directoryRoles' },
    { id: '3', method: 'GET', url: '/users/one@contoso.example' },
    { id: '4', method: 'GET', url: '/nothing' },
    { id: '5', method: 'DELETE', url: '/me' },
    {
      id: '6',
      method: 'POST',
      url: `${JOB_PATH.slice('/v1.0'.length)}/bulkUpload`,
      headers: { 'Content-Type': 'application/scim+json' },
      body: bulk([user('1')]),
    },
  ]);
  expect(status).toBe(200);
  expect(responses.map((response) => response.status)).toEqual([200, 403, 503, 404, 405, 202]);
  expect(responses[0]!.body!.value).toHaveLength(1);
  expect(entra.stats().uploads).toMatchObject({ calls: 1, accepted: 1 });
});

test('line 18: what depends on a failed request is 424', async () => {
  const entra = await started();
  const [, responses] = await send(entra, [
    { id: '1', method: 'GET', url: '/users/nobody' },
    { id: '2', method: 'GET', url: '/users', dependsOn: ['1'] },
  ]);
  expect(responses.map((response) => response.status)).toEqual([404, 424]);
});

test.each([
  ['21 requests', Array.from({ length: 21 }, (_, id) => ({ id: String(id), method: 'GET', url: '/users' }))],
  ['an id twice', [1, 2].map(() => ({ id: '1', method: 'GET', url: '/users' }))],
  ['no list', {}],
  ['a body without a content type', [{ id: '1', method: 'POST', url: '/users', body: {} }]],
  ['a dependency that comes later', [{ id: '1', method: 'GET', url: '/users', dependsOn: ['2'] }]],
])('line 18: a batch with %s is 400', async (_, requests) => {
  expect((await send(await started(), requests))[0]).toBe(400);
});
