// The sweep: what is abandoned, from which moment on, and that it is started once.
import { sweep } from '../../../../shared/pipeline/reconcile/sweep';
import { runIdOf } from '../../../../shared/run/run';
import type { MemoryPipeline, MemoryPipelineOptions } from '../../memory/memory-pipeline';
import { memoryPipeline } from '../../memory/memory-pipeline';
import {
  batchOf,
  doneRow,
  eventsOf,
  JOB,
  MINUTE,
  NOW,
  putRun,
  recordWrites,
  runOf,
  sentRow,
  SOURCE,
} from '../told-ledger';

const SILENCE = 15 * MINUTE;
const LEASE = 10 * MINUTE;
const start = (more: MemoryPipelineOptions = {}): Promise<MemoryPipeline> =>
  memoryPipeline({ ...more, delays: { intakeSilenceMs: SILENCE, senderLeaseMs: LEASE } });
const arrivalsOf = (pipeline: MemoryPipeline) => pipeline.arrivals.history.map(({ message }) => message);

describe('an export without a run', () => {
  const NAME = `${SOURCE}/people.csv`;

  test('is put on the queue after a while, not before', async () => {
    const pipeline = await start();
    const version = pipeline.exports.drop(NAME, 'id');
    pipeline.clock.pass(SILENCE - 1);
    await sweep(pipeline);
    expect(pipeline.arrivals.history).toEqual([]);
    pipeline.clock.pass(1);
    await sweep(pipeline);
    expect(pipeline.arrivals.history).toMatchObject([{ message: { version: 1, blob: NAME }, delayMs: 0 }]);
    expect(eventsOf(pipeline, 'rollcall.sweep.found')).toEqual([
      { source: SOURCE, run: runIdOf(NAME, version.etag, version.lastModified) },
    ]);
  });
  test('is put again at the next tick as long as it has none', async () => {
    const pipeline = await start();
    pipeline.exports.drop(NAME, 'id');
    pipeline.clock.pass(SILENCE);
    await sweep(pipeline);
    await sweep(pipeline);
    expect(arrivalsOf(pipeline)).toHaveLength(2);
  });
  test('outside the folders belongs to no source', async () => {
    const pipeline = await start();
    pipeline.exports.drop('people.csv', 'id');
    pipeline.clock.pass(SILENCE);
    await sweep(pipeline);
    expect(eventsOf(pipeline, 'rollcall.sweep.found')).toMatchObject([{ source: '_none' }]);
  });
  test('that is a manifest is not one', async () => {
    const pipeline = await start();
    pipeline.exports.drop(`${NAME}.manifest.json`, '{}');
    pipeline.clock.pass(SILENCE);
    await sweep(pipeline);
    expect(arrivalsOf(pipeline)).toEqual([]);
    expect(pipeline.ledger.runs.calls.count('read')).toBe(0);
  });
});

describe('an export with a run', () => {
  test('is not put on the queue, and the ledger is read once for it', async () => {
    const pipeline = await start();
    const name = `${SOURCE}/people.csv`;
    const version = pipeline.exports.drop(name, 'id');
    const run = runIdOf(name, version.etag, version.lastModified);
    pipeline.ledger.runs.put(runOf(run, { state: 'settled', settledAt: NOW }));
    pipeline.clock.pass(SILENCE);
    await sweep(pipeline);
    await sweep(pipeline);
    expect(arrivalsOf(pipeline)).toEqual([]);
    expect(pipeline.ledger.runs.calls.count('read', run)).toBe(1);
    // A new version of the same file is another export.
    pipeline.exports.drop(name, 'id,name');
    pipeline.clock.pass(SILENCE);
    await sweep(pipeline);
    expect(arrivalsOf(pipeline)).toEqual([{ version: 1, blob: name }]);
  });
  test('does not prevent a look at the next one', async () => {
    const pipeline = await start();
    const first = pipeline.exports.drop(`${SOURCE}/a.csv`, 'id');
    pipeline.exports.drop(`${SOURCE}/a.csv.manifest.json`, '{}');
    pipeline.exports.drop(`${SOURCE}/b.csv`, 'id');
    pipeline.ledger.runs.put(runOf(runIdOf(first.name, first.etag, first.lastModified)));
    pipeline.clock.pass(SILENCE);
    await sweep(pipeline);
    expect(arrivalsOf(pipeline)).toEqual([{ version: 1, blob: `${SOURCE}/b.csv` }]);
  });
});

describe('a silent intake', () => {
  test.each(['received', 'checking', 'staged'] as const)(
    'that is %s is restarted once its time is up',
    async (state) => {
      const pipeline = await start();
      const run = runOf('r1', { state, heartbeatAt: NOW - SILENCE + 1 });
      pipeline.ledger.runs.put(run);
      await sweep(pipeline);
      expect(arrivalsOf(pipeline)).toEqual([]);
      pipeline.clock.pass(1);
      await sweep(pipeline);
      expect(pipeline.arrivals.history).toMatchObject([
        { message: { version: 1, blob: run.blobName, run: 'r1' }, delayMs: 0 },
      ]);
      expect(eventsOf(pipeline, 'rollcall.sweep.restarted')).toEqual([{ source: SOURCE, run: 'r1', state }]);
    },
  );
  test('has a new heartbeat before it is put on the queue, and so is not restarted at the next tick', async () => {
    const pipeline = await start();
    pipeline.ledger.runs.put(runOf('r1', { state: 'checking', heartbeatAt: NOW - SILENCE }));
    const writes = recordWrites(pipeline);
    await sweep(pipeline);
    expect(writes).toEqual(['run replace r1', 'arrivals put']);
    expect(pipeline.ledger.runs.peek(runOf('r1'))).toMatchObject({ state: 'checking', heartbeatAt: NOW });
    pipeline.clock.pass(SILENCE - 1);
    await sweep(pipeline);
    expect(arrivalsOf(pipeline)).toHaveLength(1);
    pipeline.clock.pass(1);
    await sweep(pipeline);
    expect(arrivalsOf(pipeline)).toHaveLength(2);
  });
  test.each(['sending', 'confirming', 'settled'] as const)('does not include a run that is %s', async (state) => {
    const pipeline = await start();
    putRun(pipeline, runOf('r1', { state, heartbeatAt: 0, settledAt: NOW }), batchOf([sentRow(1, NOW)]));
    await sweep(pipeline);
    expect(arrivalsOf(pipeline)).toEqual([]);
  });
});

describe('a dead sender', () => {
  const sending = (sendingAt: number) =>
    batchOf([sentRow(1, sendingAt), doneRow(2)], { state: 'sending', sendingAt, delivery: 2 });

  test.each([0, 5 * MINUTE, -5 * MINUTE])(
    'is taken over from once its lease is over by the time of the gate, %i ms from ours',
    async (gateOffsetMs) => {
      const pipeline = await start({ gateOffsetMs });
      // The gate learns the time of storage from a write of its own.
      await pipeline.gate.take(JOB, false);
      const gateNow = (): number => pipeline.gate.now();
      expect(gateNow()).toBe(NOW + gateOffsetMs);
      putRun(pipeline, runOf('r1', { state: 'sending' }), sending(gateNow() - LEASE));
      const writes = recordWrites(pipeline);
      await sweep(pipeline);
      expect(writes).toEqual([]);
      expect(pipeline.ledger.batches.calls.count('read')).toBe(0);
      pipeline.clock.pass(1);
      await sweep(pipeline);
      expect(writes).toEqual(['batch replace r1/000001']);
      expect(pipeline.ledger.batches.peek('r1', '000001')).toMatchObject({
        state: 'staged',
        delivery: 3,
        notBefore: gateNow(),
        rows: [
          { work: 'todo', unknowns: 1, deliveries: 1 },
          { work: 'done', unknowns: 0 },
        ],
      });
      expect(eventsOf(pipeline, 'rollcall.sweep.tookover')).toEqual([{ run: 'r1', batch: '000001', delivery: 2 }]);
    },
  );
  test('that was answered after all, while the sweep looked, keeps its batch', async () => {
    const pipeline = await start();
    putRun(pipeline, runOf('r1', { state: 'sending' }), sending(NOW - LEASE - 1));
    pipeline.ledger.batches.calls.before = ({ method }) => {
      if (method === 'read') pipeline.ledger.batches.put({ ...sending(NOW - LEASE - 1), run: 'r1', state: 'sent' });
    };
    await sweep(pipeline);
    expect(pipeline.ledger.batches.peek('r1', '000001')).toMatchObject({ state: 'sent', delivery: 2 });
    expect(pipeline.events).toEqual([]);
  });
  test('whose batch another sender has taken meanwhile is dead, but that one is not', async () => {
    const pipeline = await start();
    putRun(pipeline, runOf('r1', { state: 'sending' }), sending(NOW - LEASE - 1));
    pipeline.ledger.batches.calls.before = ({ method }) => {
      if (method === 'read') pipeline.ledger.batches.put({ ...sending(NOW), run: 'r1' });
    };
    await sweep(pipeline);
    expect(pipeline.ledger.batches.peek('r1', '000001')).toMatchObject({ state: 'sending', sendingAt: NOW });
    expect(pipeline.events).toEqual([]);
  });
  test('does not prevent a look at the next batch; a sender that is alive is left alone', async () => {
    const pipeline = await start();
    const alive = { ...sending(NOW - 1), batch: '000001' };
    putRun(pipeline, runOf('r1', { state: 'confirming' }), alive, { ...sending(NOW - LEASE - 1), batch: '000002' });
    await sweep(pipeline);
    expect(pipeline.ledger.batches.peekAll('r1').map(({ state }) => state)).toEqual(['sending', 'staged']);
  });
  test('in a run that has ended is ignored', async () => {
    const pipeline = await start();
    putRun(pipeline, runOf('r1', { state: 'settled', settledAt: NOW }), sending(0));
    await sweep(pipeline);
    expect(pipeline.ledger.batches.peek('r1', '000001')?.state).toBe('sending');
  });
});

describe('a run that was never sent and has no report', () => {
  test.each(['held', 'refused'] as const)(
    '%s: gets it once its process is certainly dead, and not a second time',
    async (state) => {
      const pipeline = await start();
      const run = runOf('r1', { state, job: null, heartbeatAt: NOW - SILENCE });
      pipeline.ledger.runs.put(run);
      const writes = recordWrites(pipeline);
      await sweep(pipeline);
      expect(writes).toEqual([]);
      pipeline.clock.pass(1);
      await sweep(pipeline);
      expect(writes).toEqual([
        'report commit contoso-hr/r1/r1.csv.verdicts.csv',
        'report commit contoso-hr/r1/summary.json',
        'report commit contoso-hr/r1/r1.csv.why-held.txt',
        'run replace r1',
      ]);
      expect(pipeline.ledger.runs.peek(run)).toMatchObject({ state, settledAt: NOW + 1 });
      pipeline.clock.pass(SILENCE);
      await sweep(pipeline);
      expect(writes).toHaveLength(4);
    },
  );
  test('whose report cannot be written keeps neither the next run nor the other steps waiting', async () => {
    const pipeline = await start();
    const [broken, next] = ['r1', 'r2'].map((run) => runOf(run, { state: 'held', job: null, heartbeatAt: 0 }));
    pipeline.ledger.runs.put(broken!);
    pipeline.ledger.runs.put(next!);
    pipeline.reports.calls.before = ({ key }) => {
      if (key.includes('/r1/')) throw new Error('no such report');
    };
    pipeline.exports.calls.before = () => {
      throw new Error('no listing');
    };
    await expect(sweep(pipeline)).rejects.toThrow('no listing');
    expect(pipeline.ledger.runs.peek(broken!)).toMatchObject({ settledAt: 0 });
    expect(pipeline.ledger.runs.peek(next!)).toMatchObject({ settledAt: NOW });
  });
  test('a run in any other state is not reported by the sweep', async () => {
    const pipeline = await start();
    putRun(pipeline, runOf('r1', { heartbeatAt: 0 }), batchOf([doneRow(1)]));
    pipeline.ledger.runs.put(runOf('r2', { state: 'parked', heartbeatAt: 0 }));
    await sweep(pipeline);
    expect(pipeline.reports.reports.size).toBe(0);
  });
});
