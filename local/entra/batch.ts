// POST /$batch: up to 20 requests in one call, each answered as if it had come alone. Microsoft's page: JSON batching,
// microsoft-graph-docs-contrib concepts/json-batching.md, 2026.
import { drawChance } from './chance';
import { GraphRefusal, type Answer } from './graph-answer';
import { isRecord } from './scim-attributes';

/** Most requests in a batch. json-batching.md */
export const MAX_BATCHED_REQUESTS = 20;

/** One request of a batch. */
export interface BatchedRequest {
  readonly id: string;
  readonly method: string;
  /** Relative to the version: `/users?$top=1`. */
  readonly url: string;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** As text; JSON of whatever came as an object. */
  readonly body: string;
  readonly dependsOn: readonly string[];
}

/** Reads the body of a batch. Throws a GraphRefusal (400). */
export function readBatch(text: string): readonly BatchedRequest[] {
  const body = parseJson(text);
  if (!isRecord(body) || !Array.isArray(body.requests)) throw refuse('Invalid batch payload format.');
  if (body.requests.length > MAX_BATCHED_REQUESTS)
    throw refuse(`Number of batch request steps exceeds the maximum value of ${MAX_BATCHED_REQUESTS}.`);
  const requests = body.requests.map(readRequest);
  const ids = new Set<string>();
  for (const { id, dependsOn } of requests) {
    if (ids.has(id)) throw refuse(`Duplicate request id ${id}.`);
    if (dependsOn.some((other) => !ids.has(other))) throw refuse(`Request ${id} depends on one that is not before it.`);
    ids.add(id);
  }
  return requests;
}

/**
 * Answers a batch: `ask` answers one request. What depends on a request that failed is 424. The order of the answers
 * is not documented, so it is drawn by the seed.
 */
export function answerBatch(
  requests: readonly BatchedRequest[],
  seed: number,
  ask: (request: BatchedRequest) => Answer,
): Answer {
  const statuses = new Map<string, number>();
  const responses = requests.map((request) => {
    const isBlocked = request.dependsOn.some((other) => (statuses.get(other) ?? 500) >= 400);
    const { status, headers, body } = isBlocked ? FAILED_DEPENDENCY : ask(request);
    statuses.set(request.id, status);
    return { id: request.id, status, headers: { 'Content-Type': 'application/json', ...headers }, body };
  });
  const places = new Map(responses.map(({ id }) => [id, drawChance(seed, 'batch', id)]));
  responses.sort((a, b) => (places.get(a.id) ?? 0) - (places.get(b.id) ?? 0));
  return { status: 200, body: { responses } };
}

const FAILED_DEPENDENCY: Answer = {
  status: 424,
  body: { error: { code: 'FailedDependency', message: 'A request that this one depends on has failed.' } },
};

function readRequest(value: unknown): BatchedRequest {
  if (!isRecord(value)) throw refuse('Invalid batch payload format.');
  const { id, method, url, headers = {}, body, dependsOn = [] } = value;
  if (typeof id !== 'string' || typeof method !== 'string' || typeof url !== 'string' || !url.startsWith('/'))
    throw refuse('A request needs an id, a method and a relative url.');
  if (!isRecord(headers) || !Array.isArray(dependsOn)) throw refuse('Invalid batch payload format.');
  const named = Object.entries(headers).map(([name, text]) => [name.toLowerCase(), String(text)] as const);
  if (body !== undefined && !named.some(([name]) => name === 'content-type'))
    throw refuse('Write request batch item must have a Content-Type header.');
  return {
    id,
    method: method.toUpperCase(),
    url,
    headers: Object.fromEntries(named),
    body: body === undefined ? '' : typeof body === 'string' ? body : JSON.stringify(body),
    dependsOn: dependsOn.map(String),
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new GraphRefusal(400, 'BadRequest', 'Invalid batch payload format.', String(error));
  }
}

function refuse(message: string): GraphRefusal {
  return new GraphRefusal(400, 'BadRequest', message);
}
