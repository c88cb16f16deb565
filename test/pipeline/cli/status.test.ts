// `rollcall status` as an operator runs it: a process of its own, with rights to read and no others.
import { loadHash64 } from '../../../shared/core/hash';
import { azureGateTable } from '../../../shared/delivery/azure-gate-table';
import { freshPace } from '../../../shared/delivery/pace';
import { encodePeopleIndex } from '../../../shared/people/people-index';
import { azureBatchTable } from '../../../shared/run/azure-batch-table';
import { azureRunFiles } from '../../../shared/run/azure-run-files';
import { azureRunTable } from '../../../shared/run/azure-run-table';
import { runIdOf, type Run } from '../../../shared/run/run';
import { receivedRun } from '../../../shared/run/run-moves';
import { openStorageAccount, type Storage } from '../../../shared/storage/azure-storage';
import { noVerdicts } from '../../../shared/verdict/verdict';
import { accountOf } from '../../shared-storage';
import { batchOf, rowOf } from '../../unit/run/made-batch';
import { readOnlyString, rollcall, type Ran } from './rollcall-process';

// Each command starts a process that loads the clients of Azure.
jest.setTimeout(120_000);

const HOUR = 3_600_000;
const SOURCE = 'contoso-hr';
const JOB = { servicePrincipalId: 'sp', jobId: 'API2AAD.contoso' };

const connectionString = accountOf('status');
const readOnly = readOnlyString(connectionString);
const noIdentity = (): never => {
  throw new Error('a connection string needs none');
};
const open = (): Storage => openStorageAccount({ kind: 'connection-string', connectionString }, noIdentity);

const runOf = (file: string, ageMs: number, more: Partial<Run> = {}): Run => {
  const lastModified = Math.floor((Date.now() - ageMs) / 1_000) * 1_000;
  const name = `${SOURCE}/${file}`;
  return {
    ...receivedRun({ source: SOURCE, name, etag: file, lastModified, bytes: 9 }, lastModified),
    job: JOB,
    ...more,
  };
};
const settled = runOf('monday.csv', 30 * HOUR, {
  state: 'settled',
  settledAt: Date.now() - 29 * HOUR,
  rows: 2,
  users: 2,
  verdicts: { ...noVerdicts(), created: 2 },
});
const sending = runOf('tuesday.csv', 6 * HOUR, { state: 'sending', rows: 3, users: 2, rejected: 1, batches: 2 });
const held = runOf('wednesday.csv', HOUR, {
  state: 'held',
  job: null,
  reason: { code: 'manifest-invalid', values: {}, line: null, column: null },
});

beforeAll(async () => {
  const storage = open();
  await storage.create();
  const runs = azureRunTable(storage.table('runs'));
  for (const run of [settled, sending, held]) await runs.insert(run);
  const first = batchOf([rowOf(1, { work: 'open', deliveries: 1, sentAt: [Date.now() - HOUR] })]);
  const second = batchOf([rowOf(2, { id: '00AB2', work: 'done', deliveries: 1, sentAt: [1e12], verdict: 'updated' })]);
  await azureBatchTable(storage.table('batches')).insertNew([
    { ...first, run: sending.run },
    { ...second, run: sending.run, batch: '000002' },
  ]);
  const gate = azureGateTable(storage.table('gates'), 'default');
  const hour = Math.floor(Date.now() / HOUR);
  await gate.replacePace((await gate.read(JOB)).pace, {
    ...freshPace,
    closedUntil: Date.now() + HOUR,
    closedFor: 'graph-forbidden',
    closedBy: `${sending.run}/000001`,
    usedPerHour: { [hour]: 12 },
  });
  const hash = await loadHash64();
  const files = azureRunFiles(storage.blobs, 'inbound', 'runs');
  const put = async (run: Run, file: 'people.idx' | 'rows.jsonl', content: string | Uint8Array): Promise<void> => {
    const writer = files.write(run, file);
    await writer.append(content);
    await writer.commit(true);
  };
  await put(sending, 'people.idx', encodePeopleIndex([{ idHash: hash('ab2'), recordHash: 0n, batch: 2 }]));
  const lines = [
    { row: 1, line: 2, id: 'p1', user: [0, 1] },
    { row: 2, line: 3, id: '00AB2', user: [1, 1] },
    { row: 3, line: 4, id: 'bad', rejected: { code: 'status-unknown', values: {}, column: 'Status' } },
  ];
  await put(sending, 'rows.jsonl', lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
  await storage.queues.getQueueClient('deliveries-poison').sendMessage('x');
});

const status = (...args: readonly string[]): Promise<Ran> =>
  rollcall(['status', ...args], { ROLLCALL_STORAGE: readOnly });
const json = async (...args: readonly string[]): Promise<unknown> => JSON.parse((await status(...args, '--json')).out);

test('the machine: runs newest first, the gate, the queues, and what needs a person', async () => {
  const { exitCode, out, err } = await status('--json');
  expect({ exitCode, err }).toEqual({ exitCode: 1, err: '' });
  expect(JSON.parse(out)).toMatchObject({
    sources: [
      {
        source: SOURCE,
        runs: [
          { run: held.run, file: 'wednesday.csv', state: 'held', reason: { code: 'manifest-invalid' }, batches: null },
          { run: sending.run, state: 'sending', batches: { staged: 0, sending: 0, sent: 1, settled: 1 } },
          { run: settled.run, state: 'settled', verdicts: { created: 2 } },
        ],
      },
    ],
    gates: [
      {
        tenant: 'default',
        closed: { code: 'graph-forbidden', by: `${sending.run}/000001` },
        callsIn24Hours: 12,
        callsLeft: { premium: 1_988, governance: 5_988 },
        jobs: [{ ...JOB, sources: [SOURCE], paused: null, logReadUntil: null }],
      },
    ],
    queues: { arrivals: 0, deliveries: 0, 'deliveries-poison': 1 },
    needs: [{ code: 'graph-forbidden' }, { code: 'manifest-invalid' }, { code: 'poison-waiting' }],
  });
});

test('as text it says the same, and what to do', async () => {
  const { exitCode, out, err } = await status();
  expect({ exitCode, err }).toEqual({ exitCode: 1, err: '' });
  for (const line of [
    `${held.run}  held        wednesday.csv`,
    'batches: 0 staged, 0 sending, 1 sent, 1 settled',
    '12 calls in 24 hours; left: 1,988 of 2,000 (P1, P2), or 5,988 of 6,000 (ID Governance)',
    'Needs a person: 3',
    'What to do: Grant the application permission SynchronizationData-User.Upload',
  ])
    expect(out).toContain(line);
});

test('a run: verdicts so far, what is open, and that there is no report yet', async () => {
  expect(await json(sending.run)).toMatchObject({
    run: sending.run,
    state: 'sending',
    verdicts: { updated: 1, rejected: 1 },
    todo: 0,
    open: 1,
    reports: null,
  });
  expect(await json(settled.run)).toMatchObject({ verdicts: { created: 2 }, reports: `${SOURCE}/${settled.run}/` });
  expect((await status(sending.run)).exitCode).toBe(0);
  expect((await status(held.run)).exitCode).toBe(1);
});

test('a person: the runs that carry the id, in any spelling, and what became of each row', async () => {
  const found = { run: sending.run, records: [{ row: 2, line: 3, verdict: 'updated', batch: '000002', work: 'done' }] };
  expect(await json('--person', 'ab2', '--source', SOURCE)).toMatchObject({ id: 'ab2', sources: [{ runs: [found] }] });
  expect(await json('--person', 'bad')).toMatchObject({
    sources: [
      { looked: 3, deleted: [settled.run], runs: [{ records: [{ verdict: 'rejected', code: 'status-unknown' }] }] },
    ],
  });
});

test('a run that does not exist, and a text that is no run, which is not repeated', async () => {
  const unknown = runIdOf('x', 'x', 0);
  expect(await status(unknown)).toMatchObject({ exitCode: 2, err: expect.stringContaining(unknown) as string });
  const { exitCode, out, err } = await status('AccountKey=c2VjcmV0', '--json');
  expect({ exitCode, err }).toEqual({ exitCode: 2, err: '' });
  expect(JSON.parse(out)).toMatchObject({ error: { code: 'run-malformed' } });
  expect(out).not.toContain('c2VjcmV0');
});

test('without --storage, and without a sign-in, there is a sentence and no stack', async () => {
  const unsigned = { PATH: '', AZURE_TOKEN_CREDENTIALS: 'AzureCliCredential' };
  expect(await rollcall(['status'], { ROLLCALL_STORAGE: '' })).toEqual({
    exitCode: 2,
    out: '',
    err: expect.stringMatching(/^Say where storage is: .* \[storage-not-named\]\n$/) as string,
  });
  expect(await rollcall(['status', '--storage', 'https://contosohr.blob.core.windows.net'], unsigned)).toEqual({
    exitCode: 2,
    out: '',
    err: 'You are not signed in to Microsoft Entra on this computer. Run "az login", then try again. [storage-not-signed-in]\n',
  });
});

test('an option with a typing error is quoted without the key in it', async () => {
  const { exitCode, err } = await rollcall(['status', '--storag=AccountName=a;AccountKey=c2VjcmV0']);
  expect(exitCode).toBe(2);
  expect(err).toContain('--storag=AccountName=a');
  expect(err).not.toContain('c2VjcmV0');
});
