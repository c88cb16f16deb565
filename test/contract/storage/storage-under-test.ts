// The shared storage, with a unique name for every table, queue and container.
import { randomBytes } from 'node:crypto';
import type { ContainerClient } from '@azure/storage-blob';
import { BlobServiceClient } from '@azure/storage-blob';
import { TableClient } from '@azure/data-tables';
import type { QueueClient } from '@azure/storage-queue';
import { QueueServiceClient } from '@azure/storage-queue';
import { sharedStorage } from '../../shared-storage';

export interface TestStorage {
  readonly blobs: BlobServiceClient;
  readonly connectionString: string;
  newTable(): Promise<TableClient>;
  newQueue(name?: string): Promise<QueueClient>;
  newContainer(): Promise<ContainerClient>;
}

/** Opens the storage that the contract tests share. */
export function openTestStorage(): TestStorage {
  const connectionString = sharedStorage();
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
  };
}
