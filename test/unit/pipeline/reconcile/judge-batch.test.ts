// Changing the rows of a batch: one swap or none, what is sent again and when, and when an ended run is opened again.
import { judgeBatch } from '../../../../shared/pipeline/reconcile/judge-batch';
import type { Batch, BatchRow } from '../../../../shared/run/batch';
import type { Run } from '../../../../shared/run/run';
import { addOutcome } from '../../../../shared/verdict/judge-row';
import { readOutcome } from '../../../../shared/verdict/outcome';
import type { MemoryPipeline } from '../../memory/memory-pipeline';
import { memoryPipeline } from '../../memory/memory-pipeline';
import type { Said } from '../told-ledger';
import { batchOf, doneRow, entryOf, eventsOf, NOW, putRun, recordWrites, rowOf, runOf, sentRow } from '../told-ledger';

const RETRY_MS = 300_000;
const nobodyNewer = { newerCarries: () => Promise.resolve(false) };
const KEY = { run: 'r1', batch: '000001' };

async function pipelineWith(batch: Batch, run: Partial<Run> = {}): Promise<[MemoryPipeline, Run]> {
  const pipeline = await memoryPipeline({ delays: { retryDelayMs: RETRY_MS } });
  return [pipeline, putRun(pipeline, runOf('r1', run), batch)];
}
/** The rows get these outcomes; others stay as they are. */
const hearing =
  (said: Readonly<Record<number, Said>>) =>
  (row: BatchRow): BatchRow => {
    const one = said[row.row];
    const outcome = one === undefined ? null : readOutcome(entryOf(row.id, NOW, one));
    return outcome === null ? row : addOutcome(row, outcome);
  };
const unchanged = (row: BatchRow): BatchRow => row;
const rowsOf = (pipeline: MemoryPipeline, batch = KEY.batch) => pipeline.ledger.batches.peek('r1', batch);

describe('one swap or none', () => {
  test('a missing batch is ignored', async () => {
    const [pipeline, run] = await pipelineWith(batchOf([sentRow(1, NOW)]));
    expect(await judgeBatch(pipeline, run, nobodyNewer, { ...KEY, batch: '000002' }, unchanged)).toBe(false);
  });
  test('nothing is written or logged when no row changed', async () => {
    const [pipeline, run] = await pipelineWith(batchOf([sentRow(1, NOW), doneRow(2)]), { state: 'settled' });
    const writes = recordWrites(pipeline);
    expect(await judgeBatch(pipeline, run, nobodyNewer, KEY, unchanged)).toBe(false);
    expect(writes).toEqual([]);
    expect(pipeline.events).toEqual([]);
  });
  test('one row of many is enough, and the event counts them', async () => {
    const batch = batchOf([sentRow(1, NOW), doneRow(2), sentRow(3, NOW), sentRow(4, NOW), doneRow(5)]);
    const [pipeline, run] = await pipelineWith(batch);
    const writes = recordWrites(pipeline);
    const said = { 1: {}, 3: { error: 'Timeout' } };
    expect(await judgeBatch(pipeline, run, nobodyNewer, KEY, hearing(said))).toBe(true);
    expect(writes).toEqual(['batch replaceAndInsert r1/000001']);
    expect(eventsOf(pipeline, 'rollcall.reconcile.judged')).toEqual([{ ...KEY, rows: 5, done: 3, again: 1 }]);
  });
  test('another process was faster: the change is applied again to the current state', async () => {
    const [pipeline, run] = await pipelineWith(batchOf([sentRow(1, NOW), sentRow(2, NOW)]));
    let others = 0;
    pipeline.ledger.batches.calls.before = ({ method }) => {
      if (method !== 'replace' || others++ > 0) return;
      const now = rowsOf(pipeline) as Batch;
      pipeline.ledger.batches.put({ ...now, rows: now.rows.map((row) => (row.row === 2 ? doneRow(2) : row)) });
    };
    expect(await judgeBatch(pipeline, run, nobodyNewer, KEY, hearing({ 1: {} }))).toBe(true);
    expect(rowsOf(pipeline)).toMatchObject({
      state: 'settled',
      rows: [{ verdict: 'created' }, { verdict: 'created' }],
    });
    expect(pipeline.ledger.batches.calls.count('replace')).toBe(2);
    expect(eventsOf(pipeline, 'rollcall.reconcile.judged')).toHaveLength(1);
  });
  test('each row learns whether a newer run carries its person', async () => {
    const [pipeline, run] = await pipelineWith(batchOf([sentRow(1, NOW), sentRow(2, NOW)]));
    const others = { newerCarries: (id: string) => Promise.resolve(id === 'p2') };
    const told: unknown[] = [];
    await judgeBatch(pipeline, run, others, KEY, (row, newer) => {
      told.push([row.id, newer]);
      return hearing({ 1: { error: 'Timeout' }, 2: { error: 'Timeout' } })(row);
    });
    expect(told).toEqual([
      ['p1', false],
      ['p2', true],
    ]);
    // p1 waits for its retry alone in the batch: p2 is superseded, none is open.
    expect(rowsOf(pipeline)?.rows).toMatchObject([{ work: 'todo' }, { work: 'done', verdict: 'superseded' }]);
  });
});

describe('what failed for a transient reason', () => {
  test.each([
    [0, 1],
    [1, 2],
    [2, 4],
  ])('is sent again: after %i retries, in %i times the delay', async (retries, times) => {
    const [pipeline, run] = await pipelineWith(batchOf([sentRow(1, NOW, { retries })], { delivery: 4 }));
    await judgeBatch(pipeline, run, nobodyNewer, KEY, hearing({ 1: { error: 'Timeout' } }));
    expect(rowsOf(pipeline)).toMatchObject({
      state: 'staged',
      delivery: 5,
      notBefore: NOW + RETRY_MS * times,
      rows: [{ work: 'todo', retries: retries + 1 }],
    });
  });
  test('waits as long as the row with the most retries', async () => {
    const [pipeline, run] = await pipelineWith(batchOf([sentRow(1, NOW, { retries: 2 }), sentRow(2, NOW)]));
    await judgeBatch(pipeline, run, nobodyNewer, KEY, hearing({ 1: { error: 'Timeout' }, 2: { error: 'Timeout' } }));
    expect(rowsOf(pipeline)?.notBefore).toBe(NOW + RETRY_MS * 4);
  });
  test('is sent alone while others are open, and the batch keeps waiting for them', async () => {
    const batch = batchOf([sentRow(1, NOW), sentRow(2, NOW), doneRow(3)], { delivery: 4, notBefore: 7 });
    const [pipeline, run] = await pipelineWith(batch);
    await judgeBatch(pipeline, run, nobodyNewer, KEY, hearing({ 2: { error: 'Timeout' } }));
    expect(rowsOf(pipeline)).toMatchObject({
      state: 'sent',
      delivery: 4,
      notBefore: 7,
      rows: [{ row: 1 }, { row: 3 }],
    });
    expect(rowsOf(pipeline, '000001.1')).toMatchObject({
      state: 'staged',
      delivery: 1,
      notBefore: NOW + RETRY_MS,
      rows: [{ row: 2, work: 'todo' }],
    });
  });
  test('a row that was never retried and is silent waits the simple delay', async () => {
    const [pipeline, run] = await pipelineWith(batchOf([sentRow(1, NOW)]));
    await judgeBatch(pipeline, run, nobodyNewer, KEY, (row) => ({ ...row, work: 'todo', resends: 1 }));
    expect(rowsOf(pipeline)).toMatchObject({ state: 'staged', delivery: 2, notBefore: NOW + RETRY_MS });
  });
});

describe('a batch that was not sent to its end', () => {
  test('while a sender is under way its rows only collect evidence', async () => {
    const sending = batchOf([sentRow(1, NOW), sentRow(2, NOW)], { state: 'sending', delivery: 3, sendingAt: NOW });
    const [pipeline, run] = await pipelineWith(sending);
    expect(await judgeBatch(pipeline, run, nobodyNewer, KEY, hearing({ 1: {}, 2: { error: 'Timeout' } }))).toBe(true);
    expect(rowsOf(pipeline)).toMatchObject({
      state: 'sending',
      delivery: 3,
      children: 0,
      rows: [
        { work: 'open', verdict: 'created', changes: [[expect.any(String), 'created', false]] },
        { work: 'open', verdict: null, retries: 0 },
      ],
    });
  });
  test('a staged one keeps its delivery, its time and its rows', async () => {
    const staged = batchOf([rowOf(1), sentRow(2, NOW), sentRow(3, NOW)], { delivery: 3, notBefore: 7, releasedAt: 5 });
    const [pipeline, run] = await pipelineWith(staged);
    await judgeBatch(pipeline, run, nobodyNewer, KEY, hearing({ 2: {}, 3: { error: 'Timeout' } }));
    expect(rowsOf(pipeline)).toMatchObject({
      state: 'staged',
      delivery: 3,
      notBefore: 7,
      releasedAt: 5,
      children: 0,
      rows: [{ work: 'todo' }, { work: 'done' }, { work: 'todo', retries: 1 }],
    });
  });
});

describe('a run that has ended', () => {
  const judged = async (run: Partial<Run>, row: BatchRow, said: Said): Promise<[MemoryPipeline, readonly string[]]> => {
    const [pipeline, told] = await pipelineWith(batchOf([doneRow(2), row]), run);
    const writes = recordWrites(pipeline);
    await judgeBatch(pipeline, told, nobodyNewer, KEY, hearing({ 1: said }));
    return [pipeline, writes];
  };
  test.each(['settled', 'parked'] as const)(
    '%s: late evidence opens it again before anything changes in it',
    async (state) => {
      const [pipeline, writes] = await judged({ state }, doneRow(1, { verdict: 'not-seen', deliveries: 0 }), {});
      expect(writes).toEqual(['run replace r1', 'batch replace r1/000001']);
      expect(pipeline.ledger.runs.peek(runOf('r1'))?.state).toBe('confirming');
    },
  );
  test('a code that changed is enough', async () => {
    const row = doneRow(1, { verdict: 'failed', code: 'Conflict' });
    const [pipeline] = await judged({ state: 'settled' }, row, { error: 'InvalidDomain' });
    expect(pipeline.ledger.runs.peek(runOf('r1'))?.state).toBe('confirming');
  });
  test('work that is open again is enough', async () => {
    const [pipeline, run] = await pipelineWith(batchOf([doneRow(1)]), { state: 'settled' });
    await judgeBatch(pipeline, run, nobodyNewer, KEY, (row) => ({ ...row, work: 'todo' }));
    expect(pipeline.ledger.runs.peek(run)?.state).toBe('confirming');
  });
  test('stays ended when the evidence adds nothing to its reports', async () => {
    const [pipeline, writes] = await judged({ state: 'settled' }, doneRow(1), { action: 'update' });
    expect(writes).toEqual(['batch replace r1/000001']);
    expect(pipeline.ledger.runs.peek(runOf('r1'))?.state).toBe('settled');
  });
  test('an open run needs no opening', async () => {
    const [, writes] = await judged({ state: 'sending' }, sentRow(1, NOW), {});
    expect(writes).toEqual(['batch replace r1/000001']);
  });
});

test('an ended run is reopened when a late entry says that the account was enabled: its reports have to tell it', async () => {
  const [pipeline, run] = await pipelineWith(batchOf([doneRow(1)]), { state: 'settled' });
  await judgeBatch(pipeline, run, nobodyNewer, KEY, (row) => ({ ...row, turnedOn: true }));
  expect(pipeline.ledger.runs.peek(run)?.state).toBe('confirming');
});
