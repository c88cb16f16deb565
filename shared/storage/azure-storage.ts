// Opening the storage account: the one place where its clients are made, for the app, the commands and the local machine.
import { TableClient, TableServiceClient } from '@azure/data-tables';
import type { TokenCredential } from '@azure/identity';
import { BlobServiceClient } from '@azure/storage-blob';
import { QueueServiceClient } from '@azure/storage-queue';

/** The names of everything in the storage account; infra/ uses the same. */
export const STORAGE_NAMES = {
  containers: ['inbound', 'sources', 'runs', 'evidence', 'rosters', 'reports', 'undelivered'],
  queues: [
    'arrivals',
    'deliveries',
    'events',
    'arrivals-poison',
    'deliveries-poison',
    'events-poison',
    'webjobs-blobtrigger-poison',
  ],
  tables: ['runs', 'batches', 'gates'],
} as const;

/** Where storage is: a connection string (locally), or one address per service with an identity (in Azure). */
export type StorageSettings =
  | { readonly kind: 'connection-string'; readonly connectionString: string }
  | { readonly kind: 'identity'; readonly blobUrl: string; readonly queueUrl: string; readonly tableUrl: string };

/** The storage services of the app. */
export interface Storage {
  readonly blobs: BlobServiceClient;
  readonly queues: QueueServiceClient;
  readonly table: (name: string) => TableClient;
  /** Creates what is missing (locally; in Azure the template does). */
  readonly create: () => Promise<void>;
}

/** How often a call is tried before it fails, and the pause before the second try (it doubles), ms. Without it: as the clients do. */
export interface StoragePatience {
  readonly tries: number;
  readonly firstPauseMs: number;
}

const blobOptions = (patience?: StoragePatience) =>
  patience && { retryOptions: { maxTries: patience.tries, retryDelayInMs: patience.firstPauseMs } };
const tableOptions = (patience?: StoragePatience) => ({
  // Only a connection string may name http, and then it does so on purpose.
  allowInsecureConnection: true,
  ...(patience && { retryOptions: { maxRetries: patience.tries - 1, retryDelayInMs: patience.firstPauseMs } }),
});

/** Clients for the account. `identity` is asked for only where the settings need one. Throws what the clients throw for a string they cannot read. */
export function openStorageAccount(
  settings: StorageSettings,
  identity: () => TokenCredential,
  patience?: StoragePatience,
): Storage {
  return settings.kind === 'connection-string'
    ? openByString(settings.connectionString, patience)
    : openByIdentity(settings, identity(), patience);
}

function openByString(connectionString: string, patience?: StoragePatience): Storage {
  return withCreate({
    blobs: BlobServiceClient.fromConnectionString(connectionString, blobOptions(patience)),
    queues: QueueServiceClient.fromConnectionString(connectionString, blobOptions(patience)),
    tables: TableServiceClient.fromConnectionString(connectionString, tableOptions(patience)),
    table: (name) => TableClient.fromConnectionString(connectionString, name, tableOptions(patience)),
  });
}

function openByIdentity(
  { blobUrl, queueUrl, tableUrl }: Extract<StorageSettings, { kind: 'identity' }>,
  identity: TokenCredential,
  patience?: StoragePatience,
): Storage {
  // A token travels by https only: the clients refuse anything else.
  const options = { ...tableOptions(patience), allowInsecureConnection: false };
  return withCreate({
    blobs: new BlobServiceClient(blobUrl, identity, blobOptions(patience)),
    queues: new QueueServiceClient(queueUrl, identity, blobOptions(patience)),
    tables: new TableServiceClient(tableUrl, identity, options),
    table: (name) => new TableClient(tableUrl, name, identity, options),
  });
}

function withCreate({
  tables,
  ...services
}: Omit<Storage, 'create'> & { readonly tables: TableServiceClient }): Storage {
  const { blobs, queues } = services;
  return {
    ...services,
    create: async () => {
      for (const name of STORAGE_NAMES.containers) await blobs.getContainerClient(name).createIfNotExists();
      for (const name of STORAGE_NAMES.queues) await queues.getQueueClient(name).createIfNotExists();
      for (const name of STORAGE_NAMES.tables) await tables.createTable(name);
    },
  };
}
