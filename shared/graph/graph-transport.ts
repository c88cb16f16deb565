// The only way to Graph: requests with a token, answers as plain data; follows and retries nothing (the gate decides).
import type { Context, Middleware } from '@microsoft/microsoft-graph-client';
import { Client, HTTPMessageHandler, ResponseType } from '@microsoft/microsoft-graph-client';
import type { AccessToken } from '@azure/identity';
import { RollcallError } from '../core/errors';
import { neverConnected } from './connection-faults';

/** What the service answered. */
export interface GraphAnswer {
  readonly kind: 'answer';
  readonly status: number;
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

/** Requests by path (`/v1.0/…`). Rejects only if the credential gives no token: `RollcallError` `graph-no-token` (halt). */
export interface GraphTransport {
  post(path: string, contentType: string, body: string): Promise<GraphReply>;
  get(path: string): Promise<GraphReply>;
  /** Gets a token if there is none. Throws `RollcallError` `graph-no-token` (halt) if the credential cannot give one. */
  authorize(): Promise<void>;
  /** Forgets the cached token: the next request asks for a new one. */
  forgetToken(): void;
}

/** The part of `TokenCredential` that is used; `forget` drops a cached token. */
export interface GraphCredential {
  getToken(scope: string): Promise<AccessToken | null>;
}

const NEVER_CONNECTED = 'NeverConnected';

/** The most bytes of an answer that are read: a page of 1,000 log entries takes some 3 MB. */
const MAX_ANSWER_BYTES = 32 * 1024 * 1024;

// The library's AuthenticationHandler adds the token for https hosts it knows and silently leaves it out elsewhere; this one always adds
// it. That only ever means the configured Graph: callers give paths, never hosts, and redirects are not followed.
class TokenMiddleware implements Middleware {
  private next: Middleware | undefined;
  constructor(private readonly token: () => Promise<string>) {}
  async execute(context: Context): Promise<void> {
    const headers = new Headers(context.options?.headers);
    headers.set('Authorization', `Bearer ${await this.token()}`);
    context.options = { ...context.options, headers, redirect: 'manual' };
    try {
      await this.next?.execute(context);
    } catch (error) {
      // The library keeps only the name of an error, so the name must say that nothing was sent.
      if (neverConnected(error)) throw Object.assign(new Error('no connection'), { name: NEVER_CONNECTED });
      throw error;
    }
  }
  setNext(next: Middleware): void {
    this.next = next;
  }
}

async function getToken(credential: GraphCredential, scope: string): Promise<AccessToken> {
  let token: AccessToken | null;
  try {
    token = await credential.getToken(scope);
  } catch (cause) {
    throw new RollcallError('graph-no-token', 'halt', 'the credential gave no token for Graph', { cause });
  }
  if (token === null) throw new RollcallError('graph-no-token', 'halt', 'the credential gave no token for Graph');
  return token;
}

/** `base` is the origin of Graph, `scope` the token's scope, `timeoutMs` the longest wait for an answer. */
export function graphTransport(
  base: URL,
  credential: GraphCredential,
  scope: string,
  timeoutMs: number,
): GraphTransport {
  let cached: AccessToken | null = null;
  const RENEW_BEFORE_MS = 120_000;
  const token = async (): Promise<string> => {
    if (cached === null || cached.expiresOnTimestamp - Date.now() < RENEW_BEFORE_MS)
      cached = await getToken(credential, scope);
    return cached.token;
  };
  const auth = new TokenMiddleware(token);
  auth.setNext(new HTTPMessageHandler());
  const client = Client.initWithMiddleware({ middleware: auth, baseUrl: base.origin, defaultVersion: '' });

  async function ask(
    path: string,
    send: (request: ReturnType<Client['api']>) => Promise<unknown>,
  ): Promise<GraphReply> {
    // Fetched before the call: a fault of the credential must not look like a cut connection.
    await token();
    const abort = AbortSignal.timeout(timeoutMs);
    try {
      const request = client.api(path).version('').responseType(ResponseType.RAW).option('signal', abort);
      const response = (await send(request)) as Response;
      return {
        kind: 'answer',
        status: response.status,
        requestId: response.headers.get('request-id'),
        retryAfter: response.headers.get('retry-after'),
        contentType: response.headers.get('content-type') ?? '',
        body: await readBounded(response),
      };
    } catch (error) {
      if ((error as { code?: unknown } | null)?.code === NEVER_CONNECTED)
        return { kind: 'silence', reason: 'unreachable' };
      // fetch says only that there was no complete answer, not how far the request got: "may have been accepted".
      return { kind: 'silence', reason: abort.aborted ? 'timeout' : 'cut' };
    }
  }
  return {
    post: (path, contentType, body) => ask(path, (request) => request.header('Content-Type', contentType).post(body)),
    get: (path) => ask(path, (request) => request.get()),
    authorize: async () => {
      await token();
    },
    forgetToken: () => {
      cached = null;
    },
  };
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
