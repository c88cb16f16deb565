// What Azure bills a request to storage as. Left out is what the platform does for itself (its locks, its looks into empty queues, the receipts of
// blobs): it depends on the version of the host and on the number of instances, and not on rows.
import type { RequestNote } from './note-requests';

/** The meters of a storage account that Rollcall uses. Deleting is free. */
export const STORAGE_KINDS = ['table', 'blob-write', 'blob-list', 'blob-read', 'queue'] as const;
export type StorageKind = (typeof STORAGE_KINDS)[number];
export type StorageService = 'blob' | 'queue' | 'table';

/** Containers, queues and tables of the Functions host begin so. */
const OF_HOST = /^azure-webjobs-/;

/** Null for a request that costs nothing, or that is the platform's own. Paths of the emulator begin with the account. */
export function kindOf({ method, path }: RequestNote, service: StorageService): StorageKind | null {
  const { pathname, searchParams } = new URL(path, 'http://storage');
  const [, , resource = '', ...rest] = pathname.split('/');
  if (OF_HOST.test(resource)) return null;
  if (service === 'table') return 'table';
  // A message is received and deleted by the platform, once an invocation: counted there.
  if (service === 'queue') return rest[0] === 'messages' && method !== 'POST' ? null : 'queue';
  if (searchParams.get('comp') === 'list') return 'blob-list';
  if (method === 'DELETE') return null;
  return method === 'PUT' ? 'blob-write' : 'blob-read';
}
