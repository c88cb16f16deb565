// The wire: reads requests, applies faults, calls the routes, writes Graph's answers.
import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { askBatch, askRoute, countAnswer, noteAnswer, refuse } from './ask-route';
import { REDIRECT_PATH, renderFault } from './fault-answer';
import type { FaultAnswer } from './faults';
import { findRoute, type FoundRoute } from './find-route';
import { GraphRefusal, type Answer, type RequestIds } from './graph-answer';
import type { Processor } from './processor';
import type { Route } from './routes';
import { answerControl } from './simulator-control';
import type { Tenant } from './tenant';
import { countUploadCall } from './throttling';

interface Arrival {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly url: URL;
  readonly ids: RequestIds;
}

/** Serves requests one by one; everything between the last byte of a body and its answer is one step. */
export class Wire {
  constructor(
    private readonly tenant: Tenant,
    private readonly processor: Processor,
    private readonly stopping: AbortSignal,
  ) {}

  async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    // A client that disconnects is no fault of the simulator; its socket just ends.
    request.on('error', () => request.destroy());
    response.on('error', () => response.destroy());
    const url = readUrl(request);
    const requestId = this.tenant.nextGuid('request');
    const clientRequestId = String(request.headers['client-request-id'] ?? requestId);
    const arrival = { request, response, url, ids: { requestId, clientRequestId, now: this.tenant.clock.now() } };
    try {
      if (url.pathname === MALFORMED_PATH) throw new GraphRefusal(400, 'BadRequest', 'Malformed request.');
      if (url.pathname === REDIRECT_PATH) this.countRedirect(arrival);
      else if (url.pathname.startsWith('/_simulator/')) await this.serveControl(arrival);
      else await this.serveGraph(arrival);
    } catch (error) {
      // There is nobody to read an answer: the client or a fault has cut the connection, or the simulator stops.
      if (request.socket.destroyed || this.stopping.aborted) return;
      this.write(arrival, refuse(error, arrival.ids));
    }
  }

  private async serveControl(arrival: Arrival): Promise<void> {
    const body = await this.readBody(arrival);
    this.processor.settle();
    this.write(arrival, answerControl(this.tenant, arrival.request.method ?? 'GET', arrival.url.pathname, body));
  }

  private async serveGraph(arrival: Arrival): Promise<void> {
    const { request, url } = arrival;
    const found = findRoute(request.method ?? 'GET', url.pathname);
    if (!found) throw new GraphRefusal(404, 'ResourceNotFound', 'Resource not found for the segment.', url.pathname);
    const { route } = found;
    const throttled = route.name === 'bulkUpload' ? countUploadCall(this.tenant, arrival.ids.now) : undefined;
    const { faults } = this.tenant;
    const needsBody = faults.needsBody(route.name);
    let fault = needsBody ? undefined : faults.take(route.name, '');
    if (fault?.cut === 'before' || fault?.cut === 'during') {
      this.cut(arrival, route, fault.cut);
      return;
    }
    const body = await this.readBody(arrival);
    if (needsBody) fault = faults.take(route.name, body);
    await this.answerRoute(arrival, found, body, throttled, fault);
  }

  private async answerRoute(
    arrival: Arrival,
    found: FoundRoute,
    body: string,
    throttled: GraphRefusal | undefined,
    fault: FaultAnswer | undefined,
  ): Promise<void> {
    const { route } = found;
    if (fault?.cut === 'before' || fault?.cut === 'during') {
      this.cut(arrival, route, fault.cut);
      return;
    }
    const replacement = fault && renderFault(fault, arrival.ids);
    const asked = { ...arrival, found, headers: arrival.request.headers, body };
    const ask = route.name === 'batch' ? askBatch : askRoute;
    const answer = replacement ?? ask(this.tenant, this.processor, asked, throttled);
    if (fault?.delayMs !== undefined) await this.wait(fault.delayMs);
    if (fault?.cut === 'after-accept') {
      this.cut(arrival, route, 'after-accept');
      return;
    }
    noteAnswer(this.tenant, arrival.ids, route, answer);
    this.write(arrival, answer);
  }

  private cut(arrival: Arrival, route: Route, where: 'before' | 'during' | 'after-accept'): void {
    const { request } = arrival;
    countAnswer(this.tenant, arrival.ids, route, 'cut');
    const destroy = (): void => void request.socket.destroy();
    if (where !== 'during' || request.readableEnded) destroy();
    else request.once('data', destroy).once('end', destroy);
  }

  private countRedirect(arrival: Arrival): void {
    this.tenant.traffic.followedRedirects += 1;
    this.write(arrival, { status: 200, body: {} });
  }

  private async wait(ms: number): Promise<void> {
    await delay(ms, undefined, { signal: this.stopping });
  }

  private async readBody({ request }: Arrival): Promise<string> {
    const { maxBodyBytes } = this.tenant.settings;
    const chunks: Buffer[] = [];
    let bytes = 0;
    for await (const chunk of request as AsyncIterable<Buffer>) {
      bytes += chunk.length;
      // The rest is read and thrown away: closing now would cut the connection before the client sees the 413.
      if (bytes <= maxBodyBytes) chunks.push(chunk);
      else chunks.length = 0;
    }
    if (bytes > maxBodyBytes) throw new GraphRefusal(413, 'RequestEntityTooLarge', 'The request is too large.');
    return Buffer.concat(chunks).toString('utf8');
  }

  private write({ response, ids }: Arrival, answer: Answer): void {
    const content = answer.html ?? (answer.body === undefined ? '' : JSON.stringify(answer.body));
    response.writeHead(answer.status, {
      'request-id': ids.requestId,
      'client-request-id': ids.clientRequestId,
      date: new Date(ids.now).toUTCString(),
      ...(content === '' ? {} : { 'content-type': answer.html ? 'text/html' : 'application/json; charset=utf-8' }),
      ...answer.headers,
      ...(answer.status === 204 ? {} : { 'content-length': String(Buffer.byteLength(content)) }),
    });
    response.end(content);
  }
}

/** Used for a target or a host that is not a valid URL. */
const MALFORMED_PATH = '/malformed';

function readUrl({ url, headers }: IncomingMessage): URL {
  const origin = `http://${headers.host ?? '127.0.0.1'}`;
  const isReadable = (url ?? '').startsWith('/') && URL.canParse(origin + (url ?? '')) && isDecodable(url ?? '');
  return isReadable ? new URL(origin + (url ?? '')) : new URL(`http://127.0.0.1${MALFORMED_PATH}`);
}

function isDecodable(text: string): boolean {
  try {
    decodeURIComponent(text);
    return true;
  } catch {
    // A stray percent sign leads to a 404, not to a fault.
    return false;
  }
}
