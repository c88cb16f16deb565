// From a request that was read whole to its answer: caller, limits, rights, handler; a batch request by request.
import type { IncomingHttpHeaders } from 'node:http';
import { requireAccess } from './access';
import { readCaller } from './access-token';
import { answerBatch, readBatch, type BatchedRequest } from './batch';
import { renderFault } from './fault-answer';
import { findRoute, type FoundRoute } from './find-route';
import { GraphRefusal, renderError, type Answer, type RequestIds } from './graph-answer';
import type { Call } from './http-call';
import { applyJobFaults } from './job-faults';
import { requireOwnership } from './ownership';
import type { Processor } from './processor';
import type { Route } from './routes';
import type { Tenant } from './tenant';
import { countLogCall, countUploadCall } from './throttling';

/** A request as its route is asked: one that arrived, or one of a batch. */
export interface Asked {
  readonly url: URL;
  readonly ids: RequestIds;
  readonly found: FoundRoute;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** Answers a request; `throttled` is the refusal of an upload that arrived in a full window. */
export function askRoute(
  tenant: Tenant,
  processor: Processor,
  { found, ids, url, headers, body }: Asked,
  throttled: GraphRefusal | undefined,
): Answer {
  const { route, version, params } = found;
  const { settings, clock } = tenant;
  try {
    processor.settle();
    const caller = readCaller(headers.authorization, settings.acceptAnyToken, clock.now());
    const refused = route.name === 'logs' ? countLogCall(tenant, caller, ids.now) : throttled;
    if (refused) throw refused;
    requireAccess(caller, route.access);
    const of = { route: route.name, version, params, url, origin: url.origin, headers };
    const call: Call = { ...of, body, caller, ...ids, arrivedAt: ids.now };
    requireOwnership(tenant, call, route.access);
    const answer = route.answer(tenant, call);
    if (route.name === 'bulkUpload') applyJobFaults(tenant, true);
    return answer;
  } catch (error) {
    return refuse(error, ids);
  }
}

/** Answers a batch. Each request in it counts, and meets the faults of its route, as if it had come alone; only cuts do not happen. */
export function askBatch(tenant: Tenant, processor: Processor, asked: Asked): Answer {
  const { clock, settings } = tenant;
  try {
    readCaller(asked.headers.authorization, settings.acceptAnyToken, clock.now());
    const ask = (request: BatchedRequest): Answer => askOne(tenant, processor, asked, request);
    return answerBatch(readBatch(asked.body), settings.seed, ask);
  } catch (error) {
    return refuse(error, asked.ids);
  }
}

/** Counts an answer, and remembers why it was a refusal. */
export function noteAnswer(tenant: Tenant, ids: RequestIds, route: Route, { status, headers, reason }: Answer): void {
  countAnswer(tenant, ids, route, status, headers?.['retry-after']);
  if (status >= 300) tenant.traffic.noteRefusal({ route: route.name, status, reason: reason ?? '' });
}

/** Counts an answer, or a connection that was cut. */
export function countAnswer(
  { traffic, clock }: Tenant,
  { now }: RequestIds,
  { name }: Route,
  status: number | 'cut',
  retryAfter: string | null = null,
): void {
  traffic.countAnswer(name, status);
  if (name === 'bulkUpload') traffic.noteUploadCall({ at: now, answeredAt: clock.now(), status, retryAfter });
}

/** Graph's error for anything that was thrown. */
export function refuse(error: unknown, ids: RequestIds): Answer {
  const detail = String(error instanceof Error ? error.stack : error);
  const refusal =
    error instanceof GraphRefusal
      ? error
      : new GraphRefusal(500, 'InternalServerError', 'The simulator failed.', detail);
  const { status, headers, reason } = refusal;
  return { status, headers, reason, body: renderError(refusal.graphCode, refusal.message, ids) };
}

function askOne(tenant: Tenant, processor: Processor, batch: Asked, request: BatchedRequest): Answer {
  const { method, url, headers, body } = request;
  const ids = { ...batch.ids, requestId: tenant.nextGuid('request') };
  try {
    const inner = readInnerUrl(`${batch.url.origin}/${batch.found.version}${url}`);
    const found = findRoute(method, inner.pathname);
    if (!found || found.route.name === 'batch')
      throw new GraphRefusal(404, 'ResourceNotFound', 'Resource not found for the segment.', inner.pathname);
    const throttled = found.route.name === 'bulkUpload' ? countUploadCall(tenant, ids.now) : undefined;
    const fault = tenant.faults.take(found.route.name, body);
    const own = { authorization: batch.headers.authorization, ...headers };
    const asked = { url: inner, ids, found, headers: own, body };
    const answer = (fault && renderFault(fault, ids)) ?? askRoute(tenant, processor, asked, throttled);
    noteAnswer(tenant, ids, found.route, answer);
    return answer;
  } catch (error) {
    return refuse(error, ids);
  }
}

function readInnerUrl(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || /%(?![0-9a-f]{2})/i.test(url.pathname)) throw new GraphRefusal(400, 'BadRequest', 'Malformed request.');
  return url;
}
