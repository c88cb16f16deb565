// What the storage proxy knows about a request, and the kinds of request that faults are aimed at.
import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';

export type StorageService = 'Blob' | 'Queue' | 'Table';

export interface StorageRequest {
  readonly service: StorageService;
  readonly method: string;
  /** Without account and query, decoded: `runs/people/…/users.jsonl`, `deliveries/messages/…`, `batches(…)`. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  /** For a transaction; otherwise empty. */
  readonly body: string;
}

/** Reads what can be known without the body. */
export function readRequest(service: StorageService, incoming: IncomingMessage, body: string): StorageRequest {
  const { pathname, searchParams } = new URL(incoming.url ?? '/', 'http://storage');
  const path = decodeURIComponent(pathname).replace(/^\/[^/]+\//, '');
  return { service, method: incoming.method ?? '', path, query: searchParams, headers: incoming.headers, body };
}

/** An entity group transaction: its conditions are in its body. */
export const isTransaction = ({ service, path }: Pick<StorageRequest, 'service' | 'path'>): boolean =>
  service === 'Table' && path.endsWith('$batch');

/** A write to a table that names the version it replaces, alone or within a transaction. */
export const isConditionalWrite = (request: StorageRequest): boolean => {
  const { service, headers, body } = request;
  if (isTransaction(request)) return /^if-match: *W/im.test(body);
  return service === 'Table' && headers['if-match'] !== undefined && headers['if-match'] !== '*';
};

export const isStagedBlock = ({ method, query }: StorageRequest): boolean =>
  method === 'PUT' && query.get('comp') === 'block';
export const isBlockList = ({ method, query }: StorageRequest): boolean =>
  method === 'PUT' && query.get('comp') === 'blocklist';
export const isCopy = ({ method, headers }: StorageRequest): boolean =>
  method === 'PUT' && headers['x-ms-copy-source'] !== undefined;
/** The name of a file of a run, whichever attempt at the run writes it: `rows-1-2.jsonl` is `rows.jsonl`. */
export const fileOfRun = ({ path }: Pick<StorageRequest, 'path'>): string =>
  path.replace(/^.*\//, '').replace(/-\d+-\d+(?=\.\w+$)/, '');
/** The write that makes a new roster the current one. */
export const isRosterPointer = ({ service, method, path }: StorageRequest): boolean =>
  service === 'Blob' && method === 'PUT' && /^rosters\/[^/]+\/current\.json$/.test(path);

/** A small file of a run, a report or a roster, written at once. */
export const isWholeFile = (request: StorageRequest): boolean => {
  const { service, method, path, query, headers } = request;
  const isWrite = service === 'Blob' && method === 'PUT' && !query.has('comp');
  const isFile = /^(?:runs|reports|rosters)\//.test(path) && !isRosterPointer(request);
  return isWrite && isFile && headers['x-ms-copy-source'] === undefined;
};

/** What a host does to keep a message of the queue invisible while its function runs. */
export const isLeaseRenewal =
  (queue: string) =>
  ({ service, method, path }: StorageRequest): boolean =>
    service === 'Queue' && method === 'PUT' && path.startsWith(`${queue}/messages/`);
