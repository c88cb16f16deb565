// Storage in a folder of this computer, for the commands: that of the machine that is running on it, or started for as long as a command
// looks. The local machine is no part of a production install, so it is a process here, not an import.
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { quoteWords } from '../shared/core/message';
import { isHeld, readDataLock, type StorageServed } from '../shared/storage/data-lock';
import { holdCommand, quotePath } from './local-file';

/** Starts the storage of a folder (local/serve-storage.ts). */
const SERVER = join(__dirname, '..', 'local', 'serve-storage.js');

/** Storage as long as it is needed. */
export interface DataStorage {
  readonly connectionString: string;
  /** True if the last machine did not end in order. */
  readonly wasCutOff: boolean;
  /** Resolves when everything is saved. */
  release(): Promise<void>;
}

/** Finds or starts the storage of a folder. Throws `FileHold` (`data-folder-…`, `azurite-missing`). */
export async function openDataStorage(folder: string): Promise<DataStorage> {
  const path = quotePath(folder);
  const lock = await readDataLock(folder);
  if (lock !== null && isHeld(lock)) {
    if (lock.storage === null) throw holdCommand('data-folder-starting', { path });
    return { connectionString: lock.storage, wasCutOff: false, release: () => Promise.resolve() };
  }
  // A command that reads must not make a machine of an empty folder.
  if (!existsSync(join(folder, 'storage'))) throw holdCommand('data-folder-unknown', { path });
  if (!existsSync(SERVER)) throw holdCommand('azurite-missing', {});
  // In a group of its own: Ctrl-C ends the command, and storage saves.
  const server = fork(SERVER, [folder], { stdio: ['ignore', 'ignore', 'ignore', 'ipc'], detached: true });
  const served = await firstMessage(server);
  if (served.kind === 'no-azurite') throw holdCommand('azurite-missing', {});
  if (served.kind === 'failed') throw holdCommand('data-folder-failed', { path, words: quoteWords(served.words) });
  return { connectionString: served.storage, wasCutOff: served.wasCutOff, release: () => letGo(server) };
}

async function firstMessage(server: ChildProcess): Promise<StorageServed> {
  const ended = once(server, 'exit').then((): StorageServed => ({ kind: 'failed', words: 'its process ended' }));
  const told = once(server, 'message').then(([message]) => message as StorageServed);
  return Promise.race([told, ended]);
}

async function letGo(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return;
  const exited = once(server, 'exit');
  if (server.connected) server.disconnect();
  await exited;
}
