// Which of the app's containers, queues and tables are there. Asks for each, and makes none.
import { RollcallError } from '../core/errors';
import { STORAGE_NAMES, type Storage } from '../storage/azure-storage';
import { statusOf } from '../storage/status-of';
import type { StoragePicture } from './tenant-picture';

/** Rejects with `RollcallError` `storage-blob`, `storage-queue` or `storage-table` (retry) if a service does not answer, or refuses. */
export async function lookAtStorage(storage: Storage): Promise<StoragePicture['missing']> {
  const containers = await lacking(STORAGE_NAMES.containers, 'storage-blob', (name) =>
    storage.blobs.getContainerClient(name).exists(),
  );
  const queues = await lacking(STORAGE_NAMES.queues, 'storage-queue', (name) =>
    storage.queues.getQueueClient(name).getProperties(),
  );
  const tables = await lacking(STORAGE_NAMES.tables, 'storage-table', (name) =>
    storage.table(name).listEntities().byPage({ maxPageSize: 1 }).next(),
  );
  return { containers, queues, tables };
}

/** The names that `ask` says are not there: false, or the status 404. */
async function lacking(
  names: readonly string[],
  code: string,
  ask: (name: string) => Promise<unknown>,
): Promise<readonly string[]> {
  const missing: string[] = [];
  for (const name of names) {
    try {
      if ((await ask(name)) === false) missing.push(name);
    } catch (cause) {
      if (statusOf(cause) !== 404)
        throw new RollcallError(code, 'retry', 'storage did not tell what it has', { cause });
      missing.push(name);
    }
  }
  return missing;
}
