// Event Grid, as its documents show it: what it says of a blob in its two schemas, and how it delivers, doubles and gives up
// (docs/reference/azure-functions.md §D.12). Azurite sends no events.
import { randomUUID } from 'node:crypto';
import { QueueServiceClient } from '@azure/storage-queue';
import type { Storage } from '../shared/storage/azure-storage';

/** The two places where an event can go. */
export const DESTINATIONS = ['webhook', 'queue'] as const;
export type Destination = (typeof DESTINATIONS)[number];

const ACCOUNT = '/subscriptions/s/resourceGroups/g/providers/Microsoft.Storage/storageAccounts/contoso';
const urlOf = (container: string, blob: string, service = 'blob'): string =>
  `https://contoso.${service}.core.windows.net/${container}/${blob.split('/').map(encodeURIComponent).join('/')}`;

/** An event in the Event Grid schema. */
export interface GridEvent {
  readonly id: string;
  readonly topic: string;
  readonly subject: string;
  readonly eventType: string;
  readonly eventTime: string;
  readonly data: Readonly<Record<string, unknown>>;
  readonly dataVersion: string;
  readonly metadataVersion: string;
}

function eventOf(eventType: string, container: string, blob: string, data: GridEvent['data']): GridEvent {
  const id = randomUUID();
  return {
    id,
    topic: ACCOUNT,
    subject: `/blobServices/default/containers/${container}/blobs/${blob}`,
    eventType,
    eventTime: '2026-11-27T03:00:00.9584103Z',
    data: {
      requestId: id,
      sequencer: '00000000000004420000000000028963',
      storageDiagnostics: { batchId: id },
      ...data,
    },
    dataVersion: '',
    metadataVersion: '1',
  };
}

/** A blob was created, or got its bytes, by this call. */
export const blobCreated = (blob: string, api = 'PutBlob', container = 'inbound'): GridEvent =>
  eventOf('Microsoft.Storage.BlobCreated', container, blob, {
    api,
    eTag: '0x8D4BCC2E4835CD0',
    contentType: 'text/csv',
    contentLength: 524_288,
    blobType: 'BlockBlob',
    url: urlOf(container, blob, api === 'FlushWithClose' ? 'dfs' : 'blob'),
  });

/** A blob has another name; only accounts with a hierarchical namespace say so. */
export const blobRenamed = (from: string, to: string, api = 'SftpRename', container = 'inbound'): GridEvent =>
  eventOf('Microsoft.Storage.BlobRenamed', container, to, {
    api,
    destinationUrl: urlOf(container, to),
    sourceUrl: urlOf(container, from),
  });

/** The same event in CloudEvents 1.0. */
export const asCloudEvent = ({ id, topic, subject, eventType, eventTime, data }: GridEvent): object => ({
  ...{ id, source: topic, subject, type: eventType, time: eventTime, data, specversion: '1.0' },
});

/** Event Grid before one app: its webhook, or the queue beside it. */
export class EventGrid {
  constructor(
    private readonly destination: Destination,
    private readonly url: string,
    private readonly connectionString: string,
  ) {}

  /** Checks the address of the webhook as at the making of a subscription; a queue is not asked. */
  async subscribe(): Promise<void> {
    if (this.destination === 'queue') return;
    const validationCode = randomUUID();
    const event = eventOf('Microsoft.EventGrid.SubscriptionValidationEvent', 'inbound', '', { validationCode });
    const answer = await this.post('SubscriptionValidation', [event]);
    const { validationResponse } = (await answer.json()) as { readonly validationResponse?: string };
    if (validationResponse !== validationCode) throw new Error('the webhook does not know the code');
  }

  /** Delivers an event once: a list of one to the webhook, the event alone into the queue, in base64. */
  async deliver(event: object): Promise<void> {
    if (this.destination === 'queue') {
      const queues = QueueServiceClient.fromConnectionString(this.connectionString);
      await queues.getQueueClient('events').sendMessage(Buffer.from(JSON.stringify(event)).toString('base64'));
      return;
    }
    const { status } = await this.post('Notification', [event]);
    if (status < 200 || status > 204) throw new Error(`the webhook answered ${status}`);
  }

  private post(kind: string, events: readonly object[]): Promise<Response> {
    return fetch(`${this.url}/runtime/webhooks/blobs?functionName=Host.Functions.intake&code=key`, {
      method: 'POST',
      headers: { 'aeg-event-type': kind, 'content-type': 'application/json' },
      body: JSON.stringify(events),
    });
  }
}

/** The name of a blob that Event Grid writes when it gives up events. */
export const deadLetterName = (): string => `INBOUND-FILES/2026/11/27/3/${randomUUID()}.json`;

/** Its text: a list of events, each with what became of it. */
export const deadLetter = (events: readonly GridEvent[], attempts = 1): string =>
  JSON.stringify(
    events.map((event) => ({
      ...event,
      deadLetterReason: 'MaxDeliveryAttemptsExceeded',
      deliveryAttempts: attempts,
      lastDeliveryOutcome: 'NotFound',
      publishTime: '2026-11-27T03:00:01.0265758Z',
      lastDeliveryAttemptTime: '2026-11-27T03:00:01.0465788Z',
    })),
  );

/** Gives up events: they lie in the container `undelivered`. */
export async function giveUp(storage: Storage, ...events: readonly GridEvent[]): Promise<void> {
  const text = deadLetter(events);
  const container = storage.blobs.getContainerClient('undelivered');
  await container.getBlockBlobClient(deadLetterName()).upload(text, Buffer.byteLength(text));
}
