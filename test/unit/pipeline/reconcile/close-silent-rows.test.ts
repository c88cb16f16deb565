// Silence: which rows' time is up, counted from the beginning of the reading, and what is written for them.
import { ServedRuns } from '../../../../shared/pipeline/serve/served-runs';
import { closeSilentRows } from '../../../../shared/pipeline/reconcile/close-silent-rows';
import type { Run } from '../../../../shared/run/run';
import type { MemoryPipeline } from '../../memory/memory-pipeline';
import { memoryPipeline } from '../../memory/memory-pipeline';
import {
  batchOf,
  doneRow,
  eventsOf,
  HOUR,
  MINUTE,
  NOW,
  putRun,
  recordWrites,
  rowOf,
  runOf,
  sentRow,
} from '../told-ledger';

const WITHIN = 2 * HOUR;
const DUE = NOW - WITHIN;

const start = (): Promise<MemoryPipeline> => memoryPipeline({ delays: { confirmWithinMs: WITHIN } });
const worksOf = (pipeline: MemoryPipeline, run: Run) =>
  pipeline.ledger.batches.peekAll(run.run).flatMap(({ rows }) => rows.map((row) => `${row.row} ${row.work}`));

test('a row is silent when its last delivery was noted that long before the reading began, not a moment earlier', async () => {
  const pipeline = await start();
  const late = sentRow(3, 0, { deliveries: 2, sentAt: [DUE + 1, DUE - HOUR] });
  const batch = batchOf([sentRow(1, DUE), sentRow(2, DUE + 1), late, doneRow(4, { sentAt: [DUE - HOUR] })]);
  const run = putRun(pipeline, runOf('r1'), batch);
  await closeSilentRows(pipeline, [run], NOW, new ServedRuns(pipeline));
  expect(worksOf(pipeline, run)).toEqual(['2 open', '3 open', '4 done', '1 todo']);
  expect(pipeline.ledger.batches.peek('r1', '000001.1')?.rows).toMatchObject([
    { row: 1, resends: 1, unanswered: true, deliveries: 0 },
  ]);
  expect(pipeline.ledger.runs.peek(run)?.unanswered).toBe(1);
  expect(eventsOf(pipeline, 'rollcall.reconcile.silent')).toEqual([{ run: 'r1', batch: '000001', rows: 1 }]);
});
test('the time that the reading took is not held against the rows', async () => {
  const pipeline = await start();
  const run = putRun(pipeline, runOf('r1'), batchOf([sentRow(1, DUE + 1)]));
  pipeline.clock.pass(30 * MINUTE);
  const writes = recordWrites(pipeline);
  await closeSilentRows(pipeline, [run], NOW, new ServedRuns(pipeline));
  expect(writes).toEqual([]);
  expect(worksOf(pipeline, run)).toEqual(['1 open']);
});
test('the rows are counted in the run before they are written as silent', async () => {
  const pipeline = await start();
  const run = putRun(pipeline, runOf('r1', { unanswered: 3 }), batchOf([sentRow(1, DUE), sentRow(2, DUE)]));
  const writes = recordWrites(pipeline);
  await closeSilentRows(pipeline, [run], NOW, new ServedRuns(pipeline));
  expect(writes).toEqual(['run replace r1', 'batch replace r1/000001']);
  expect(pipeline.ledger.runs.peek(run)?.unanswered).toBe(5);
});
test('a silent row whose deliveries are all answered is decided, and does not count as unanswered', async () => {
  const pipeline = await start();
  const answered = sentRow(1, DUE, { changes: [['c', 'created', false]] });
  const half = sentRow(2, DUE, { deliveries: 2, changes: [['d', 'updated', false]] });
  const run = putRun(pipeline, runOf('r1'), batchOf([answered, half]));
  await closeSilentRows(pipeline, [run], NOW, new ServedRuns(pipeline));
  expect(pipeline.ledger.batches.peek('r1', '000001')).toMatchObject({
    state: 'settled',
    rows: [
      { verdict: 'created', unanswered: false },
      { verdict: 'updated', unanswered: true, deliveries: 1 },
    ],
  });
  expect(pipeline.ledger.runs.peek(run)?.unanswered).toBe(1);
});
test('a row that no longer waits for anything is decided before its time is up, and is not called silent', async () => {
  const pipeline = await start();
  const answered = sentRow(1, NOW, { changes: [['c', 'created', false]] });
  const run = putRun(pipeline, runOf('r1'), batchOf([answered, sentRow(2, NOW)]));
  const writes = recordWrites(pipeline);
  await closeSilentRows(pipeline, [run], NOW, new ServedRuns(pipeline));
  expect(worksOf(pipeline, run)).toEqual(['1 done', '2 open']);
  expect(writes).toEqual(['batch replace r1/000001']);
  expect(eventsOf(pipeline, 'rollcall.reconcile.silent')).toEqual([]);
});
test('a batch that is not due yet is not read again', async () => {
  const pipeline = await start();
  const half = sentRow(1, 0, { deliveries: 2, sentAt: [DUE, NOW], changes: [['c', 'created', false]] });
  const run = putRun(pipeline, runOf('r1'), batchOf([half, doneRow(2, { changes: [['d', 'created', false]] })]));
  await closeSilentRows(pipeline, [run], NOW, new ServedRuns(pipeline));
  expect(pipeline.ledger.batches.calls.count('read')).toBe(0);
  expect(worksOf(pipeline, run)).toEqual(['1 open', '2 done']);
});
test('an open row whose sending was never noted does not wait', async () => {
  const pipeline = await start();
  const lost = sentRow(1, 0, { sentAt: [] });
  const run = putRun(pipeline, runOf('r1'), batchOf([lost, sentRow(2, DUE)]));
  await closeSilentRows(pipeline, [run], NOW, new ServedRuns(pipeline));
  expect(worksOf(pipeline, run)).toEqual(['1 todo', '2 todo']);
});
test.each(['settled', 'parked', 'staged'] as const)('a run that is %s is skipped', async (state) => {
  const pipeline = await start();
  const run = putRun(pipeline, runOf('r1', { state }), batchOf([sentRow(1, DUE)]));
  const open = putRun(pipeline, runOf('r2', { state: 'sending' }), batchOf([sentRow(2, DUE)]));
  await closeSilentRows(pipeline, [run, open], NOW, new ServedRuns(pipeline));
  expect([worksOf(pipeline, run), worksOf(pipeline, open)]).toEqual([['1 open'], ['2 todo']]);
});
test('a silent row whose person a newer run carries is superseded, its neighbour is sent again', async () => {
  const pipeline = await start();
  const run = putRun(pipeline, runOf('r1'), batchOf([sentRow(1, DUE), sentRow(2, DUE)]));
  putRun(pipeline, runOf('r2', { state: 'staged' }), batchOf([rowOf(1)]));
  await closeSilentRows(pipeline, [run], NOW, new ServedRuns(pipeline));
  expect(pipeline.ledger.batches.peek('r1', '000001')?.rows).toMatchObject([
    { work: 'done', verdict: 'superseded', unanswered: true },
    { work: 'todo', unanswered: true },
  ]);
});
