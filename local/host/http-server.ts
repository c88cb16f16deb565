// The host's HTTP side: the app's routes, the webhook of Event Grid, and the admin endpoints that tools use.
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { BlobQueue } from './blob-queue';
import { answerWebhook, BLOB_WEBHOOK } from './blob-webhook';
import { HostFault } from './fault-codes';
import { describeError } from './host-log';
import type { HostServices } from './host-services';
import { answerRequest, type HttpFunction, readBody } from './http-trigger';
import type { Listener } from './trigger';

/** A listening server. */
export interface HostServer {
  /** `http://127.0.0.1:7071`. */
  readonly url: string;
  /** Takes no further request and resolves when the running ones and the functions fired by hand have ended. */
  stop(): Promise<void>;
}

/**
 * Listens on loopback; port 0 takes any free one.
 * @throws HostFault `port-in-use`.
 */
export async function startServer(
  port: number,
  services: HostServices,
  httpFunctions: readonly HttpFunction[],
  listeners: readonly Listener[],
  blobQueue: BlobQueue,
): Promise<HostServer> {
  const fired = new Set<Promise<unknown>>();
  const server = createServer((request, response) => {
    handle(request, response).catch((error: unknown) => {
      services.tell('error', 'invocation-failed', `A request failed: ${describeError(error)}`);
      if (!response.headersSent) {
        response.writeHead(500);
      }
      response.end();
    });
  });

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', `http://${request.headers.host ?? '127.0.0.1'}`);
    const path = url.pathname.replace(/^\/+|\/+$/g, '');
    if (path.startsWith('admin/')) {
      await handleAdmin(path, request, response);
      return;
    }
    if (path === BLOB_WEBHOOK && request.method === 'POST') {
      await handleEvents(url, request, response);
      return;
    }
    const prefix = services.hostJson.routePrefix;
    const route = prefix === '' ? path : path.startsWith(`${prefix}/`) ? path.slice(prefix.length + 1) : null;
    const method = request.method ?? 'GET';
    for (const one of route === null ? [] : httpFunctions) {
      const params = one.route.match(route ?? '');
      if (params !== null && (one.methods.length === 0 || one.methods.includes(method))) {
        await answerRequest(one.triggered, services, request, response, url, params);
        return;
      }
    }
    response.writeHead(404).end();
  }

  async function handleEvents(url: URL, request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { status, content } = await answerWebhook(
      {
        eventType: [request.headers['aeg-event-type']].flat()[0] ?? '',
        functionName: url.searchParams.get('functionName') ?? '',
        body: (await readBody(request)).toString('utf8'),
      },
      (message) => blobQueue.add(message),
    );
    if (content === undefined) response.writeHead(status).end();
    else sendJson(response, status, content);
  }

  async function handleAdmin(path: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await readBody(request);
    if (path === 'admin/host/status' && request.method === 'GET') {
      const status = { id: services.hostId, state: 'Running', processUptime: Math.round(process.uptime() * 1000) };
      sendJson(response, 200, status);
      return;
    }
    const name = /^admin\/functions\/([^/]+)$/.exec(path)?.[1]?.toLowerCase();
    const listener = listeners.find((one) => one.functionName.toLowerCase() === name);
    if (listener === undefined || request.method !== 'POST') {
      response.writeHead(404).end();
      return;
    }
    const input = parseInput(body.toString('utf8'));
    if (input === null) {
      sendJson(response, 400, { error: 'The body must be {"input": "…"}.' });
      return;
    }
    // As the real host does, the answer does not wait for the function; only a refusal is answered at once.
    const firing = listener.fire(input);
    fired.add(firing);
    const forget = (): unknown => fired.delete(firing);
    firing.then(forget, (error: unknown) => {
      forget();
      services.tell('error', 'invocation-failed', `${listener.functionName} was not run: ${describeError(error)}`);
    });
    const refused = await Promise.race([firing, Promise.resolve('running')]);
    response.writeHead(refused === 'busy-elsewhere' ? 409 : 202).end();
  }

  await listen(server, port);
  const { port: actualPort } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${actualPort}`,
    async stop() {
      const closed = once(server, 'close');
      server.close();
      server.closeIdleConnections();
      await closed;
      await Promise.allSettled(fired);
    },
  };
}

async function listen(server: Server, port: number): Promise<void> {
  server.listen(port, '127.0.0.1');
  try {
    await once(server, 'listening');
  } catch (cause) {
    throw new HostFault('port-in-use', `Port ${port} cannot be listened on.`, { cause });
  }
}

function parseInput(body: string): string | null {
  if (body.trim() === '') {
    return '';
  }
  try {
    const content = JSON.parse(body) as { input?: unknown } | null;
    const input = content?.input ?? '';
    return typeof input === 'string' ? input : JSON.stringify(input);
  } catch {
    return null;
  }
}

function sendJson(response: ServerResponse, status: number, content: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(content));
}
