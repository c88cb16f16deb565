// Keeps a message invisible to others while its function runs.
import type { DequeuedMessageItem, QueueClient } from '@azure/storage-queue';
import { describeError, type Tell } from './host-log';
import { failedWith } from './storage';
import { sleep } from './waiting';

/** A lease that is renewed until it ends. */
export interface MessageLease {
  /** Stops renewing; resolves with the pop receipt that is valid for the next call. */
  end(): Promise<string>;
}

/** Renews after half the lease's time; each renewal changes the pop receipt. Never throws: a lost lease shows at the next call. */
export function leaseMessage(
  queue: QueueClient,
  message: DequeuedMessageItem,
  leaseMs: number,
  tell: Tell,
): MessageLease {
  const ended = new AbortController();
  let popReceipt = message.popReceipt;
  const renewing = (async (): Promise<void> => {
    while (await sleep(leaseMs / 2, ended.signal)) {
      try {
        const seconds = Math.ceil(leaseMs / 1000);
        const renewed = await queue.updateMessage(message.messageId, popReceipt, message.messageText, seconds);
        popReceipt = renewed.popReceipt ?? popReceipt;
      } catch (error) {
        tell('warning', 'lease-lost', `A message of '${queue.name}' was not renewed: ${describeError(error)}`);
        if (failedWith(error, 400, 404)) {
          return;
        }
      }
    }
  })();
  return {
    async end() {
      ended.abort();
      await renewing;
      return popReceipt;
    },
  };
}
