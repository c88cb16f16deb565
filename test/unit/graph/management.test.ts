// Calls of Graph's management: what is repeated, what is told of a refusal, and which pages are followed.
import { graphManagement, isLacking, ManagementTrouble } from '../../../shared/graph/management';
import { needsOf } from '../../../shared/graph/management-operations';
import type { GraphCall, GraphReply } from '../../../shared/graph/graph-transport';

const ID = '3b1f0000-0000-4000-8000-000000000002';
const ORIGIN = 'https://graph.microsoft.com';
const answer = (status: number, body: unknown = '', retryAfter: string | null = null): GraphReply => ({
  kind: 'answer',
  status,
  requestId: null,
  retryAfter,
  contentType: 'application/json',
  body: typeof body === 'string' ? body : JSON.stringify(body),
});
const refusal = (status: number, code: string, message: string): GraphReply =>
  answer(status, { error: { code, message, innerError: {} } });

/** Graph that gives these replies in turn, and what was asked of it. */
function scripted(...replies: readonly GraphReply[]) {
  const calls: GraphCall[] = [];
  const pauses: number[] = [];
  const caller = {
    origin: ORIGIN,
    call: (call: GraphCall) => {
      calls.push(call);
      const reply = replies[calls.length - 1];
      return reply === undefined ? Promise.reject(new Error('no reply left')) : Promise.resolve(reply);
    },
  };
  const clock = {
    now: () => 0,
    sleep: (ms: number) => {
      pauses.push(ms);
      return Promise.resolve();
    },
  };
  return { calls, pauses, graph: graphManagement(caller, clock, () => ID) };
}
const troubleOf = async (asked: Promise<unknown>): Promise<ManagementTrouble> => {
  const trouble: unknown = await asked.then(
    () => null,
    (error: unknown) => error,
  );
  expect(trouble).toBeInstanceOf(ManagementTrouble);
  return trouble as ManagementTrouble;
};
const SILENCE: GraphReply = { kind: 'silence', reason: 'cut' };
const UNREACHABLE: GraphReply = { kind: 'silence', reason: 'unreachable' };

test('a list is read to its last page, and only from the same list', async () => {
  const next = `${ORIGIN}/v1.0/servicePrincipals?$skiptoken=2`;
  const { graph, calls } = scripted(
    answer(200, { value: [{ id: 'a' }], '@odata.nextLink': next }),
    answer(200, { value: [{ id: 'b' }] }),
  );
  await expect(graph.list("/v1.0/servicePrincipals?$filter=displayName eq 'x'")).resolves.toEqual([
    { id: 'a' },
    { id: 'b' },
  ]);
  expect(calls.map(({ path }) => path)[1]).toBe('/v1.0/servicePrincipals?$skiptoken=2');
});
test.each(['https://evil.example/v1.0/servicePrincipals', `${ORIGIN}/v1.0/users`, 'nonsense'])(
  'a next page at %s is not followed',
  async (link) => {
    const { graph, calls } = scripted(answer(200, { value: [], '@odata.nextLink': link }));
    expect((await troubleOf(graph.list('/v1.0/servicePrincipals'))).code).toBe('tenant-unreadable');
    expect(calls).toHaveLength(1);
  },
);
test.each([
  ['no JSON', '<html>'],
  ['no list', '{"value":{}}'],
  ['no objects', '{"value":[1]}'],
])('an answer that is %s is told as such', async (_what, body) => {
  expect((await troubleOf(scripted(answer(200, body)).graph.list('/v1.0/users'))).code).toBe('tenant-unreadable');
});

describe('repeating', () => {
  test.each([answer(429, '', '7'), answer(503, '', '7')])('waits as long as the service says', async (reply) => {
    const { graph, pauses, calls } = scripted(reply, answer(200, { id: 'x' }));
    await expect(graph.get('/v1.0/servicePrincipals/x')).resolves.toEqual({ id: 'x' });
    expect(pauses).toEqual([7_000]);
    expect(new Set(calls.map(({ clientRequestId }) => clientRequestId))).toEqual(new Set([ID]));
  });
  test('ends after five calls, each pause twice as long', async () => {
    const { graph, pauses, calls } = scripted(...Array<GraphReply>(6).fill(SILENCE));
    const trouble = await troubleOf(graph.put('/v1.0/servicePrincipals/x/synchronization/secrets', {}));
    expect(trouble.values).toMatchObject({ operation: 'change-job-settings', status: null });
    expect([trouble.code, pauses, calls.length]).toEqual(['tenant-unavailable', [1_000, 2_000, 4_000, 8_000], 5]);
  });
  test('nobody waits an hour at a terminal', async () => {
    const { graph, pauses } = scripted(answer(429, '', '3600'));
    expect((await troubleOf(graph.get('/v1.0/users'))).code).toBe('tenant-unavailable');
    expect(pauses).toEqual([]);
  });
  test.each([
    ['429', answer(429), 2],
    ['no connection', UNREACHABLE, 2],
    ['a server error', answer(500), 1],
    ['a connection that was cut', SILENCE, 1],
  ])('something is created once: after %s, %#', async (_what, reply, calls) => {
    const made = scripted(reply, answer(201, { id: 'x' }));
    await made.graph.post('/v1.0/applicationTemplates/t/instantiate', { displayName: 'x' }).catch(() => null);
    expect(made.calls).toHaveLength(calls);
  });
});

describe('a refusal', () => {
  test('names the permission and the role that would have been needed', async () => {
    const { graph } = scripted(refusal(403, 'Authorization_RequestDenied', 'Insufficient privileges, Maria Keller.'));
    const trouble = await troubleOf(graph.post('/v1.0/servicePrincipals/x/appRoleAssignments', {}));
    expect(trouble.code).toBe('tenant-forbidden');
    expect(trouble.values).toMatchObject({
      operation: 'grant-role',
      permission: 'AppRoleAssignment.ReadWrite.All',
      role: 'Privileged Role Administrator',
      graphCode: 'Authorization_RequestDenied',
      clientRequestId: ID,
    });
    expect(trouble.message).not.toContain('Maria');
  });
  test.each([
    [401, 'tenant-signed-out'],
    [404, 'tenant-lacks'],
    [400, 'tenant-refused'],
    [409, 'tenant-refused'],
    [302, 'tenant-refused'],
  ])('%i is %s', async (status, code) => {
    const trouble = await troubleOf(scripted(refusal(status, 'A code: of somebody', 'x')).graph.get('/v1.0/users'));
    expect([trouble.code, trouble.values.graphCode, isLacking(trouble)]).toEqual([code, null, status === 404]);
  });
});

test('an empty answer to something created is nothing', async () => {
  await expect(
    scripted(answer(204)).graph.post('/v1.0/servicePrincipals/x/synchronization/jobs/j/start'),
  ).resolves.toBe(null);
});

test.each([
  ['GET', '/v1.0/applicationTemplates?$filter=x', 'list-application-templates'],
  ['POST', '/v1.0/applicationTemplates/t/instantiate', 'create-application'],
  ['GET', "/v1.0/servicePrincipals(appId='x')?$select=id", 'read-applications'],
  ['DELETE', '/v1.0/servicePrincipals/x', 'delete-application'],
  ['GET', '/v1.0/servicePrincipals/x/synchronization/templates', 'read-job'],
  ['POST', '/v1.0/servicePrincipals/x/synchronization/jobs', 'change-job'],
  ['POST', '/v1.0/servicePrincipals/x/synchronization/jobs/j/restart', 'change-job'],
  ['POST', '/v1.0/servicePrincipals/x/synchronization/jobs/j/bulkUpload', 'send-person'],
  ['PUT', '/beta/servicePrincipals/x/synchronization/jobs/j/schema', 'change-schema'],
  ['GET', '/v1.0/servicePrincipals/x/synchronization/jobs/j/schema/functions', 'read-schema'],
  ['GET', '/v1.0/servicePrincipals/x/appRoleAssignments', 'read-grants'],
  ['DELETE', '/v1.0/servicePrincipals/x/appRoleAssignments/a', 'take-back-role'],
  ['GET', '/v1.0/subscribedSkus', 'read-licences'],
  ['GET', '/v1.0/users?$select=id', 'read-users'],
  ['GET', '/v1.0/me', 'other'],
])('%s %s is known as %s', (method, path, operation) => {
  expect(needsOf(method, path).operation).toBe(operation);
});
