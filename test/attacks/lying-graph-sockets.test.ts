// A lying Graph on real sockets. An independent server notes every connection: whatever the service says, a token goes to the base alone,
// and to nothing there but the jobs and the log.
import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo, Server } from 'node:net';
import { createServer as createTcpServer } from 'node:net';
import * as fc from 'fast-check';
import { RollcallError } from '../../shared/core/errors';
import { judgeAnswer } from '../../shared/delivery/answers';
import { bulkUploadPath, jobPath } from '../../shared/graph/bulk-upload';
import type { GraphTransport } from '../../shared/graph/graph-transport';
import { graphTransport } from '../../shared/graph/graph-transport';
import { readJobHealth } from '../../shared/graph/job-status';
import { LOG_PATH } from '../../shared/graph/next-page';
import { firstLogPath, readLogPage } from '../../shared/graph/provisioning-log';

interface Asked {
  readonly path: string;
  readonly token: string | undefined;
}

/** The base answers as the test says; `elsewhere` notes whoever connects, and what they send; `fetched` has every URL that was fetched. */
interface Servers {
  readonly fetched: URL[];
  readonly base: URL;
  readonly asked: Asked[];
  readonly elsewhere: URL;
  readonly strangers: string[];
  answer: (request: IncomingMessage, response: ServerResponse) => void;
}

const open: Server[] = [];
const realFetch = globalThis.fetch;
afterEach(() => {
  globalThis.fetch = realFetch;
  for (const server of open.splice(0)) server.close();
});

async function listen(server: Server): Promise<URL> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  open.push(server);
  return new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
}

async function servers(): Promise<Servers> {
  const strangers: string[] = [];
  const elsewhere = await listen(
    createTcpServer((socket) => {
      strangers.push('connected');
      socket.on('data', (data) => strangers.push(data.toString('latin1'))).on('error', () => undefined);
      socket.end('HTTP/1.1 200 OK\r\nContent-Length: 12\r\nConnection: close\r\n\r\n{"value":[]}');
    }),
  );
  const asked: Asked[] = [];
  const fetched: URL[] = [];
  // A name that does not resolve is met by no server.
  globalThis.fetch = (input, init) => {
    fetched.push(new URL(input instanceof Request ? input.url : input));
    return realFetch(input, init);
  };
  const self: Pick<Servers, 'answer'> = { answer: (_, response) => response.end() };
  const base = await listen(
    createServer((request, response) => {
      asked.push({ path: request.url ?? '', token: request.headers.authorization });
      self.answer(request, response);
    }),
  );
  return Object.assign(self, { base, asked, elsewhere, strangers, fetched });
}

const transportTo = (base: URL) =>
  graphTransport(
    base,
    {
      getToken: () => Promise.resolve({ token: 'secret', expiresOnTimestamp: Date.now() + 3_600_000 }),
      endsAt: () => Promise.resolve(null),
    },
    'scope',
    5_000,
    () => '3b1f0000-0000-4000-8000-000000000002',
  );

const JOB = { servicePrincipalId: 'sp', jobId: 'API2AAD.contoso' };
const CALL_ID = '3b1f0000-0000-4000-8000-000000000001';
const ALLOWED = new Set([LOG_PATH, jobPath(JOB), bulkUploadPath(JOB)]);
/** Pages of one reading that are followed here: read-log.ts has its own limit. */
const MOST_PAGES = 3;

/** Everything that is ever asked of Graph: an upload, the state of the job, its log. What is refused is refused. */
async function askEverything(graph: GraphTransport): Promise<void> {
  const answer = await graph.post(bulkUploadPath(JOB), 'application/scim+json', '{"secret":1}', CALL_ID);
  expect(judgeAnswer(answer, 0)).toHaveProperty('kind');
  expect(await readJobHealth(graph, JOB)).toHaveProperty('kind');
  try {
    let path: string | null = firstLogPath(JOB.jobId, { after: 0, before: null }, 5);
    for (let page = 0; path !== null && page < MOST_PAGES; page++) path = (await readLogPage(graph, path, 0)).next;
  } catch (error) {
    expect(error).toBeInstanceOf(RollcallError);
  }
}

/** No stranger was met, and every request with a token was one of those that we make. */
function expectNoLeak(world: Servers): void {
  expect(world.strangers).toEqual([]);
  expect(world.fetched.filter((url) => url.origin !== world.base.origin)).toEqual([]);
  for (const { path, token } of world.asked) {
    expect(ALLOWED).toContain(path.split('?')[0]);
    expect(token).toBe('Bearer secret');
  }
}

describe('a next page that is elsewhere', () => {
  test.each([
    ['an opaque URL whose path is a URL', (there) => `x:https://${there.host}/steal`],
    ['a data URL', (there) => `data:https://${there.host}/steal`],
    ['another host', (there) => `${there.origin}${LOG_PATH}?$skiptoken=x`],
    ['the base as user name', (there, base) => `http://${base.host}@${there.host}${LOG_PATH}`],
    ['another path by way of dots', (_, base) => `${base.origin}${LOG_PATH}/../../users?x=1`],
    ['another path of a strange host', () => 'http://h/v1.0/../../users?x=1'],
    ['a URL in the query', (there, base) => `${base.origin}${LOG_PATH}?x=https://${there.host}/y`],
  ] as readonly (readonly [string, (there: URL, base: URL) => string])[])(
    '%s: no token leaves for it',
    async (_, linkTo) => {
      const world = await servers();
      const link = linkTo(world.elsewhere, world.base);
      world.answer = (_request, response) => response.end(JSON.stringify({ value: [], '@odata.nextLink': link }));
      await askEverything(transportTo(world.base));
      expectNoLeak(world);
    },
  );
});

describe('a service that lies in every header and member', () => {
  test('learns no token, and sends nobody anywhere else', async () => {
    const world = await servers();
    const { base, elsewhere } = world;
    const there = [
      `${elsewhere.origin}${LOG_PATH}`,
      `https://${elsewhere.host}/x`,
      `x:https://${elsewhere.host}/steal`,
      `//${elsewhere.host}/`,
      `${base.origin}@${elsewhere.host}/`,
    ];
    const address = fc.oneof(
      fc.constantFrom(...there, `${base.origin}${LOG_PATH}?next=${there[1]!}`, `${base.origin}/v1.0/users`),
      fc.tuple(fc.constantFrom(...there, base.origin), fc.string()).map(([url, rest]) => url + rest),
      fc.webUrl(),
    );
    const lie = fc.oneof(
      address,
      fc.string(),
      fc.constantFrom('constructor', '__proto__', 'Paused', 'x'.repeat(70_000)),
      fc.jsonValue(),
    );
    const header = fc.oneof(address, fc.string()).map((text) => encodeURI(text));
    const answers = fc.record({
      status: fc.constantFrom(200, 200, 200, 200, 202, 204, 301, 302, 307, 308, 400, 401, 404, 413, 429, 500, 503),
      headers: fc.dictionary(
        fc.constantFrom(
          'location',
          'request-id',
          'retry-after',
          'content-type',
          'www-authenticate',
          'set-cookie',
          'content-location',
          'refresh',
          'link',
          'alt-svc',
        ),
        header,
      ),
      body: fc.oneof(
        fc
          .record({
            value: fc.array(
              fc.oneof(
                lie,
                fc.record({
                  id: lie,
                  activityDateTime: lie,
                  provisioningAction: lie,
                  sourceIdentity: lie,
                  provisioningStatusInfo: lie,
                }),
              ),
            ),
            '@odata.nextLink': address,
          })
          .map((page) => JSON.stringify(page)),
        fc
          .record({
            status: fc.record({ code: lie, quarantine: fc.record({ reason: lie }) }),
            error: fc.record({ message: lie }),
          })
          .map((job) => JSON.stringify(job)),
        fc.string(),
      ),
    });
    await fc.assert(
      fc.asyncProperty(answers, async ({ status, headers, body }) => {
        world.answer = (_, response) => response.writeHead(status, headers).end(status === 204 ? undefined : body);
        await askEverything(transportTo(base));
        expectNoLeak(world);
        world.asked.length = 0;
      }),
      { numRuns: 60 },
    );
  });
});
