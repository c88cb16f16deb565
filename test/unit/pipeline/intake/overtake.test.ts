// Overtaking: what older runs of the source have not sent of the people whom a newer run carries is superseded, and nothing else.
import { overtakeOlderRuns } from '../../../../shared/pipeline/intake/overtake';
import type { RunState } from '../../../../shared/run/run';
import { RUN_STATES } from '../../../../shared/run/run';
import type { MemoryPipeline } from '../../memory/memory-pipeline';
import { memoryPipeline } from '../../memory/memory-pipeline';
import { batchOf, rowOf } from '../../run/made-batch';
import { eventsOf, putRun, SOURCE, staged } from '../contoso';

/** Work and verdict of each row of a batch. */
const rowsOf = (pipeline: MemoryPipeline, run: string, batch = '000001') =>
  pipeline.ledger.batches.peek(run, batch)?.rows.map(({ id, work, verdict }) => [id, work, verdict]);

const pair = batchOf([rowOf(1), rowOf(2)]);

test('a newer file of changes overtakes the people that both carry', async () => {
  const pipeline = await memoryPipeline();
  putRun(pipeline, 'r1', { people: ['p1', 'p2'], made: [pair] });
  const newer = putRun(pipeline, 'r2', { state: 'staged', people: ['p1', 'p3'] });
  await overtakeOlderRuns(pipeline, newer);
  expect(rowsOf(pipeline, 'r1')).toEqual([
    ['p1', 'done', 'superseded'],
    ['p2', 'todo', null],
  ]);
  expect(pipeline.ledger.batches.peek('r1', '000001')?.state).toBe('staged');
  expect(eventsOf(pipeline, 'rollcall.intake.overtook')).toEqual([
    { source: SOURCE, run: 'r2', older: 'r1', superseded: 1 },
  ]);
});
test('a newer full file overtakes the older one completely, even people whom it does not carry', async () => {
  const pipeline = await memoryPipeline();
  putRun(pipeline, 'r1', { people: ['p1', 'p2'], made: [pair, staged(2)] });
  const newer = putRun(pipeline, 'r2', { state: 'staged', content: 'full', people: ['p1'] });
  await overtakeOlderRuns(pipeline, newer);
  expect(rowsOf(pipeline, 'r1')).toEqual([
    ['p1', 'done', 'superseded'],
    ['p2', 'done', 'superseded'],
  ]);
  expect(pipeline.ledger.batches.peekAll('r1').map(({ state }) => state)).toEqual(['settled', 'settled']);
  expect(eventsOf(pipeline, 'rollcall.intake.overtook')).toMatchObject([{ superseded: 3 }]);
});
test('a full file does not overtake the last word about a person whom it does not carry', async () => {
  const pipeline = await memoryPipeline();
  const made = batchOf([rowOf(1, { lastWord: true }), rowOf(2, { lastWord: true }), rowOf(3)]);
  putRun(pipeline, 'r1', { people: ['p1', 'p2', 'p3'], made: [made] });
  await overtakeOlderRuns(pipeline, putRun(pipeline, 'r2', { state: 'staged', content: 'full', people: ['p2'] }));
  expect(rowsOf(pipeline, 'r1')).toEqual([
    ['p1', 'todo', null],
    ['p2', 'done', 'superseded'],
    ['p3', 'done', 'superseded'],
  ]);
});
test('each older run is reported separately; one of which nothing was overtaken is not', async () => {
  const pipeline = await memoryPipeline();
  putRun(pipeline, 'r1', { people: ['p1'], made: [staged(1)] });
  putRun(pipeline, 'r2', { people: ['p2'], made: [staged(2)] });
  putRun(pipeline, 'r3', { people: ['p1'], made: [staged(1)] });
  await overtakeOlderRuns(pipeline, putRun(pipeline, 'r4', { state: 'staged', people: ['p1'] }));
  expect(eventsOf(pipeline, 'rollcall.intake.overtook')).toEqual([
    { source: SOURCE, run: 'r4', older: 'r1', superseded: 1 },
    { source: SOURCE, run: 'r4', older: 'r3', superseded: 1 },
  ]);
  expect(pipeline.ledger.batches.calls.count('replace', 'r2/000002')).toBe(0);
  expect(pipeline.ledger.batches.calls.count('replace')).toBe(2);
});
test('rows that may have been accepted wait for their evidence; rows that are done keep their verdict', async () => {
  const pipeline = await memoryPipeline();
  const sentBefore = rowOf(1, { deliveries: 1, sentAt: [1], unknowns: 1 });
  const made = batchOf([
    sentBefore,
    rowOf(2, { work: 'done', verdict: 'created', deliveries: 1, sentAt: [1] }),
    rowOf(3),
  ]);
  putRun(pipeline, 'r1', { people: ['p1', 'p2', 'p3'], made: [made] });
  await overtakeOlderRuns(pipeline, putRun(pipeline, 'r2', { state: 'staged', content: 'full' }));
  expect(rowsOf(pipeline, 'r1')).toEqual([
    ['p1', 'open', null],
    ['p2', 'done', 'created'],
    ['p3', 'done', 'superseded'],
  ]);
  expect(pipeline.ledger.batches.peek('r1', '000001')?.state).toBe('sent');
  expect(eventsOf(pipeline, 'rollcall.intake.overtook')).toMatchObject([{ superseded: 1 }]);
});
test('a row to be sent again whose delivery was not answered is overtaken silently: nothing is superseded yet', async () => {
  const pipeline = await memoryPipeline();
  putRun(pipeline, 'r1', { people: ['p1'], made: [batchOf([rowOf(1, { deliveries: 1, sentAt: [1] })])] });
  await overtakeOlderRuns(pipeline, putRun(pipeline, 'r2', { state: 'staged', people: ['p1'] }));
  expect(rowsOf(pipeline, 'r1')).toEqual([['p1', 'open', null]]);
  expect(pipeline.events).toEqual([]);
});
test.each(['sending', 'sent', 'settled'] as const)('a batch that is %s is not touched', async (state) => {
  const pipeline = await memoryPipeline();
  putRun(pipeline, 'r1', { people: ['p1'], made: [staged(1, { state })] });
  await overtakeOlderRuns(pipeline, putRun(pipeline, 'r2', { state: 'staged', people: ['p1'] }));
  expect(pipeline.ledger.batches.calls.made.map(({ method }) => method)).toEqual(['inStates']);
});
test('a batch whose sender began meanwhile is left to it, and no row that the sender noted is changed', async () => {
  const pipeline = await memoryPipeline();
  putRun(pipeline, 'r1', { people: ['p1', 'p2'], made: [pair] });
  const noted = { ...pair, run: 'r1', state: 'sending' as const };
  pipeline.ledger.batches.calls.before = ({ method }) => {
    if (method === 'read') pipeline.ledger.batches.put(noted);
  };
  await overtakeOlderRuns(pipeline, putRun(pipeline, 'r2', { state: 'staged', people: ['p1'] }));
  expect(pipeline.ledger.batches.peek('r1', '000001')).toEqual(noted);
  expect(pipeline.events).toEqual([]);
});
test('a row that was done meanwhile keeps its verdict', async () => {
  const pipeline = await memoryPipeline();
  putRun(pipeline, 'r1', { people: ['p1', 'p2'], made: [pair] });
  const done = { ...batchOf([rowOf(1, { work: 'done', verdict: 'unchanged' }), rowOf(2)]), run: 'r1' };
  pipeline.ledger.batches.calls.before = ({ method }) => {
    if (method === 'read') pipeline.ledger.batches.put(done);
  };
  await overtakeOlderRuns(pipeline, putRun(pipeline, 'r2', { state: 'staged', people: ['p1'] }));
  expect(rowsOf(pipeline, 'r1')).toEqual([
    ['p1', 'done', 'unchanged'],
    ['p2', 'todo', null],
  ]);
  expect(pipeline.ledger.batches.calls.count('replace')).toBe(0);
});

describe('an older run that is', () => {
  const overtaken: readonly RunState[] = ['staged', 'sending', 'confirming'];
  test.each(RUN_STATES)('%s', async (state) => {
    const pipeline = await memoryPipeline();
    putRun(pipeline, 'r1', { state, people: ['p1'], made: [staged(1)] });
    await overtakeOlderRuns(pipeline, putRun(pipeline, 'r2', { state: 'staged', people: ['p1'] }));
    expect(rowsOf(pipeline, 'r1')?.[0]?.[2]).toBe(overtaken.includes(state) ? 'superseded' : null);
  });
  test('newer, or of another source, is not overtaken', async () => {
    const pipeline = await memoryPipeline();
    putRun(pipeline, 'r1', { source: 'fabrikam-hr', people: ['p1'], made: [staged(1)] });
    putRun(pipeline, 'r3', { people: ['p1'], made: [staged(1)] });
    await overtakeOlderRuns(pipeline, putRun(pipeline, 'r2', { state: 'staged', people: ['p1'] }));
    expect(pipeline.ledger.batches.calls.made).toEqual([]);
  });
});
