// Storage for the commands: opened in this one place, as whoever calls.
import { DefaultAzureCredential } from '@azure/identity';
import { openStorageAccount, type Storage, type StoragePatience } from '../shared/storage/azure-storage';
import { holdCommand } from './local-file';
import { parseStorageOption } from './storage-option';
import { holdOfStorage } from './storage-trouble';

/** Where storage is, as the options say. */
export interface StorageOptions {
  /** A connection string, or the address of an account. */
  readonly storage: string | null;
}

/** Somebody waits at a terminal: a wrong name should be told within seconds. Our choice, 2026-11. */
const PATIENCE: StoragePatience = { tries: 3, firstPauseMs: 500 };

/** Runs `work` with storage. Throws `FileHold` for everything that is wrong with the option, the sign-in or the account. */
export async function withStorage<T>(options: StorageOptions, work: (storage: Storage) => Promise<T>): Promise<T> {
  // An empty variable of the environment is as good as none.
  if (options.storage === null || options.storage === '') throw holdCommand('storage-not-named', {});
  try {
    return await work(openNamed(options.storage));
  } catch (error) {
    throw holdOfStorage(error) ?? error;
  }
}

function openNamed(value: string): Storage {
  const settings = parseStorageOption(value);
  try {
    // Whatever sign-in there is: Azure CLI, PowerShell, the environment of a pipeline, a managed identity.
    return openStorageAccount(settings, () => new DefaultAzureCredential(), PATIENCE);
  } catch {
    // What the clients say may repeat the string, with its key.
    throw holdCommand('storage-malformed', { trouble: 'connection-string' });
  }
}
