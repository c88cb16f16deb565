// One Azurite for all tests that need storage: it takes longer to start than most of them to run. The contracts share an account, in which
// their names are random; tests of whole machines have one each. Jest starts it before the first of them and stops it after the last.
import { startAzurite, type Azurite } from '../local/azurite';

/** Lives that the sample of the fault table plays side by side. */
export const LANES = ['lane 1', 'lane 2', 'lane 3'] as const;
const OWNERS = ['promise', 'stories', 'held', 'roster', 'status', 'doctor', 'cost', ...LANES] as const;
/** What has an account of its own. */
export type Owner = (typeof OWNERS)[number];

const VARIABLE = 'ROLLCALL_TEST_STORAGE';
let azurite: Azurite | null = null;

interface SharedStorage {
  readonly shared: string;
  readonly own: Readonly<Record<Owner, string>>;
}

/** Starts it; the processes that run the tests inherit where it is. */
export async function startSharedStorage(): Promise<void> {
  azurite = await startAzurite(null, OWNERS.length);
  const { connectionString: shared, furtherStrings } = azurite;
  const own = Object.fromEntries(OWNERS.map((owner, at) => [owner, furtherStrings[at]]));
  process.env[VARIABLE] = JSON.stringify({ shared, own });
}

/** Stops it. */
export const stopSharedStorage = async (): Promise<void> => azurite?.stop();

/** The account that contract tests share. Throws an Error in a test that jest.config.js does not list. */
export const sharedStorage = (): string => running().shared;

/** The account of one test of a whole machine; empty until it begins. Throws as `sharedStorage` does. */
export const accountOf = (owner: Owner): string => running().own[owner];

function running(): SharedStorage {
  const text = process.env[VARIABLE];
  if (text === undefined) throw new Error('Only the tests that jest.config.js lists share storage.');
  return JSON.parse(text) as SharedStorage;
}
