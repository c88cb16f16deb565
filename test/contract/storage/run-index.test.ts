// The index of runs on real storage: a crash between any two writes leaves an entry too many and never one too few, and an index that is missing,
// or wrong, is made and mended.
import type { TableClient } from '@azure/data-tables';
import { DAY_MS, HOUR_MS } from '../../../shared/core/clock';
import { azureRunIndex, INDEX_PARTITION } from '../../../shared/run/azure-run-index';
import { azureRunTable, runEntity } from '../../../shared/run/azure-run-table';
import type { RunStore } from '../../../shared/run/ledger';
import type { Run } from '../../../shared/run/run';
import { MOVING_STATES } from '../../../shared/run/run';
import { entriesOf, keyOfEntry } from '../../../shared/run/run-index';
import { receivedRun } from '../../../shared/run/run-moves';
import { openTestStorage } from './storage-under-test';

const storage = openTestStorage();
const NOW = Date.UTC(2026, 10, 27, 17);
const SOURCE = 'contoso-hr';

const runAt = (minute: number, more: Partial<Run> = {}): Run => ({
  ...receivedRun(
    {
      source: SOURCE,
      name: `${SOURCE}/people.csv`,
      etag: `"${minute}"`,
      lastModified: NOW + minute * 60_000,
      bytes: 7,
    },
    NOW,
  ),
  ...more,
});

/** Ids of the runs in each list, as a process that has just begun sees them. */
async function listed(table: TableClient): Promise<Record<string, readonly string[]>> {
  const runs = azureRunTable(table);
  const ids = (found: readonly { readonly value: Run }[]) => found.map(({ value }) => value.run);
  return {
    moving: ids(await runs.inStates(MOVING_STATES)),
    pending: ids(await runs.pending()),
    onHold: ids(await runs.onHold()),
    ended: ids(await runs.endedSince(NOW - DAY_MS)),
  };
}

/** The same, from all runs. */
async function expected(table: TableClient): Promise<Record<string, readonly string[]>> {
  const all = (await azureRunTable(table).all()).map(({ value }) => value);
  const inList = (...lists: readonly string[]) =>
    all.filter((run) => entriesOf(run).some(({ list }) => lists.includes(list))).map(({ run }) => run);
  return {
    moving: inList('intake', 'open'),
    pending: inList('pending'),
    onHold: inList('hold'),
    ended: inList('ended'),
  };
}

/** Keys of the entries, without the marks of the lists. */
async function entries(table: TableClient): Promise<readonly string[]> {
  const found: string[] = [];
  for await (const { partitionKey, rowKey } of table.listEntities())
    if (partitionKey === INDEX_PARTITION && !String(rowKey).includes('~~') && !String(rowKey).startsWith('~'))
      found.push(String(rowKey));
  return found.sort();
}

/** What the index should hold, and nothing more. */
async function exactEntries(table: TableClient): Promise<readonly string[]> {
  const all = await azureRunTable(table).all();
  return all.flatMap(({ value }) => entriesOf(value).map(keyOfEntry)).sort();
}

const WRITES = new Set(['createEntity', 'updateEntity', 'upsertEntity', 'deleteEntity', 'submitTransaction']);

/** The table for a process that dies before its write number `at`; `writes` counts them. */
function dyingAt(table: TableClient, at: number): { readonly table: TableClient; readonly writes: () => number } {
  let writes = 0;
  const dying = new Proxy(table, {
    get(target, key) {
      const member: unknown = Reflect.get(target, key, target);
      if (typeof member !== 'function') return member;
      return (...args: readonly unknown[]): unknown => {
        if (WRITES.has(String(key)) && ++writes > at) return new Promise(() => undefined);
        return (member as (...of: unknown[]) => unknown).apply(target, [...args]);
      };
    },
  });
  return { table: dying, writes: () => writes };
}

/** A table whose index is whole from the beginning. */
async function indexedTable(): Promise<TableClient> {
  const table = await storage.newTable();
  await azureRunTable(table).mendIndex(NOW - HOUR_MS);
  return table;
}

const swap = async (runs: RunStore, run: Run, change: Partial<Run>): Promise<boolean> => {
  const read = await runs.read(run.source, run.run);
  return read !== null && runs.replace(read, { ...read.value, ...change });
};

const LIFE: readonly (readonly [string, Partial<Run>])[] = [
  ['is staged', { state: 'staged' }],
  ['keeps people back', { onHold: { people: 1, leavers: 0, looksAt: 0, list: null } }],
  ['is sent', { state: 'sending' }],
  ['settles', { state: 'settled', settledAt: NOW }],
  ['is opened again', { state: 'confirming' }],
  ['keeps nobody back', { onHold: null }],
  ['settles again', { state: 'settled', settledAt: NOW + 5 }],
];

test('a run is in its lists through a whole life, and in no other', async () => {
  const table = await indexedTable();
  const runs = azureRunTable(table);
  const run = runAt(0);
  await runs.insert(run);
  for (const [, change] of LIFE) {
    expect(await swap(runs, run, change)).toBe(true);
    expect(await listed(table)).toEqual(await expected(table));
  }
  // An end stays an end: the entry of the first one is removed when it is old.
  expect(await entries(table)).toEqual(
    [keyOfEntry({ list: 'ended', source: SOURCE, run: run.run, at: NOW }), ...(await exactEntries(table))].sort(),
  );
});

test('whoever dies between two writes of a move leaves no list without its run, and the move can be made again', async () => {
  const table = await indexedTable();
  const run = runAt(0);
  let moves = 0;
  for (const [what, change] of [['arrives', {}] as const, ...LIFE]) {
    const move = (runs: RunStore) => (what === 'arrives' ? runs.insert(run) : swap(runs, run, change));
    for (let at = 0; ; at++) {
      const dying = dyingAt(table, at);
      const isDone = await Promise.race([move(azureRunTable(dying.table)).then(() => true), died(dying.writes, at)]);
      expect([what, at, await listed(table)]).toEqual([what, at, await expected(table)]);
      if (isDone) break;
    }
    moves++;
  }
  expect(moves).toBe(LIFE.length + 1);
  // What the dead left is removed.
  await azureRunTable(table).mendIndex(NOW + 2 * DAY_MS);
  expect((await entries(table)).filter((key) => !key.startsWith('ended'))).toEqual([]);
});

/** False as soon as a process has come to the write at which it dies. */
async function died(writes: () => number, at: number): Promise<false> {
  while (writes() <= at) await new Promise((resolve) => setImmediate(resolve));
  return false;
}

test('an event that comes again for a run that has ended leaves no entry', async () => {
  const table = await indexedTable();
  const runs = azureRunTable(table);
  await runs.insert(runAt(0));
  await swap(runs, runAt(0), { state: 'settled', settledAt: NOW });
  expect(await runs.insert(runAt(0))).toBe(false);
  expect(await entries(table)).toEqual(await exactEntries(table));
  expect((await runs.read(SOURCE, runAt(0).run))?.value.state).toBe('settled');
});

describe('a table that an older version has written', () => {
  const OLD = [
    runAt(0, { state: 'confirming' }),
    runAt(1, { state: 'settled', settledAt: NOW - HOUR_MS }),
    runAt(2, { state: 'settled', settledAt: NOW - 60 * DAY_MS }),
    runAt(3, { state: 'received' }),
    runAt(4, {
      state: 'settled',
      settledAt: NOW - 90 * DAY_MS,
      onHold: { people: 1, leavers: 0, looksAt: 0, list: null },
    }),
  ];
  async function oldTable(): Promise<TableClient> {
    const table = await storage.newTable();
    for (const run of OLD) await table.createEntity(runEntity(run));
    return table;
  }

  test('is read as a whole until the index has been made and, an hour later, compared', async () => {
    const table = await oldTable();
    const index = azureRunIndex(table);
    const isWhole = async () => (await index.list('open')).isWhole;
    const runs = azureRunTable(table);
    expect(await listed(table)).toEqual({
      ...{ moving: [OLD[0]!.run, OLD[3]!.run], pending: [], onHold: [OLD[4]!.run], ended: [OLD[1]!.run] },
    });
    for (const [at, whole] of [
      [0, false],
      [HOUR_MS - 1, false],
      [HOUR_MS, true],
    ] as const) {
      await runs.mendIndex(NOW + at);
      expect([at, await isWhole()]).toEqual([at, whole]);
      // An instance of the version before, which is still at work.
      const late = runAt(10 + at / 60_000, { state: 'sending' });
      if (!whole) await table.createEntity(runEntity(late));
      expect((await runs.inStates(['sending'])).map(({ value }) => value.run).includes(late.run)).toBe(!whole);
    }
    expect((await runs.inStates(['sending'])).length).toBe(2);
    expect(await listed(table)).toMatchObject({ onHold: [OLD[4]!.run], ended: [OLD[1]!.run] });
    expect(await runs.firstInPlay(SOURCE, NOW - DAY_MS)).toBe(OLD[0]!.run);
  });
  test('what is asked for times before the index goes through all runs', async () => {
    const table = await oldTable();
    const runs = azureRunTable(table);
    for (const at of [0, HOUR_MS]) await runs.mendIndex(NOW + at);
    const since = NOW - 70 * DAY_MS;
    expect((await runs.endedSince(since)).map(({ value }) => value.run)).toEqual([OLD[1]!.run, OLD[2]!.run]);
    expect(await runs.firstInPlay(SOURCE, since)).toBe('');
  });
});

describe('the comparison of each day', () => {
  test('finds a run that is in no list, and removes what is stale and what is old', async () => {
    const table = await indexedTable();
    const runs = azureRunTable(table);
    const index = azureRunIndex(table);
    // By an older version, to which somebody has gone back.
    const unseen = runAt(0, { state: 'confirming' });
    await table.createEntity(runEntity(unseen));
    const rested = runAt(1, { state: 'settled', settledAt: NOW });
    await runs.insert(rested);
    const entry = (list: 'open' | 'ended', run: string, at = 0) => ({ list, source: SOURCE, run, at });
    await index.note([entry('open', rested.run), entry('ended', runAt(2).run, NOW - 50 * DAY_MS)]);
    await runs.mendIndex(NOW);
    expect((await listed(table)).moving).toEqual([]);
    await runs.mendIndex(NOW + DAY_MS);
    expect((await listed(table)).moving).toEqual([unseen.run]);
    expect(await entries(table)).toEqual(await exactEntries(table));
  });
  test('leaves an entry whose run may be about to come, and removes it a day later', async () => {
    const table = await indexedTable();
    const index = azureRunIndex(table);
    const [coming] = entriesOf(runAt(0));
    await index.note([coming!]);
    await azureRunTable(table).mendIndex(Date.now() + HOUR_MS);
    expect(await entries(table)).toEqual([keyOfEntry(coming!)]);
    await azureRunTable(table).mendIndex(Date.now() + 2 * DAY_MS);
    expect(await entries(table)).toEqual([]);
  });
});

test('an entry that was written again since it was read is not removed', async () => {
  const index = azureRunIndex(await indexedTable());
  const [entry] = entriesOf(runAt(0));
  const read = (await index.note([entry!]))[0]!;
  await index.note([entry!]);
  await index.drop(read);
  expect(await index.read(entry!)).not.toBeNull();
});
