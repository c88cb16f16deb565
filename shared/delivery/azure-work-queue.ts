// A work queue on Azure Queue storage. Messages are base64, as the events of Event Grid are; the functions decode them (functions/queue-message.ts).
import type { QueueClient } from '@azure/storage-queue';
import { RollcallError } from '../core/errors';
import type { WorkQueue } from './queues';

/** A message never expires (-1): the sweep and the ledger decide what is void, not a message's age. */
const NEVER_EXPIRES = -1;

/** The adapter; `queue` must exist. */
export function azureWorkQueue<T>(queue: QueueClient): WorkQueue<T> {
  const call = async <A>(run: () => Promise<A>): Promise<A> => {
    try {
      return await run();
    } catch (cause) {
      throw new RollcallError('storage-queue', 'retry', `queue storage did not take a call on ${queue.name}`, {
        cause,
      });
    }
  };
  return {
    async put(message, delayMs) {
      const text = Buffer.from(JSON.stringify(message)).toString('base64');
      await call(() =>
        queue.sendMessage(text, {
          visibilityTimeout: Math.ceil(Math.max(delayMs, 0) / 1_000),
          messageTimeToLive: NEVER_EXPIRES,
        }),
      );
    },
    async oldest() {
      const { peekedMessageItems } = await call(() => queue.peekMessages({ numberOfMessages: 1 }));
      return peekedMessageItems[0]?.insertedOn.getTime() ?? null;
    },
    depth: async () => (await call(() => queue.getProperties())).approximateMessagesCount ?? 0,
  };
}
