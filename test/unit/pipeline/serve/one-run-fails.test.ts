// Each run is served on its own: in every loop over runs one of them always fails, and the others are served in the same tick, or by the same
// message. The failing one is the first of its loop and of another source, unless the test says otherwise.
import { RollcallError } from '../../../../shared/core/errors';
import { JobWatch } from '../../../../shared/delivery/job-watch';
import type { ProvisioningEntry } from '../../../../shared/graph/provisioning-log';
import { readJobHealth } from '../../../../shared/graph/job-status';
import { deliver } from '../../../../shared/pipeline/deliver/deliver';
import { reconcile } from '../../../../shared/pipeline/reconcile/reconcile';
import { release, WINDOW } from '../../../../shared/pipeline/release/release';
import type { Run } from '../../../../shared/run/run';
import { readOutcome } from '../../../../shared/verdict/outcome';
import type { MemoryPipeline, MemoryPipelineOptions } from '../../memory/memory-pipeline';
import { memoryPipeline } from '../../memory/memory-pipeline';
import type { RecordedCalls } from '../../memory/recorded-calls';
import { graphAnswer, wellAnswer } from '../../memory/scripted-graph';
import { settingsOf } from '../contoso';
import {
  batchOf,
  doneRow,
  entryOf,
  eventsOf,
  HOUR,
  JOB,
  MINUTE,
  NOW,
  OTHER_JOB,
  putFiles,
  putRun,
  R1,
  R2,
  R3,
  rowOf,
  runOf,
  sentRow,
  serveLog,
} from '../told-ledger';

const OTHER = 'acme-hr';
const FAULT = new TypeError('this run cannot be served');
const start = (more: MemoryPipelineOptions = {}): Promise<MemoryPipeline> =>
  memoryPipeline({
    ...more,
    delays: { intakeSilenceMs: 15 * MINUTE, confirmWithinMs: 2 * HOUR, senderLeaseMs: MINUTE },
  });
const bad = (more: Partial<Run> = {}): Run => runOf(R1, { source: OTHER, job: OTHER_JOB, ...more });
const good = (more: Partial<Run> = {}): Run => runOf(R2, more);
const stateOf = (pipeline: MemoryPipeline, run: Run) => pipeline.ledger.runs.peek(run)?.state;

/** Every call of these methods about the failing run fails. */
function failing(calls: RecordedCalls, key: string, ...methods: readonly string[]): void {
  calls.before = (call) => {
    if (call.key.includes(key) && methods.includes(call.method)) throw FAULT;
  };
}

/** A tick; resolves to the events about runs that could not be served. It rejects with the fault, so that the trigger logs it. */
async function tick(pipeline: MemoryPipeline): Promise<readonly object[]> {
  await expect(reconcile(pipeline)).rejects.toBe(FAULT);
  return eventsOf(pipeline, 'rollcall.run.failed');
}
const toldOf = (step: string) => ({ source: OTHER, run: R1, step, code: 'unexpected' });

/** Serves these pages of the one log, over and over. */
function servePages(pipeline: MemoryPipeline, ...pages: readonly (readonly ProvisioningEntry[])[]): void {
  pipeline.graph.answer = (request) => {
    if (!request.path.startsWith('/v1.0/auditLogs/')) return wellAnswer(request);
    const at = Number(/skiptoken=(\d+)/.exec(request.path)?.[1] ?? 0);
    const next = `${pipeline.graph.origin}/v1.0/auditLogs/provisioning?$skiptoken=${at + 1}`;
    const body = { value: pages[at], ...(at + 1 < pages.length && { '@odata.nextLink': next }) };
    return graphAnswer(200, { body: JSON.stringify(body) });
  };
}
const rowsOf = (pipeline: MemoryPipeline, run: string): readonly string[] =>
  pipeline.ledger.batches
    .peekAll(run)
    .flatMap((batch) => batch.rows)
    .map(({ row, work }) => `${row} ${work}`)
    .sort();

describe('a run that cannot be released', () => {
  async function world(): Promise<MemoryPipeline> {
    const pipeline = await start();
    putRun(pipeline, bad({ state: 'sending' }), batchOf([rowOf(1)]));
    putRun(pipeline, good({ state: 'sending' }), batchOf([rowOf(2)]));
    return pipeline;
  }
  test.each([
    ['whose batches cannot be listed', 'releasable'],
    ['whose batch cannot be read', 'readMany'],
    ['whose batch is too large to be written', 'replace'],
  ])('%s leaves the queue to the others', async (_, method) => {
    const pipeline = await world();
    failing(pipeline.ledger.batches.calls, R1, method);
    expect(await tick(pipeline)).toEqual([toldOf('release')]);
    expect(pipeline.deliveries.history.map(({ message }) => message.run)).toEqual([R2]);
  });
  test('does not fail the message of another source, which would end in the poison queue', async () => {
    const pipeline = await world();
    const line = (_: unknown, row: number): string => `{"externalId":"p${row}"}`.padEnd(100);
    pipeline.files.put(good(), 'users.jsonl', Array.from({ length: 10 }, line).join(''));
    const { batches } = pipeline.ledger;
    batches.put({ ...batches.peek(R2, '000001')!, releasedAt: pipeline.clock.now() });
    failing(batches.calls, R1, 'replace');
    await deliver(pipeline, { version: 1, run: R2, batch: '000001', delivery: 1, onDuty: true });
    expect(pipeline.ledger.batches.peek(R2, '000001')?.state).toBe('sent');
  });
  test('whose leavers would fill the whole queue gives its room back in the same look', async () => {
    const pipeline = await start();
    const many = Array.from({ length: WINDOW + 9 }, (_, i) =>
      batchOf([rowOf(i + 1)], { batch: String(i + 1).padStart(6, '0'), leavers: true }),
    );
    putRun(pipeline, bad({ state: 'sending' }), ...many);
    putRun(pipeline, good({ state: 'sending' }), ...many.map((one) => ({ ...one, leavers: false })));
    failing(pipeline.ledger.batches.calls, R1, 'replace');
    await release(pipeline);
    expect(pipeline.deliveries.history.map(({ message }) => message.run)).toEqual(Array(WINDOW).fill(R2));
  });
  test('because the people of a newer run cannot be asked for gives its room back, and that run keeps its turn', async () => {
    const pipeline = await start();
    const many = Array.from({ length: WINDOW }, (_, i) =>
      batchOf([rowOf(i + 1)], { batch: String(i + 1).padStart(6, '0'), leavers: true }),
    );
    const newer = runOf(R2, { source: OTHER, job: OTHER_JOB, state: 'sending' });
    putRun(pipeline, bad({ state: 'sending' }), ...many);
    putRun(pipeline, newer, batchOf([rowOf(999)]));
    putRun(pipeline, runOf(R3, { state: 'sending' }), batchOf([rowOf(1)]));
    pipeline.files.remove(newer, 'people.idx');
    await release(pipeline);
    expect(pipeline.deliveries.history.map(({ message }) => message.run).sort()).toEqual([R2, R3]);
    // The file that is missing is told of the run whose file it is.
    expect(eventsOf(pipeline, 'rollcall.run.failed')[0]).toEqual({
      source: OTHER,
      run: R2,
      step: 'release',
      code: 'run-file-missing',
    });
  });
  test('because the health of its job cannot be read keeps only the runs of that job waiting', async () => {
    const pipeline = await world();
    const jobs = new JobWatch(pipeline.clock, (job) =>
      job.jobId === OTHER_JOB.jobId ? Promise.reject(FAULT) : readJobHealth(pipeline.graph, job),
    );
    await release({ ...pipeline, jobs });
    expect(pipeline.deliveries.history.map(({ message }) => message.run)).toEqual([R2]);
  });
});

describe('the log of one job', () => {
  // Both runs are of one source: they share the job whose log is read.
  const older = runOf(R1);
  const newer = runOf(R2);
  async function world(): Promise<MemoryPipeline> {
    const pipeline = await start();
    putRun(pipeline, older, batchOf([sentRow(1, NOW - MINUTE)]));
    putRun(pipeline, newer, batchOf([sentRow(2, NOW - MINUTE), sentRow(3, NOW - 3 * HOUR)]));
    putFiles(pipeline, older, 1);
    putFiles(pipeline, newer, 2);
    serveLog(pipeline, { job: [entryOf('p1', NOW - 2), entryOf('p2', NOW - 1)] });
    return pipeline;
  }
  const told = { source: older.source, run: R1, step: 'evidence', code: 'unexpected' };
  test.each([
    ['whose evidence cannot be kept', (pipeline: MemoryPipeline) => pipeline.evidence.calls, 'keep'],
    ['whose batch is too large to be written', (pipeline: MemoryPipeline) => pipeline.ledger.batches.calls, 'replace'],
  ])('gives the other runs their evidence and their silence, not the run %s', async (_, callsOf, method) => {
    const pipeline = await world();
    failing(callsOf(pipeline), R1, method);
    expect(await tick(pipeline)).toEqual([told]);
    expect(rowsOf(pipeline, R2)).toEqual(['2 done', '3 todo']);
    // What the run could not take is read again.
    expect(pipeline.watermark.peek(JOB)).toBeLessThan(NOW - 2);
    pipeline.evidence.calls.before = pipeline.ledger.batches.calls.before = () => undefined;
    await reconcile(pipeline);
    expect(pipeline.ledger.batches.peek(R1, '000001')?.rows).toMatchObject([{ work: 'done', verdict: 'created' }]);
    expect(pipeline.watermark.peek(JOB)).toBeGreaterThan(NOW - 1);
  });
  test('is not guessed at where an open run cannot say whom it has sent: only what a newer run has sent since is told', async () => {
    const pipeline = await world();
    pipeline.files.remove(older, 'people.idx');
    await expect(reconcile(pipeline)).rejects.toMatchObject({ code: 'run-file-missing', run: { run: R1 } });
    expect(pipeline.ledger.batches.peek(R2, '000001')?.rows).toMatchObject([{ work: 'done', verdict: 'created' }, {}]);
    expect(pipeline.ledger.batches.peek(R1, '000001')?.rows).toMatchObject([{ work: 'open' }]);
    expect(pipeline.watermark.peek(JOB)).toBeLessThan(NOW - 2);
  });
  test('waits for a run whose evidence cannot be told because of another one, which the log does not concern yet', async () => {
    const pipeline = await start();
    putRun(pipeline, older, batchOf([sentRow(1, NOW - MINUTE)]));
    const staged = putRun(pipeline, runOf(R2, { state: 'staged' }), batchOf([rowOf(2)]));
    pipeline.files.remove(staged, 'people.idx');
    serveLog(pipeline, { job: [entryOf('p1', NOW - 1)] });
    await expect(reconcile(pipeline)).rejects.toMatchObject({ code: 'run-file-missing', run: { run: R2 } });
    expect(pipeline.ledger.batches.peek(R1, '000001')?.rows).toMatchObject([{ work: 'open', changes: [] }]);
    expect(pipeline.watermark.peek(JOB)).toBeLessThan(NOW - 1);
  });
  test('tells an older run what is on later pages than that on which a newer one failed', async () => {
    const pipeline = await start();
    putRun(pipeline, older, batchOf([sentRow(1, NOW - 3 * HOUR), sentRow(2, NOW - 3 * HOUR)]));
    putRun(pipeline, newer, batchOf([sentRow(3, NOW - 2 * HOUR)]), batchOf([sentRow(4, NOW)], { batch: '000002' }));
    putFiles(pipeline, older, 1, 2);
    servePages(pipeline, [entryOf('p3', NOW - 3)], [entryOf('p1', NOW - 2), entryOf('p4', NOW - 1)]);
    failing(pipeline.evidence.calls, R2, 'keep');
    // Told once in a tick, and of the newer run nothing is closed.
    expect(await tick(pipeline)).toMatchObject([{ run: R2, step: 'evidence' }]);
    expect(rowsOf(pipeline, R1)).toEqual(['1 done', '2 todo']);
    expect(rowsOf(pipeline, R2)).toEqual(['3 open', '4 open']);
    expect(pipeline.watermark.peek(JOB)).toBeLessThan(NOW - 3);
  });
  test('is no silence of an older run, where a newer one cannot say whose an entry is', async () => {
    const pipeline = await start();
    putRun(pipeline, older, batchOf([sentRow(1, NOW - 3 * HOUR)]));
    putRun(pipeline, runOf(R2, { content: 'full' }), batchOf([sentRow(2, NOW - 3 * HOUR)]));
    putFiles(pipeline, older, 1);
    serveLog(pipeline, { job: [entryOf('p1', NOW - 2 * HOUR)] });
    pipeline.files.remove(newer, 'people.idx');
    for (let at = 0; at < 2; at++) {
      await expect(reconcile(pipeline)).rejects.toMatchObject({ code: 'run-file-missing', run: { run: R2 } });
      expect(pipeline.ledger.batches.peek(R1, '000001')?.rows).toMatchObject([{ work: 'open', unanswered: false }]);
      expect(pipeline.watermark.peek(JOB)).toBeLessThan(NOW - 2 * HOUR);
    }
  });
  test.each([
    ['because it cannot be asked', (pipeline: MemoryPipeline) => pipeline.ledger.batches.calls, 'family'],
    ['because it failed on an earlier page', (pipeline: MemoryPipeline) => pipeline.evidence.calls, 'keep'],
  ])('gives an older run nothing that a run that has ended has counted, %s', async (_, callsOf, method) => {
    const pipeline = await start();
    const entry = entryOf('p1', NOW - MINUTE);
    putRun(pipeline, older, batchOf([sentRow(1, NOW - 3 * MINUTE), sentRow(2, NOW)]));
    const counted = doneRow(1, {
      sentAt: [NOW - 2 * MINUTE],
      changes: [[readOutcome(entry)!.change, 'created', false]],
    });
    const lost = doneRow(3, { sentAt: [NOW - 2 * MINUTE], verdict: 'not-seen', unanswered: true });
    const ended = runOf(R2, { state: 'settled', settledAt: NOW, unanswered: 1 });
    putRun(pipeline, ended, batchOf([counted, lost]));
    putFiles(pipeline, ended, 1, 3);
    servePages(pipeline, [entryOf('p3', NOW - MINUTE)], [entry]);
    failing(callsOf(pipeline), R2, method);
    for (const isWell of [false, true]) {
      if (isWell) callsOf(pipeline).before = () => undefined;
      if (isWell) await reconcile(pipeline);
      else expect(await tick(pipeline)).toMatchObject([{ run: R2 }]);
      expect(pipeline.ledger.batches.peek(R1, '000001')?.rows).toMatchObject([{ work: 'open', changes: [] }, {}]);
      expect(pipeline.watermark.peek(JOB) > NOW - MINUTE).toBe(isWell);
    }
    expect(pipeline.ledger.batches.peek(R2, '000001')?.rows).toMatchObject([{}, { verdict: 'created' }]);
  });
  test('is read to its end over several ticks, although one run could not take what was on the first page', async () => {
    const pipeline = await start();
    putRun(pipeline, older, batchOf([sentRow(1, NOW - 3 * HOUR)]));
    putRun(pipeline, newer, batchOf([sentRow(2, NOW - 3 * HOUR), sentRow(3, NOW - 3 * HOUR)]));
    putFiles(pipeline, older, 1);
    putFiles(pipeline, newer, 2, 3);
    servePages(pipeline, [entryOf('p1', NOW - 3)], [], [entryOf('p2', NOW - 1)]);
    await pipeline.watermark.write(JOB, NOW - MINUTE);
    failing(pipeline.evidence.calls, R1, 'keep');
    const answer = pipeline.graph.answer;
    // A page takes longer than what a tick has.
    pipeline.graph.answer = (request) => {
      if (request.path.startsWith('/v1.0/auditLogs/')) pipeline.clock.pass(5 * MINUTE);
      return answer(request);
    };
    expect(await tick(pipeline)).toMatchObject([{ run: R1, step: 'evidence' }]);
    for (let at = 0; at < 2; at++) await reconcile(pipeline);
    expect(rowsOf(pipeline, R2)).toEqual(['2 done', '3 todo']);
    expect(rowsOf(pipeline, R1)).toEqual(['1 open']);
    expect(pipeline.watermark.peek(JOB)).toBe(NOW - MINUTE);
    // What it could not take is read again.
    pipeline.evidence.calls.before = () => undefined;
    await reconcile(pipeline);
    expect(rowsOf(pipeline, R1)).toEqual(['1 done']);
  });
});

test('a run whose silence cannot be noted keeps no other from being closed', async () => {
  const pipeline = await start();
  putRun(pipeline, runOf(R1), batchOf([sentRow(1, NOW - 3 * HOUR)]));
  putRun(pipeline, runOf(R2), batchOf([sentRow(2, NOW - 3 * HOUR)]));
  await pipeline.watermark.write(JOB, NOW - MINUTE);
  failing(pipeline.ledger.batches.calls, R1, 'closable');
  expect(await tick(pipeline)).toMatchObject([{ run: R1, step: 'silence' }]);
  expect(pipeline.ledger.batches.peek(R2, '000001')?.rows).toMatchObject([{ work: 'todo', resends: 1 }]);
});

test('a run whose people cannot be repaired keeps no other from being repaired', async () => {
  const pipeline = await start();
  const lost = (row: number) => doneRow(row, { verdict: 'not-seen', deliveries: 0, unanswered: true });
  const ended = { state: 'settled', settledAt: NOW - HOUR, unanswered: 1 } as const;
  putRun(pipeline, runOf(R1, ended), batchOf([lost(1)]));
  putRun(pipeline, runOf(R2, ended), batchOf([lost(2)]));
  putRun(pipeline, runOf(R3), batchOf([doneRow(2)]));
  failing(pipeline.ledger.batches.calls, R1, 'all');
  expect(await tick(pipeline)).toMatchObject([{ run: R1, step: 'repair' }]);
  expect(pipeline.ledger.batches.peek(R3, '000001')?.rows).toMatchObject([{ work: 'todo', repaired: true }]);
});

test.each([
  ['whose rows cannot be counted', (pipeline: MemoryPipeline) => pipeline.ledger.batches.calls, 'countStates'],
  ['whose reports cannot be written', (pipeline: MemoryPipeline) => pipeline.reports.calls, 'commit'],
  ['whose roster cannot be written', (pipeline: MemoryPipeline) => pipeline.rosters.calls, 'commit'],
])('a run %s keeps no other from settling', async (_, callsOf, method) => {
  const pipeline = await start();
  for (const run of [bad(), good()]) {
    putRun(pipeline, run, batchOf([doneRow(1)]));
    putFiles(pipeline, run, 1);
    pipeline.files.put(run, 'source.json', JSON.stringify(settingsOf({}, { name: run.source })));
  }
  failing(callsOf(pipeline), method === 'countStates' ? R1 : OTHER, method);
  expect(await tick(pipeline)).toEqual([toldOf('settle')]);
  expect([stateOf(pipeline, bad()), stateOf(pipeline, good())]).toEqual(['confirming', 'settled']);
});

describe('the sweep', () => {
  test('restarts the intakes of others when one cannot be restarted', async () => {
    const pipeline = await start();
    for (const run of [
      bad({ state: 'checking', job: null, heartbeatAt: 0 }),
      good({ state: 'checking', job: null, heartbeatAt: 0 }),
    ])
      pipeline.ledger.runs.put(run);
    failing(pipeline.ledger.runs.calls, R1, 'replace');
    expect(await tick(pipeline)).toEqual([toldOf('sweep')]);
    expect(pipeline.arrivals.history.map(({ message }) => message.run)).toEqual([R2]);
  });
  test('takes over from the dead senders of others when one cannot be taken over from', async () => {
    const pipeline = await start();
    const left = batchOf([sentRow(1, NOW - HOUR)], { state: 'sending', sendingAt: NOW - HOUR });
    putRun(pipeline, bad({ state: 'sending' }), left);
    putRun(pipeline, good({ state: 'sending' }), left);
    failing(pipeline.ledger.batches.calls, R1, 'replace');
    expect(await tick(pipeline)).toEqual([toldOf('sweep')]);
    expect(pipeline.ledger.batches.peek(R2, '000001')?.delivery).toBe(2);
  });
  test('writes the reports of other held files when one cannot be written', async () => {
    const pipeline = await start();
    for (const run of [
      bad({ state: 'held', job: null, heartbeatAt: 0 }),
      good({ state: 'held', job: null, heartbeatAt: 0 }),
    ])
      pipeline.ledger.runs.put(run);
    failing(pipeline.reports.calls, OTHER, 'commit');
    expect(await tick(pipeline)).toEqual([toldOf('report')]);
    expect(pipeline.ledger.runs.peek(good())).toMatchObject({ settledAt: NOW });
  });
  test('reminds of other held files when one cannot be reminded of', async () => {
    const pipeline = await start();
    const reason = { code: 'guard-tripped', values: { tripped: [] }, line: null, column: null };
    for (const run of [bad, good])
      pipeline.ledger.runs.put(
        run({ state: 'held', job: null, reason, heartbeatAt: NOW - 8 * 24 * HOUR, settledAt: NOW }),
      );
    failing(pipeline.ledger.runs.calls, R1, 'replace');
    expect(await tick(pipeline)).toEqual([toldOf('sweep')]);
    expect(eventsOf(pipeline, 'rollcall.held.waiting')).toMatchObject([{ run: R2 }]);
  });
  test('looks at the holds of other runs when those of one cannot be looked at', async () => {
    const pipeline = await start();
    const onHold = { people: 1, leavers: 0, looksAt: 0, list: null };
    for (const run of [bad, good]) {
      const ended = run({ state: 'settled', settledAt: NOW, onHold });
      putRun(pipeline, ended, batchOf([doneRow(1)]));
      putFiles(pipeline, ended, 1);
    }
    failing(pipeline.ledger.batches.calls, R1, 'keptBack');
    expect(await tick(pipeline)).toEqual([toldOf('holds')]);
    expect(pipeline.ledger.runs.peek(good())).toMatchObject({ onHold: null });
  });
});

test('a fault that hits every run is told of each, and the tick fails with the first', async () => {
  const pipeline = await start();
  const away = new RollcallError('storage-table', 'retry', 'table storage answered 503');
  for (const run of [bad({ state: 'sending' }), good({ state: 'sending' })]) putRun(pipeline, run, batchOf([rowOf(1)]));
  pipeline.ledger.batches.calls.before = ({ method }) => {
    if (method === 'releasable') throw away;
  };
  await expect(reconcile(pipeline)).rejects.toBe(away);
  expect(eventsOf(pipeline, 'rollcall.run.failed')).toMatchObject([{ run: R1, code: 'storage-table' }, { run: R2 }]);
});
