// `rollcall roster` as an operator runs it: a process of its own on real storage, with rights to read and no others unless it must write.
import { loadHash64 } from '../../../shared/core/hash';
import { noteInRoster, type RosterPorts } from '../../../shared/pipeline/reconcile/note-in-roster';
import { azureRosterStore } from '../../../shared/roster/azure-roster-store';
import { azureBatchTable } from '../../../shared/run/azure-batch-table';
import { azureRunFiles } from '../../../shared/run/azure-run-files';
import { PeopleIndexes } from '../../../shared/run/people-indexes';
import { azureRunTable } from '../../../shared/run/azure-run-table';
import type { Run } from '../../../shared/run/run';
import { receivedRun } from '../../../shared/run/run-moves';
import { openStorageAccount, type Storage } from '../../../shared/storage/azure-storage';
import { accountOf } from '../../shared-storage';
import { seededRandom } from '../../unit/memory/seeded-random';
import { settingsOf, SOURCE } from '../../unit/pipeline/contoso';
import { batchOf, rowOf } from '../../unit/run/made-batch';
import { readOnlyString, rollcall, type Ran } from './rollcall-process';

// Each command starts a process that loads the clients of Azure.
jest.setTimeout(120_000);

const ARRIVED = Date.UTC(2026, 10, 20, 8);
const DAY_MS = 86_400_000;

const connectionString = accountOf('roster');
let storage: Storage;
let ports: RosterPorts;
const runs: Run[] = [];

const noIdentity = (): never => {
  throw new Error('a connection string needs none');
};

/** A settled run of two people, a day after the one before. */
async function putSettled(verdicts: readonly ['updated', 'updated' | 'failed']): Promise<Run> {
  const lastModified = ARRIVED + runs.length * DAY_MS;
  const dropped = { source: SOURCE, name: `${SOURCE}/people.csv`, etag: `"${runs.length}"`, lastModified, bytes: 9 };
  const job = { servicePrincipalId: 'sp', jobId: 'job' };
  const run: Run = { ...receivedRun(dropped, lastModified), job, state: 'settled', content: 'full', batches: 1 };
  await azureRunTable(storage.table('runs')).insert(run);
  const rows = verdicts.map((verdict, at) =>
    rowOf(at + 1, { work: 'done', deliveries: 1, sentAt: [lastModified + 60_000], verdict }),
  );
  await ports.ledger.batches.insertNew([{ ...batchOf(rows), source: SOURCE, run: run.run }]);
  const put = async (file: 'users.jsonl' | 'rows.jsonl' | 'source.json', content: string): Promise<void> => {
    const writer = ports.files.write(run, file);
    await writer.append(content);
    await writer.commit(true);
  };
  const users = rows.map(({ id }) => JSON.stringify({ schemas: [], externalId: id, active: true, title: run.run }));
  await put('users.jsonl', users.map((user) => `${user}\n`).join(''));
  const bytes = users[0]?.length ?? 0;
  const lines = rows.map(({ row, id }, at) => ({ row, line: row + 1, id, user: [at * (bytes + 1), bytes] }));
  await put('rows.jsonl', lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
  await put('source.json', JSON.stringify(settingsOf()));
  runs.push(run);
  return run;
}

beforeAll(async () => {
  storage = openStorageAccount({ kind: 'connection-string', connectionString }, noIdentity);
  await storage.create();
  const files = azureRunFiles(storage.blobs, 'inbound', 'runs');
  const hash = await loadHash64();
  ports = {
    ledger: { runs: azureRunTable(storage.table('runs')), batches: azureBatchTable(storage.table('batches')) },
    files,
    indexes: new PeopleIndexes(files, hash),
    rosters: azureRosterStore(storage.blobs.getContainerClient('rosters'), seededRandom(1)),
    hash,
  };
  const settings = JSON.stringify(settingsOf());
  const blob = storage.blobs.getContainerClient('sources').getBlockBlobClient(`${SOURCE}/source.json`);
  await blob.upload(settings, settings.length);
  await noteInRoster(ports, await putSettled(['updated', 'updated']));
  await noteInRoster(ports, await putSettled(['updated', 'failed']));
});

const roster = (...args: readonly string[]): Promise<Ran> =>
  rollcall(['roster', ...args], { ROLLCALL_STORAGE: readOnlyString(connectionString) });
const json = async (...args: readonly string[]): Promise<unknown> => JSON.parse((await roster(...args, '--json')).out);

test('the roster of each source in numbers', async () => {
  const { exitCode, out, err } = await roster('--json');
  expect({ exitCode, err }).toEqual({ exitCode: 0, err: '' });
  expect(JSON.parse(out)).toMatchObject({
    sources: [
      {
        source: SOURCE,
        trouble: null,
        roster: {
          ...{ people: 2, active: 2, inactive: 0, neverConfirmed: 0, oldestConfirmation: '2026-11-20' },
          ...{ unconfirmed: { failed: 1 }, settings: 'newest', missing: [], epochs: [{ people: 2 }] },
        },
      },
    ],
  });
  expect((await roster()).out).toContain(`${SOURCE}: 2 people\n  confirmed    2 active, 0 inactive\n`);
});

test('a person: the record that was confirmed, and what was sent in vain since', async () => {
  const [first, second] = runs;
  expect(await json('--person', 'P2', '--source', SOURCE)).toMatchObject({
    id: 'P2',
    sources: [
      {
        person: {
          ...{ confirmedOn: '2026-11-20', run: first?.run, active: true, record: 'record', missingSince: null },
          user: { externalId: 'p2', title: first?.run },
          unconfirmed: { why: 'failed', run: second?.run, tries: 1, lastTry: '2026-11-21', nextTry: '2026-11-22' },
          seenAt: '2026-11-21T08:00:00.000Z',
        },
      },
    ],
  });
  const { out } = await roster('--person', 'p2');
  expect(out).toContain('sent in vain  1 time, last on 2026-11-21');
  expect((await roster('--person', 'nobody')).out).toContain('nobody is not in the roster');
});

test('a lost roster: told with its cure, rebuilt only by whom storage lets write, and then as it was', async () => {
  const before = await json();
  const pin = (await ports.rosters.current(SOURCE))?.value;
  await storage.blobs.getContainerClient('rosters').deleteBlob(pin?.name ?? '');
  const lost = await roster();
  expect(lost.exitCode).toBe(1);
  expect(lost.out).toContain('[roster-missing]\n  What to do: ');
  const refused = await roster('--rebuild', '--source', SOURCE, '--json');
  expect(refused.exitCode).toBe(2);
  expect(JSON.parse(refused.out)).toMatchObject({
    error: {
      code: 'storage-not-permitted',
      message: expect.stringContaining('Storage Blob Data Contributor') as string,
    },
  });
  const { exitCode, out, err } = await rollcall(['roster', '--rebuild', '--source', SOURCE], {
    ROLLCALL_STORAGE: connectionString,
  });
  expect(exitCode).toBe(0);
  expect(err).toContain(`reading run ${runs[1]?.run}, 2 of 2\n`);
  expect(out).toContain(`${SOURCE}: the roster knows 2 people again, from 2 runs.\n`);
  const [now, then] = [await json(), before] as { readonly sources: readonly { readonly roster: object }[] }[];
  const changing = { name: null, writtenAt: null };
  expect({ ...now?.sources[0]?.roster, ...changing }).toEqual({ ...then?.sources[0]?.roster, ...changing });
});

test('a person is forgotten only by whom storage lets write, once, and nobody else is', async () => {
  const forget = (connection: string, id: string): Promise<Ran> =>
    rollcall(['roster', '--forget', id, '--source', SOURCE, '--json'], { ROLLCALL_STORAGE: connection });
  const refused = await forget(readOnlyString(connectionString), 'p2');
  expect(refused.exitCode).toBe(2);
  expect(JSON.parse(refused.out)).toMatchObject({ error: { code: 'storage-not-permitted' } });
  const { exitCode, out } = await forget(connectionString, 'P2');
  expect({ exitCode, told: JSON.parse(out) as unknown }).toEqual({
    exitCode: 0,
    told: { source: SOURCE, forgotten: 'P2' },
  });
  expect(JSON.parse((await forget(connectionString, 'P2')).out)).toMatchObject({
    error: { code: 'person-unknown' },
  });
  expect(await json()).toMatchObject({ sources: [{ roster: { people: 1 } }] });
});

test('--rebuild is for one source, and not for one person', async () => {
  expect((await roster('--rebuild')).err).toContain('--rebuild needs --source');
  expect((await roster('--rebuild', '--source', SOURCE, '--person', 'p1')).exitCode).toBe(2);
  expect((await roster('--forget', 'p1')).err).toContain('--forget needs --source');
});

test('rollcall forget says where a person is, deletes it with --yes, and says what it left', async () => {
  const table = azureRunTable(storage.table('runs'));
  const forget = (...args: readonly string[]): Promise<Ran> =>
    rollcall(['forget', ...args, '--json'], { ROLLCALL_STORAGE: connectionString });
  const [old, young] = runs;
  const endAt = async (run: Run, settledAt: number): Promise<void> => {
    const read = (await table.read(run.source, run.run))!;
    await table.replace(read, { ...read.value, settledAt });
  };
  await endAt(old!, Date.now() - 9 * DAY_MS);
  await endAt(young!, Date.now() - DAY_MS);
  const found = { inRoster: true, runs: [old!.run], left: [{ run: young!.run }], isOnHoldList: false };
  const dry = await forget('--person', 'P1');
  expect(JSON.parse(dry.out)).toMatchObject({ person: 'P1', isDry: true, sources: [found] });
  expect(dry.exitCode).toBe(1);
  const users = async (run: Run): Promise<string> => (await ports.files.readWhole(run, 'users.jsonl'))!.toString();
  const before = await users(old!);
  const done = await forget('--person', 'P1', '--source', SOURCE, '--yes');
  expect(JSON.parse(done.out)).toMatchObject({ isDry: false, sources: [found] });
  expect(await users(old!)).toBe(before.replace(/.*"p1".*/, (line) => ' '.repeat(line.length)));
  expect(await users(young!)).toContain('"p1"');
  await endAt(young!, Date.now() - 9 * DAY_MS);
  const rest = await forget('--person', 'P1', '--yes');
  expect(JSON.parse(rest.out)).toMatchObject({ sources: [{ inRoster: false, runs: [young!.run], left: [] }] });
  expect(rest.exitCode).toBe(0);
  const nobody = await forget('--person', 'P1', '--yes');
  expect([nobody.exitCode, JSON.parse(nobody.out)]).toEqual([
    2,
    { error: expect.objectContaining({ code: 'forget-nobody' }) },
  ]);
  const read = (await table.read(young!.source, young!.run))!;
  await table.replace(read, { ...read.value, state: 'held' });
  const waits = await forget('--person', 'p2', '--yes');
  expect([waits.exitCode, JSON.parse(waits.out)]).toEqual([
    2,
    { error: expect.objectContaining({ code: 'forget-waits' }) },
  ]);
});
