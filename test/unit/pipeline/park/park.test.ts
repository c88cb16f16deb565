// Parking: a poisoned message marks the one delivery or the one version of a file that it names, once, and nothing else.
import { keepMessage, parkDelivery, parkExport, returnExport } from '../../../../shared/pipeline/park/park';
import type { BatchState } from '../../../../shared/run/batch';
import type { Run, RunState } from '../../../../shared/run/run';
import { RUN_STATES, runIdOf } from '../../../../shared/run/run';
import { receivedRun } from '../../../../shared/run/run-moves';
import type { MemoryPipeline } from '../../memory/memory-pipeline';
import { memoryPipeline } from '../../memory/memory-pipeline';
import { batchOf, rowOf } from '../../run/made-batch';
import { csvOf, DAY, JOB, journalOf, person, putRun, runOf, SOURCE } from '../contoso';

describe('a delivery', () => {
  /** As often as a delivery is released before it may be given up: once less is too little. */
  const A_DAY = 96;
  const pointer = { version: 1, run: 'r1', batch: '000001', delivery: 2 } as const;
  const sent = rowOf(2, { work: 'open', deliveries: 1, sentAt: [1] });

  test.each(['staged', 'sending'] as const)(
    'of a %s batch holds what was never sent, leaves what may have been accepted open, and invalidates its message',
    async (state: BatchState) => {
      const pipeline = await memoryPipeline();
      const done = rowOf(3, { work: 'done', verdict: 'created', deliveries: 1, sentAt: [1] });
      putRun(pipeline, 'r1', { made: [batchOf([rowOf(1), sent, done], { delivery: 2, state, releases: A_DAY })] });
      await parkDelivery(pipeline, pointer);
      const parked = pipeline.ledger.batches.peek('r1', '000001');
      expect(parked).toMatchObject({ state: 'sent', delivery: 3 });
      expect(parked?.rows.map(({ work, verdict, code }) => [work, verdict, code])).toEqual([
        ['done', 'held', 'delivery-poisoned'],
        ['open', null, null],
        ['done', 'created', null],
      ]);
      expect(pipeline.ledger.runs.peek(runOf('r1'))).toMatchObject({
        state: 'sending',
        reason: { code: 'delivery-poisoned', line: null, column: null },
      });
      expect(pipeline.events).toEqual([
        {
          name: 'rollcall.poison.parked',
          fields: { run: 'r1', batch: '000001', delivery: 2, code: 'delivery-poisoned' },
          at: pipeline.clock.now(),
        },
      ]);
    },
  );
  test('gives the run its reason before its rows their verdicts: a run must not settle without it', async () => {
    const pipeline = await memoryPipeline();
    putRun(pipeline, 'r1', { made: [batchOf([rowOf(1)], { delivery: 2, releases: A_DAY })] });
    const journal = journalOf(pipeline, (call) => (call.includes('replace') ? call : null));
    await parkDelivery(pipeline, pointer);
    expect(journal).toEqual(['runs.replace r1', 'batches.replace r1/000001']);
  });
  test.each(['staged', 'sending'] as const)(
    'of a %s batch parks nothing before that: anybody can forge one, and its message counts as lost',
    async (state: BatchState) => {
      const pipeline = await memoryPipeline();
      const made = batchOf([rowOf(1)], { delivery: 2, state, releases: A_DAY - 1 });
      putRun(pipeline, 'r1', { made: [made] });
      const run = pipeline.ledger.runs.peek(runOf('r1'));
      await parkDelivery(pipeline, pointer);
      expect(pipeline.ledger.batches.peek('r1', '000001')).toEqual({ ...made, run: 'r1' });
      expect(pipeline.ledger.runs.peek(runOf('r1'))).toEqual(run);
      expect(pipeline.events.map(({ name, fields }) => [name, fields])).toEqual([
        ['rollcall.poison.returned', { run: 'r1', batch: '000001', delivery: 2, code: 'delivery-poisoned' }],
      ]);
    },
  );
  test.each([
    ['an older delivery', { delivery: 3 }],
    ['a delivery that was accepted', { delivery: 2, state: 'sent' as const }],
    ['a delivery that is settled', { delivery: 2, state: 'settled' as const }],
  ])('that is %s is ignored: nothing is written or logged', async (_, more) => {
    const pipeline = await memoryPipeline();
    const made = batchOf([rowOf(1)], { state: 'staged', releases: A_DAY, ...more });
    putRun(pipeline, 'r1', { made: [made] });
    await parkDelivery(pipeline, pointer);
    expect(pipeline.ledger.batches.peek('r1', '000001')).toEqual({ ...made, run: 'r1' });
    expect(pipeline.ledger.runs.calls.made).toEqual([]);
    expect(pipeline.ledger.batches.calls.made).toEqual([{ method: 'read', key: 'r1/000001' }]);
    expect(pipeline.events).toEqual([]);
  });
  test('of an unknown batch is ignored', async () => {
    const pipeline = await memoryPipeline();
    await parkDelivery(pipeline, pointer);
    expect(pipeline.ledger.runs.calls.made).toEqual([]);
    expect(pipeline.events).toEqual([]);
  });
  test.each([
    ['was accepted', { state: 'sent' as const }],
    ['became another one', { delivery: 3 }],
    ['was released afresh', { releases: 1 }],
  ])('that %s between the read and the write is left as it is', async (_, more) => {
    const pipeline = await memoryPipeline();
    const made = batchOf([rowOf(1)], { state: 'staged', delivery: 2, releases: A_DAY });
    putRun(pipeline, 'r1', { made: [made] });
    pipeline.ledger.runs.calls.before = ({ method }) => {
      if (method === 'replace') pipeline.ledger.batches.put({ ...made, run: 'r1', ...more });
    };
    await parkDelivery(pipeline, pointer);
    expect(pipeline.ledger.batches.peek('r1', '000001')).toEqual({ ...made, run: 'r1', ...more });
    expect(pipeline.ledger.batches.calls.count('replace')).toBe(0);
  });
});

describe('an arrival', () => {
  const BLOB = `${SOURCE}/people.csv`;
  /** As often as the sweep starts an intake again before it may be given up: once less is too little. */
  const A_DAY = 25;

  /** A file with its run in a state, started again by the sweep for a day. */
  async function dropped(state: RunState, more: Partial<Run> = {}) {
    const pipeline = await memoryPipeline();
    const version = pipeline.exports.drop(BLOB, csvOf(person('p1')));
    const run = { ...receivedRun({ ...version, source: SOURCE }, DAY), restarts: A_DAY, state, ...more };
    pipeline.ledger.runs.put(run);
    return { pipeline, version, run, read: () => pipeline.ledger.runs.peek(run) };
  }
  const event = (run: string, source = SOURCE) => ({ source, run, code: 'intake-poisoned' });
  const told = (pipeline: MemoryPipeline) => pipeline.events.map(({ name, fields }) => [name, fields]);

  test.each(['received', 'checking'] as const)(
    'of a run that was %s, and started again for a day, parks it with a reason and a report',
    async (state) => {
      const { pipeline, run, read } = await dropped(state);
      await parkExport(pipeline, { version: 1, blob: BLOB });
      expect(read()).toMatchObject({
        state: 'parked',
        reason: { code: 'intake-poisoned', line: null, column: null },
        settledAt: pipeline.clock.now(),
      });
      expect([...pipeline.reports.reports.keys()]).toContain(`${SOURCE}/${run.run}/people.csv.why-held.txt`);
      expect(told(pipeline)).toEqual([
        ['rollcall.reconcile.settled', { source: SOURCE, run: run.run, state: 'parked', rows: 0, isFirst: true }],
        ['rollcall.poison.parked', event(run.run)],
      ]);
    },
  );
  test.each(['received', 'checking', 'staged'] as const)(
    'of a run that is %s parks nothing before that: anybody can forge one, and a fault of storage that lasts makes one',
    async (state) => {
      const { pipeline, run, read } = await dropped(state, { job: JOB, restarts: A_DAY - 1 });
      await parkExport(pipeline, { version: 1, blob: BLOB });
      expect(read()).toEqual(run);
      expect(pipeline.reports.calls.made).toEqual([]);
      expect(told(pipeline)).toEqual([['rollcall.poison.returned', event(run.run)]]);
    },
  );
  test('of a run that was staged: it goes on, and its reason shows; no report yet', async () => {
    const { pipeline, read } = await dropped('staged', { job: JOB });
    await parkExport(pipeline, { version: 1, blob: BLOB });
    expect(read()).toMatchObject({ state: 'staged', reason: { code: 'intake-poisoned' } });
    expect(pipeline.reports.calls.made).toEqual([]);
  });
  const beyond = RUN_STATES.filter((state) => !['received', 'checking', 'staged'].includes(state));
  test.each(beyond)('of a run that is %s, and so past intake, changes nothing', async (state) => {
    const { pipeline, run, read } = await dropped(state);
    await parkExport(pipeline, { version: 1, blob: BLOB });
    expect(read()).toEqual(run);
    expect(pipeline.reports.calls.made).toEqual([]);
    expect(told(pipeline)).toEqual([['rollcall.poison.returned', event(run.run)]]);
  });
  test('that names its run parks it though the file was replaced or deleted since', async () => {
    const { pipeline, run, read } = await dropped('checking');
    pipeline.exports.remove(BLOB);
    await parkExport(pipeline, { version: 1, blob: BLOB, run: run.run });
    expect(read()?.state).toBe('parked');
    expect(pipeline.exports.calls.made).toEqual([]);
    expect(pipeline.events.at(-1)?.fields).toEqual(event(run.run));
  });
  test('of a file that is gone, and that names no run, is reported all the same', async () => {
    const { pipeline, read } = await dropped('checking');
    pipeline.exports.remove(BLOB);
    await parkExport(pipeline, { version: 1, blob: BLOB });
    expect(read()?.state).toBe('checking');
    expect(told(pipeline)).toEqual([['rollcall.poison.returned', event('none')]]);
  });
  test('of a file outside the folders of the sources parks the run of no source', async () => {
    const pipeline = await memoryPipeline();
    const version = pipeline.exports.drop('people.csv', 'x');
    const run = { ...receivedRun({ ...version, source: '_none' }, DAY), restarts: A_DAY };
    pipeline.ledger.runs.put(run);
    await parkExport(pipeline, { version: 1, blob: 'people.csv' });
    expect(pipeline.ledger.runs.peek(run)?.state).toBe('parked');
    expect(pipeline.events.at(-1)?.fields).toEqual(
      event(runIdOf('people.csv', version.etag, version.lastModified), '_none'),
    );
  });
});

describe('a blob whose trigger failed', () => {
  const BLOB = `${SOURCE}/people.csv`;

  test('gets its pointer on `arrivals`, and its run is left as it is', async () => {
    const pipeline = await memoryPipeline();
    const version = pipeline.exports.drop(BLOB, csvOf(person('p1')));
    const run = { ...receivedRun({ ...version, source: SOURCE }, DAY), state: 'checking' as const, restarts: 99 };
    pipeline.ledger.runs.put(run);
    await returnExport(pipeline, 'inbound', BLOB);
    expect(pipeline.arrivals.history).toMatchObject([{ message: { version: 1, blob: BLOB }, delayMs: 0 }]);
    expect(pipeline.ledger.runs.calls.made).toEqual([]);
    expect(pipeline.events.map(({ name, fields }) => [name, fields])).toEqual([
      ['rollcall.poison.returned', { source: SOURCE, run: 'none' }],
    ]);
  });
  test.each([
    ['of another container', 'runs', BLOB],
    ['whose name leads out of its container', 'inbound', `${SOURCE}/../../runs/x/export`],
  ])('%s is reported, and nothing else', async (_, container, blob) => {
    const pipeline = await memoryPipeline();
    await returnExport(pipeline, container, blob);
    expect(pipeline.arrivals.history).toEqual([]);
    expect(pipeline.events).toHaveLength(1);
  });
});

test('an unreadable message is kept, and the event says under which name', async () => {
  const pipeline = await memoryPipeline();
  await keepMessage(pipeline, 'not a pointer');
  expect([...pipeline.evidence.messages]).toEqual([['_poison/1.txt', 'not a pointer']]);
  expect(pipeline.events.map(({ name, fields }) => [name, fields])).toEqual([
    ['rollcall.poison.parked', { run: 'none', code: 'message-invalid', kept: '_poison/1.txt' }],
  ]);
});
