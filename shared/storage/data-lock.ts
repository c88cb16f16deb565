// The lock of a folder in which a machine on this computer keeps its storage: who uses it, and at which addresses. The machine writes it,
// the commands read it.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** The lock file in the folder: JSON. */
export const DATA_LOCK = 'machine.lock.json';

/** Who uses the folder. */
export interface DataLock {
  /** The process that holds it. */
  readonly pid: number;
  /** ISO 8601. */
  readonly since: string;
  /** The processes of storage; empty until they listen. */
  readonly services: readonly number[];
  /** The connection string of storage; null until it listens. Its key is that of every Azurite. */
  readonly storage: string | null;
  /** The address of the simulator; null if there is none. */
  readonly graph: string | null;
}

/** What a process that serves the storage of a folder tells the one that started it. `words` are the system's own. */
export type StorageServed =
  | { readonly kind: 'ready'; readonly storage: string; readonly wasCutOff: boolean }
  | { readonly kind: 'no-azurite' }
  | { readonly kind: 'failed'; readonly words: string };

/** Reads the lock of a folder; null if there is none. A file that cannot be read as one was cut off by a crash: it counts as a lock of nobody. */
export async function readDataLock(folder: string): Promise<DataLock | null> {
  const text = await readFile(join(folder, DATA_LOCK), 'utf8').catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT' || (error as NodeJS.ErrnoException).code === 'ENOTDIR')
      return null;
    throw error;
  });
  if (text === null) return null;
  try {
    return JSON.parse(text) as DataLock;
  } catch {
    return { pid: 0, since: '', services: [], storage: null, graph: null };
  }
}

/** True if the process exists. */
export function isAlive(pid: number): boolean {
  if (pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** True if the machine that wrote the lock is at work. A process that only got the number of an old one has no services beside it. */
export const isHeld = (lock: DataLock): boolean => isAlive(lock.pid) && lock.services.every(isAlive);
