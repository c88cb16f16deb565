// `app.http`: requests by route and method. Keys are not required, as with `func start`.
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { RpcCookie, RpcData, RpcHttpRequest, RpcHttpResponse } from './core-contract';
import type { HostServices } from './host-services';
import { compileRoute, type Route } from './http-route';
import { optionalTextOf, type TriggeredFunction } from './trigger';

/** One HTTP function. */
export interface HttpFunction {
  readonly triggered: TriggeredFunction;
  readonly route: Route;
  readonly routeText: string;
  /** Upper case. */
  readonly methods: readonly string[];
}

/** The HTTP side of a function; the route's default is its name. */
export function createHttpFunction(triggered: TriggeredFunction): HttpFunction {
  const { name, trigger } = triggered;
  const routeText = optionalTextOf(trigger, 'route') ?? name;
  const methods = Array.isArray(trigger.methods) ? trigger.methods.map((one) => String(one).toUpperCase()) : [];
  return { triggered, route: compileRoute(routeText, name), routeText, methods };
}

/** Runs the function for one request and writes its answer: 500 without details when it failed. */
export async function answerRequest(
  { fn, bindingName }: TriggeredFunction,
  { invoker }: HostServices,
  request: IncomingMessage,
  response: ServerResponse,
  url: URL,
  params: Readonly<Record<string, string>>,
): Promise<void> {
  const http: RpcHttpRequest = {
    method: request.method ?? 'GET',
    url: url.href,
    headers: flattenHeaders(request.headers),
    query: Object.fromEntries(url.searchParams),
    params,
    body: { bytes: await readBody(request) },
  };
  const data: RpcData = { http };
  const result = await invoker.invoke(fn, { bindingName, data, metadata: {}, reason: 'HTTP request.' });
  const answer = result.succeeded ? (result.returnValue?.http as RpcHttpResponse | undefined) : { statusCode: '500' };
  if (answer === undefined) {
    response.writeHead(204).end();
    return;
  }
  for (const [name, value] of Object.entries(answer.headers ?? {})) {
    response.setHeader(name, value);
  }
  const cookies = (answer.cookies ?? []).map(toSetCookie);
  if (cookies.length > 0) {
    response.setHeader('set-cookie', cookies);
  }
  response.writeHead(Number(answer.statusCode ?? 200)).end(answer.body?.bytes ?? answer.body?.string ?? '');
}

/** The whole body of a request. */
export async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) {
    chunks.push(chunk as Buffer);
  }
  return Buffer.concat(chunks);
}

function flattenHeaders(headers: IncomingMessage['headers']): Record<string, string> {
  const flat = Object.entries(headers).flatMap(([name, value]): [string, string][] =>
    value === undefined ? [] : [[name, Array.isArray(value) ? value.join(', ') : value]],
  );
  return Object.fromEntries(flat);
}

function toSetCookie(cookie: RpcCookie): string {
  const sameSite =
    cookie.sameSite === 'explicitNone' ? 'none' : cookie.sameSite === 'none' ? undefined : cookie.sameSite;
  const expires = cookie.expires === undefined ? undefined : new Date(cookie.expires.value.seconds * 1000);
  return [
    `${encodeURIComponent(cookie.name)}=${encodeURIComponent(cookie.value)}`,
    cookie.path && `Path=${cookie.path.value}`,
    cookie.domain && `Domain=${cookie.domain.value}`,
    cookie.maxAge && `Max-Age=${cookie.maxAge.value}`,
    expires && `Expires=${expires.toUTCString()}`,
    cookie.httpOnly?.value === true && 'HttpOnly',
    cookie.secure?.value === true && 'Secure',
    sameSite && `SameSite=${sameSite}`,
  ]
    .filter((part) => typeof part === 'string')
    .join('; ');
}
