// What a tick costs does not grow with history: requests to storage are counted on the wire, over tables with ten thousand settled runs and without.
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { TableClient } from '@azure/data-tables';
import { compose, openStorage } from '../../../functions/compose';
import { parseAppSettings } from '../../../functions/settings';
import { DAY_MS } from '../../../shared/core/clock';
import type { Pipeline } from '../../../shared/pipeline/pipeline';
import { reconcile } from '../../../shared/pipeline/reconcile/reconcile';
import { release } from '../../../shared/pipeline/release/release';
import { azureRunTable, runEntity } from '../../../shared/run/azure-run-table';
import { encodePeopleIndex } from '../../../shared/people/people-index';
import type { Run } from '../../../shared/run/run';
import { receivedRun } from '../../../shared/run/run-moves';
import { inTransactions } from '../../../shared/storage/azure-transactions';
import type { Storage } from '../../../shared/storage/azure-storage';
import { accountOf } from '../../shared-storage';
import { ScriptedGraph } from '../../unit/memory/scripted-graph';
import { batchOf, rowOf } from '../../unit/run/made-batch';

const SOURCE = 'contoso-hr';
const JOB = { servicePrincipalId: 'sp', jobId: 'job' };
const RUNS = 10_000;
const NOW = Date.now();

const settings = parseAppSettings({ AzureWebJobsStorage: accountOf('cost') });

const runAt = (at: number, more: Partial<Run> = {}): Run => ({
  ...receivedRun({ source: SOURCE, name: `${SOURCE}/people.csv`, etag: `"${at}"`, lastModified: at, bytes: 700 }, at),
  job: JOB,
  state: 'settled',
  settledAt: at + 60_000,
  ...more,
});

/** Runs of five weeks, the newest of which ended a month ago: retention does not delete them yet. */
async function fillWith(table: TableClient, count: number): Promise<void> {
  const entities = Array.from({ length: count }, (_, i) => runEntity(runAt(NOW - 30 * DAY_MS - i * 5 * 60_000)));
  for (const part of inTransactions(entities)) await table.submitTransaction(part.map((one) => ['create', one]));
}

/** Every request of the work, as `<method> <path>`, sorted: what is different is seen. */
async function requestsOf(work: () => Promise<void>): Promise<readonly string[]> {
  const made: string[] = [];
  const note = (message: unknown): void => {
    const { request } = message as { request: { readonly method: string; readonly path: string } };
    made.push(`${request.method} ${decodeURIComponent(request.path)}`);
  };
  subscribe('http.client.request.start', note);
  try {
    await work();
  } finally {
    unsubscribe('http.client.request.start', note);
  }
  return made;
}

/** A machine on empty storage with so many settled runs of one source, and one that waits for evidence. */
async function machineAfter(count: number): Promise<Pipeline> {
  const storage: Storage = openStorage(settings);
  await emptied(storage);
  const graph = new ScriptedGraph({ now: Date.now });
  const pipeline = await compose(settings, storage, graph, () => undefined);
  const { runs, batches } = pipeline.ledger;
  await runs.mendIndex(NOW - DAY_MS / 2);
  await fillWith(storage.table('runs'), count);
  const open = runAt(NOW - 60_000, { state: 'confirming', settledAt: 0, rows: 1, users: 1, batches: 1 });
  await runs.insert(open);
  const { source, run } = open;
  const row = rowOf(1, { work: 'open', deliveries: 1, sentAt: [NOW - 30_000] });
  await batches.insertNew([
    batchOf([row], { source, run, state: 'sent' }),
    batchOf([rowOf(2)], { source, run, batch: '000002' }),
  ]);
  const people = [1, 2].map((at) => ({ idHash: pipeline.hash(`p${at}`), recordHash: 0n, batch: at }));
  await pipeline.files.writeWhole(open, 'people.idx', encodePeopleIndex(people), false);
  return pipeline;
}

async function emptied(storage: Storage): Promise<void> {
  for (const name of ['runs', 'batches', 'gates']) {
    await storage.table(name).deleteTable();
  }
  await storage.create();
}

/** Only what tells requests apart by cost: a name of a run or a time does not. */
const shapeOf = (request: string): string =>
  request
    .replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, '<time>')
    .replace(/\d{8}T\d{6}Z-[0-9a-f]{10}/g, '<run>')
    .replace(/\d+/g, '#');

test('a tick, and a release, make the same requests after ten thousand settled runs as after one', async () => {
  const counted: (readonly string[])[] = [];
  for (const count of [1, RUNS]) {
    const pipeline = await machineAfter(count);
    expect((await azureRunTable(openStorage(settings).table('runs')).all()).length).toBe(count + 1);
    const made = [
      ...(await requestsOf(() => release(pipeline))),
      ...(await requestsOf(() => reconcile(pipeline))),
      ...(await requestsOf(() => reconcile(pipeline))),
    ];
    counted.push(made.map(shapeOf).sort());
    // And each of them names a partition: what reads the whole table may be one request, and costs more with every run.
    const wide = made.filter((one) => /^GET \S*\/runs\(\)/.test(one) && !/PartitionKey (eq|gt) /.test(one));
    expect(wide).toEqual([]);
  }
  expect(counted[1]).toEqual(counted[0]);
  expect(counted[0]?.length).toBeGreaterThan(20);
}, 300_000);
