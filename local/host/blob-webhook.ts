// `/runtime/webhooks/blobs`, where Event Grid calls blob functions: it checks the address with a code, then posts events. They go onto the internal
// queue of the blob functions, without a receipt and whatever their type: what calls for no function has to be filtered by the subscription.
// HttpRequestProcessor.cs, BlobsExtensionConfigProvider.cs (azure-sdk-for-net), read 2026-11.
import { isIP } from 'node:net';
import type { BlobMessage } from './blob-queue';

/** The path of the webhook. */
export const BLOB_WEBHOOK = 'runtime/webhooks/blobs';

/** What the webhook is asked: the header `aeg-event-type`, the `functionName` of the query, the body. */
export interface WebhookCall {
  readonly eventType: string;
  readonly functionName: string;
  readonly body: string;
}

/** The answer. */
export interface WebhookAnswer {
  readonly status: number;
  readonly content?: object;
}

interface Event {
  readonly data: { readonly [member: string]: string | undefined };
}

/** Answers a call; `add` puts a blob on the internal queue. Rejects for a body that is none of Event Grid: the real host answers 500. */
export async function answerWebhook(
  { eventType, functionName, body }: WebhookCall,
  add: (message: BlobMessage) => Promise<void>,
): Promise<WebhookAnswer> {
  switch (eventType.toLowerCase()) {
    case 'subscriptionvalidation':
      return { status: 200, content: { validationResponse: codeOf(JSON.parse(body) as Event | readonly Event[]) } };
    case 'notification':
      for (const event of [JSON.parse(body) as Event | readonly Event[]].flat())
        await add(toMessage(event, functionName));
      return { status: 202 };
    case 'unsubscribe':
      return { status: 202 };
    default:
      return { status: 400 };
  }
}

/** In CloudEvents, a call has one event, and its data is text. */
function codeOf(call: Event | readonly Event[]): string | undefined {
  const [event] = [call].flat();
  const data: unknown = event?.data;
  return (typeof data === 'string' ? (JSON.parse(data) as Event['data']) : event?.data)?.validationCode;
}

function toMessage({ data }: Event, functionName: string): BlobMessage {
  const { url, eTag, blobType } = data;
  if (url === undefined || blobType === undefined) throw new Error('an event without a blob');
  const { hostname, pathname } = new URL(url);
  const path = pathname.split('/').slice(1).map(decodeURIComponent);
  // An emulator has the account in the path.
  const [container = '', ...name] = isIP(hostname) === 0 && hostname !== 'localhost' ? path : path.slice(1);
  return {
    Type: 'BlobTrigger',
    FunctionId: functionName,
    BlobType: blobType,
    ContainerName: container,
    BlobName: name.join('/'),
    ETag: `"${eTag ?? ''}"`,
  };
}
