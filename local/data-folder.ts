// The folder in which a machine on this computer keeps what it remembers: storage, and the tenant of the simulator. One process at a time.
//
//   <folder>/machine.lock.json   who uses it now (shared/storage/data-lock.ts)
//   <folder>/storage/            Azurite's
//   <folder>/entra.bin           the tenant of the simulator
import { mkdir, readFile, rename, rm, rmdir, stat, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { DATA_LOCK, isAlive, isHeld, readDataLock, type DataLock } from '../shared/storage/data-lock';

/** Guards the moment in which a lock is looked at and written. */
const GUARD = 'machine.lock.taking';
/** A guard is held for milliseconds; one this old was left by a crash, ms. */
const GUARD_OLD_MS = 10_000;
/** How long the storage of a machine that was killed may take to save, ms; it looks this often. */
const SAVING_MS = 60_000;
const SAVING_POLL_MS = 100;

/** The folder, once it is ours. */
export interface DataFolder {
  readonly path: string;
  /** Where storage is kept. */
  readonly storage: string;
  /** True if the last machine did not end in order: what it had not saved is lost. */
  readonly wasCutOff: boolean;
  /** Tells others where we are. */
  announce(addresses: Pick<DataLock, 'services' | 'storage' | 'graph'>): Promise<void>;
  /** The tenant as it was last saved; null if it never was. */
  readTenant(): Promise<Uint8Array | null>;
  saveTenant(bytes: Uint8Array): Promise<void>;
  release(): Promise<void>;
}

/** Takes the folder, and makes it if there is none. Throws an Error that says who has it. Takes over from a machine that is dead. */
export async function takeDataFolder(folder: string): Promise<DataFolder> {
  const path = resolve(folder);
  // It holds the people of the files.
  await mkdir(path, { recursive: true, mode: 0o700 });
  const mine: DataLock = {
    pid: process.pid,
    since: new Date().toISOString(),
    services: [],
    storage: null,
    graph: null,
  };
  const before = await guarded(path, async () => {
    const found = await readDataLock(path);
    if (found !== null && isHeld(found)) throw new Error(describeHolder(path, found));
    await replaceFile(path, DATA_LOCK, JSON.stringify(mine));
    return found;
  });
  if (before !== null) await waitUntilSaved(before);
  const tenant = join(path, 'entra.bin');
  return {
    path,
    storage: join(path, 'storage'),
    wasCutOff: before !== null,
    announce: (addresses) => replaceFile(path, DATA_LOCK, JSON.stringify({ ...mine, ...addresses })),
    readTenant: () =>
      readFile(tenant).catch((error: unknown) => {
        if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
        throw error;
      }),
    saveTenant: (bytes) => replaceFile(path, 'entra.bin', bytes),
    release: () => rm(join(path, DATA_LOCK), { force: true }),
  };
}

const describeHolder = (path: string, { pid, since, storage, graph }: DataLock): string =>
  [
    `The folder ${path} is in use by a machine (process ${pid}, since ${since}).`,
    ...(storage === null ? ['It is starting.'] : [`Storage: ${storage}`]),
    ...(graph === null ? [] : [`Simulator: ${graph}`]),
  ].join('\n');

async function guarded<T>(path: string, work: () => Promise<T>): Promise<T> {
  const guard = join(path, GUARD);
  const age = await stat(guard).then(
    (found) => Date.now() - found.mtimeMs,
    () => 0,
  );
  if (age > GUARD_OLD_MS) await rmdir(guard);
  try {
    await mkdir(guard);
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'EEXIST') throw cause;
    throw new Error(`Another machine is just taking the folder ${path}. Try again.`, { cause });
  }
  try {
    return await work();
  } finally {
    await rmdir(guard);
  }
}

/** Storage outlives a machine that was killed for as long as it saves; two storages on one folder would destroy it. */
async function waitUntilSaved({ services }: DataLock): Promise<void> {
  for (let waited = 0; services.some(isAlive); waited += SAVING_POLL_MS) {
    if (waited >= SAVING_MS)
      throw new Error(
        `The storage of the last machine has not ended: processes ${services.filter(isAlive).join(', ')}.`,
      );
    await sleep(SAVING_POLL_MS);
  }
}

/** A crash leaves the old file or the new one, never a part. */
async function replaceFile(path: string, name: string, content: string | Uint8Array): Promise<void> {
  const draft = join(path, `${name}.${process.pid}.new`);
  await writeFile(draft, content, { mode: 0o600, flush: true });
  await rename(draft, join(path, name));
}
