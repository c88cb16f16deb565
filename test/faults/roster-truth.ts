// The roster against the directory: the product's own reader, and what the service really holds.
import { foldId } from '../../shared/columns/id';
import { loadHash64 } from '../../shared/core/hash';
import { azureRosterStore } from '../../shared/roster/azure-roster-store';
import { loadRoster } from '../../shared/roster/read-roster';
import { azureRunFiles } from '../../shared/run/azure-run-files';
import type { ScimUser } from '../../shared/scim/user';
import type { Case } from './ground';
import type { PersonFacts } from './small-world';
import { factsOf, SOURCE } from './small-world';

/** Expects everybody in the directory, and nobody else, to be confirmed in the roster, with the record that the directory holds. */
export async function expectRosterIsTrue(one: Case): Promise<void> {
  const hash = await loadHash64();
  const rosters = azureRosterStore(one.storage.blobs.getContainerClient('rosters'), Math.random);
  const pin = (await rosters.current(SOURCE))?.value;
  if (pin === undefined) throw new Error('there is no roster');
  const roster = await loadRoster(await rosters.read(pin), SOURCE, pin.bytes);
  const users = await stagedUsers(one);
  const held = factsOf(one.entra.directory());
  const noted = held.map(({ employeeId }) => {
    const entry = roster.find(hash(foldId(employeeId)));
    if (entry === null) return { employeeId, entry };
    const line = users.get(entry.run)?.subarray(entry.offset, entry.offset + entry.bytes) ?? Buffer.of();
    const isItsLine = hash(line) === entry.recordHash;
    return { ...factsOfLine(line), isItsLine, active: entry.active, isConfirmed: isConfirmed(entry) };
  });
  expect(noted).toEqual(held.map((user) => ({ ...user, isItsLine: true, active: user.enabled, isConfirmed: true })));
  expect(roster.size).toBe(held.length);
}

const isConfirmed = (entry: { confirmedOn: unknown; unconfirmed: unknown }): boolean =>
  entry.confirmedOn !== null && entry.unconfirmed === null;

/** The staged users of every run, by run. */
async function stagedUsers(one: Case): Promise<ReadonlyMap<string, Buffer>> {
  const container = one.storage.blobs.getContainerClient('runs');
  const files = azureRunFiles(one.storage.blobs, 'inbound', 'runs');
  const users = new Map<string, Buffer>();
  for await (const { name } of container.listBlobsFlat({ prefix: `${SOURCE}/` })) {
    const [, run, file] = name.split('/');
    if (run === undefined || file !== 'users.jsonl') continue;
    users.set(run, (await files.readWhole({ source: SOURCE, run }, file)) ?? Buffer.of());
  }
  return users;
}

function factsOfLine(line: Buffer): PersonFacts {
  const user = JSON.parse(line.toString('utf8')) as ScimUser & { readonly userName: string; readonly title: string };
  return { employeeId: user.externalId, userName: user.userName, enabled: user.active, title: user.title };
}
