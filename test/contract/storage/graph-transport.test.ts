// The transport to Graph against a real HTTP server on this machine.
import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createServer as createTcpServer } from 'node:net';
import { graphTransport } from '../../../shared/graph/graph-transport';

type Answer = (request: IncomingMessage, response: ServerResponse, body: string) => void;
interface Seen {
  readonly method: string;
  readonly url: string;
  readonly token: string | undefined;
  readonly contentType: string | undefined;
  readonly id: unknown;
  readonly body: string;
}

const closers: (() => void)[] = [];
afterEach(() => {
  for (const close of closers.splice(0)) close();
});

async function startServer(answer: Answer): Promise<{ url: URL; seen: Seen[] }> {
  const seen: Seen[] = [];
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const body = Buffer.concat(parts).toString();
      seen.push({
        method: request.method ?? '',
        url: request.url ?? '',
        token: request.headers.authorization,
        contentType: request.headers['content-type'],
        id: request.headers['client-request-id'],
        body,
      });
      answer(request, response, body);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  closers.push(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}`), seen };
}

/** Tokens `t1`, `t2` … valid for an hour. */
function credential(lifeMs = 3_600_000) {
  let given = 0;
  return {
    given: () => given,
    getToken: () => Promise.resolve({ token: `t${++given}`, expiresOnTimestamp: Date.now() + lifeMs }),
    endsAt,
  };
}
const endsAt = (): Promise<null> => Promise.resolve(null);
const CALL_ID = '3b1f0000-0000-4000-8000-000000000001';
const NEW_ID = '3b1f0000-0000-4000-8000-000000000002';
const REQUEST_ID = '9c550000-0000-4000-8000-000000000001';
const ok: Answer = (_, response) => response.writeHead(202, { 'request-id': REQUEST_ID, 'retry-after': '7' }).end();
const open = async (answer: Answer, options: { timeoutMs?: number; lifeMs?: number } = {}) => {
  const { url, seen } = await startServer(answer);
  const tokens = credential(options.lifeMs);
  return { url, seen, tokens, graph: graphTransport(url, tokens, 'scope', options.timeoutMs ?? 20_000, () => NEW_ID) };
};

describe('a request', () => {
  test('carries token, content type and body unchanged', async () => {
    const { graph, seen } = await open(ok);
    const body = '{"Operations":[{"data":{"name":"é🙂"}}],"failOnErrors":null}';
    expect(
      await graph.post(
        '/v1.0/servicePrincipals/sp/synchronization/jobs/API2AAD.1/bulkUpload',
        'application/scim+json',
        body,
        CALL_ID,
      ),
    ).toEqual({
      kind: 'answer',
      status: 202,
      requestId: REQUEST_ID,
      retryAfter: '7',
      contentType: '',
      body: '',
    });
    expect(seen).toEqual([
      {
        method: 'POST',
        url: '/v1.0/servicePrincipals/sp/synchronization/jobs/API2AAD.1/bulkUpload',
        token: 'Bearer t1',
        contentType: 'application/scim+json',
        id: CALL_ID,
        body,
      },
    ]);
  });
  test('has a token every time, though it is requested only once', async () => {
    const { graph, seen, tokens } = await open(ok);
    for (let n = 0; n < 3; n++) await graph.get('/v1.0/x');
    expect(seen.map((one) => one.token)).toEqual(['Bearer t1', 'Bearer t1', 'Bearer t1']);
    expect(tokens.given()).toBe(1);
  });
  test.each([401, 403])('requests a new token after a %i, or when it is about to expire', async (status) => {
    const { graph, seen } = await open((_, response) => response.writeHead(seen.length === 1 ? status : 200).end());
    await graph.get('/v1.0/x');
    await graph.get('/v1.0/x');
    await graph.get('/v1.0/x');
    expect(seen.map((one) => one.token)).toEqual(['Bearer t1', 'Bearer t2', 'Bearer t2']);
    const short = await open(ok, { lifeMs: 60_000 });
    await short.graph.get('/v1.0/x');
    await short.graph.get('/v1.0/x');
    expect(new Set(short.seen.map((one) => one.token)).size).toBe(2);
  });
  test.each([
    '/v1.0/auditLogs/provisioning?$filter=jobid%20eq%20%27a%27%20and%20activityDateTime%20gt%202026-11-21T08%3A00%3A00.000Z&$top=1000',
    '/v1.0/auditLogs/provisioning?$skiptoken=a%2Bb%3D%3D&$top=5',
    '/v1.0/auditLogs/provisioning?$skiptoken=MSZZVlF6%26x==',
    '/v1.0/servicePrincipals/sp/synchronization/jobs/API2AAD.01%2F23%3Fx/bulkUpload',
  ])('asks for exactly this, whatever the order of the query: %s', async (path) => {
    const parts = (url: string | undefined): string[] => (url ?? '').split(/[?&]/).sort();
    const { graph, seen } = await open(ok);
    await graph.get(path);
    expect(parts(seen[0]?.url)).toEqual(parts(path));
  });
});

describe('the credential', () => {
  test('that fails is its own fault, never a cut connection: nothing was sent', async () => {
    const { url, seen } = await startServer(ok);
    const graph = graphTransport(
      url,
      { getToken: () => Promise.reject(new Error('no identity here')), endsAt },
      'scope',
      5_000,
      () => NEW_ID,
    );
    await expect(graph.post('/v1.0/x', 'application/json', '{}', CALL_ID)).rejects.toMatchObject({
      code: 'graph-no-token',
      disposition: 'halt',
    });
    expect(seen).toEqual([]);
  });
  test('without a token sends nothing either', async () => {
    const { url, seen } = await startServer(ok);
    const graph = graphTransport(url, { getToken: () => Promise.resolve(null), endsAt }, 'scope', 5_000, () => NEW_ID);
    await expect(graph.get('/v1.0/x')).rejects.toMatchObject({ code: 'graph-no-token', disposition: 'halt' });
    expect(seen).toEqual([]);
  });
});

describe('an answer', () => {
  test.each([400, 401, 403, 404, 429, 500, 503])(
    '%i is data, not an exception, and is not tried again',
    async (status) => {
      const { graph, seen } = await open((_, response) =>
        response.writeHead(status, { 'content-type': 'text/html' }).end('<p>ä</p>'),
      );
      expect(await graph.post('/v1.0/x', 'application/json', '{}', CALL_ID)).toMatchObject({
        kind: 'answer',
        status,
        contentType: 'text/html',
        body: '<p>ä</p>',
      });
      expect(seen).toHaveLength(1);
    },
  );
  test.each([301, 302, 303, 307, 308])(
    '%i: a redirect is not followed; neither people nor token go anywhere else',
    async (status) => {
      const elsewhere = await startServer(ok);
      const { graph, seen } = await open((_, response) =>
        response.writeHead(status, { location: `${elsewhere.url.href}steal` }).end(),
      );
      expect(await graph.post('/v1.0/x', 'application/json', '{"person":1}', CALL_ID)).toMatchObject({
        kind: 'answer',
        status,
      });
      expect(seen).toHaveLength(1);
      expect(elsewhere.seen).toEqual([]);
    },
  );
});

describe('silence', () => {
  test('no answer in time is a timeout', async () => {
    const { graph } = await open(() => undefined, { timeoutMs: 100 });
    expect(await graph.get('/v1.0/x')).toEqual({ kind: 'silence', reason: 'timeout' });
  });
  test('an answer that begins but does not end in time is a timeout too', async () => {
    const { graph } = await open((_, response) => void response.writeHead(202).write('{'), { timeoutMs: 200 });
    expect(await graph.get('/v1.0/x')).toEqual({ kind: 'silence', reason: 'timeout' });
  });
  test('a connection that is cut before the answer', async () => {
    const { graph, seen } = await open((request) => request.socket.destroy());
    expect(await graph.post('/v1.0/x', 'application/json', '{}', CALL_ID)).toEqual({ kind: 'silence', reason: 'cut' });
    expect(seen).toHaveLength(1);
  });
  test('a connection that is cut in the middle of the answer', async () => {
    const { graph } = await open((request, response) => {
      response.writeHead(202, { 'content-length': '100' });
      response.write('half', () => request.socket.destroy());
    });
    expect(await graph.post('/v1.0/x', 'application/json', '{}', CALL_ID)).toEqual({ kind: 'silence', reason: 'cut' });
  });
  test('a port where nothing listens is unreachable: nothing was sent', async () => {
    const { url } = await startServer(ok);
    for (const close of closers.splice(0)) close();
    const graph = graphTransport(url, credential(), 'scope', 5_000, () => NEW_ID);
    expect(await graph.post('/v1.0/x', 'application/json', '{}', CALL_ID)).toEqual({
      kind: 'silence',
      reason: 'unreachable',
    });
  });
  test('a name that does not resolve is unreachable', async () => {
    // RFC 6761 §6.4: names in `.invalid` never resolve.
    const graph = graphTransport(new URL('http://nobody.invalid'), credential(), 'scope', 20_000, () => NEW_ID);
    expect(await graph.post('/v1.0/x', 'application/json', '{}', CALL_ID)).toEqual({
      kind: 'silence',
      reason: 'unreachable',
    });
  });
  test('a server that hangs up on connect may have read the request: cut', async () => {
    const server = createTcpServer((socket) => socket.destroy());
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    closers.push(() => server.close());
    const url = new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    const graph = graphTransport(url, credential(), 'scope', 5_000, () => NEW_ID);
    expect(await graph.post('/v1.0/x', 'application/json', '{}', CALL_ID)).toEqual({ kind: 'silence', reason: 'cut' });
  });
  test('an endless answer is given up: no more than 32 MB are read', async () => {
    let sent = 0;
    const { graph } = await open((_, response) => {
      const block = Buffer.alloc(1024 * 1024);
      const more = (): void => {
        if (response.destroyed || sent > 200) return;
        sent++;
        response.write(block, more);
      };
      more();
    });
    expect(await graph.get('/v1.0/x')).toEqual({ kind: 'silence', reason: 'cut' });
    expect(sent).toBeLessThan(100);
  });
});
