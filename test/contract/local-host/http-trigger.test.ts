// HTTP triggers and the admin endpoints (local/host/README.md).
import { createTestBed } from './host-under-test';
import type { HostProcess } from '../../../local/host/host-process';

const bed = createTestBed();
let host: HostProcess;
beforeAll(async () => {
  host = await bed.start('http');
});
afterAll(() => bed.end());

const call = (path: string, init?: RequestInit): Promise<Response> => fetch(`${host.url}${path}`, init);

test('a request arrives with its parameters, query, headers and body, and the answer comes back whole', async () => {
  const answer = await call('/api/items/7/a/b%20c?x=1&y=zwei', {
    method: 'POST',
    body: 'grüß dich',
    headers: { 'x-sent': 'seen' },
  });
  expect(answer.status).toBe(201);
  expect(answer.headers.get('x-seen')).toBe('seen');
  expect(answer.headers.getSetCookie()).toEqual(['a=b%20c; HttpOnly']);
  expect(await answer.json()).toEqual({
    params: { id: '7', rest: 'a/b c' },
    query: { x: '1', y: 'zwei' },
    method: 'POST',
    body: 'grüß dich',
  });
});

const statuses: readonly [string, string, string, number][] = [
  ['a path that breaks a constraint is not found', 'GET', '/api/items/seven/a', 404],
  ['a method that is not listed is not found', 'PUT', '/api/items/7/a', 404],
  ['a path without the prefix is not found', 'GET', '/items/7/a', 404],
  ['the route of a function is its name by default', 'GET', '/api/nothing', 204],
  ['a function that throws answers 500', 'GET', '/api/fails', 500],
  ['an unknown function cannot be fired', 'POST', '/admin/functions/unknown', 404],
];
test.each(statuses)('%s', async (_name, method, path, status) => {
  expect((await call(path, { method })).status).toBe(status);
});

test('an answer after a failure gives no details', async () => {
  expect(await (await call('/api/fails')).text()).toBe('');
});

test('GET /admin/host/status says that the host is running', async () => {
  expect(await (await call('/admin/host/status')).json()).toMatchObject({ id: host.hostId, state: 'Running' });
});
