// The queues as the platform sees them: messages in work by functions count too.
import type { QueueClient } from '@azure/storage-queue';
import { QueueServiceClient } from '@azure/storage-queue';
import type { Case } from './ground';
import { STEP_WITHIN_MS } from './host-watch';
import { until } from './until';

export const queueOf = (one: Case, name: string): QueueClient =>
  QueueServiceClient.fromConnectionString(one.connectionString).getQueueClient(name);

const depthOf = async (one: Case, queue: string): Promise<number> =>
  (await queueOf(one, queue).getProperties()).approximateMessagesCount ?? 0;

/** Waits until the queue holds this many messages. At 0, no function is working on one either. */
export const untilDepth = (one: Case, queue: string, messages: number): Promise<unknown> =>
  until(
    async () => (await depthOf(one, queue)) === messages || null,
    STEP_WITHIN_MS,
    () => `${queue} does not hold ${messages} messages`,
  );

/** Answers of the service never lead to poison. */
export const expectNoPoison = async (one: Case): Promise<void> =>
  expect(await depthOf(one, 'deliveries-poison')).toBe(0);
