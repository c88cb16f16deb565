// A shared access signature for Azurite's account: the account as somebody with certain rights alone opens it.
import {
  AccountSASPermissions,
  generateAccountSASQueryParameters,
  StorageSharedKeyCredential,
} from '@azure/storage-blob';

const DAY_MS = 86_400_000;

/** A member of a connection string; empty if it has none of that name. */
export const connectionMember = (connectionString: string, name: string): string =>
  new RegExp(`${name}=([^;]+)`).exec(connectionString)?.[1] ?? '';

/** Query parameters that allow `permissions` (letters as in the service's own form) on blobs, queues and tables for a day. */
export const accountSas = (connectionString: string, permissions: string): string =>
  generateAccountSASQueryParameters(
    {
      expiresOn: new Date(Date.now() + DAY_MS),
      permissions: AccountSASPermissions.parse(permissions),
      resourceTypes: 'sco',
      services: 'bqt',
    },
    new StorageSharedKeyCredential(
      connectionMember(connectionString, 'AccountName'),
      connectionMember(connectionString, 'AccountKey'),
    ),
  ).toString();
