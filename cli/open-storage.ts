// Storage for the commands: opened in this one place, as whoever calls.
import { DefaultAzureCredential, type TokenCredential } from '@azure/identity';
import {
  openStorageAccount,
  type Storage,
  type StoragePatience,
  type StorageSettings,
} from '../shared/storage/azure-storage';
import { signedInAccount, userOfComputer, type Caller } from './caller';
import { openDataStorage } from './data-storage';
import { holdCommand } from './local-file';
import { parseStorageOption } from './storage-option';
import { holdOfStorage } from './storage-trouble';

/** Where storage is, as the options say. */
export interface StorageOptions {
  /** A connection string, or the address of an account. */
  readonly storage: string | null;
  /** The folder of a machine on this computer. */
  readonly data: string | null;
}

/** Somebody waits at a terminal: a wrong name should be told within seconds. Our choice, 2026-11. */
const PATIENCE: StoragePatience = { tries: 3, firstPauseMs: 500 };

/**
 * Runs `work` with storage; `onCutOff` is called first if a machine on this computer lost what it had not saved. Throws `FileHold` for
 * everything that is wrong with the options, the sign-in or the account.
 */
export async function withStorage<T>(
  options: StorageOptions,
  work: (storage: Storage, caller: Caller) => Promise<T>,
  onCutOff: () => Promise<void> = () => Promise.resolve(),
): Promise<T> {
  const { storage, data } = options;
  if (data !== null) return withData(data, work, onCutOff);
  // An empty variable of the environment is as good as none.
  if (storage === null || storage === '') throw holdCommand('storage-not-named', {});
  return inWords(() => openNamed(storage, work));
}

async function withData<T>(
  folder: string,
  work: (storage: Storage, caller: Caller) => Promise<T>,
  onCutOff: () => Promise<void>,
): Promise<T> {
  const found = await openDataStorage(folder);
  try {
    if (found.wasCutOff) await onCutOff();
    return await inWords(() => openNamed(found.connectionString, work));
  } finally {
    await found.release();
  }
}

async function inWords<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw holdOfStorage(error) ?? error;
  }
}

function openNamed<T>(value: string, work: (storage: Storage, caller: Caller) => Promise<T>): Promise<T> {
  const settings = parseStorageOption(value);
  let signIn: TokenCredential | undefined;
  // Whatever sign-in there is: Azure CLI, PowerShell, the environment of a pipeline, a managed identity.
  const identity = (): TokenCredential => (signIn ??= new DefaultAzureCredential());
  const caller = settings.kind === 'identity' ? () => signedInAccount(identity()) : userOfComputer;
  return work(openAccount(settings, identity), caller);
}

function openAccount(settings: StorageSettings, identity: () => TokenCredential): Storage {
  try {
    return openStorageAccount(settings, identity, PATIENCE);
  } catch {
    // What the clients say may repeat the string, with its key.
    throw holdCommand('storage-malformed', { trouble: 'connection-string' });
  }
}
