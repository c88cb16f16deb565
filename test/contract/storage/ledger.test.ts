// The tables `runs` and `batches`: the same promises on real storage and in memory.
import type { Batch, BatchRow } from '../../../shared/run/batch';
import { noteSending, splitOff } from '../../../shared/run/batch';
import type { BatchStore, RunStore } from '../../../shared/run/ledger';
import type { Versioned } from '../../../shared/storage/versioned';
import { azureBatchTable } from '../../../shared/run/azure-batch-table';
import { azureRunTable } from '../../../shared/run/azure-run-table';
import type { Run } from '../../../shared/run/run';
import { MemoryBatchStore } from '../../unit/memory/memory-batch-store';
import { MemoryRunStore } from '../../unit/memory/memory-run-store';
import { batchOf, rowOf } from '../../unit/run/made-batch';
import { openTestStorage } from './storage-under-test';

const storage = openTestStorage();

let last = 0;
const newRunId = (): string => `20261121T08${String(++last).padStart(4, '0')}Z-0123456789`;
const runOf = (more: Partial<Run> = {}): Run => ({
  source: 'contoso-hr',
  run: newRunId(),
  origin: 'file',
  state: 'received',
  reason: null,
  stop: null,
  resumed: null,
  trouble: null,
  trace: null,
  blobName: 'contoso-hr/people.csv',
  exportEtag: '"0x1"',
  arrivedAt: Date.UTC(2026, 10, 21, 8),
  bytes: 10,
  job: null,
  content: 'changes',
  rows: 0,
  users: 0,
  rejected: 0,
  collapsed: 0,
  superseded: 0,
  skipped: 0,
  batches: 0,
  unanswered: 0,
  verdicts: null,
  waitsFor: null,
  waitsDetail: null,
  waitsUntil: null,
  sha256: null,
  sameAs: null,
  onHold: null,
  attempts: 1,
  readBy: '',
  restarts: 0,
  approvals: 0,
  approval: null,
  toldAt: 0,
  heartbeatAt: 5,
  settledAt: 0,
  ...more,
});
const fresh = (more: Partial<Batch> = {}): Batch => batchOf([rowOf(1), rowOf(2)], { run: newRunId(), ...more });

async function namesOf(found: AsyncIterable<Versioned<Batch>>): Promise<readonly string[]> {
  const names: string[] = [];
  for await (const { value } of found) names.push(value.batch);
  return names;
}

test('a run that an older version stored, without an origin, is one of a file', async () => {
  const runs = azureRunTable(await storage.newTable());
  const { origin, ...stored } = runOf();
  await runs.insert(stored as Run);
  expect((await runs.read(stored.source, stored.run))?.value.origin).toBe(origin);
});

describe.each([
  {
    where: 'on Azure tables',
    open: async () => ({
      runs: azureRunTable(await storage.newTable()),
      batches: azureBatchTable(await storage.newTable()),
    }),
  },
  {
    where: 'on Azure tables with an index of runs',
    open: async () => {
      const runs = azureRunTable(await storage.newTable());
      await runs.mendIndex(Date.now());
      return { runs, batches: azureBatchTable(await storage.newTable()) };
    },
  },
  { where: 'in memory', open: () => Promise.resolve({ runs: new MemoryRunStore(), batches: new MemoryBatchStore() }) },
])('$where', ({ open }) => {
  let runs: RunStore;
  let batches: BatchStore;
  beforeAll(async () => {
    ({ runs, batches } = await open());
  });
  const read = async (batch: Pick<Batch, 'run' | 'batch'>) => {
    const found = await batches.read(batch.run, batch.batch);
    if (found === null) throw new Error('the batch is gone');
    return found;
  };

  describe('runs', () => {
    test('the receipt is inserted once, and the first one is kept', async () => {
      const run = runOf({ bytes: 1 });
      expect(await runs.insert(run)).toBe(true);
      expect(await runs.insert({ ...run, bytes: 2 })).toBe(false);
      expect((await runs.read(run.source, run.run))?.value).toEqual(run);
    });
    test('of two that insert at once, one is told that it was first', async () => {
      const run = runOf();
      const told = await Promise.all(Array.from({ length: 5 }, () => runs.insert(run)));
      expect(told.filter(Boolean)).toHaveLength(1);
    });
    test('a writer with an older version writes nothing', async () => {
      const run = runOf();
      await runs.insert(run);
      const seen = await runs.read(run.source, run.run);
      expect(await runs.replace(seen!, { ...run, state: 'checking' })).toBe(true);
      expect(await runs.replace(seen!, { ...run, state: 'refused' })).toBe(false);
      expect((await runs.read(run.source, run.run))?.value.state).toBe('checking');
    });
    test('a long reason with quotes and letters of all kinds is read back', async () => {
      const words = `He said "no" — 'ä' 🙂 ${'x'.repeat(40_000)}`;
      const run = runOf({ reason: { code: 'c', values: { words: { quote: words } }, line: 1, column: 'Ä' } });
      await runs.insert(run);
      expect((await runs.read(run.source, run.run))?.value.reason?.values).toEqual({ words: { quote: words } });
    });
    test('are listed by source and state, oldest first', async () => {
      const source = "o'neill-hr";
      const mine = [
        runOf({ source, state: 'sending' }),
        runOf({ source, state: 'held' }),
        runOf({ source, state: 'settled' }),
      ];
      for (const run of [...mine].reverse()) await runs.insert(run);
      await runs.insert(runOf({ source: `${source}2`, state: 'sending' }));
      const listed = await runs.ofSource(source, ['sending', 'settled']);
      expect(listed.map((one) => one.value.run)).toEqual([mine[0]?.run, mine[2]?.run]);
      expect((await runs.inStates(['sending'], source)).map((one) => one.value.run)).toEqual([mine[0]?.run]);
      expect((await runs.all()).length).toBeGreaterThanOrEqual(4);
    });
    test('of a source, between two: newer than one, older than the other', async () => {
      const mine = Array.from({ length: 4 }, () => runOf({ source: 'fabrikam-hr', state: 'sending' }));
      for (const run of mine) await runs.insert(run);
      const between = async (range: { after?: string; before?: string; most?: number }) =>
        (await runs.ofSource('fabrikam-hr', ['sending'], range)).map((one) =>
          mine.findIndex((run) => run.run === one.value.run),
        );
      expect(await between({ after: mine[1]!.run })).toEqual([2, 3]);
      expect(await between({ before: mine[1]!.run })).toEqual([0]);
      expect(await between({ after: mine[0]!.run, before: mine[3]!.run })).toEqual([1, 2]);
      expect(await between({ after: mine[0]!.run, most: 2 })).toEqual([1, 2]);
    });
    test('from a run on: itself, and newer ones', async () => {
      const mine = Array.from({ length: 3 }, () => runOf({ source: 'from-hr', state: 'sending' }));
      for (const run of mine) await runs.insert(run);
      const found = await runs.ofSource('from-hr', ['sending'], { from: mine[1]!.run });
      expect(found.map(({ value }) => value.run)).toEqual([mine[1]!.run, mine[2]!.run]);
    });
    test('that are on their way are listed by state, also as they move, and no other state can be asked for', async () => {
      const own = (await open()).runs;
      const states = ['received', 'checking', 'staged', 'sending', 'confirming', 'held', 'refused', 'settled'] as const;
      const all = [...states].reverse().map((state) => runOf({ source: `of-${state}`, state }));
      for (const run of all) await own.insert(run);
      const sourcesIn = async (...which: Run['state'][]) =>
        (await own.inStates(which)).map(({ value }) => value.source.slice(3)).sort();
      expect(await sourcesIn('received', 'checking', 'staged')).toEqual(['checking', 'received', 'staged']);
      expect(await sourcesIn('sending', 'confirming')).toEqual(['confirming', 'sending']);
      expect(await sourcesIn('staged', 'sending', 'confirming')).toEqual(['confirming', 'sending', 'staged']);
      expect(await sourcesIn('confirming')).toEqual(['confirming']);
      expect((await own.inStates(['sending', 'staged'], 'of-staged')).map(({ value }) => value.state)).toEqual([
        'staged',
      ]);
      for (const state of ['sending', 'settled', 'confirming', 'settled'] as const) {
        const read = await own.read('of-staged', all.find((run) => run.state === 'staged')!.run);
        expect(await own.replace(read!, { ...read!.value, state, settledAt: state === 'settled' ? 7 : 0 })).toBe(true);
        expect((await sourcesIn('sending', 'confirming')).includes('staged')).toBe(state !== 'settled');
        expect(await sourcesIn('received', 'checking', 'staged')).toEqual(['checking', 'received']);
      }
      await expect(own.inStates(['held'])).rejects.toThrow(TypeError);
    });
    test('that were never sent are pending until they are reported, and as long as somebody may decide', async () => {
      const own = (await open()).runs;
      const reason = (code: string) => ({ reason: { code, values: {}, line: null, column: null } });
      const held = (more: Partial<Run>) => runOf({ state: 'held', settledAt: 9, ...more });
      const pending = [
        held({ ...reason('guard-tripped') }),
        held({ ...reason('quota-exceeded') }),
        held({ ...reason('file-empty'), origin: 'disable' }),
        held({ ...reason('file-empty'), settledAt: 0 }),
        runOf({ state: 'refused', settledAt: 0 }),
        runOf({ state: 'parked', settledAt: 0 }),
      ];
      const others = [
        held(reason('file-empty')),
        runOf({ state: 'refused', settledAt: 9 }),
        runOf({ state: 'sending' }),
      ];
      for (const run of [...pending, ...others]) await own.insert(run);
      expect((await own.pending()).map(({ value }) => value)).toEqual(pending);
      expect(await own.pending('nobody')).toEqual([]);
      const read = (await own.read(pending[4]!.source, pending[4]!.run))!;
      await own.replace(read, { ...read.value, settledAt: 9 });
      expect((await own.pending()).map(({ value }) => value)).toEqual(pending.filter((_, i) => i !== 4));
    });
    test('many of one source are listed as few are, without those between them that are in no list', async () => {
      const own = (await open()).runs;
      const all = Array.from({ length: 20 }, (_, i) =>
        runOf({ state: i % 2 === 0 ? 'sending' : 'settled', settledAt: i % 2 === 0 ? 0 : 9 }),
      );
      for (const run of all) await own.insert(run);
      const listed = (await own.inStates(['sending'])).map(({ value }) => value);
      expect(listed).toEqual(all.filter(({ state }) => state === 'sending'));
      expect((await own.inStates(['confirming'])).length).toBe(0);
      expect((await own.endedSince(8)).map(({ value }) => value.state)).toEqual(Array(10).fill('settled'));
    });
    test('the first in play is open, or ended after the time; there may be none', async () => {
      const own = (await open()).runs;
      const since = Date.UTC(2026, 10, 20);
      const ended = (settledAt: number) => runOf({ state: 'settled', settledAt });
      const mine = [ended(since), ended(since + 1), runOf({ state: 'confirming' }), ended(since - 1)];
      expect([null, '']).toContain(await own.firstInPlay('contoso-hr', since));
      for (const run of mine) await own.insert(run);
      const inPlay = async (source: string, after: number): Promise<string> =>
        (await own.firstInPlay(source, after)) ?? 'none';
      // A store that cannot say names a place before all of them.
      const isAt = async (after: number, run: Run) => [run.run, ''].includes(await inPlay('contoso-hr', after));
      expect(await isAt(since - 1, mine[0]!)).toBe(true);
      expect(await isAt(since, mine[1]!)).toBe(true);
      expect(await isAt(since + 1, mine[2]!)).toBe(true);
      expect(['none', '']).toContain(await inPlay('other-hr', since));
    });
    test('the sources are those that have a run, each once, in order', async () => {
      const mine = await open();
      expect(await mine.runs.sources()).toEqual([]);
      for (const source of ['b-hr', "a-o'neill", 'c-hr', 'b-hr']) await mine.runs.insert(runOf({ source }));
      expect(await mine.runs.sources()).toEqual(["a-o'neill", 'b-hr', 'c-hr']);
    });
    test('that ended since: settled or parked after that time, not at it', async () => {
      const since = Date.UTC(2030, 0, 1);
      const ended = (state: Run['state'], settledAt: number) => runOf({ source: 'ended', state, settledAt });
      const mine = [
        ended('settled', since + 1),
        ended('parked', since + 2),
        ended('settled', since),
        ended('held', since + 3),
      ];
      for (const run of mine) await runs.insert(run);
      expect((await runs.endedSince(since)).map((one) => one.value.run)).toEqual([mine[0]!.run, mine[1]!.run]);
    });
    test('that ended before, of one source: settled, refused or parked, reported before that time, the oldest first', async () => {
      const at = Date.UTC(2031, 0, 1);
      const idAt = (ms: number): string => `${new Date(ms).toISOString().replace(/[-:]|\.\d+/g, '')}-0123456789`;
      const old = (daysBefore: number, more: Partial<Run> = {}): Run =>
        runOf({ source: 'old', run: idAt(at - daysBefore * 86_400_000), state: 'settled', settledAt: at - 1, ...more });
      const mine = [
        old(9),
        old(8, { state: 'refused' }),
        old(7, { state: 'parked' }),
        old(6, { state: 'held' }),
        old(5, { state: 'confirming' }),
        old(4, { settledAt: 0 }),
        old(3, { settledAt: at }),
        old(-1),
        old(2),
        old(2, { source: 'old-2' }),
      ];
      for (const run of mine) await runs.insert(run);
      const ended = [mine[0]!, mine[1]!, mine[2]!, mine[8]!].map(({ run }) => run);
      const names = async (after: string, most: number) =>
        (await runs.endedBefore('old', at, after, most)).map(({ value }) => value.run);
      expect(await names('', 100)).toEqual(ended);
      expect(await names('', 2)).toEqual(ended.slice(0, 2));
      expect(await names(ended[1]!, 100)).toEqual(ended.slice(2));
    });
    test('is deleted in the version that was read, once; whoever read another one deletes nothing', async () => {
      const run = runOf({ source: 'deleted' });
      await runs.insert(run);
      const before = (await runs.read(run.source, run.run))!;
      await runs.replace(before, { ...run, state: 'refused' });
      expect(await runs.delete(before)).toBe(false);
      const read = (await runs.read(run.source, run.run))!;
      expect(await runs.delete(read)).toBe(true);
      expect(await runs.read(run.source, run.run)).toBeNull();
      expect(await runs.delete(read)).toBe(true);
    });
    test('that keep people back are listed, in whatever state, until they keep nobody back', async () => {
      const onHold = { people: 2, leavers: 1, looksAt: 5, list: '"1"' };
      const mine = [runOf({ onHold }), runOf(), runOf({ state: 'settled', onHold })];
      for (const run of mine) await runs.insert(run);
      expect((await runs.onHold()).map((one) => one.value)).toEqual([mine[0], mine[2]]);
      const read = await runs.read(mine[0]!.source, mine[0]!.run);
      await runs.replace(read!, { ...mine[0]!, onHold: null });
      expect((await runs.onHold()).map((one) => one.value)).toEqual([mine[2]]);
    });
    test('a change of a missing one is a fault, never "somebody was faster"', async () => {
      const run = runOf();
      await expect(runs.replace({ value: run, etag: 'W/"1"' }, run)).rejects.toMatchObject({
        code: 'storage-table',
        disposition: 'retry',
      });
    });
    test('the heartbeat is kept in whole milliseconds', async () => {
      const run = runOf({ heartbeatAt: 5.9 });
      await runs.insert(run);
      expect((await runs.read(run.source, run.run))?.value.heartbeatAt).toBe(5);
    });
    test('a beat changes the heartbeat and nothing else, whatever the run has become; of a missing run it changes nothing', async () => {
      const run = runOf({ reason: { code: 'é🙂', values: {}, line: 1, column: null } });
      await runs.insert(run);
      await runs.replace((await runs.read(run.source, run.run))!, { ...run, state: 'sending', rows: 7 });
      await runs.beat(run, 12_345.6);
      expect((await runs.read(run.source, run.run))?.value).toEqual({
        ...run,
        state: 'sending',
        rows: 7,
        heartbeatAt: 12_345,
      });
      const missing = runOf();
      await runs.beat(missing, 1);
      expect(await runs.read(missing.source, missing.run)).toBeNull();
    });
    test('whoever read a run before a beat must read it again: the swap fails', async () => {
      const run = runOf();
      await runs.insert(run);
      const read = await runs.read(run.source, run.run);
      await runs.beat(run, 9);
      expect(await runs.replace(read!, { ...run, state: 'held' })).toBe(false);
    });
    test('a missing one is null', async () => {
      expect(await runs.read('nobody', 'nothing')).toBeNull();
    });
  });

  describe('batches', () => {
    test('are read as they were written, with everything known about their rows', async () => {
      const batch = noteSending(
        fresh({ leavers: true, delivery: 3, notBefore: 1, releasedAt: 2, requestId: 'graph-1', children: 4 }),
        Date.UTC(2026, 10, 21, 9),
      );
      await batches.insertNew([batch]);
      expect((await read(batch)).value).toEqual(batch);
    });
    test('fifty rows with long ids and many changes exceed one property, and are read back', async () => {
      const rows = Array.from({ length: 50 }, (_, i) =>
        rowOf(i + 1, {
          id: `${'é'.repeat(200)}${i}`,
          sentAt: [1e12, 2e12, 3e12],
          changes: Array.from({ length: 8 }, (_c, n) => [`0123456789${n}`, 'updated', false] as const),
        }),
      );
      const batch = batchOf(rows, { run: newRunId() });
      expect(JSON.stringify(rows).length).toBeGreaterThan(32_768);
      await batches.insertNew([batch]);
      expect((await read(batch)).value).toEqual(batch);
      // And shrink again: the old second property must not be read.
      const small = { ...batch, rows: [rowOf(1)] };
      expect(await batches.replace(await read(batch), small)).toEqual(await read(batch));
      expect((await read(batch)).value).toEqual(small);
    });
    test('insertNew leaves existing ones alone, as when a restarted intake repeats it', async () => {
      const run = newRunId();
      const packed = Array.from({ length: 130 }, (_, i) =>
        batchOf([rowOf(i + 1)], { run, batch: String(i + 1).padStart(6, '0') }),
      );
      await batches.insertNew(packed.slice(0, 7));
      expect(await batches.replace(await read(packed[3]!), noteSending(packed[3]!, 5))).not.toBeNull();
      await batches.insertNew(packed);
      await batches.insertNew(packed);
      expect((await read(packed[3]!)).value.state).toBe('sending');
      expect(await batches.countStates(run)).toEqual({ staged: 129, sending: 1, sent: 0, settled: 0 });
      const pages: string[] = [];
      for await (const page of batches.all(run)) pages.push(...page.map((one) => one.value.batch));
      expect(pages).toEqual(packed.map((one) => one.batch));
    });
    test('with a row that is kept back are listed, in whatever state, until it is not', async () => {
      const run = newRunId();
      const hold = { until: '2026-12-31', why: { quote: 'é "x"' } };
      const made = [1, 2, 3].map((number) =>
        batchOf([rowOf(1), rowOf(2, number === 2 ? {} : { work: 'done', verdict: 'held', hold })], {
          run,
          batch: String(number).padStart(6, '0'),
          state: number === 1 ? 'staged' : 'settled',
        }),
      );
      await batches.insertNew(made);
      await batches.insertNew([batchOf([rowOf(1, { hold })], { run: newRunId() })]);
      const listed = async () => {
        const found: Batch[] = [];
        for await (const { value } of batches.keptBack(run)) found.push(value);
        return found;
      };
      expect(await listed()).toEqual([made[0], made[2]]);
      await batches.replace(await read(made[0]!), { ...made[0]!, rows: [rowOf(1), rowOf(2)] });
      expect(await listed()).toEqual([made[2]]);
    });
    test('times are kept in whole milliseconds', async () => {
      const batch = fresh({ notBefore: 1.9, releasedAt: 2.9, sendingAt: 3.9 });
      await batches.insertNew([batch]);
      expect((await read(batch)).value).toMatchObject({ notBefore: 1, releasedAt: 2, sendingAt: 3 });
    });
    test('a change of a missing one is a fault, never "somebody was faster"', async () => {
      const fault = { code: 'storage-table', disposition: 'retry' };
      const batch = fresh();
      const seen = { value: batch, etag: 'W/"1"' };
      await expect(batches.replace(seen, batch)).rejects.toMatchObject(fault);
      const { parent, child } = splitOff(batch, new Set([2]), 7);
      await expect(batches.replaceAndInsert(seen, parent, child)).rejects.toMatchObject(fault);
    });
    test('of many that change one version, one succeeds', async () => {
      const batch = fresh();
      await batches.insertNew([batch]);
      const seen = await read(batch);
      const told = await Promise.all(
        Array.from({ length: 8 }, (_, i) => batches.replace(seen, { ...batch, delivery: i + 2 })),
      );
      expect(told.filter((one) => one !== null)).toEqual([await read(batch)]);
    });
  });

  describe('a split (atomicSplit)', () => {
    test('writes parent and child together', async () => {
      const batch = fresh();
      await batches.insertNew([batch]);
      const { parent, child } = splitOff(batch, new Set([2]), 7);
      expect(await batches.replaceAndInsert(await read(batch), parent, child)).toBe(true);
      expect((await read(parent)).value).toEqual(parent);
      expect((await read(child)).value).toEqual(child);
    });
    test('writes neither if the parent changed meanwhile', async () => {
      const batch = fresh();
      await batches.insertNew([batch]);
      const seen = await read(batch);
      await batches.replace(seen, { ...batch, delivery: 2 });
      const { parent, child } = splitOff(batch, new Set([2]), 7);
      expect(await batches.replaceAndInsert(seen, parent, child)).toBe(false);
      expect((await read(batch)).value.rows).toHaveLength(2);
      expect(await batches.read(child.run, child.batch)).toBeNull();
    });
    test('writes neither if there is a child of that name', async () => {
      const batch = fresh();
      const { parent, child } = splitOff(batch, new Set([2]), 7);
      await batches.insertNew([batch, { ...child, rows: [rowOf(9)] }]);
      expect(await batches.replaceAndInsert(await read(batch), parent, child)).toBe(false);
      expect((await read(batch)).value.rows).toHaveLength(2);
    });
  });

  describe('queries', () => {
    test('the family is the batch and what was split off it, not its neighbours', async () => {
      const run = newRunId();
      const names = ['000016', '000017', '000017.1', '000017.1.1', '000017.2', '000017.10', '000018', '000171'];
      await batches.insertNew(names.map((batch) => batchOf([rowOf(1)], { run, batch })));
      const family = await batches.family(run, '000017');
      expect(family.map((one) => one.value.batch).sort()).toEqual([
        '000017',
        '000017.1',
        '000017.1.1',
        '000017.10',
        '000017.2',
      ]);
    });
    test('many are read at once: those that exist, neighbours and distant ones, in order, and no others', async () => {
      const run = newRunId();
      const names = ['000001', '000002', '000002.1', '000003', '000004', '000090', '000200.1', '001000', '001001'];
      const all = names.map((batch, i) => batchOf([rowOf(i)], { run, batch, delivery: i }));
      await batches.insertNew(all);
      await batches.insertNew([fresh({ batch: '000002' })]);
      const wanted = ['001001', '000200.1', '000004', '000001', '000002', '000005', '000300', '000004'];
      const found = await batches.readMany(run, wanted);
      const expected = all.filter(({ batch }) => wanted.includes(batch));
      expect(found.map(({ value }) => value)).toEqual(expected);
      // With a version that can be swapped.
      expect(await batches.replace(found[1]!, { ...found[1]!.value, delivery: 99 })).not.toBeNull();
      expect(await batches.readMany(run, [])).toEqual([]);
    });
    test('releasable: staged, due, and not on the queue unless its message counts as lost; no more than requested', async () => {
      const run = newRunId();
      const now = Date.UTC(2026, 10, 21, 8);
      const list: readonly (readonly [string, Partial<Batch>])[] = [
        ['000001', { leavers: true }],
        ['000002', { notBefore: now - 1 }],
        ['000003', { notBefore: now }],
        ['000004', { notBefore: now + 1 }],
        ['000005', { releasedAt: now - 10_000 }],
        ['000006', { releasedAt: now - 1_000_000 }],
        ['000007', { state: 'sending' }],
        ['000008', { state: 'settled' }],
        ['000009', {}],
      ];
      await batches.insertNew(list.map(([batch, more]) => batchOf([rowOf(1)], { run, batch, ...more })));
      await batches.insertNew([fresh()]);
      const found = await batches.releasable(run, now, now - 900_000, 100);
      expect(found.map((one) => one.batch)).toEqual(['000001', '000002', '000003', '000006', '000009']);
      expect(found[0]).toEqual({ source: 'contoso-hr', run, batch: '000001', leavers: true, notBefore: 0 });
      expect(await batches.releasable(run, now, now - 900_000, 2)).toHaveLength(2);
    });
    test('countReleased: staged and sending, put on the queue since then; no more than asked for', async () => {
      const run = newRunId();
      const now = Date.UTC(2026, 10, 21, 8);
      const list: readonly Partial<Batch>[] = [
        {},
        { releasedAt: now - 1 },
        { releasedAt: now },
        { releasedAt: now + 1 },
        { releasedAt: now, state: 'sending' },
        { releasedAt: now, state: 'sent' },
        { releasedAt: now, state: 'settled' },
      ];
      await batches.insertNew(list.map((more, i) => batchOf([rowOf(1)], { run, batch: `00000${i + 1}`, ...more })));
      await batches.insertNew([fresh({ releasedAt: now })]);
      expect(await batches.countReleased(run, now, 100)).toBe(3);
      expect(await batches.countReleased(run, now, 2)).toBe(2);
    });
    test('inStates returns only those states, in order', async () => {
      const run = newRunId();
      const states = ['sent', 'staged', 'sending', 'sent'] as const;
      await batches.insertNew(states.map((state, i) => batchOf([rowOf(1)], { run, batch: `00000${i + 1}`, state })));
      expect(await namesOf(batches.inStates(run, ['sent', 'sending']))).toEqual(['000001', '000003', '000004']);
    });
    test('deleteAll leaves nothing of a run, and everything of the others', async () => {
      const [run, other] = [newRunId(), newRunId()];
      const names = Array.from({ length: 250 }, (_, i) => String(i + 1).padStart(6, '0'));
      await batches.insertNew(names.map((batch) => batchOf([rowOf(1)], { run, batch })));
      await batches.insertNew([batchOf([rowOf(1)], { run: other })]);
      for (let again = 0; again < 2; again++) {
        await batches.deleteAll(run);
        expect(Object.values(await batches.countStates(run)).reduce((sum, count) => sum + count)).toBe(0);
      }
      expect((await batches.countStates(other)).staged).toBe(1);
    });
    test('inStates continues after the first page', async () => {
      const run = newRunId();
      const names = Array.from({ length: 450 }, (_, i) => String(i + 1).padStart(6, '0'));
      await batches.insertNew(names.map((batch) => batchOf([rowOf(1)], { run, batch, state: 'sent' })));
      expect(await namesOf(batches.inStates(run, ['sent']))).toEqual(names);
    });
    test('closable: sent, with an open row that was noted long ago or that is answered; returns the oldest open note', async () => {
      const run = newRunId();
      const open = (sentAt: readonly number[]): BatchRow =>
        rowOf(1, { work: 'open', deliveries: sentAt.length, sentAt });
      const done = rowOf(2, { work: 'done', deliveries: 1, sentAt: [10_000], verdict: 'created' });
      const answered = { ...open([90_000]), changes: [['change', 'created', false]] as const };
      expect(await batches.oldestOpenNote(run)).toBeNull();
      const list: readonly (readonly [string, BatchRow, Batch['state']])[] = [
        ['000001', open([50_000]), 'sent'],
        ['000002', open([50_001, 70_000]), 'sent'],
        ['000003', open([20_000, 60_000]), 'sent'],
        ['000004', answered, 'sent'],
        ['000005', open([15_000]), 'sending'],
        ['000006', rowOf(1), 'staged'],
      ];
      await batches.insertNew(list.map(([batch, row, state]) => batchOf([row, done], { run, batch, state })));
      expect(await namesOf(batches.closable(run, 50_000))).toEqual(['000001', '000003', '000004']);
      expect(await batches.oldestOpenNote(run)).toBe(15_000);
      await batches.replace(
        await read({ run, batch: '000005' }),
        batchOf([done], { run, batch: '000005', state: 'settled' }),
      );
      expect(await batches.oldestOpenNote(run)).toBe(20_000);
    });
  });
});
