// From what was seen of a machine to the counts of one stretch of time.
import type { HostEvent } from '../../local/host/host-log';
import type { Envelope } from '../../test/contract/telemetry/ingestion-endpoint';
import { gbSecondsOf, type Counts, type Invocation } from './counts';
import { kindOf, STORAGE_KINDS, type StorageKind, type StorageService } from './kinds';
import type { RequestNote } from './note-requests';

/** Everything that was seen of a run. */
export interface Seen {
  readonly requests: readonly RequestNote[];
  /** Of blob, queue and table. */
  readonly ports: readonly string[];
  readonly events: readonly HostEvent[];
  readonly envelopes: readonly Envelope[];
}

const SERVICES: readonly StorageService[] = ['blob', 'queue', 'table'];
/** Functions that are started by a message: the platform receives it and deletes it. The other two are the timer's and the blob trigger's, whose queue is the platform's. */
const OF_PLATFORM = ['reconcile', 'intake'];
const REQUESTS_PER_MESSAGE = 2;

/** Counts between two times (ms since the epoch), and how often the timer ticked in it. Calls of Graph are not seen here. */
export function countsBetween(
  seen: Seen,
  [from, to]: readonly [from: number, to: number],
): { readonly counts: Counts; readonly ticks: number } {
  const isWithin = (at: number): boolean => at > from && at <= to;
  const invocations = invocationsOf(seen.events).filter((one) => isWithin(one.to));
  const requests = seen.requests.filter(({ at }) => isWithin(at));
  const told = seen.envelopes.filter(({ time }) => isWithin(Date.parse(time)));
  const messages = invocations.filter(({ functionName }) => !OF_PLATFORM.includes(functionName)).length;
  const counts: Counts = {
    ...gbSecondsOf(invocations),
    storage: storageOf(requests, seen.ports, messages),
    calls: 0,
    records: told.length,
    recordBytes: told.reduce((bytes, one) => bytes + Buffer.byteLength(JSON.stringify(one)), 0),
  };
  return { counts, ticks: invocations.filter(({ functionName }) => functionName === 'reconcile').length };
}

function storageOf(
  requests: readonly RequestNote[],
  ports: readonly string[],
  messages: number,
): Readonly<Record<StorageKind, number>> {
  const kinds = requests.map((request) => {
    const service = SERVICES[ports.indexOf(request.port)];
    return service === undefined ? null : kindOf(request, service);
  });
  const count = (kind: StorageKind): number => kinds.filter((one) => one === kind).length;
  return {
    ...(Object.fromEntries(STORAGE_KINDS.map((kind) => [kind, count(kind)])) as Record<StorageKind, number>),
    queue: count('queue') + REQUESTS_PER_MESSAGE * messages,
  };
}

/** The end of an invocation says how long it took. */
const invocationsOf = (events: readonly HostEvent[]): readonly Invocation[] =>
  events.flatMap(({ event, time, functionName, durationMs }) =>
    (event === 'invocation-succeeded' || event === 'invocation-failed') && durationMs !== undefined
      ? [{ functionName: functionName ?? '', from: Date.parse(time) - durationMs, to: Date.parse(time) }]
      : [],
  );
