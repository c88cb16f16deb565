// The transport to Graph without a network: what it asks of fetch, when it requests a token, and how it reads its results. The same with
// real sockets is test/contract/storage/graph-transport.test.ts.
import { RollcallError } from '../../../shared/core/errors';
import { graphTransport } from '../../../shared/graph/graph-transport';

interface Asked {
  readonly url: string;
  readonly method: string | undefined;
  readonly redirect: string | undefined;
  readonly token: string | null;
  readonly contentType: string | null;
  readonly id: string | null;
  readonly body: unknown;
}

const realFetch = globalThis.fetch;
afterEach(() => {
  globalThis.fetch = realFetch;
});

/** A network that gives this answer, and every request made to it. */
function network(answer: (signal: AbortSignal | null) => Promise<Response>): readonly Asked[] {
  const asked: Asked[] = [];
  globalThis.fetch = (input, init) => {
    const headers = new Headers(init?.headers);
    asked.push({
      url: input instanceof Request ? input.url : input.toString(),
      method: init?.method,
      redirect: init?.redirect,
      token: headers.get('authorization'),
      contentType: headers.get('content-type'),
      id: headers.get('client-request-id'),
      body: init?.body,
    });
    return answer(init?.signal ?? null);
  };
  return asked;
}
const endsAt = (): Promise<null> => Promise.resolve(null);
const CALL_ID = '3b1f0000-0000-4000-8000-000000000001';
const NEW_ID = '3b1f0000-0000-4000-8000-000000000002';
const REQUEST_ID = '9c55a1b2-0000-4000-8000-00000000ABCD';
const accepted = (): Promise<Response> =>
  Promise.resolve(
    new Response('{"a":"é🙂"}', { status: 202, headers: { 'request-id': REQUEST_ID, 'retry-after': '7' } }),
  );

/** Tokens `t1`, `t2` … with this lifetime, ms. */
function credential(lifeMs: number) {
  const scopes: string[] = [];
  const refused: boolean[] = [];
  return {
    scopes,
    refused,
    endsAt,
    getToken: (scope: string, isRefused: boolean) => {
      scopes.push(scope);
      refused.push(isRefused);
      return Promise.resolve({ token: `t${scopes.length}`, expiresOnTimestamp: Date.now() + lifeMs });
    },
  };
}
const open = (tokens = credential(3_600_000), timeoutMs = 20_000) =>
  graphTransport(new URL('http://127.0.0.1:8080/ignored?x'), tokens, 'the scope', timeoutMs, () => NEW_ID);

describe('a request', () => {
  test('goes to the path on the configured origin, with token, type, id and body, and follows no redirect', async () => {
    const asked = network(accepted);
    await open().post('/v1.0/upload', 'application/scim+json', '{"a":1}', CALL_ID);
    await open().get('/v1.0/log?$top=5');
    expect(asked).toEqual([
      {
        url: 'http://127.0.0.1:8080/v1.0/upload',
        method: 'POST',
        redirect: 'manual',
        token: 'Bearer t1',
        contentType: 'application/scim+json',
        id: CALL_ID,
        body: '{"a":1}',
      },
      {
        url: 'http://127.0.0.1:8080/v1.0/log?$top=5',
        method: 'GET',
        redirect: 'manual',
        token: 'Bearer t1',
        contentType: null,
        id: NEW_ID,
        body: undefined,
      },
    ]);
  });
  test('returns the answer of the service as data', async () => {
    network(accepted);
    expect(await open().get('/v1.0/x')).toEqual({
      kind: 'answer',
      status: 202,
      requestId: REQUEST_ID,
      retryAfter: '7',
      contentType: 'text/plain;charset=UTF-8',
      body: '{"a":"é🙂"}',
    });
  });
  test('without headers and body too; a refusal is data as well', async () => {
    network(() => Promise.resolve(new Response(null, { status: 503 })));
    expect(await open().get('/v1.0/x')).toEqual({
      kind: 'answer',
      status: 503,
      requestId: null,
      retryAfter: null,
      contentType: '',
      body: '',
    });
  });
});

describe('where a request goes', () => {
  test('is the origin of Graph, whatever else its URL has', () => {
    expect(open().origin).toBe('http://127.0.0.1:8080');
  });
  test.each([
    '/v1.0/x?$filter=a eq %27b%27&$filter=c&=&$skiptoken=a%2Bb==',
    '/v1.0/x?next=https://evil.example/steal',
    '/v1.0/jobs/a%2Fb%3Fc',
    '/v1.0/x?',
  ])('%s is asked for as it is', async (path) => {
    const asked = network(accepted);
    await open().get(path);
    expect(asked.map(({ url }) => url)).toEqual([new URL(path, 'http://127.0.0.1:8080').href]);
  });
  test.each([
    '//evil.example/v1.0/x',
    '\\\\evil.example/v1.0/x',
    'https://evil.example/v1.0/x',
    'x:https://evil.example/steal',
    'http://127.0.0.1:8081/v1.0/x',
    'http://[',
    '/v1.0/jobs/../users',
    '/v1.0/jobs/%2e%2e/users',
    '/v1.0/jobs/..',
    '/v1.0\\jobs',
    'v1.0/x',
    '',
  ])('%j leads elsewhere, so no token is asked for and nothing is sent', async (path) => {
    const asked = network(accepted);
    const tokens = credential(3_600_000);
    const refusal = { code: 'graph-request-astray', disposition: 'halt' };
    await expect(open(tokens).get(path)).rejects.toMatchObject(refusal);
    await expect(open(tokens).post(path, 'text/plain', 'x', CALL_ID)).rejects.toMatchObject(refusal);
    expect([asked, tokens.scopes]).toEqual([[], []]);
  });
});

describe('the request id', () => {
  test.each([
    'graph-1',
    'jane.doe@contoso.example',
    `${REQUEST_ID} Jane Doe`,
    `${REQUEST_ID}, ${REQUEST_ID}`,
    'x'.repeat(9_000),
  ])('is passed on only if it is a GUID: not %j', async (id) => {
    network(() => Promise.resolve(new Response(null, { status: 202, headers: { 'request-id': id } })));
    expect(await open().post('/v1.0/x', 'text/plain', 'x', CALL_ID)).toMatchObject({ status: 202, requestId: null });
  });
});

describe('the token', () => {
  test('is requested once, for the scope', async () => {
    network(accepted);
    const tokens = credential(3_600_000);
    const graph = open(tokens);
    await graph.authorize();
    await graph.get('/v1.0/x');
    await graph.get('/v1.0/x');
    expect(tokens.scopes).toEqual(['the scope']);
  });
  test.each([
    [401, ['Bearer t1', 'Bearer t2'], [false, true]],
    [403, ['Bearer t1', 'Bearer t2'], [false, true]],
    [404, ['Bearer t1', 'Bearer t1'], [false]],
    [503, ['Bearer t1', 'Bearer t1'], [false]],
  ])('after a %i: %j', async (status, used, refused) => {
    const asked = network(() => Promise.resolve(new Response(null, { status })));
    const tokens = credential(3_600_000);
    const graph = open(tokens);
    await graph.get('/v1.0/x');
    await graph.post('/v1.0/x', 'text/plain', 'x', CALL_ID);
    expect(asked.map(({ token }) => token)).toEqual(used);
    expect(tokens.refused).toEqual(refused);
  });
  test('of which the credential knows the end', async () => {
    const graph = graphTransport(
      new URL('http://127.0.0.1:8080'),
      { ...credential(1), endsAt: () => Promise.resolve(7) },
      'the scope',
      20_000,
      () => NEW_ID,
    );
    expect(await graph.credentialEndsAt()).toBe(7);
  });
  test('that a credential explains is told by its own code', async () => {
    const why = new RollcallError('vault-refused', 'halt', 'Key Vault answered 403');
    const graph = graphTransport(
      new URL('http://127.0.0.1:8080'),
      { getToken: () => Promise.reject(why), endsAt },
      'the scope',
      20_000,
      () => NEW_ID,
    );
    await expect(graph.get('/v1.0/x')).rejects.toBe(why);
  });
  test.each([
    ['two minutes before its end', 110_000, 2],
    ['not sooner', 180_000, 1],
  ])('is renewed %s', async (_, lifeMs, given) => {
    const tokens = credential(lifeMs);
    const graph = open(tokens);
    await graph.authorize();
    await graph.authorize();
    expect(tokens.scopes).toHaveLength(given);
  });
  test.each([
    ['fails', () => Promise.reject(new Error('no identity here'))],
    ['gives none', () => Promise.resolve(null)],
  ])('of a credential that %s is a halt, and nothing is sent', async (_, getToken) => {
    const asked = network(accepted);
    const graph = graphTransport(
      new URL('http://127.0.0.1:8080'),
      { getToken, endsAt },
      'the scope',
      20_000,
      () => NEW_ID,
    );
    const halt = {
      code: 'graph-no-token',
      disposition: 'halt',
      message: 'the credential gave no token for Graph',
    };
    await expect(graph.authorize()).rejects.toMatchObject(halt);
    await expect(graph.post('/v1.0/x', 'text/plain', 'x', CALL_ID)).rejects.toMatchObject(halt);
    expect(asked).toEqual([]);
  });
  test('that runs out before it is used, and is not renewed, is a halt too: nothing was sent', async () => {
    const asked = network(accepted);
    let given = 0;
    const graph = graphTransport(
      new URL('http://127.0.0.1:8080'),
      {
        getToken: () =>
          given++ === 0
            ? Promise.resolve({ token: 't', expiresOnTimestamp: Date.now() })
            : Promise.reject(new Error('no identity here')),
        endsAt,
      },
      'the scope',
      20_000,
      () => NEW_ID,
    );
    await expect(graph.post('/v1.0/x', 'text/plain', 'x', CALL_ID)).rejects.toMatchObject({ code: 'graph-no-token' });
    expect(asked).toEqual([]);
  });
  test('says why there is none', async () => {
    const cause = new Error('no identity here');
    const graph = graphTransport(
      new URL('http://127.0.0.1:8080'),
      { getToken: () => Promise.reject(cause), endsAt },
      'the scope',
      20_000,
      () => NEW_ID,
    );
    await expect(graph.authorize()).rejects.toMatchObject({ cause });
  });
});

describe('silence', () => {
  const failed = (code: string): TypeError =>
    new TypeError('fetch failed', { cause: Object.assign(new Error(code), { code }) });
  test.each([
    ['ECONNREFUSED', 'unreachable'],
    ['ENOTFOUND', 'unreachable'],
    ['ECONNRESET', 'cut'],
    ['UND_ERR_SOCKET', 'cut'],
  ])('%s is %s, and is not tried again', async (code, reason) => {
    const asked = network(() => Promise.reject(failed(code)));
    expect(await open().get('/v1.0/x')).toEqual({ kind: 'silence', reason });
    expect(asked).toHaveLength(1);
  });
  test('no answer in time is a timeout: fetch is told to give up', async () => {
    network(
      (signal) =>
        new Promise((_, reject) => {
          signal?.addEventListener('abort', () => reject(signal.reason as Error));
        }),
    );
    expect(await open(credential(3_600_000), 1).get('/v1.0/x')).toEqual({ kind: 'silence', reason: 'timeout' });
  });
  test.each([
    [32, 'answer'],
    [33, 'silence'],
  ])('an answer of %i MB is %s', async (megabytes, kind) => {
    const block = new Uint8Array(1024 * 1024).fill(0x20);
    let left = megabytes;
    const body = new ReadableStream<Uint8Array>({
      pull: (stream) => {
        if (left-- > 0) stream.enqueue(block);
        else stream.close();
      },
    });
    network(() => Promise.resolve(new Response(body, { status: 200 })));
    expect((await open().get('/v1.0/x')).kind).toBe(kind);
  });
});
