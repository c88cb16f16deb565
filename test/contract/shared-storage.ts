// One Azurite for all contract tests of storage and host: it takes longer to start than most of them to run. Their names are random, so
// none sees what another stored. Jest starts it before the first of them and stops it after the last.
import { startAzurite, type Azurite } from '../../local/azurite';

const VARIABLE = 'ROLLCALL_TEST_STORAGE';
let azurite: Azurite | null = null;

/** Starts it; the processes that run the tests inherit where it is. */
export async function startSharedStorage(): Promise<void> {
  azurite = await startAzurite();
  process.env[VARIABLE] = azurite.connectionString;
}

/** Stops it. */
export const stopSharedStorage = async (): Promise<void> => azurite?.stop();

/** Where it is, for a test. Throws an Error outside the contract tests that share it. */
export function sharedStorage(): string {
  const connectionString = process.env[VARIABLE];
  if (connectionString === undefined)
    throw new Error('Only the contract tests that jest.config.js lists share storage.');
  return connectionString;
}
