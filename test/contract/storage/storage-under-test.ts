// One Azurite per suite, with a unique name for every table, queue and container.
import { randomBytes } from 'node:crypto';
import type { ContainerClient } from '@azure/storage-blob';
import { BlobServiceClient } from '@azure/storage-blob';
import { TableClient } from '@azure/data-tables';
import type { QueueClient } from '@azure/storage-queue';
import { QueueServiceClient } from '@azure/storage-queue';
import type { Azurite } from '../../../local/azurite';
import { startAzurite } from '../../../local/azurite';

export interface TestStorage {
  readonly blobs: BlobServiceClient;
  readonly connectionString: string;
  newTable(): Promise<TableClient>;
  newQueue(name?: string): Promise<QueueClient>;
  newContainer(): Promise<ContainerClient>;
  end(): Promise<void>;
}

/** Starts storage; `end` it after the suite. */
export async function startStorage(): Promise<TestStorage> {
  const azurite: Azurite = await startAzurite();
  const { connectionString } = azurite;
  const blobs = BlobServiceClient.fromConnectionString(connectionString);
  const queues = QueueServiceClient.fromConnectionString(connectionString);
  const name = (): string => `t${randomBytes(8).toString('hex')}`;
  return {
    blobs,
    connectionString,
    async newTable() {
      const table = TableClient.fromConnectionString(connectionString, name(), { allowInsecureConnection: true });
      await table.createTable();
      return table;
    },
    async newQueue(queueName = name()) {
      const queue = queues.getQueueClient(queueName);
      await queue.create();
      return queue;
    },
    async newContainer() {
      const container = blobs.getContainerClient(name());
      await container.create();
      return container;
    },
    end: () => azurite.stop(),
  };
}
