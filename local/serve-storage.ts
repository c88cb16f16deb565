// The storage of a data folder, without a machine: for a command that looks at it. Started by cli/data-storage.ts as a process of its own; it
// tells its parent the address, and saves and ends when the parent lets go of it.
import { once } from 'node:events';
import type { StorageServed } from '../shared/storage/data-lock';
import { startAzurite } from './azurite';
import { takeDataFolder } from './data-folder';

const tell = (message: StorageServed): void => void process.send?.(message);

async function serve(folder: string): Promise<void> {
  const data = await takeDataFolder(folder);
  try {
    const azurite = await startAzurite(data.storage);
    try {
      await data.announce({ services: azurite.pids, storage: azurite.connectionString, graph: null });
      tell({ kind: 'ready', storage: azurite.connectionString, wasCutOff: data.wasCutOff });
      if (process.connected) await once(process, 'disconnect');
    } finally {
      await azurite.stop();
    }
  } finally {
    await data.release();
  }
}

const isMissing = (error: unknown): boolean => (error as NodeJS.ErrnoException).code === 'MODULE_NOT_FOUND';

// Ctrl-C ends the command; what this process does then is to save.
process.on('SIGINT', () => undefined);
serve(process.argv[2] ?? '').catch((error: unknown) => {
  tell(isMissing(error) ? { kind: 'no-azurite' } : { kind: 'failed', words: (error as Error).message });
  process.exitCode = 1;
  if (process.connected) process.disconnect();
});
