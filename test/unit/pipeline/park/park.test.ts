// Parking: a poisoned message marks the one delivery or the one version of a file that it names, once, and nothing else.
import { keepMessage, parkDelivery, parkExport } from '../../../../shared/pipeline/park/park';
import type { BatchState } from '../../../../shared/run/batch';
import type { Run, RunState } from '../../../../shared/run/run';
import { RUN_STATES, runIdOf } from '../../../../shared/run/run';
import { receivedRun } from '../../../../shared/run/run-moves';
import { memoryPipeline } from '../../memory/memory-pipeline';
import { batchOf, rowOf } from '../../run/made-batch';
import { csvOf, DAY, JOB, journalOf, person, putRun, runOf, SOURCE } from '../contoso';

describe('a delivery', () => {
  const pointer = { version: 1, run: 'r1', batch: '000001', delivery: 2 } as const;
  const sent = rowOf(2, { work: 'open', deliveries: 1, sentAt: [1] });

  test.each(['staged', 'sending'] as const)(
    'of a %s batch holds what was never sent, leaves what may have been accepted open, and invalidates its message',
    async (state: BatchState) => {
      const pipeline = await memoryPipeline();
      const done = rowOf(3, { work: 'done', verdict: 'created', deliveries: 1, sentAt: [1] });
      putRun(pipeline, 'r1', { made: [batchOf([rowOf(1), sent, done], { delivery: 2, state })] });
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
    putRun(pipeline, 'r1', { made: [batchOf([rowOf(1)], { delivery: 2 })] });
    const journal = journalOf(pipeline, (call) => (call.includes('replace') ? call : null));
    await parkDelivery(pipeline, pointer);
    expect(journal).toEqual(['runs.replace r1', 'batches.replace r1/000001']);
  });
  test.each([
    ['an older delivery', { delivery: 3 }],
    ['a delivery that was accepted', { delivery: 2, state: 'sent' as const }],
    ['a delivery that is settled', { delivery: 2, state: 'settled' as const }],
  ])('that is %s is ignored: nothing is written or logged', async (_, more) => {
    const pipeline = await memoryPipeline();
    const made = batchOf([rowOf(1)], { state: 'staged', ...more });
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
  ])('that %s between the read and the write is left as it is', async (_, more) => {
    const pipeline = await memoryPipeline();
    const made = batchOf([rowOf(1)], { state: 'staged', delivery: 2 });
    putRun(pipeline, 'r1', { made: [made] });
    pipeline.ledger.runs.calls.before = ({ method }) => {
      if (method === 'replace') pipeline.ledger.batches.put({ ...made, run: 'r1', ...more });
    };
    await parkDelivery(pipeline, pointer);
    expect(pipeline.ledger.batches.peek('r1', '000001')).toEqual({ ...made, run: 'r1', ...more });
    expect(pipeline.ledger.batches.calls.count('replace')).toBe(0);
  });
});

describe('an export', () => {
  const BLOB = `${SOURCE}/people.csv`;

  /** A file with its run in a state. */
  async function dropped(state: RunState, more: Partial<Run> = {}) {
    const pipeline = await memoryPipeline();
    const version = pipeline.exports.drop(BLOB, csvOf(person('p1')));
    const run = { ...receivedRun({ ...version, source: SOURCE }, DAY), state, ...more };
    pipeline.ledger.runs.put(run);
    return { pipeline, version, run, read: () => pipeline.ledger.runs.peek(run) };
  }
  const event = (run: string, source = SOURCE) => ({ source, run, code: 'intake-poisoned' });

  test.each(['received', 'checking'] as const)('that was %s is parked, with a reason and a report', async (state) => {
    const { pipeline, run, read } = await dropped(state);
    await parkExport(pipeline, { version: 1, blob: BLOB });
    expect(read()).toMatchObject({
      state: 'parked',
      reason: { code: 'intake-poisoned', line: null, column: null },
      settledAt: pipeline.clock.now(),
    });
    expect([...pipeline.reports.reports.keys()]).toContain(`${SOURCE}/${run.run}/people.csv.why-held.txt`);
    expect(pipeline.events.map(({ name, fields }) => [name, fields])).toEqual([
      ['rollcall.reconcile.settled', { source: SOURCE, run: run.run, state: 'parked', rows: 0 }],
      ['rollcall.poison.parked', event(run.run)],
    ]);
  });
  test('that was staged goes on, and its reason shows: no report yet', async () => {
    const { pipeline, read } = await dropped('staged', { job: JOB });
    await parkExport(pipeline, { version: 1, blob: BLOB });
    expect(read()).toMatchObject({ state: 'staged', reason: { code: 'intake-poisoned' } });
    expect(pipeline.reports.calls.made).toEqual([]);
  });
  const beyond = RUN_STATES.filter((state) => !['received', 'checking', 'staged'].includes(state));
  test.each(beyond)('whose run is %s is past intake: nothing is changed', async (state) => {
    const { pipeline, run, read } = await dropped(state);
    await parkExport(pipeline, { version: 1, blob: BLOB });
    expect(read()).toEqual(run);
    expect(pipeline.reports.calls.made).toEqual([]);
    expect(pipeline.events.map(({ fields }) => fields)).toEqual([event(run.run)]);
  });
  test.each([
    ['as it is', (etag: string) => etag],
    ['without its quotes', (etag: string) => etag.replaceAll('"', '')],
  ])('whose ETag is given %s is parked', async (_, told) => {
    const { pipeline, version, read } = await dropped('checking');
    await parkExport(pipeline, { version: 1, blob: BLOB, etag: told(version.etag) });
    expect(read()?.state).toBe('parked');
  });
  test('that was replaced since is not parked through its new version: that has its own run', async () => {
    const { pipeline, version } = await dropped('checking');
    const newer = pipeline.exports.drop(BLOB, csvOf(person('p2')));
    const run = receivedRun({ ...newer, source: SOURCE }, DAY);
    pipeline.ledger.runs.put(run);
    await parkExport(pipeline, { version: 1, blob: BLOB, etag: version.etag });
    expect(pipeline.ledger.runs.peek(run)).toEqual(run);
    expect(pipeline.ledger.runs.calls.made).toEqual([]);
    expect(pipeline.events).toEqual([]);
  });
  test('whose run is named is parked though the file was replaced or deleted since', async () => {
    const { pipeline, run, read } = await dropped('checking');
    pipeline.exports.remove(BLOB);
    await parkExport(pipeline, { version: 1, blob: BLOB, run: run.run });
    expect(read()?.state).toBe('parked');
    expect(pipeline.exports.calls.made).toEqual([]);
    expect(pipeline.events.at(-1)?.fields).toEqual(event(run.run));
  });
  test('that is gone and names no run is reported all the same', async () => {
    const { pipeline, read } = await dropped('checking');
    pipeline.exports.remove(BLOB);
    await parkExport(pipeline, { version: 1, blob: BLOB, etag: '"0x1"' });
    expect(read()?.state).toBe('checking');
    expect(pipeline.events.map(({ fields }) => fields)).toEqual([event('none')]);
  });
  test('outside the folders of the sources is parked under its own source', async () => {
    const pipeline = await memoryPipeline();
    const version = pipeline.exports.drop('people.csv', 'x');
    const run = receivedRun({ ...version, source: '_none' }, DAY);
    pipeline.ledger.runs.put(run);
    await parkExport(pipeline, { version: 1, blob: 'people.csv' });
    expect(pipeline.ledger.runs.peek(run)?.state).toBe('parked');
    expect(pipeline.events.at(-1)?.fields).toEqual(
      event(runIdOf('people.csv', version.etag, version.lastModified), '_none'),
    );
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
