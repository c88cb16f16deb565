// What grows is bounded, and the largest of each fits: into a property (64 KiB), an entity (1 MiB), a transaction (4 MiB), a message (64 KiB).
// Real storage and the ports in memory take the same and refuse the same.
import { maxIdChars } from '../../../shared/columns/id-pattern';
import { quote } from '../../../shared/core/message';
import { azureWorkQueue } from '../../../shared/delivery/azure-work-queue';
import type { Arrival, DeliveryPointer } from '../../../shared/delivery/queues';
import { judgeJobAnswer } from '../../../shared/graph/job-status';
import { azureBatchTable } from '../../../shared/run/azure-batch-table';
import { azureRunTable } from '../../../shared/run/azure-run-table';
import type { Batch, BatchRow } from '../../../shared/run/batch';
import { noteSending, splitOff } from '../../../shared/run/batch';
import type { BatchStore, RunStore } from '../../../shared/run/ledger';
import type { Run } from '../../../shared/run/run';
import { receivedRun } from '../../../shared/run/run-moves';
import { parseSourceSettings } from '../../../shared/source/source-settings';
import { addOutcome, MAX_CHANGES } from '../../../shared/verdict/judge-row';
import type { Outcome } from '../../../shared/verdict/outcome';
import { MemoryBatchStore } from '../../unit/memory/memory-batch-store';
import { MemoryRunStore } from '../../unit/memory/memory-run-store';
import { batchOf, rowOf } from '../../unit/run/made-batch';
import { openTestStorage } from './storage-under-test';

const storage = openTestStorage();
const MAX_USERS = 50;
/** A character that takes two in JSON and three in UTF-8 is the worst that an id may have; a quote takes two in JSON twice over. */
const CHARACTERS = ['x', '"', '\\', '漢'];

const ANSWER = {
  kind: 'answer',
  status: 200,
  requestId: null,
  retryAfter: null,
  contentType: 'application/json',
} as const;
const received = (): Run =>
  receivedRun({ source: 'contoso-hr', name: 'contoso-hr/a.csv', etag: '"1"', lastModified: 0, bytes: 1 }, 0);

let last = 0;
const newRunId = (): string => `20261121T09${String(++last).padStart(4, '0')}Z-0123456789`;

const said = (change: number): Outcome => ({
  entryId: String(change),
  externalId: 'p1',
  at: 0,
  change: change.toString(16).padStart(10, '0'),
  effect: 'failed',
  code: 'C'.repeat(128),
  reason: null,
  transient: true,
  turnedOn: true,
});

/** A row to which everything has happened that may: as many changes as it keeps, a delivery before each, a hold. */
function largestRow(row: number, character: string): BatchRow {
  let full = rowOf(row, {
    id: character.repeat(maxIdChars),
    hold: { until: '2026-12-31', why: quote(character.repeat(1_000)) },
    sentAt: Array.from({ length: 2 * MAX_CHANGES }, (_, i) => Date.UTC(2026, 10, 21) + i),
  });
  for (let change = 0; change < 2 * MAX_CHANGES; change++) full = addOutcome({ ...full, work: 'done' }, said(change));
  return full;
}
const largestBatch = (character: string): Batch =>
  batchOf(
    Array.from({ length: MAX_USERS }, (_, i) => largestRow(i + 1, character)),
    { run: newRunId() },
  );
const oversized = (run: string, batch = '000002'): Batch =>
  batchOf(
    Array.from({ length: MAX_USERS }, (_, i) => rowOf(i + 1, { id: 'x'.repeat(32_000) })),
    { run, batch },
  );

const stores: readonly (readonly [string, () => Promise<{ batches: BatchStore; runs: RunStore }>])[] = [
  [
    'real storage',
    async () => ({
      batches: azureBatchTable(await storage.newTable()),
      runs: azureRunTable(await storage.newTable()),
    }),
  ],
  ['storage in memory', () => Promise.resolve({ batches: new MemoryBatchStore(), runs: new MemoryRunStore() })],
];

describe.each(stores)('%s', (_, open) => {
  test.each(CHARACTERS)(
    'takes the largest batch that the bounds allow, of ids of %s: whole, changed and split',
    async (character) => {
      const { batches } = await open();
      const batch = largestBatch(character);
      await batches.insertNew([batch]);
      const read = (await batches.read(batch.run, batch.batch))!;
      expect(read.value).toEqual(batch);
      const sending = (await batches.replace(read, noteSending(read.value, 1)))!;
      const { parent, child } = splitOff(sending.value, new Set(batch.rows.slice(0, 25).map(({ row }) => row)), 0);
      expect(await batches.replaceAndInsert(sending, parent, child)).toBe(true);
    },
  );
  test.each(CHARACTERS)(
    'takes as many new batches at once as intake makes, of ids of %s as long as may be',
    async (character) => {
      const { batches } = await open();
      const run = newRunId();
      const rows = Array.from({ length: MAX_USERS }, (_, i) => rowOf(i + 1, { id: character.repeat(maxIdChars) }));
      const made = Array.from({ length: 100 }, (_, i) => batchOf(rows, { run, batch: String(i + 1).padStart(6, '0') }));
      await batches.insertNew(made);
      expect(await batches.read(run, '000100')).toMatchObject({ value: made[99] });
      expect(await batches.countStates(run)).toMatchObject({ staged: made.length });
      // A restarted intake makes them once more.
      await batches.insertNew(made);
      expect(await batches.countStates(run)).toMatchObject({ staged: made.length });
    },
  );
  test('refuses a batch that no table takes, at once and at every try, and takes nothing of its transaction', async () => {
    const { batches } = await open();
    const run = newRunId();
    const fits = batchOf([rowOf(1)], { run, batch: '000001' });
    for (let tries = 0; tries < 2; tries++)
      await expect(batches.insertNew([fits, oversized(run)])).rejects.toMatchObject({
        code: 'entity-too-large',
        disposition: 'reject',
      });
    expect(await batches.read(run, '000001')).toBeNull();
    await batches.insertNew([fits]);
    const read = (await batches.read(run, '000001'))!;
    await expect(batches.replace(read, oversized(run, '000001'))).rejects.toMatchObject({ code: 'entity-too-large' });
    await expect(batches.replaceAndInsert(read, fits, oversized(run))).rejects.toMatchObject({
      code: 'entity-too-large',
    });
    expect(await batches.read(run, '000001')).toEqual(read);
  });
  test.each([
    ['a word of the enumeration', 'TooManyDeletes'],
    ['a million letters', 'x'.repeat(1_000_000)],
    ['a million characters of three bytes', '漢'.repeat(1_000_000)],
    ['line ends', 'a\r\nb'],
  ])('takes a run that waits for its job, whatever the service says of it: %s', async (_name, reason) => {
    const { runs } = await open();
    const body = JSON.stringify({ status: { code: 'Quarantine', quarantine: { reason } } });
    const health = judgeJobAnswer({ ...ANSWER, body });
    if (health.kind !== 'ill') throw new Error('the job is ill');
    const run = { ...received(), waitsFor: health.code, waitsDetail: health.detail };
    expect(await runs.insert(run)).toBe(true);
    expect((await runs.read(run.source, run.run))?.value.waitsDetail).toMatch(/^(TooManyDeletes|unreadable)$/);
  });
  test('takes a run that is held for settings with more mistakes than anybody reads', async () => {
    const { runs } = await open();
    const mapping = Object.fromEntries(Array.from({ length: 5_000 }, (_unused, i) => [`漢"\\${i}`, { wrong: i }]));
    const parsed = parseSourceSettings(JSON.stringify({ name: '漢'.repeat(1_000), mapping }), 'contoso-hr');
    if (parsed.ok) throw new Error('the settings are wrong');
    const { problems, more } = parsed;
    expect(more).toBeGreaterThan(4_000);
    const values = { settings: quote('漢'.repeat(10_000)), problems, more };
    const run = { ...received(), reason: { code: 'source-invalid', values, line: null, column: null } };
    expect(await runs.insert(run)).toBe(true);
    expect((await runs.read(run.source, run.run))?.value.reason?.values).toEqual(values);
  });
  test('refuses a run that no table takes', async () => {
    const { runs } = await open();
    const run = received();
    const reason = { code: 'x', values: { text: 'x'.repeat(600_000) }, line: null, column: null };
    await expect(runs.insert({ ...run, reason })).rejects.toMatchObject({ code: 'entity-too-large' });
    expect(await runs.insert(run)).toBe(true);
  });
});

test('a message of either queue is far below 64 KiB, with the longest names that a blob may have', async () => {
  const queue = await storage.newQueue();
  const name = '漢'.repeat(1_024);
  await azureWorkQueue<DeliveryPointer>(queue).put({ version: 1, run: name, batch: '000001.9.9', delivery: 99 }, 0);
  await azureWorkQueue<Arrival>(queue).put({ version: 1, blob: name, run: newRunId() }, 0);
  expect(await azureWorkQueue<Arrival>(queue).depth()).toBe(2);
});
