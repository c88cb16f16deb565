// The sweep: what is abandoned, from which moment on, and that it is started once.
import { ServedRuns } from '../../../../shared/pipeline/serve/served-runs';
import { sweep } from '../../../../shared/pipeline/reconcile/sweep';
import type { ExportVersion } from '../../../../shared/export/export-store';
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

const LOST = 3 * MINUTE;
const SILENCE = 15 * MINUTE;
const LEASE = 10 * MINUTE;
const start = (more: MemoryPipelineOptions = {}): Promise<MemoryPipeline> =>
  memoryPipeline({ ...more, delays: { lostExportMs: LOST, intakeSilenceMs: SILENCE, senderLeaseMs: LEASE } });
const arrivalsOf = (pipeline: MemoryPipeline) => pipeline.arrivals.history.map(({ message }) => message);

describe('an export without a run', () => {
  const NAME = `${SOURCE}/people.csv`;

  test('gets its receipt and a message after a while, not before', async () => {
    const pipeline = await start();
    const version = pipeline.exports.drop(NAME, 'id');
    const run = runIdOf(NAME, version.etag, version.lastModified);
    pipeline.clock.pass(LOST - 1);
    await sweep(pipeline, new ServedRuns(pipeline));
    expect(pipeline.arrivals.history).toEqual([]);
    pipeline.clock.pass(1);
    await sweep(pipeline, new ServedRuns(pipeline));
    expect(pipeline.arrivals.history).toMatchObject([{ message: { version: 1, blob: NAME, run }, delayMs: 0 }]);
    expect(pipeline.ledger.runs.peek({ source: SOURCE, run })).toMatchObject({ state: 'received', restarts: 0 });
    expect(eventsOf(pipeline, 'rollcall.sweep.found')).toEqual([{ source: SOURCE, run }]);
  });
  test('is found once, by whatever process: then it is a silent intake, with longer pauses each time', async () => {
    const pipeline = await start();
    pipeline.exports.drop(NAME, 'id');
    pipeline.clock.pass(SILENCE);
    const restartedAfter: number[] = [];
    for (let minutes = 0; minutes <= 6 * 60; minutes += 5) {
      pipeline.knownExports.clear();
      const before = pipeline.arrivals.history.length;
      await sweep(pipeline, new ServedRuns(pipeline));
      if (pipeline.arrivals.history.length > before) restartedAfter.push(minutes);
      pipeline.clock.pass(5 * MINUTE);
    }
    expect(restartedAfter).toEqual([0, 15, 45, 105, 165, 225, 285, 345]);
    expect(eventsOf(pipeline, 'rollcall.sweep.found')).toHaveLength(1);
  });
  test('that is empty may be an upload that has not ended: it is found after an hour', async () => {
    const pipeline = await start();
    pipeline.exports.drop(NAME, '');
    pipeline.clock.pass(4 * SILENCE - 1);
    await sweep(pipeline, new ServedRuns(pipeline));
    expect(arrivalsOf(pipeline)).toEqual([]);
    pipeline.clock.pass(1);
    await sweep(pipeline, new ServedRuns(pipeline));
    expect(arrivalsOf(pipeline)).toMatchObject([{ blob: NAME }]);
  });
  test.each(['.filepart', '.part', '.TMP'])(
    'is none under a temporary name (%s); once it is renamed, it is found',
    async (ending) => {
      const pipeline = await start();
      pipeline.exports.drop(`${NAME}${ending}`, 'id');
      pipeline.clock.pass(100 * SILENCE);
      await sweep(pipeline, new ServedRuns(pipeline));
      expect(pipeline.ledger.runs.calls.made.filter(({ method }) => method === 'insert')).toEqual([]);
      pipeline.exports.remove(`${NAME}${ending}`);
      pipeline.exports.drop(NAME, 'id');
      pipeline.clock.pass(LOST);
      await sweep(pipeline, new ServedRuns(pipeline));
      expect(arrivalsOf(pipeline)).toMatchObject([{ blob: NAME }]);
    },
  );
  test('that cannot be given its receipt does not keep the others waiting', async () => {
    const pipeline = await start();
    pipeline.exports.drop(`${SOURCE}/a.csv`, 'id');
    pipeline.exports.drop(`${SOURCE}/b.csv`, 'id');
    pipeline.clock.pass(SILENCE);
    let inserts = 0;
    pipeline.ledger.runs.calls.before = ({ method }) => {
      if (method === 'insert' && ++inserts === 1) throw new Error('storage is away');
    };
    await expect(sweep(pipeline, new ServedRuns(pipeline))).rejects.toThrow('storage is away');
    expect(arrivalsOf(pipeline).map(({ blob }) => blob)).toEqual([`${SOURCE}/b.csv`]);
    await sweep(pipeline, new ServedRuns(pipeline));
    expect(arrivalsOf(pipeline).map(({ blob }) => blob)).toEqual([`${SOURCE}/b.csv`, `${SOURCE}/a.csv`]);
  });
  test.each(['people.csv', 'hr#1/people.csv', 'hr?x/people.csv', '.hr/people.csv', `${'f'.repeat(64)}/people.csv`])(
    'that is in no folder of a source (%s) belongs to none',
    async (name) => {
      const pipeline = await start();
      pipeline.exports.drop(name, 'id');
      pipeline.clock.pass(SILENCE);
      await sweep(pipeline, new ServedRuns(pipeline));
      expect(eventsOf(pipeline, 'rollcall.sweep.found')).toMatchObject([{ source: '_none' }]);
      expect(arrivalsOf(pipeline)).toMatchObject([{ blob: name }]);
    },
  );
});

describe('a file whose name no path can hold', () => {
  test.each([
    `${SOURCE}/../../runs/secret/export`,
    `${SOURCE}/./people.csv`,
    `${SOURCE}/a\\b.csv`,
    `${SOURCE}/a\u0001b.csv`,
    `${SOURCE}\n/people.csv`,
    `${SOURCE}//people.csv`,
    `${SOURCE}/people.csv/`,
  ])('(%j) is a run of no source, held, with a report; nothing of it is read', async (name) => {
    const pipeline = await start();
    const version = pipeline.exports.drop(name, 'id');
    const run = { source: '_none', run: runIdOf(name, version.etag, version.lastModified) };
    pipeline.clock.pass(SILENCE);
    await sweep(pipeline, new ServedRuns(pipeline));
    await sweep(pipeline, new ServedRuns(pipeline));
    expect(pipeline.ledger.runs.peek(run)).toMatchObject({
      state: 'held',
      reason: { code: 'file-name-unusable' },
      settledAt: pipeline.clock.now(),
    });
    expect([...pipeline.reports.reports.keys()]).toContainEqual(expect.stringMatching(/\.why-held\.txt$/));
    expect(pipeline.arrivals.history).toEqual([]);
    expect(pipeline.exports.calls.count('head')).toBe(0);
    expect(eventsOf(pipeline, 'rollcall.intake.held')).toEqual([{ ...run, code: 'file-name-unusable' }]);
  });
  test('is held although the process that found it died', async () => {
    const pipeline = await start();
    const run = runOf('r1', {
      source: '_none',
      state: 'received',
      blobName: 'hr/../x.csv',
      heartbeatAt: NOW - SILENCE,
    });
    pipeline.ledger.runs.put(run);
    await sweep(pipeline, new ServedRuns(pipeline));
    expect(pipeline.ledger.runs.peek(run)?.state).toBe('held');
    expect(pipeline.arrivals.history).toEqual([]);
  });
});

describe('a manifest', () => {
  const FILE = `${SOURCE}/people.csv`;
  const MANIFEST = `${FILE}.manifest.json`;
  const HOUR = 60 * MINUTE;
  const stateOf = (pipeline: MemoryPipeline, version: ExportVersion) => {
    const run = runIdOf(version.name, version.etag, version.lastModified);
    return pipeline.ledger.runs.peek({ source: SOURCE, run })?.state ?? null;
  };

  test('whose file never comes is held after an hour, with a report', async () => {
    const pipeline = await start();
    const version = pipeline.exports.drop(MANIFEST, '{}');
    pipeline.clock.pass(HOUR - 1);
    await sweep(pipeline, new ServedRuns(pipeline));
    expect(stateOf(pipeline, version)).toBeNull();
    pipeline.clock.pass(1);
    await sweep(pipeline, new ServedRuns(pipeline));
    expect(stateOf(pipeline, version)).toBe('held');
    expect(eventsOf(pipeline, 'rollcall.intake.held')).toMatchObject([{ source: SOURCE, code: 'manifest-alone' }]);
    expect([...pipeline.reports.reports.keys()]).toContainEqual(
      expect.stringMatching(/people\.csv\.manifest\.json\.why-held\.txt$/),
    );
    expect(pipeline.arrivals.history).toEqual([]);
  });
  test('whose file is there is no export, and asked about once', async () => {
    const pipeline = await start();
    const version = pipeline.exports.drop(MANIFEST, '{}');
    pipeline.exports.drop(FILE, 'id');
    pipeline.clock.pass(HOUR);
    await sweep(pipeline, new ServedRuns(pipeline));
    await sweep(pipeline, new ServedRuns(pipeline));
    expect(stateOf(pipeline, version)).toBeNull();
    expect(arrivalsOf(pipeline).map(({ blob }) => blob)).toEqual([FILE]);
    expect(pipeline.exports.calls.count('head')).toBe(1);
  });
  test.each([
    ['was taken in and deleted since', 0, null],
    ['of the night before was deleted, and no new one came', 20 * HOUR, 'held'],
  ] as const)('whose file %s', async (_, earlierMs, state) => {
    const pipeline = await start();
    const file = pipeline.exports.drop(FILE, 'id');
    const run = runIdOf(FILE, file.etag, file.lastModified);
    pipeline.ledger.runs.put(runOf(run, { blobName: FILE, arrivedAt: file.lastModified, state: 'settled' }));
    pipeline.exports.remove(FILE);
    pipeline.clock.pass(earlierMs);
    const version = pipeline.exports.drop(MANIFEST, '{}');
    pipeline.clock.pass(HOUR);
    await sweep(pipeline, new ServedRuns(pipeline));
    expect(stateOf(pipeline, version)).toBe(state);
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
    await sweep(pipeline, new ServedRuns(pipeline));
    await sweep(pipeline, new ServedRuns(pipeline));
    expect(arrivalsOf(pipeline)).toEqual([]);
    expect(pipeline.ledger.runs.calls.count('read', run)).toBe(1);
    // A new version of the same file is another export.
    pipeline.exports.drop(name, 'id,name');
    pipeline.clock.pass(SILENCE);
    await sweep(pipeline, new ServedRuns(pipeline));
    expect(arrivalsOf(pipeline)).toMatchObject([{ version: 1, blob: name }]);
  });
  test('does not prevent a look at the next one', async () => {
    const pipeline = await start();
    const first = pipeline.exports.drop(`${SOURCE}/a.csv`, 'id');
    pipeline.exports.drop(`${SOURCE}/a.csv.manifest.json`, '{}');
    pipeline.exports.drop(`${SOURCE}/b.csv`, 'id');
    pipeline.ledger.runs.put(runOf(runIdOf(first.name, first.etag, first.lastModified)));
    pipeline.clock.pass(SILENCE);
    await sweep(pipeline, new ServedRuns(pipeline));
    expect(arrivalsOf(pipeline)).toMatchObject([{ version: 1, blob: `${SOURCE}/b.csv` }]);
  });
});

describe('a silent intake', () => {
  test.each(['received', 'checking', 'staged'] as const)(
    'that is %s is restarted once its time is up',
    async (state) => {
      const pipeline = await start();
      const run = runOf('r1', { state, heartbeatAt: NOW - SILENCE + 1 });
      pipeline.ledger.runs.put(run);
      await sweep(pipeline, new ServedRuns(pipeline));
      expect(arrivalsOf(pipeline)).toEqual([]);
      pipeline.clock.pass(1);
      await sweep(pipeline, new ServedRuns(pipeline));
      expect(pipeline.arrivals.history).toMatchObject([
        { message: { version: 1, blob: run.blobName, run: 'r1' }, delayMs: 0 },
      ]);
      expect(eventsOf(pipeline, 'rollcall.sweep.restarted')).toEqual([
        { source: SOURCE, run: 'r1', state, restarts: 1 },
      ]);
    },
  );
  test('has a new heartbeat before it is put on the queue, and so is not restarted at the next tick', async () => {
    const pipeline = await start();
    pipeline.ledger.runs.put(runOf('r1', { state: 'checking', heartbeatAt: NOW - SILENCE }));
    const writes = recordWrites(pipeline);
    await sweep(pipeline, new ServedRuns(pipeline));
    expect(writes).toEqual(['run replace r1', 'arrivals put']);
    expect(pipeline.ledger.runs.peek(runOf('r1'))).toMatchObject({ state: 'checking', heartbeatAt: NOW, restarts: 1 });
    pipeline.clock.pass(2 * SILENCE - 1);
    await sweep(pipeline, new ServedRuns(pipeline));
    expect(arrivalsOf(pipeline)).toHaveLength(1);
    pipeline.clock.pass(1);
    await sweep(pipeline, new ServedRuns(pipeline));
    expect(arrivalsOf(pipeline)).toHaveLength(2);
  });
  test.each(['sending', 'confirming', 'settled'] as const)('does not include a run that is %s', async (state) => {
    const pipeline = await start();
    putRun(pipeline, runOf('r1', { state, heartbeatAt: 0, settledAt: NOW }), batchOf([sentRow(1, NOW)]));
    await sweep(pipeline, new ServedRuns(pipeline));
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
      await sweep(pipeline, new ServedRuns(pipeline));
      expect(writes).toEqual([]);
      expect(pipeline.ledger.batches.calls.count('read')).toBe(0);
      pipeline.clock.pass(1);
      await sweep(pipeline, new ServedRuns(pipeline));
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
    await sweep(pipeline, new ServedRuns(pipeline));
    expect(pipeline.ledger.batches.peek('r1', '000001')).toMatchObject({ state: 'sent', delivery: 2 });
    expect(pipeline.events).toEqual([]);
  });
  test('whose batch another sender has taken meanwhile is dead, but that one is not', async () => {
    const pipeline = await start();
    putRun(pipeline, runOf('r1', { state: 'sending' }), sending(NOW - LEASE - 1));
    pipeline.ledger.batches.calls.before = ({ method }) => {
      if (method === 'read') pipeline.ledger.batches.put({ ...sending(NOW), run: 'r1' });
    };
    await sweep(pipeline, new ServedRuns(pipeline));
    expect(pipeline.ledger.batches.peek('r1', '000001')).toMatchObject({ state: 'sending', sendingAt: NOW });
    expect(pipeline.events).toEqual([]);
  });
  test('does not prevent a look at the next batch; a sender that is alive is left alone', async () => {
    const pipeline = await start();
    const alive = { ...sending(NOW - 1), batch: '000001' };
    putRun(pipeline, runOf('r1', { state: 'confirming' }), alive, { ...sending(NOW - LEASE - 1), batch: '000002' });
    await sweep(pipeline, new ServedRuns(pipeline));
    expect(pipeline.ledger.batches.peekAll('r1').map(({ state }) => state)).toEqual(['sending', 'staged']);
  });
  test('in a run that has ended is ignored', async () => {
    const pipeline = await start();
    putRun(pipeline, runOf('r1', { state: 'settled', settledAt: NOW }), sending(0));
    await sweep(pipeline, new ServedRuns(pipeline));
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
      await sweep(pipeline, new ServedRuns(pipeline));
      expect(writes).toEqual([]);
      pipeline.clock.pass(1);
      await sweep(pipeline, new ServedRuns(pipeline));
      expect(writes).toEqual([
        'report commit contoso-hr/r1/r1.csv.verdicts.csv',
        'report commit contoso-hr/r1/summary.json',
        'report commit contoso-hr/r1/r1.csv.why-held.txt',
        'run replace r1',
      ]);
      expect(pipeline.ledger.runs.peek(run)).toMatchObject({ state, settledAt: NOW + 1 });
      pipeline.clock.pass(SILENCE);
      await sweep(pipeline, new ServedRuns(pipeline));
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
    await expect(sweep(pipeline, new ServedRuns(pipeline))).rejects.toThrow('no listing');
    expect(pipeline.ledger.runs.peek(broken!)).toMatchObject({ settledAt: 0 });
    expect(pipeline.ledger.runs.peek(next!)).toMatchObject({ settledAt: NOW });
  });
  test('a run in any other state is not reported by the sweep', async () => {
    const pipeline = await start();
    putRun(pipeline, runOf('r1', { heartbeatAt: 0 }), batchOf([doneRow(1)]));
    pipeline.ledger.runs.put(runOf('r2', { state: 'parked', heartbeatAt: 0 }));
    await sweep(pipeline, new ServedRuns(pipeline));
    expect(pipeline.reports.reports.size).toBe(0);
  });
});
