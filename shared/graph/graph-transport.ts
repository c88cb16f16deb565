// The only way to Graph: requests with a token, answers as plain data; follows and retries nothing (the gate decides).
import type { Context, GraphRequest, Middleware, MiddlewareOptions } from '@microsoft/microsoft-graph-client';
import { Client, HTTPMessageHandler, ResponseType } from '@microsoft/microsoft-graph-client';
import { RollcallError } from '../core/errors';
import { neverConnected } from './connection-faults';
import type { GraphCredential } from './graph-credential';
import { KeptToken } from './kept-token';

/** What the service answered. */
export interface GraphAnswer {
  readonly kind: 'answer';
  readonly status: number;
  /** A GUID; null if the service gave none, or something that is none: it goes into logs, so nothing else may be in it. */
  readonly requestId: string | null;
  readonly retryAfter: string | null;
  readonly contentType: string;
  readonly body: string;
}
/** No answer. `timeout`, `cut`: the request may have been accepted. `unreachable`: there was no connection, so nothing was sent. */
export interface GraphSilence {
  readonly kind: 'silence';
  readonly reason: 'timeout' | 'cut' | 'unreachable';
}
export type GraphReply = GraphAnswer | GraphSilence;

/**
 * Requests by path (`/v1.0/…`, percent-encoded). Rejects with `RollcallError` (halt): `graph-no-token` or a code of the credential if that gives
 * no token, `graph-request-astray` if the path would lead to another host or another path. In both cases nothing was sent. A token that is answered
 * with 401 or 403 is not used again: the next request asks the credential for a fresh one.
 */
export interface GraphTransport {
  /** Scheme, host and port of Graph: every request goes there, and nowhere else. */
  readonly origin: string;
  /** `clientRequestId`: a UUID, which the service logs beside its own. */
  post(path: string, contentType: string, body: string, clientRequestId: string): Promise<GraphReply>;
  get(path: string): Promise<GraphReply>;
  /** Gets a token if there is none. Throws `RollcallError` (halt) if the credential cannot give one. */
  authorize(): Promise<void>;
  /** When the credential ends for good, ms since the epoch; null if it does not. Throws `RollcallError` (halt) if that cannot be known. */
  credentialEndsAt(): Promise<number | null>;
}

/** One call of Graph's management: its method, its path, and its body as JSON text; null for none. */
export interface GraphCall {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE';
  readonly path: string;
  readonly body: string | null;
  /** A UUID, which the service logs beside its own. */
  readonly clientRequestId: string;
}

/** The same for calls of any method, with the same errors. */
export interface GraphCaller {
  readonly origin: string;
  call(call: GraphCall): Promise<GraphReply>;
}

/** Graph's clock, as its answers show it. */
export interface ServiceClock {
  /** Our clock minus that of the service, ms, to a second and the time that the last answer took; null before the first answer. */
  aheadMs(): number | null;
}

/** The most bytes of an answer that are read: a page of 1,000 log entries takes some 3 MB. */
const MAX_ANSWER_BYTES = 32 * 1024 * 1024;

/** `request-id` and `client-request-id` are GUIDs (docs/reference/graph-provisioning.md §1.6). */
const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** One request on its way through the library: where it goes, exactly, and what went wrong, since the library keeps only an error's name. */
class Attempt implements MiddlewareOptions {
  fault: unknown = null;
  token = '';
  constructor(
    readonly url: URL,
    readonly clientRequestId: string,
  ) {}
}

const astray = (): RollcallError =>
  new RollcallError(
    'graph-request-astray',
    'halt',
    'a request would have gone to another address than that of Graph, so it was not made',
  );

/** The URL of a path. Throws `graph-request-astray` if it is not on `origin`, or has another path once it is parsed (dots, backslashes). */
function urlOf(origin: string, path: string): URL {
  const url = URL.canParse(path, origin) ? new URL(path, origin) : null;
  if (url?.origin !== origin || url.pathname !== path.split('?')[0]) throw astray();
  return url;
}

// The library's AuthenticationHandler adds the token for https hosts it knows and silently leaves it out elsewhere; this one always adds
// it, because it asks one origin only. The URL is our own, parsed once: what the library puts together from parts is not used, because it
// takes whatever follows the first `https://` in a URL for the host, even in a query.
class TokenMiddleware implements Middleware {
  private next: Middleware | undefined;
  constructor(
    private readonly origin: string,
    private readonly token: KeptToken,
  ) {}
  async execute(context: Context): Promise<void> {
    const attempt = context.middlewareControl?.getMiddlewareOptions(Attempt) as Attempt;
    try {
      // The last look before the token is added: `fetch` gets the URL that was looked at, and is told to follow no redirect.
      if (attempt.url.origin !== this.origin) throw astray();
      const headers = new Headers(context.options?.headers);
      attempt.token = await this.token.get();
      headers.set('Authorization', `Bearer ${attempt.token}`);
      headers.set('client-request-id', attempt.clientRequestId);
      context.request = attempt.url.href;
      context.options = { ...context.options, headers, redirect: 'manual' };
      await this.next?.execute(context);
    } catch (error) {
      attempt.fault = error;
      throw error;
    }
  }
  setNext(next: Middleware): void {
    this.next = next;
  }
}

/** Statuses by which Graph says that the token is not good enough: what it may do is written in it. */
const REFUSES_TOKEN: ReadonlySet<number> = new Set([401, 403]);

/**
 * `base` is the origin of Graph, `scope` the token's scope, `timeoutMs` the longest wait for an answer; `newId` makes a UUID for each call that nobody
 * has to find again.
 */
export function graphTransport(
  base: URL,
  credential: GraphCredential,
  scope: string,
  timeoutMs: number,
  newId: () => string,
): GraphTransport & GraphCaller & ServiceClock {
  const token = new KeptToken(credential, scope);
  const { origin } = base;
  let aheadMs: number | null = null;
  const auth = new TokenMiddleware(origin, token);
  auth.setNext(new HTTPMessageHandler());
  const client = Client.initWithMiddleware({ middleware: auth });

  async function ask(
    path: string,
    clientRequestId: string,
    send: (request: GraphRequest) => Promise<unknown>,
  ): Promise<GraphReply> {
    const attempt = new Attempt(urlOf(origin, path), clientRequestId);
    // Fetched before the call: a fault of the credential must not look like a cut connection.
    await token.get();
    const abort = AbortSignal.timeout(timeoutMs);
    try {
      const request = client.api('/').middlewareOptions([attempt]);
      const response = (await send(request.responseType(ResponseType.RAW).option('signal', abort))) as Response;
      if (REFUSES_TOKEN.has(response.status)) token.refuse(attempt.token);
      aheadMs = aheadOf(response.headers.get('date'), Date.now()) ?? aheadMs;
      const requestId = response.headers.get('request-id');
      return {
        kind: 'answer',
        status: response.status,
        requestId: requestId !== null && GUID.test(requestId) ? requestId : null,
        retryAfter: response.headers.get('retry-after'),
        contentType: response.headers.get('content-type') ?? '',
        body: await readBounded(response),
      };
    } catch {
      if (attempt.fault instanceof RollcallError) throw attempt.fault;
      if (neverConnected(attempt.fault)) return { kind: 'silence', reason: 'unreachable' };
      // fetch says only that there was no complete answer, not how far the request got: "may have been accepted".
      return { kind: 'silence', reason: abort.aborted ? 'timeout' : 'cut' };
    }
  }
  return {
    origin,
    post: (path, contentType, body, clientRequestId) =>
      ask(path, clientRequestId, (request) => request.header('Content-Type', contentType).post(body)),
    get: (path) => ask(path, newId(), (request) => request.get()),
    call: ({ method, path, body, clientRequestId }) =>
      ask(path, clientRequestId, (request) => sendBy(request, method, body)),
    aheadMs: () => aheadMs,
    authorize: async () => {
      await token.get();
    },
    credentialEndsAt: () => credential.endsAt(),
  };
}

function sendBy(request: GraphRequest, method: GraphCall['method'], body: string | null): Promise<unknown> {
  if (body !== null) request.header('Content-Type', 'application/json');
  switch (method) {
    case 'GET':
      return request.get();
    // Of null the library makes the word "null".
    case 'POST':
      return request.post(body ?? '');
    case 'PATCH':
      return request.patch(body ?? '');
    case 'PUT':
      return request.put(body ?? '');
    case 'DELETE':
      return request.delete();
  }
}

/** `Date` counts whole seconds (RFC 9110 §5.6.7): within its second there is no difference. */
function aheadOf(date: string | null, now: number): number | null {
  const servedAt = date === null ? Number.NaN : Date.parse(date);
  if (Number.isNaN(servedAt)) return null;
  return now < servedAt ? now - servedAt : Math.max(0, now - servedAt - 999);
}

async function readBounded(response: Response): Promise<string> {
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const part of (response.body ?? []) as AsyncIterable<Uint8Array>) {
    length += part.length;
    if (length > MAX_ANSWER_BYTES) throw new Error('the answer is too long');
    parts.push(part);
  }
  return Buffer.concat(parts).toString('utf8');
}
