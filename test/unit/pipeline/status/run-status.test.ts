// One run: counts of an open one come from its rows, those of an ended one from its report.
import { findRun, lookAtRun } from '../../../../shared/pipeline/status/run-status';
import { noVerdicts } from '../../../../shared/verdict/verdict';
import { memoryPipeline } from '../../memory/memory-pipeline';
import { batchOf, doneRow, HOUR, NOW, putRun, rowOf, runOf, sentRow, SOURCE } from '../told-ledger';

test('an open run: verdicts given so far, rows to be sent and rows that wait, and the oldest open delivery', async () => {
  const pipeline = await memoryPipeline();
  const run = putRun(
    pipeline,
    runOf('r1', { state: 'sending', rejected: 4, rows: 10 }),
    batchOf([rowOf(1), doneRow(2)]),
    batchOf([sentRow(3, NOW - HOUR), sentRow(4, NOW - 2 * HOUR), doneRow(5, { verdict: 'disabled' })], {
      batch: '000002',
    }),
    batchOf([doneRow(6, { sentAt: [NOW - 9 * HOUR] })], { batch: '000003' }),
  );
  expect(await lookAtRun(pipeline.ledger, run)).toEqual({
    run,
    batches: { staged: 1, sending: 0, sent: 1, settled: 1 },
    verdicts: { ...noVerdicts(), created: 2, disabled: 1, rejected: 4 },
    todo: 1,
    open: 2,
    oldestOpenNote: NOW - 2 * HOUR,
    reports: null,
  });
});

test('a reopened run is counted again, and its old reports are still there', async () => {
  const pipeline = await memoryPipeline();
  const run = putRun(
    pipeline,
    runOf('r1', { state: 'confirming', settledAt: NOW, verdicts: { ...noVerdicts(), created: 1 } }),
    batchOf([sentRow(1, NOW)]),
  );
  const status = await lookAtRun(pipeline.ledger, run);
  expect(status).toMatchObject({ verdicts: noVerdicts(), open: 1, reports: `${SOURCE}/r1/` });
});

test('an ended run is told by its report, without reading its rows', async () => {
  const pipeline = await memoryPipeline();
  const verdicts = { ...noVerdicts(), created: 1, rejected: 2 };
  const run = putRun(pipeline, runOf('r1', { state: 'settled', settledAt: NOW, verdicts }), batchOf([doneRow(1)]));
  expect(await lookAtRun(pipeline.ledger, run)).toMatchObject({
    verdicts,
    batches: { settled: 1 },
    reports: `${SOURCE}/r1/`,
  });
  expect(pipeline.ledger.batches.calls.made.map(({ method }) => method)).toEqual(['countStates']);
});

test('a run is found by its id in whatever source, or not at all', async () => {
  const { ledger } = await memoryPipeline();
  ledger.runs.put(runOf('r1', { source: 'a' }));
  ledger.runs.put(runOf('r2', { source: 'b' }));
  expect((await findRun(ledger.runs, 'r2'))?.source).toBe('b');
  expect(await findRun(ledger.runs, 'r3')).toBeNull();
});
