// Storage clients by connection, one pair per account.
import { ManagedIdentityCredential } from '@azure/identity';
import { type BlobClient, BlobServiceClient, type ContainerClient, RestError } from '@azure/storage-blob';
import { QueueServiceClient, RestError as QueueRestError } from '@azure/storage-queue';
import { buffer } from 'node:stream/consumers';
import type { Connection } from './settings';

/** The clients of one storage account. */
export interface StorageAccount {
  readonly blobs: BlobServiceClient;
  readonly queues: QueueServiceClient;
}

// The host's loops retry, so the clients give up early.
const retryOptions = { maxTries: 3, retryDelayInMs: 200, maxRetryDelayInMs: 2_000 };

/** Makes clients on first use and keeps them. */
export class StorageAccounts {
  readonly #accounts = new Map<string, StorageAccount>();

  get(connection: Connection): StorageAccount {
    const key = JSON.stringify(connection);
    const known = this.#accounts.get(key);
    if (known !== undefined) {
      return known;
    }
    const account = openAccount(connection);
    this.#accounts.set(key, account);
    return account;
  }
}

function openAccount(connection: Connection): StorageAccount {
  if (connection.kind === 'string') {
    const { connectionString } = connection;
    return {
      blobs: BlobServiceClient.fromConnectionString(connectionString, { retryOptions }),
      queues: QueueServiceClient.fromConnectionString(connectionString, { retryOptions }),
    };
  }
  const { blobUrl, queueUrl, clientId } = connection;
  const identity = clientId === null ? new ManagedIdentityCredential() : new ManagedIdentityCredential({ clientId });
  return {
    blobs: new BlobServiceClient(blobUrl, identity, { retryOptions }),
    queues: new QueueServiceClient(queueUrl, identity, { retryOptions }),
  };
}

/** Where hosts keep locks, timers and receipts; the real host uses the same container. */
export const hostContainerName = 'azure-webjobs-hosts';

/** The container of the host's own blobs in its storage account. */
export function hostContainer(account: StorageAccount): ContainerClient {
  return account.blobs.getContainerClient(hostContainerName);
}

/** A whole blob by one GET, so that it is one version: `downloadToBuffer` asks for the length first and may cut off a newer version. */
export async function readBlob(blob: BlobClient): Promise<Buffer> {
  const { readableStreamBody } = await blob.download();
  return readableStreamBody === undefined ? Buffer.alloc(0) : buffer(readableStreamBody);
}

/** Whether a storage call failed with one of these HTTP statuses. */
export function failedWith(thrown: unknown, ...statuses: readonly number[]): boolean {
  const isStorageError = thrown instanceof RestError || thrown instanceof QueueRestError;
  return isStorageError && thrown.statusCode !== undefined && statuses.includes(thrown.statusCode);
}
