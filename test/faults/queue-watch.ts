// The queues as the platform sees them: messages that functions work on count too.
import type { QueueClient } from '@azure/storage-queue';
import { QueueServiceClient } from '@azure/storage-queue';
import type { Case } from './ground';
import { STEP_WITHIN_MS } from './host-watch';
import { until } from './until';

export const queueOf = (one: Case, name: string): QueueClient =>
  QueueServiceClient.fromConnectionString(one.connectionString).getQueueClient(name);

const depthOf = async (one: Case, queue: string): Promise<number> =>
  (await queueOf(one, queue).getProperties()).approximateMessagesCount ?? 0;

/** Until the queue holds so many messages. Of 0: whoever was working on one has ended. */
export const untilDepth = (one: Case, queue: string, messages: number): Promise<unknown> =>
  until(
    async () => (await depthOf(one, queue)) === messages || null,
    STEP_WITHIN_MS,
    () => `${queue} does not hold ${messages} messages`,
  );

/** Answers of the service never lead to poison. */
export const expectNoPoison = async (one: Case): Promise<void> =>
  expect(await depthOf(one, 'deliveries-poison')).toBe(0);
