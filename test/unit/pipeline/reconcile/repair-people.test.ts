// The repair: a person with an unanswered older delivery gets the newest record again, from the newest run that carries them and no other.
import { ServedRuns } from '../../../../shared/pipeline/serve/served-runs';
import { repairPeople } from '../../../../shared/pipeline/reconcile/repair-people';
import type { BatchRow } from '../../../../shared/run/batch';
import type { Run } from '../../../../shared/run/run';
import type { MemoryPipeline } from '../../memory/memory-pipeline';
import { memoryPipeline } from '../../memory/memory-pipeline';
import { batchOf, doneRow, eventsOf, NOW, putRun, recordWrites, rowOf, runOf, sentRow } from '../told-ledger';

const settled = (run: string, more: Partial<Run> = {}): Run =>
  runOf(run, { state: 'settled', settledAt: NOW, ...more });
/** The older run, in which `rows` people went unanswered. */
const OLDER = settled('r1', { unanswered: 1 });
const unanswered = (row: number, more: Partial<BatchRow> = {}): BatchRow =>
  doneRow(row, { verdict: 'not-seen', deliveries: 0, unanswered: true, ...more });

/** A pipeline with the older run, in which p1 went unanswered. */
async function start(...rows: readonly BatchRow[]): Promise<MemoryPipeline> {
  const pipeline = await memoryPipeline();
  putRun(pipeline, OLDER, batchOf(rows.length > 0 ? rows : [unanswered(1)]));
  return pipeline;
}
const workOf = (pipeline: MemoryPipeline, run: string) =>
  pipeline.ledger.batches.peekAll(run).flatMap(({ rows }) => rows.map((row) => `${row.id} ${row.work}`));
const stateOf = (pipeline: MemoryPipeline, run: string) => pipeline.ledger.runs.peek(runOf(run))?.state;

test('the newest record is staged again at once with a new delivery, and its run is opened before', async () => {
  const pipeline = await start();
  putRun(pipeline, settled('r2'), batchOf([doneRow(1), doneRow(2)], { delivery: 3 }));
  const writes = recordWrites(pipeline);
  await repairPeople(pipeline, [OLDER], new ServedRuns(pipeline));
  expect(writes).toEqual(['run replace r2', 'batch replace r2/000001']);
  expect(pipeline.ledger.batches.peek('r2', '000001')).toMatchObject({
    state: 'staged',
    delivery: 4,
    notBefore: NOW,
    rows: [
      { work: 'todo', repaired: true },
      { work: 'done', repaired: false },
    ],
  });
  expect(stateOf(pipeline, 'r2')).toBe('confirming');
  expect(workOf(pipeline, 'r1')).toEqual(['p1 done']);
  expect(eventsOf(pipeline, 'rollcall.reconcile.repaired')).toEqual([{ run: 'r2', batch: '000001' }]);
});
test('only once: the next tick finds nothing to repair', async () => {
  const pipeline = await start();
  putRun(pipeline, settled('r2'), batchOf([doneRow(1, { repaired: true })]));
  const writes = recordWrites(pipeline);
  await repairPeople(pipeline, [OLDER], new ServedRuns(pipeline));
  expect(writes).toEqual([]);
  expect(stateOf(pipeline, 'r2')).toBe('settled');
});
test('all people of a batch are repaired in one step, those of another batch in another', async () => {
  const pipeline = await start(unanswered(1), unanswered(2), unanswered(3));
  putRun(
    pipeline,
    settled('r2'),
    batchOf([doneRow(1), doneRow(2)], { batch: '000001' }),
    batchOf([doneRow(3), doneRow(4)], { batch: '000002' }),
  );
  const writes = recordWrites(pipeline);
  await repairPeople(pipeline, [OLDER], new ServedRuns(pipeline));
  expect(writes.filter((write) => write.startsWith('batch'))).toEqual([
    'batch replace r2/000001',
    'batch replace r2/000002',
  ]);
  expect(workOf(pipeline, 'r2')).toEqual(['p1 todo', 'p2 todo', 'p3 todo', 'p4 done']);
});

describe('which run is repaired', () => {
  test('the newest that carries the person, and no other', async () => {
    const pipeline = await start();
    putRun(pipeline, settled('r2'), batchOf([doneRow(1)]));
    putRun(pipeline, settled('r3'), batchOf([doneRow(1)]));
    putRun(pipeline, settled('r4'), batchOf([doneRow(2)]));
    await repairPeople(pipeline, [OLDER], new ServedRuns(pipeline));
    expect(['r2', 'r3', 'r4'].map((run) => workOf(pipeline, run))).toEqual([['p1 done'], ['p1 todo'], ['p2 done']]);
    expect(['r2', 'r3', 'r4'].map((run) => stateOf(pipeline, run))).toEqual(['settled', 'confirming', 'settled']);
  });
  test('a full file carries everybody: nobody before it is repaired', async () => {
    const pipeline = await start();
    putRun(pipeline, settled('r2'), batchOf([doneRow(1)]));
    putRun(pipeline, settled('r3', { content: 'full' }), batchOf([doneRow(2)]));
    const writes = recordWrites(pipeline);
    await repairPeople(pipeline, [OLDER], new ServedRuns(pipeline));
    expect(writes).toEqual([]);
  });
  test('a full file that has the person is repaired', async () => {
    const pipeline = await start();
    putRun(pipeline, settled('r2', { content: 'full' }), batchOf([doneRow(1)]));
    await repairPeople(pipeline, [OLDER], new ServedRuns(pipeline));
    expect(workOf(pipeline, 'r2')).toEqual(['p1 todo']);
  });
  test('none when the newest that carries the person has not finished with them: nothing older is sent after it', async () => {
    const pipeline = await start();
    putRun(pipeline, settled('r2'), batchOf([doneRow(1)]));
    putRun(pipeline, runOf('r3'), batchOf([sentRow(1, NOW)]));
    const writes = recordWrites(pipeline);
    await repairPeople(pipeline, [OLDER], new ServedRuns(pipeline));
    expect(writes).toEqual([]);
  });
  test.each(['staged', 'sent', 'sending'] as const)('not a batch that is %s', async (state) => {
    const pipeline = await start();
    putRun(pipeline, runOf('r2'), batchOf([doneRow(1), sentRow(2, NOW)], { state }));
    const writes = recordWrites(pipeline);
    await repairPeople(pipeline, [OLDER], new ServedRuns(pipeline));
    expect(writes).toEqual([]);
    expect(pipeline.ledger.batches.calls.count('read')).toBe(0);
  });
  test('none that is older, and none of another source', async () => {
    const pipeline = await start();
    putRun(pipeline, settled('r0'), batchOf([doneRow(1)]));
    putRun(pipeline, settled('r2', { source: 'fabrikam-hr' }), batchOf([doneRow(1)]));
    const writes = recordWrites(pipeline);
    await repairPeople(pipeline, [OLDER], new ServedRuns(pipeline));
    expect(writes).toEqual([]);
  });
  test('a run that was parked before it was read carries nobody: it is not even read', async () => {
    const pipeline = await start();
    putRun(pipeline, settled('r2'), batchOf([doneRow(1)]));
    pipeline.ledger.runs.put(runOf('r3', { state: 'parked', job: null, content: 'full' }));
    await repairPeople(pipeline, [OLDER], new ServedRuns(pipeline));
    expect(workOf(pipeline, 'r2')).toEqual(['p1 todo']);
    expect(pipeline.files.calls.made.map(({ key }) => key)).toEqual(['contoso-hr/r2/people.idx']);
  });
});

describe('what is not looked at', () => {
  test('people whose every delivery was answered', async () => {
    const pipeline = await start(doneRow(1), unanswered(2));
    putRun(pipeline, settled('r2'), batchOf([doneRow(1), doneRow(2)]));
    await repairPeople(pipeline, [OLDER], new ServedRuns(pipeline));
    expect(workOf(pipeline, 'r2')).toEqual(['p1 done', 'p2 todo']);
  });
  test('runs without unanswered people', async () => {
    const pipeline = await start();
    putRun(pipeline, settled('r2'), batchOf([doneRow(1)]));
    await repairPeople(pipeline, [{ ...OLDER, unanswered: 0 }], new ServedRuns(pipeline));
    expect(pipeline.ledger.runs.calls.made).toEqual([]);
  });
  test('the batches of a run without a newer one', async () => {
    const pipeline = await start();
    await repairPeople(pipeline, [OLDER], new ServedRuns(pipeline));
    expect(pipeline.ledger.batches.calls.made).toEqual([]);
  });
});

describe('another process was faster', () => {
  test('the batch is under way again: it is left alone, and nothing is logged', async () => {
    const pipeline = await start();
    putRun(pipeline, settled('r2'), batchOf([doneRow(1), rowOf(2)], { state: 'settled' }));
    pipeline.ledger.runs.calls.before = ({ method, key }) => {
      if (method === 'replace' && key === 'r2')
        putRun(pipeline, runOf('r2'), batchOf([doneRow(1), rowOf(2)], { state: 'sending' }));
    };
    await repairPeople(pipeline, [OLDER], new ServedRuns(pipeline));
    expect(pipeline.ledger.batches.peek('r2', '000001')).toMatchObject({
      state: 'sending',
      rows: [{ work: 'done' }, {}],
    });
    expect(pipeline.events).toEqual([]);
  });
  test('the row was repaired already: it is not sent a second time', async () => {
    const pipeline = await start();
    putRun(pipeline, settled('r2'), batchOf([doneRow(1)]));
    pipeline.ledger.runs.calls.before = ({ method, key }) => {
      if (method === 'replace' && key === 'r2')
        pipeline.ledger.batches.put({ ...batchOf([doneRow(1, { repaired: true })]), run: 'r2', delivery: 2 });
    };
    await repairPeople(pipeline, [OLDER], new ServedRuns(pipeline));
    expect(pipeline.ledger.batches.peek('r2', '000001')).toMatchObject({ state: 'settled', delivery: 2 });
    expect(pipeline.events).toEqual([]);
  });
});
