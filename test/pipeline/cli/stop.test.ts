// `rollcall park`, `resume` and `abandon` as an operator runs them: processes of their own, on real storage.
import { startAzurite, type Azurite } from '../../../local/azurite';
import { azureBatchTable } from '../../../shared/run/azure-batch-table';
import { azureRunTable } from '../../../shared/run/azure-run-table';
import type { Run } from '../../../shared/run/run';
import { receivedRun } from '../../../shared/run/run-moves';
import { openStorageAccount, type Storage } from '../../../shared/storage/azure-storage';
import { batchOf, rowOf } from '../../unit/run/made-batch';
import { readOnlyString, rollcall, type Ran } from './rollcall-process';

// Each command starts a process that loads the clients of Azure.
jest.setTimeout(180_000);

const SOURCE = 'contoso-hr';
const NOW = Math.floor(Date.now() / 1_000) * 1_000;
const runOf = (file: string, more: Partial<Run>): Run => ({
  ...receivedRun({ source: SOURCE, name: `${SOURCE}/${file}`, etag: file, lastModified: NOW, bytes: 9 }, NOW),
  ...more,
});
const sending = runOf('people.csv', {
  ...{ state: 'sending', job: { servicePrincipalId: 'sp', jobId: 'API2AAD.contoso' }, rows: 3, users: 3, batches: 1 },
});
const checking = runOf('new.csv', { state: 'checking' });

let azurite: Azurite;
let storage: Storage;
const read = async (run: Run): Promise<Run> =>
  (await azureRunTable(storage.table('runs')).read(run.source, run.run))!.value;
const say = (decision: string, run: string, ...more: readonly string[]): Promise<Ran> =>
  rollcall([decision, run, ...more], { ROLLCALL_STORAGE: azurite.connectionString });
const json = (ran: Ran): Record<string, unknown> => JSON.parse(ran.out) as Record<string, unknown>;

beforeAll(async () => {
  azurite = await startAzurite();
  storage = openStorageAccount({ kind: 'connection-string', connectionString: azurite.connectionString }, () => {
    throw new Error('a connection string needs no identity');
  });
  await storage.create();
  for (const run of [sending, checking]) await azureRunTable(storage.table('runs')).insert(run);
  const rows = [rowOf(1), rowOf(2), rowOf(3, { work: 'open', deliveries: 1, sentAt: [NOW] })];
  await azureBatchTable(storage.table('batches')).insertNew([{ ...batchOf(rows), run: sending.run }]);
});
afterAll(async () => {
  await azurite.stop();
});

test('a file on its way is parked, seen, resumed, abandoned; each time it is said what happened and what will', async () => {
  const forbidden = await rollcall(['park', sending.run, '--reason', 'x', '--json'], {
    ROLLCALL_STORAGE: readOnlyString(azurite.connectionString),
  });
  expect({ code: forbidden.exitCode, stop: (await read(sending)).stop }).toEqual({ code: 2, stop: null });
  expect((await say('park', sending.run)).exitCode).toBe(2);

  const parked = await say('park', sending.run, '--reason', 'the mapping is wrong');
  expect({ exitCode: parked.exitCode, err: parked.err }).toEqual({ exitCode: 0, err: '' });
  expect(parked.out).toContain('"people.csv" is parked now: 2 rows to be sent wait');
  expect(parked.out).toContain('1 row that was sent is judged as usual');
  const status = await rollcall(['status', sending.run], { ROLLCALL_STORAGE: azurite.connectionString });
  expect(status.exitCode).toBe(1);
  expect(status.out).toContain(`run ${sending.run}: parked`);
  expect(status.out).toContain('the mapping is wrong');
  const all = await rollcall(['status', '--json'], { ROLLCALL_STORAGE: azurite.connectionString });
  expect(json(all)['needs']).toMatchObject([
    { code: 'run-parked', about: expect.stringContaining('is parked') as string },
  ]);

  const resumed = await say('resume', sending.run, '--reason', 'it is corrected', '--json');
  expect(json(resumed)).toMatchObject({ decision: 'resume', state: 'sending', isNew: true, todo: 2, open: 1 });
  expect(await read(sending)).toMatchObject({ stop: null, resumed: { why: { quote: 'it is corrected' } } });

  const abandoned = await say('abandon', sending.run, '--reason', 'it cannot go on');
  expect(abandoned.exitCode).toBe(0);
  expect(abandoned.out).toContain('"people.csv" is given up for good: 2 rows that were never sent are held now');
  const again = await say('abandon', sending.run, '--reason', 'again', '--json');
  expect({ exitCode: again.exitCode, ...json(again) }).toMatchObject({
    ...{ exitCode: 0, decision: 'abandon', state: 'abandoned', isNew: false, held: 0, todo: 0, open: 1 },
  });
  const batch = await azureBatchTable(storage.table('batches')).read(sending.run, '000001');
  expect(batch?.value.rows.map(({ work, verdict, code }) => [work, verdict, code])).toEqual([
    ['done', 'held', 'run-abandoned'],
    ['done', 'held', 'run-abandoned'],
    ['open', null, null],
  ]);
  const late = await say('resume', sending.run, '--reason', 'x', '--json');
  expect({ exitCode: late.exitCode, ...json(late) }).toMatchObject({
    ...{ exitCode: 2, error: { code: 'run-not-stoppable' } },
  });
});

test('a file that is still read is abandoned at once, and its report says so', async () => {
  expect((await say('park', checking.run, '--reason', 'x')).exitCode).toBe(2);
  const abandoned = await say('abandon', checking.run, '--reason', 'the wrong file');
  expect({ exitCode: abandoned.exitCode, err: abandoned.err }).toEqual({ exitCode: 0, err: '' });
  expect(abandoned.out).toContain('nothing of it was sent');
  expect(await read(checking)).toMatchObject({ state: 'parked', reason: { code: 'run-abandoned' } });
  const reports = storage.blobs.getContainerClient('reports');
  const why = await reports.getBlobClient(`${SOURCE}/${checking.run}/new.csv.why-held.txt`).downloadToBuffer();
  expect(why.toString('utf8')).toContain('the wrong file');
});
