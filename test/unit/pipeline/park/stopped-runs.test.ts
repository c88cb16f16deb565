// Runs that are stopped: a parked one releases nothing and keeps nobody waiting; an abandoned one sends nothing ever again, and every row gets a verdict.
import { RollcallError } from '../../../../shared/core/errors';
import { tendStoppedRuns } from '../../../../shared/pipeline/park/stopped-runs';
import { reconcile } from '../../../../shared/pipeline/reconcile/reconcile';
import { release } from '../../../../shared/pipeline/release/release';
import { ServedRuns } from '../../../../shared/pipeline/serve/served-runs';
import type { Batch, BatchRow } from '../../../../shared/run/batch';
import type { Run } from '../../../../shared/run/run';
import { MOVING_STATES } from '../../../../shared/run/run';
import type { MemoryPipeline } from '../../memory/memory-pipeline';
import { memoryPipeline } from '../../memory/memory-pipeline';
import {
  batchOf,
  doneRow,
  entryOf,
  eventsOf,
  HOUR,
  MINUTE,
  NOW,
  over,
  putFiles,
  putRun,
  R1,
  R2,
  rowOf,
  runOf,
  sentRow,
  serveLog,
} from '../told-ledger';

const reasonOf = (code: string) => ({ code, values: {}, line: null, column: null });
const PARKED = { stop: { kind: 'parked', reason: reasonOf('run-parked'), at: NOW } } as const;
const ABANDONED = {
  reason: reasonOf('run-abandoned'),
  stop: { kind: 'abandoned', reason: reasonOf('run-abandoned'), at: NOW },
} as const;
const start = (): Promise<MemoryPipeline> => memoryPipeline({ delays: { confirmWithinMs: 2 * HOUR } });
const tend = async (pipeline: MemoryPipeline): Promise<void> => {
  const served = new ServedRuns(pipeline);
  const moving = (await pipeline.ledger.runs.inStates(MOVING_STATES)).map(({ value }) => value);
  await tendStoppedRuns(pipeline, moving, served);
  served.throwFirst();
};
const rowsOf = (pipeline: MemoryPipeline, run: string): readonly BatchRow[] =>
  pipeline.ledger.batches
    .peekAll(run)
    .flatMap(({ rows }) => rows)
    .sort((a, b) => a.row - b.row);
const fatesOf = (pipeline: MemoryPipeline, run: string) =>
  rowsOf(pipeline, run).map(({ row, work, verdict, code }) => [row, work, verdict, code]);
const held = (row: number, more: Partial<BatchRow> = {}): BatchRow =>
  rowOf(row, {
    work: 'done',
    verdict: 'held',
    code: 'on-hold-list',
    hold: { until: '2099-01-01', why: { quote: 'x' } },
    ...more,
  });
const stateOf = (pipeline: MemoryPipeline, run: Run) => pipeline.ledger.runs.peek(run)?.state;

describe('a parked run', () => {
  test('releases nothing, and the others have the room', async () => {
    const pipeline = await start();
    putRun(pipeline, runOf(R1, { state: 'sending', ...PARKED }), batchOf([rowOf(1)], { leavers: true }));
    putRun(pipeline, runOf(R2, { state: 'sending', source: 'acme-hr' }), batchOf([rowOf(2)]));
    await release(pipeline);
    expect(pipeline.deliveries.history.map(({ message }) => message.run)).toEqual([R2]);
  });
  test('keeps rows that nobody else carries, until it is resumed', async () => {
    const pipeline = await start();
    const run = putRun(pipeline, runOf(R1, { state: 'sending', ...PARKED }), batchOf([rowOf(1)]));
    const batch = pipeline.ledger.batches.peek(R1, '000001');
    for (let n = 0; n < 3; n++) await reconcile(pipeline);
    expect(pipeline.ledger.batches.peek(R1, '000001')).toEqual(batch);
    expect(stateOf(pipeline, run)).toBe('sending');
    pipeline.ledger.runs.put({ ...run, stop: null });
    await reconcile(pipeline);
    expect(pipeline.deliveries.history).toHaveLength(1);
  });
  test('gets the verdicts of what was sent', async () => {
    const pipeline = await start();
    putRun(pipeline, runOf(R1, { state: 'sending', ...PARKED }), batchOf([sentRow(1, NOW), sentRow(2, NOW), rowOf(3)]));
    serveLog(pipeline, { job: [entryOf('p1', NOW + MINUTE)] });
    pipeline.clock.pass(10 * MINUTE);
    await reconcile(pipeline);
    expect(fatesOf(pipeline, R1)).toEqual([
      [1, 'done', 'created', null],
      [2, 'open', null, null],
      [3, 'todo', null, null],
    ]);
  });
  test('gives up rows that a newer run carries, also those that went back after a lost answer (parkedIsLookedAt)', async () => {
    const pipeline = await start();
    const lost = rowOf(1, { deliveries: 1, sentAt: [NOW], unknowns: 1 });
    putRun(pipeline, runOf(R1, { state: 'sending', ...PARKED }), batchOf([lost, rowOf(2), rowOf(3)]));
    putRun(pipeline, runOf(R2, { state: 'sending' }), batchOf([rowOf(1), rowOf(2)]));
    await tend(pipeline);
    expect(fatesOf(pipeline, R1)).toEqual([
      [1, 'open', null, null],
      [2, 'done', 'superseded', null],
      [3, 'todo', null, null],
    ]);
  });
  test('leaves a batch as it is that changed while it was looked at', async () => {
    const pipeline = await start();
    putRun(pipeline, runOf(R1, { state: 'sending', ...PARKED }), batchOf([rowOf(1)]));
    putRun(pipeline, runOf(R2, { state: 'sending' }), batchOf([rowOf(1)]));
    const { batches } = pipeline.ledger;
    batches.calls.before = ({ method, key }) => {
      if (method !== 'read' || !key.startsWith(R1)) return;
      batches.calls.before = () => undefined;
      batches.put({ ...batches.peek(R1, '000001')!, state: 'sending', delivery: 1 });
    };
    await tend(pipeline);
    expect(batches.peek(R1, '000001')).toMatchObject({ state: 'sending', rows: [{ work: 'todo' }] });
  });
  test('whose last rows a newer run has taken over settles like any other', async () => {
    const pipeline = await start();
    const run = over(
      pipeline,
      R1,
      [doneRow(1), doneRow(2, { verdict: 'superseded', deliveries: 0, sentAt: [] })],
      PARKED,
    );
    await reconcile(pipeline);
    expect(pipeline.ledger.runs.peek(run)).toMatchObject({ state: 'settled', stop: null, reason: null });
  });
});

describe('an abandoned run', () => {
  /** A batch in which each row has come another way. */
  const all = (more: Partial<Batch> = {}): Batch =>
    batchOf(
      [
        rowOf(1),
        rowOf(2, { deliveries: 1, sentAt: [NOW], unknowns: 1 }),
        rowOf(3, { sentAt: [NOW - HOUR], unanswered: true, resends: 1 }),
        rowOf(4, { deliveries: 1, sentAt: [NOW - HOUR], verdict: 'created', code: 'manager-not-resolved', retries: 1 }),
        sentRow(5, NOW),
        doneRow(6),
        held(7),
      ],
      { delivery: 4, releasedAt: NOW, releases: 3, ...more },
    );

  test('holds what was never sent, for good, and leaves the rest to the evidence (heldWasNeverSent)', async () => {
    const pipeline = await start();
    putRun(pipeline, runOf(R1, { state: 'sending', ...ABANDONED }), all());
    await tend(pipeline);
    expect(fatesOf(pipeline, R1)).toEqual([
      [1, 'done', 'held', 'run-abandoned'],
      [2, 'open', null, null],
      // Its time was up before: it was sent, and nobody knows what became of it.
      [3, 'done', 'not-seen', null],
      [4, 'open', 'created', 'manager-not-resolved'],
      [5, 'open', null, null],
      [6, 'done', 'created', null],
      [7, 'done', 'held', 'run-abandoned'],
    ]);
    // A message that is on the queue is void.
    expect(pipeline.ledger.batches.peek(R1, '000001')).toMatchObject({
      ...{ state: 'sent', delivery: 5, releasedAt: 0, releases: 0 },
    });
    expect(rowsOf(pipeline, R1).every(({ hold }) => hold === null)).toBe(true);
    expect(eventsOf(pipeline, 'rollcall.run.abandoned')).toEqual([{ source: 'contoso-hr', run: R1, rows: 2 }]);
  });
  test('done again, nothing changes, and nothing is told', async () => {
    const pipeline = await start();
    putRun(pipeline, runOf(R1, { state: 'sending', ...ABANDONED }), all());
    await tend(pipeline);
    const once = pipeline.ledger.batches.peekAll(R1);
    await tend(pipeline);
    expect(pipeline.ledger.batches.peekAll(R1)).toEqual(once);
    expect(eventsOf(pipeline, 'rollcall.run.abandoned')).toHaveLength(1);
  });
  test('leaves a batch to its sender, whose own result comes first', async () => {
    const pipeline = await start();
    putRun(pipeline, runOf(R1, { state: 'sending', ...ABANDONED }), all({ state: 'sending', sendingAt: NOW }));
    const before = pipeline.ledger.batches.peekAll(R1);
    await tend(pipeline);
    expect(pipeline.ledger.batches.peekAll(R1)).toEqual(before);
  });
  test('sends nothing again: not after a transient failure, not after silence, not for a manager', async () => {
    const pipeline = await start();
    const rows = [sentRow(1, NOW), sentRow(2, NOW), sentRow(3, NOW)];
    const run = putRun(pipeline, runOf(R1, { state: 'sending', ...ABANDONED }), batchOf([...rows, rowOf(4)]));
    putFiles(pipeline, run, 1, 2, 3, 4);
    const failed = entryOf('p1', NOW + MINUTE, { error: 'AzureActiveDirectoryServiceUnavailable' });
    serveLog(pipeline, { job: [failed, entryOf('p3', NOW + MINUTE)] });
    pipeline.clock.pass(3 * HOUR);
    await reconcile(pipeline);
    expect(fatesOf(pipeline, R1).map(([row, , verdict]) => [row, verdict])).toEqual([
      [1, 'failed'],
      [2, 'not-seen'],
      [3, 'created'],
      [4, 'held'],
    ]);
    expect(pipeline.ledger.runs.peek(run)).toMatchObject({
      ...{ state: 'parked', reason: { code: 'run-abandoned' }, stop: { kind: 'abandoned' } },
      verdicts: { failed: 1, 'not-seen': 1, created: 1, held: 1 },
    });
    expect(pipeline.deliveries.history).toEqual([]);
  });
  test('hears of late evidence, and ends again', async () => {
    const pipeline = await start();
    const run = putRun(pipeline, runOf(R1, { state: 'sending', ...ABANDONED }), batchOf([sentRow(1, NOW), doneRow(2)]));
    putFiles(pipeline, run, 1, 2);
    pipeline.clock.pass(3 * HOUR);
    await reconcile(pipeline);
    expect(fatesOf(pipeline, R1)[0]).toEqual([1, 'done', 'not-seen', null]);
    expect(stateOf(pipeline, run)).toBe('parked');
    serveLog(pipeline, { job: [entryOf('p1', NOW + 2.5 * HOUR)] });
    await reconcile(pipeline);
    expect(fatesOf(pipeline, R1)[0]).toEqual([1, 'done', 'created', null]);
    expect(pipeline.ledger.runs.peek(run)).toMatchObject({
      ...{ state: 'parked', stop: { kind: 'abandoned' }, verdicts: { created: 2 } },
    });
  });
  test('cuts a batch in two that no table takes as a whole any more', async () => {
    const pipeline = await start();
    putRun(pipeline, runOf(R1, { state: 'sending', ...ABANDONED }), batchOf([rowOf(1), sentRow(2, NOW), rowOf(3)]));
    const { batches } = pipeline.ledger;
    batches.calls.before = ({ method }) => {
      if (method === 'replace') throw new RollcallError('entity-too-large', 'reject', 'too large');
    };
    await tend(pipeline);
    expect(
      batches.peekAll(R1).map(({ batch, state, rows }) => [batch, state, rows.map(({ verdict }) => verdict)]),
    ).toEqual([
      ['000001', 'sent', ['held', null]],
      ['000001.1', 'settled', ['held']],
    ]);
    expect(eventsOf(pipeline, 'rollcall.run.abandoned')).toEqual([{ source: 'contoso-hr', run: R1, rows: 2 }]);
  });
  test('is told of when even that fails, and keeps no other from its turn', async () => {
    const pipeline = await start();
    putRun(pipeline, runOf(R1, { state: 'sending', ...ABANDONED }), batchOf([rowOf(1)]));
    putRun(pipeline, runOf(R2, { state: 'sending', source: 'acme-hr', ...ABANDONED }), batchOf([rowOf(2)]));
    pipeline.ledger.batches.calls.before = ({ method, key }) => {
      if (method === 'replace' && key.startsWith(R1))
        throw new RollcallError('entity-too-large', 'reject', 'too large');
    };
    await expect(tend(pipeline)).rejects.toMatchObject({ code: 'entity-too-large' });
    expect(eventsOf(pipeline, 'rollcall.run.failed')).toMatchObject([{ run: R1, step: 'stop' }]);
    expect(fatesOf(pipeline, R2)).toEqual([[2, 'done', 'held', 'run-abandoned']]);
  });
});
