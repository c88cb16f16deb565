// Graph's management, as JSON: what set-up, pre-flight and job commands read and change in a tenant. Calls that change nothing when they are made
// twice are repeated for a while; every other trouble is told at once, with the permission that would have been needed.
import type { ValuesOf } from '../core/codes';
import type { Clock } from '../core/clock';
import { RollcallError } from '../core/errors';
import type { JsonObject, JsonValue } from '../core/json-value';
import { quoteWords, type Message } from '../core/message';
import type { GraphAnswer, GraphCall, GraphCaller, GraphReply } from './graph-transport';
import { isObject, jsonOf, objectOf, textOf } from './loose-json';
import type { ManagementCode, managementCodes } from './management-codes';
import { needsOf } from './management-operations';
import { pageOfPath } from './next-page';
import { retryAfterMs } from './retry-after';

/**
 * Calls of Graph by path (`/v1.0/…`, percent-encoded). All reject with `ManagementTrouble`, or as `GraphCaller` does if the request could not be
 * made. GET, PATCH, PUT and DELETE are repeated after 429, a server error or silence; POST only after 429, or where nothing was sent.
 */
export interface GraphManagement {
  /** An object. */
  get(path: string): Promise<JsonObject>;
  /** Its `value`, of all pages. */
  list(path: string): Promise<readonly JsonObject[]>;
  /** What was created; null if the answer is empty. */
  post(path: string, body?: JsonObject): Promise<JsonObject | null>;
  patch(path: string, body: JsonObject): Promise<void>;
  put(path: string, body: JsonObject): Promise<void>;
  delete(path: string): Promise<void>;
}

/** A call that did not do what it was made for. Its `message` may be logged; the words of the service in `values` are for terminals only. */
export class ManagementTrouble extends RollcallError implements Message {
  constructor(
    code: ManagementCode,
    readonly values: ValuesOf<typeof managementCodes, ManagementCode>,
  ) {
    const { operation, status, graphCode } = values;
    super(code, 'halt', `Graph management, ${operation}: ${[status ?? 'no answer', graphCode ?? ''].join(' ').trim()}`);
  }
}

/** True of the trouble that something does not exist, or is not visible yet. */
export const isLacking = (error: unknown): boolean =>
  error instanceof ManagementTrouble && error.code === ('tenant-lacks' satisfies ManagementCode);

/** How often a call is made, at most. Ours, 2026-11. */
const MAX_TRIES = 5;
/** The first pause where the service names none, ms; each further one is twice as long. Ours, 2026-11. */
const FIRST_PAUSE_MS = 1_000;
/** Somebody waits at a terminal: a longer `Retry-After` ends the call, ms. Ours, 2026-11. */
const LONGEST_PAUSE_MS = 60_000;
/** Pages of a list that are read; a tenant's lists of applications have a hundred entries a page. Ours, 2026-11. */
const MAX_PAGES = 10_000;

/** `newId` makes a UUID for each call. */
export function graphManagement(
  graph: GraphCaller,
  clock: Pick<Clock, 'now' | 'sleep'>,
  newId: () => string,
): GraphManagement {
  const ask = async (method: GraphCall['method'], path: string, body: JsonObject | null): Promise<GraphAnswer> => {
    const text = body === null ? null : JSON.stringify(body);
    const call: GraphCall = { method, path, body: text, clientRequestId: newId() };
    for (let tries = 1; ; tries++) {
      const reply = await graph.call(call);
      if (reply.kind === 'answer' && reply.status >= 200 && reply.status < 300) return reply;
      const pauseMs = tries < MAX_TRIES ? pauseBefore(reply, method, tries, clock.now()) : null;
      if (pauseMs === null) throw troubleOf(call, reply);
      await clock.sleep(pauseMs);
    }
  };
  const read = async (path: string): Promise<JsonObject> => {
    const answer = await ask('GET', path, null);
    return objectIn(answer) ?? unreadable('GET', path, answer.status);
  };
  const change = async (method: GraphCall['method'], path: string, body: JsonObject | null): Promise<void> => {
    await ask(method, path, body);
  };
  return {
    get: read,
    list: (path) => readPages(path, graph.origin, read),
    async post(path, body) {
      const answer = await ask('POST', path, body ?? null);
      if (answer.body.trim() === '') return null;
      return objectIn(answer) ?? unreadable('POST', path, answer.status);
    },
    patch: (path, body) => change('PATCH', path, body),
    put: (path, body) => change('PUT', path, body),
    delete: (path) => change('DELETE', path, null),
  };
}

async function readPages(
  first: string,
  origin: string,
  read: (path: string) => Promise<JsonObject>,
): Promise<readonly JsonObject[]> {
  const [list = ''] = first.split('?');
  const found: JsonObject[] = [];
  let path = first;
  for (let pages = 0; pages < MAX_PAGES; pages++) {
    const page = await read(path);
    const value = page['value'];
    if (!Array.isArray(value) || !value.every(isObject)) return unreadable('GET', path, 200);
    found.push(...(value as readonly JsonObject[]));
    const link = page['@odata.nextLink'];
    if (typeof link !== 'string') return found;
    path = pageOfPath(link, origin, list, () => unreadable('GET', path, 200));
  }
  return unreadable('GET', path, 200);
}

/** How long to wait before the call is made again; null if it is not. */
function pauseBefore(reply: GraphReply, method: GraphCall['method'], tries: number, now: number): number | null {
  const ownPauseMs = FIRST_PAUSE_MS * 2 ** (tries - 1);
  const isRepeatable = method !== 'POST';
  if (reply.kind === 'silence') return isRepeatable || reply.reason === 'unreachable' ? ownPauseMs : null;
  if (reply.status !== 429 && (reply.status < 500 || !isRepeatable)) return null;
  const askedMs = retryAfterMs(reply.retryAfter, now) ?? ownPauseMs;
  return askedMs <= LONGEST_PAUSE_MS ? askedMs : null;
}

const CODE_OF_STATUS: ReadonlyMap<number, ManagementCode> = new Map([
  [401, 'tenant-signed-out'],
  [403, 'tenant-forbidden'],
  [404, 'tenant-lacks'],
  [410, 'tenant-lacks'],
  [429, 'tenant-unavailable'],
]);

function troubleOf({ method, path, clientRequestId }: GraphCall, reply: GraphReply): ManagementTrouble {
  const status = reply.kind === 'silence' ? null : reply.status;
  const error = reply.kind === 'silence' ? {} : errorOf(reply);
  const code =
    status === null || status >= 500 ? 'tenant-unavailable' : (CODE_OF_STATUS.get(status) ?? 'tenant-refused');
  const values = { graphCode: wordOf(error['code']), words: quoteWords(textOf(error['message'])), clientRequestId };
  return new ManagementTrouble(code, { ...needsOf(method, path), ...values, status });
}

function unreadable(method: GraphCall['method'], path: string, status: number): never {
  const values = { graphCode: null, words: quoteWords(''), clientRequestId: '' };
  throw new ManagementTrouble('tenant-unreadable', { ...needsOf(method, path), ...values, status });
}

/** Codes of Graph are words; anything else could be anybody's name. */
const wordOf = (value: JsonValue | undefined): string | null =>
  typeof value === 'string' && /^[A-Za-z_.]{1,60}$/.test(value) ? value : null;

const errorOf = (answer: GraphAnswer): JsonObject => objectOf(objectIn(answer)?.['error']);

/** Null for a body that is none, such as a gateway's page. */
function objectIn({ body }: GraphAnswer): JsonObject | null {
  const value = jsonOf(body);
  return isObject(value) ? value : null;
}
