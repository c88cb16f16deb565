// What Event Grid says of a blob: the events of Azure Blob Storage in both of its schemas, and which file of the inbound container one of them
// announces (docs/reference/azure-functions.md §D.12). Whoever may write to the queue chooses what is in them, so they are judged as any message.
import type { Static, TSchema } from '@sinclair/typebox';
import { Type } from '@sinclair/typebox';
import { INBOUND } from './export-store';

/** Longest URL of a blob: 1,024 UTF-16 units of its name, each at most three bytes of UTF-8 in their percent form, and room for the host. */
const MAX_URL = 10_000;
/** The most events together: as many as Event Grid delivers at once. Source: Learn, "Event Grid message delivery and retry" (2020 to 2026). */
const MAX_EVENTS = 5_000;

const CREATED = 'Microsoft.Storage.BlobCreated';
const RENAMED = 'Microsoft.Storage.BlobRenamed';

/** Calls after which all bytes of the file are there. `CreateFile`, `SftpCreate` and `SftpWrite` come before the bytes; a call that we do not know starts nothing. */
const COMPLETES: ReadonlySet<string> = new Set(['PutBlob', 'PutBlockList', 'CopyBlob', 'FlushWithClose', 'SftpCommit']);

const url = Type.String({ maxLength: MAX_URL });
const other = Type.String({ maxLength: 200, pattern: '^(?!Microsoft\\.Storage\\.Blob(?:Created|Renamed)$)' });
const createdData = Type.Object({ api: Type.String({ maxLength: 100 }), url });
const renamedData = Type.Object({ destinationUrl: url });

/** How often Event Grid has tried, in what it could not deliver. */
const attempts = Type.Optional(Type.Integer({ minimum: 0, maximum: 1_000_000 }));
const eventGrid = <T extends TSchema, D extends TSchema>(eventType: T, data: D) =>
  Type.Object({ eventType, data, deliveryAttempts: attempts });
const cloud = <T extends TSchema, D extends TSchema>(type: T, data: D) =>
  Type.Object({ specversion: Type.Literal('1.0'), type, data, deliveryattempts: attempts });

/** One event, as far as it is used: the Event Grid schema, which the template asks for, or CloudEvents 1.0. Members that we do not know are allowed. */
export const BlobEvent = Type.Union([
  eventGrid(Type.Literal(CREATED), createdData),
  eventGrid(Type.Literal(RENAMED), renamedData),
  eventGrid(other, Type.Unknown()),
  cloud(Type.Literal(CREATED), createdData),
  cloud(Type.Literal(RENAMED), renamedData),
  cloud(other, Type.Unknown()),
]);
export type BlobEvent = Static<typeof BlobEvent>;

/** Several of them: what a blob of the container `undelivered` holds. */
export const BlobEvents = Type.Array(BlobEvent, { maxItems: MAX_EVENTS });

/** What the queue `events` carries: one event; a list of them is read, too. */
export const EventMessage = Type.Union([BlobEvent, BlobEvents]);

/** The names in the inbound container of the files that have arrived by these events, each once. */
export function arrivedBlobs(events: readonly BlobEvent[]): readonly string[] {
  return [...new Set(events.map(arrivedBlob).filter((name) => name !== null))];
}

/** The most times that Event Grid has tried to deliver one of them. */
export const attemptsAt = (events: readonly BlobEvent[]): number =>
  events.reduce(
    (most, event) => Math.max(most, ('eventType' in event ? event.deliveryAttempts : event.deliveryattempts) ?? 0),
    0,
  );

function arrivedBlob(event: BlobEvent): string | null {
  const { data } = event;
  switch ('eventType' in event ? event.eventType : event.type) {
    case CREATED: {
      const { api, url: created } = data as Static<typeof createdData>;
      return COMPLETES.has(api) ? nameIn(created) : null;
    }
    case RENAMED:
      return nameIn((data as Static<typeof renamedData>).destinationUrl);
    default:
      return null;
  }
}

/** The name of the blob, if it is in the inbound container. The text is cut, not parsed: a parser of URLs would resolve `..`. */
function nameIn(blobUrl: string): string | null {
  const [, container, name] = /^https?:\/\/[^/]+\/([^/]+)\/(.+)$/s.exec(blobUrl) ?? [];
  if (container !== INBOUND || name === undefined) return null;
  try {
    return decodeURIComponent(name);
  } catch {
    // Not in percent form, so it is the name itself.
    return name;
  }
}
