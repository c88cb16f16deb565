// A queue message → what the library gets: the value and its trigger metadata.
import type { DequeuedMessageItem } from '@azure/storage-queue';
import type { RpcData } from './core-contract';

/** A message's text or bytes, or `null` when it is not base64 although host.json says so. */
export function decodeBody(text: string, encoding: 'base64' | 'none'): RpcData | null {
  if (encoding === 'none') {
    return { string: text };
  }
  const bytes = Buffer.from(text, 'base64');
  if (bytes.toString('base64').replace(/=+$/, '') !== text.trim().replace(/=+$/, '')) {
    return null;
  }
  try {
    return { string: new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes) };
  } catch {
    return { bytes };
  }
}

/** The message's own properties; numbers and dates are sent as JSON, as the real host sends them. */
export function toMessageMetadata(message: DequeuedMessageItem): Record<string, RpcData> {
  return {
    Id: { string: message.messageId },
    PopReceipt: { string: message.popReceipt },
    DequeueCount: { json: JSON.stringify(message.dequeueCount) },
    InsertionTime: { json: JSON.stringify(message.insertedOn) },
    ExpirationTime: { json: JSON.stringify(message.expiresOn) },
    NextVisibleTime: { json: JSON.stringify(message.nextVisibleOn) },
  };
}

/**
 * The body's own part of the metadata: the text as `QueueTrigger`, and each top-level property of a JSON object.
 * Merged after `toMessageMetadata`, so a property named like a built-in one hides it; that is what the real host does.
 */
export function toBodyMetadata(body: RpcData): Record<string, RpcData> {
  if (body.string === undefined) {
    return {};
  }
  const properties = Object.entries(parseObject(body.string) ?? {}).map(([name, value]): [string, RpcData] => [
    name,
    typeof value === 'string' ? { string: value } : { json: JSON.stringify(value) },
  ]);
  return { QueueTrigger: { string: body.string }, ...Object.fromEntries(properties) };
}

function parseObject(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : null;
  } catch {
    return null;
  }
}
