// Settling: a run follows its batches, and ends when nothing of it is open, after its reports are written.
import { ServedRuns } from '../../../../shared/pipeline/serve/served-runs';
import { settleRuns } from '../../../../shared/pipeline/reconcile/settle-runs';
import type { Batch } from '../../../../shared/run/batch';
import type { RunState } from '../../../../shared/run/run';
import type { MemoryPipeline } from '../../memory/memory-pipeline';
import { memoryPipeline } from '../../memory/memory-pipeline';
import {
  batchOf,
  doneRow,
  eventsOf,
  NOW,
  putFiles,
  putRun,
  R1,
  R2,
  recordWrites,
  rowOf,
  runOf,
  sentRow,
} from '../told-ledger';

const BATCHES = {
  staged: batchOf([rowOf(1)]),
  sending: batchOf([sentRow(2, NOW)], { batch: '000002', state: 'sending' }),
  sent: batchOf([sentRow(3, NOW)], { batch: '000003' }),
  settled: batchOf([doneRow(4)], { batch: '000004' }),
};

async function settleWith(
  state: RunState,
  ...batches: readonly Batch[]
): Promise<readonly [MemoryPipeline, readonly string[]]> {
  const pipeline = await memoryPipeline();
  const run = putRun(pipeline, runOf(R1, { state }), ...batches);
  putFiles(pipeline, run, 4);
  const writes = recordWrites(pipeline);
  await settleRuns(pipeline, new ServedRuns(pipeline));
  return [pipeline, writes];
}
const stateOf = (pipeline: MemoryPipeline) => pipeline.ledger.runs.peek(runOf(R1))?.state;
const { staged, sending, sent, settled } = BATCHES;

test.each([
  ['confirming', 'sending', [staged, sent, settled]],
  ['confirming', 'sending', [sending, settled]],
  ['sending', 'confirming', [sent, settled]],
] as const)('a run that is %s becomes %s with its batches, and gets no report', async (from, to, batches) => {
  const [pipeline, writes] = await settleWith(from, ...batches);
  expect(stateOf(pipeline)).toBe(to);
  expect(writes).toEqual([`run replace ${R1}`]);
});
test.each([
  ['sending', [staged]],
  ['sending', [sending, sent]],
  ['confirming', [sent, settled]],
] as const)('a run that is %s as its batches are is not even read again', async (state, batches) => {
  const [pipeline, writes] = await settleWith(state, ...batches);
  expect(stateOf(pipeline)).toBe(state);
  expect(writes).toEqual([]);
  expect(pipeline.ledger.runs.calls.count('read')).toBe(0);
});
test.each(['sending', 'confirming'] as const)(
  'a run that is %s and has nothing open settles, the roster and the reports first',
  async (state) => {
    const [pipeline, writes] = await settleWith(state, settled);
    expect(writes).toEqual([
      'roster commit contoso-hr',
      `report commit contoso-hr/${R1}/${R1}.csv.verdicts.csv`,
      `report commit contoso-hr/${R1}/summary.json`,
      `run replace ${R1}`,
    ]);
    expect(pipeline.ledger.runs.peek(runOf(R1))).toMatchObject({ state: 'settled', rows: 1, settledAt: NOW });
    expect(eventsOf(pipeline, 'rollcall.reconcile.settled')).toHaveLength(1);
  },
);
test.each(['staged', 'settled', 'held'] as const)('a run that is %s is not looked at', async (state) => {
  const [pipeline, writes] = await settleWith(state, settled);
  expect(writes).toEqual([]);
  expect(pipeline.ledger.batches.calls.made).toEqual([]);
});
test('a run that cannot be settled does not delay the next one, and is reported', async () => {
  const pipeline = await memoryPipeline();
  const lacking = putRun(pipeline, runOf(R1), settled);
  putFiles(pipeline, lacking, 9);
  putRun(pipeline, runOf(R2, { state: 'sending' }), sent);
  const served = new ServedRuns(pipeline);
  await settleRuns(pipeline, served);
  expect(served.faults).toMatchObject([{ step: 'settle', error: { code: 'verdict-missing' } }]);
  expect([stateOf(pipeline), pipeline.ledger.runs.peek(runOf(R2))?.state]).toEqual(['confirming', 'confirming']);
});
