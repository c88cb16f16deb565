// One tick: what is written in which order, what a failing log may and may not prevent, and what the next tick finds.
import { RollcallError } from '../../../../shared/core/errors';
import { reconcile } from '../../../../shared/pipeline/reconcile/reconcile';
import type { MemoryPipeline, MemoryPipelineOptions } from '../../memory/memory-pipeline';
import { memoryPipeline } from '../../memory/memory-pipeline';
import { graphAnswer, wellAnswer } from '../../memory/scripted-graph';
import {
  batchOf,
  doneRow,
  entryOf,
  eventsOf,
  filterOf,
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
  recordWrites,
  rowOf,
  runOf,
  sentRow,
  serveLog,
} from '../told-ledger';

const WITHIN = 2 * HOUR;
const OVERLAP = HOUR;
const start = (more: MemoryPipelineOptions = {}): Promise<MemoryPipeline> =>
  memoryPipeline({ ...more, delays: { confirmWithinMs: WITHIN, logOverlapMs: OVERLAP, ...more.delays } });
const runIn = (pipeline: MemoryPipeline, run: string) => pipeline.ledger.runs.peek(runOf(run));
const rowsIn = (pipeline: MemoryPipeline, run: string) =>
  pipeline.ledger.batches.peekAll(run).flatMap(({ rows }) => rows);
const logRequests = (pipeline: MemoryPipeline) =>
  pipeline.graph.gets.filter(({ path }) => path.startsWith('/v1.0/auditLogs/'));
test('evidence, then verdicts, then the watermark, then the reports, and the state of the run last', async () => {
  const pipeline = await start();
  putRun(pipeline, runOf(R1), batchOf([sentRow(1, NOW - MINUTE)]));
  putFiles(pipeline, runOf(R1), 1);
  serveLog(pipeline, { job: [entryOf('p1', NOW - 1)] });
  const writes = recordWrites(pipeline);
  await reconcile(pipeline);
  expect(writes).toEqual([
    `evidence keep contoso-hr/${R1}`,
    `batch replace ${R1}/000001`,
    `watermark write ["sp","job"]`,
    'roster commit contoso-hr',
    `report commit contoso-hr/${R1}/${R1}.csv.verdicts.csv`,
    `report commit contoso-hr/${R1}/summary.json`,
    `run replace ${R1}`,
  ]);
  expect(pipeline.watermark.peek(JOB)).toBe(NOW);
  expect(runIn(pipeline, R1)).toMatchObject({ state: 'settled', verdicts: { created: 1 } });
});
test('a person is counted once over all ticks, however often the overlap is read', async () => {
  const pipeline = await start();
  putRun(pipeline, runOf(R1), batchOf([sentRow(1, NOW - MINUTE, { deliveries: 2, sentAt: [NOW - MINUTE, NOW] })]));
  serveLog(pipeline, { job: [entryOf('p1', NOW)] });
  for (let tick = 0; tick < 3; tick++) {
    await reconcile(pipeline);
    pipeline.clock.pass(5 * MINUTE);
  }
  expect(eventsOf(pipeline, 'rollcall.reconcile.read').map(({ entries, counted }) => [entries, counted])).toEqual([
    [1, 1],
    [1, 0],
    [1, 0],
  ]);
  expect(rowsIn(pipeline, R1)).toMatchObject([{ work: 'open', changes: [{}] }]);
});

describe('late evidence', () => {
  test('opens the settled run again, and its reports are rewritten in the same tick', async () => {
    const pipeline = await start();
    const lost = doneRow(1, { verdict: 'not-seen', deliveries: 0, unanswered: true });
    putRun(pipeline, runOf(R1, { state: 'settled', settledAt: NOW - MINUTE, unanswered: 1 }), batchOf([lost]));
    putFiles(pipeline, runOf(R1), 1);
    await pipeline.watermark.write(JOB, NOW - MINUTE);
    serveLog(pipeline, { job: [entryOf('p1', NOW - 1)] });
    const writes = recordWrites(pipeline);
    await reconcile(pipeline);
    expect(writes).toEqual([
      `evidence keep contoso-hr/${R1}`,
      `run replace ${R1}`,
      `batch replace ${R1}/000001`,
      `watermark write ["sp","job"]`,
      'roster commit contoso-hr',
      `report commit contoso-hr/${R1}/${R1}.csv.verdicts.csv`,
      `report commit contoso-hr/${R1}/summary.json`,
      `run replace ${R1}`,
    ]);
    expect(runIn(pipeline, R1)).toMatchObject({
      state: 'settled',
      settledAt: NOW,
      verdicts: { created: 1, 'not-seen': 0 },
    });
    expect(pipeline.reports.reports.get(`contoso-hr/${R1}/${R1}.csv.verdicts.csv`)).toContain('2,p1,created,,');
  });
});

describe('silence', () => {
  test('is counted from the beginning of the reading, however long it took', async () => {
    const pipeline = await start();
    putRun(pipeline, runOf(R1), batchOf([sentRow(1, NOW - WITHIN + MINUTE), sentRow(2, NOW - WITHIN)]));
    await pipeline.watermark.write(JOB, NOW - MINUTE);
    pipeline.graph.answer = (request) => {
      pipeline.clock.pass(2 * MINUTE);
      return wellAnswer(request);
    };
    await reconcile(pipeline);
    expect(rowsIn(pipeline, R1).map(({ row, work }) => `${row} ${work}`)).toEqual(['1 open', '2 todo']);
    expect(pipeline.watermark.peek(JOB)).toBe(NOW);
  });
  test('is not judged when the reading did not reach the end; the watermark stays behind what was read', async () => {
    const pipeline = await start();
    putRun(pipeline, runOf(R1), batchOf([sentRow(1, NOW - WITHIN)]));
    const slow = (at: number): void => {
      pipeline.graph.answer = (request) => {
        pipeline.clock.pass(at);
        return wellAnswer(request);
      };
    };
    await pipeline.watermark.write(JOB, NOW - HOUR);
    slow(5 * MINUTE);
    await reconcile(pipeline);
    expect(rowsIn(pipeline, R1)).toMatchObject([{ work: 'open' }]);
    expect(pipeline.watermark.peek(JOB)).toBe(NOW - 50 * MINUTE);
    expect(pipeline.ledger.batches.calls.count('closable')).toBe(0);
    slow(0);
    await reconcile(pipeline);
    expect(rowsIn(pipeline, R1)).toMatchObject([{ work: 'todo', resends: 1 }]);
  });
  test('comes after the evidence of the same tick: a person found in the log is not silent', async () => {
    const pipeline = await start();
    putRun(pipeline, runOf(R1), batchOf([sentRow(1, NOW - WITHIN), sentRow(2, NOW - WITHIN)]));
    serveLog(pipeline, { job: [entryOf('p1', NOW - 1)] });
    await reconcile(pipeline);
    expect(rowsIn(pipeline, R1)).toMatchObject([
      { work: 'done', verdict: 'created', unanswered: false },
      { work: 'todo', unanswered: true },
    ]);
  });
});

test('a run staged during the wait for a page owns its entries on it', async () => {
  const pipeline = await start();
  putRun(pipeline, runOf(R1), batchOf([sentRow(1, NOW - 10 * MINUTE)]));
  pipeline.graph.answer = (request) => {
    if (!request.path.startsWith('/v1.0/auditLogs/')) return wellAnswer(request);
    putFiles(pipeline, putRun(pipeline, runOf(R2, { state: 'sending' }), batchOf([sentRow(1, NOW - MINUTE)])), 1);
    return graphAnswer(200, { body: JSON.stringify({ value: [entryOf('p1', NOW)] }) });
  };
  await reconcile(pipeline);
  expect(rowsIn(pipeline, R1)).toMatchObject([{ verdict: null }]);
  expect(rowsIn(pipeline, R2)).toMatchObject([{ verdict: 'created' }]);
});
test('a person that went unanswered is repaired in the tick after the newer run has finished with them', async () => {
  const pipeline = await start();
  const lost = doneRow(1, { verdict: 'not-seen', deliveries: 0, unanswered: true });
  putRun(pipeline, runOf(R1, { state: 'settled', settledAt: NOW - HOUR, unanswered: 1 }), batchOf([lost]));
  putRun(pipeline, runOf(R2), batchOf([sentRow(1, NOW - MINUTE)]));
  serveLog(pipeline, { job: [entryOf('p1', NOW - 1)] });
  await reconcile(pipeline);
  expect(rowsIn(pipeline, R2)).toMatchObject([{ work: 'todo', repaired: true, verdict: 'created' }]);
  expect(pipeline.deliveries.history).toMatchObject([{ message: { run: R2, batch: '000001', delivery: 2 } }]);
  expect(runIn(pipeline, R2)).toMatchObject({ state: 'sending' });
});

describe('a job whose log fails', () => {
  /** Two jobs, each with a row whose time is up; the log of the first one answers so. */
  async function tickWith(answer: Parameters<typeof graphAnswer>): Promise<MemoryPipeline> {
    const pipeline = await start();
    putRun(pipeline, runOf(R1), batchOf([sentRow(1, NOW - WITHIN)]));
    putRun(pipeline, runOf(R2, { job: OTHER_JOB }), batchOf([sentRow(2, NOW - WITHIN)]));
    for (const job of [JOB, OTHER_JOB]) await pipeline.watermark.write(job, NOW - MINUTE);
    pipeline.graph.answer = (request) =>
      filterOf(request.path).includes("'job'") ? graphAnswer(...answer) : wellAnswer(request);
    await reconcile(pipeline);
    return pipeline;
  }
  test('does not delay the others, and its rows are not judged silent', async () => {
    const pipeline = await tickWith([503, { retryAfter: '20' }]);
    expect(rowsIn(pipeline, R1)).toMatchObject([{ work: 'open' }]);
    expect(rowsIn(pipeline, R2)).toMatchObject([{ work: 'todo' }]);
    expect([pipeline.watermark.peek(JOB), pipeline.watermark.peek(OTHER_JOB)]).toEqual([NOW - MINUTE, NOW]);
    expect(logRequests(pipeline).map(({ at }) => at - NOW)).toEqual([0, 20_000]);
    expect(eventsOf(pipeline, 'rollcall.reconcile.postponed')).toEqual([
      { code: 'graph-log-unavailable', retryAfterMs: 20_000 },
    ]);
    expect(eventsOf(pipeline, 'rollcall.reconcile.halted')).toEqual([]);
  });
  test('for lack of a permission is halted, and says so', async () => {
    const pipeline = await tickWith([403]);
    expect(eventsOf(pipeline, 'rollcall.reconcile.halted')).toEqual([
      { code: 'graph-log-forbidden', retryAfterMs: null },
    ]);
    expect(eventsOf(pipeline, 'rollcall.reconcile.postponed')).toEqual([]);
  });
  test('moves no watermark and judges no row', async () => {
    const pipeline = await tickWith([503]);
    expect(pipeline.watermark.peek(JOB)).toBe(NOW - MINUTE);
    expect(pipeline.ledger.batches.calls.count('closable', R1)).toBe(0);
  });
});

describe('a job whose log has no end', () => {
  /** Jobs with a sent row each, and whose log has no end, by a page of a minute at a time. */
  async function endless(ids: readonly string[], others: readonly string[]): Promise<MemoryPipeline> {
    const pipeline = await start();
    for (const [at, jobId] of [...ids, ...others].entries()) {
      const job = { servicePrincipalId: 'sp', jobId };
      putRun(pipeline, runOf(`20261121T07000${at}Z-000000000${at}`, { job }), batchOf([sentRow(at + 1, NOW - WITHIN)]));
      await pipeline.watermark.write(job, NOW - MINUTE);
    }
    let page = 0;
    pipeline.graph.answer = (request) => {
      const isOther = others.some((id) => filterOf(request.path).includes(`'${id}'`));
      if (!request.path.startsWith('/v1.0/auditLogs/') || isOther) return wellAnswer(request);
      pipeline.clock.pass(MINUTE);
      const next = `${pipeline.graph.origin}/v1.0/auditLogs/provisioning?$skiptoken=${++page}`;
      return graphAnswer(200, { body: JSON.stringify({ value: [], '@odata.nextLink': next }) });
    };
    return pipeline;
  }
  const readings = (pipeline: MemoryPipeline) =>
    eventsOf(pipeline, 'rollcall.reconcile.read').map(({ pages, isAtEnd }) => [pages, isAtEnd]);

  test('has four minutes of a tick, if it is the only one', async () => {
    const pipeline = await endless(['a'], []);
    await reconcile(pipeline);
    expect(readings(pipeline)).toEqual([[5, false]]);
  });
  test('leaves the others their share, and what they do not need is its own', async () => {
    const pipeline = await endless(['a', 'c'], ['b', 'd']);
    const toSend = runOf('20261121T070009Z-0000000009', {
      state: 'sending',
      job: { servicePrincipalId: 'sp', jobId: 'd' },
    });
    putRun(pipeline, toSend, batchOf([rowOf(9)]));
    await reconcile(pipeline);
    expect(readings(pipeline)).toEqual([
      [2, false],
      [1, false],
      [1, true],
      [1, true],
    ]);
    expect(rowsIn(pipeline, '20261121T070002Z-0000000002')).toMatchObject([{ work: 'todo' }]);
    expect(pipeline.deliveries.history).toMatchObject([{ message: { run: toSend.run } }]);
  });
  test('goes last next time, if it has left no time for another', async () => {
    const pipeline = await endless(['a'], ['b']);
    const take = pipeline.logTurns.take.bind(pipeline.logTurns);
    // The first page comes late by more than the tick's time.
    pipeline.logTurns.take = async () => {
      pipeline.logTurns.take = take;
      pipeline.clock.pass(5 * MINUTE);
      return take();
    };
    await reconcile(pipeline);
    expect(readings(pipeline)).toEqual([
      [1, false],
      [0, false],
    ]);
    await reconcile(pipeline);
    expect(readings(pipeline).slice(2)).toEqual([
      [1, true],
      [4, false],
    ]);
  });
});

describe('a tick has one budget of time', () => {
  /** A batch that may go, and a log whose page takes so long. */
  async function slowLog(pageMs: number): Promise<MemoryPipeline> {
    const pipeline = await start();
    putRun(pipeline, runOf(R1), batchOf([sentRow(1, NOW - HOUR)]));
    putRun(pipeline, runOf(R2, { state: 'sending' }), batchOf([rowOf(2)]));
    await pipeline.watermark.write(JOB, NOW - HOUR);
    pipeline.graph.answer = (request) => {
      if (logRequests(pipeline).length > 0) pipeline.clock.pass(pageMs);
      return wellAnswer(request);
    };
    return pipeline;
  }
  test('what may be sent goes before the logs are read', async () => {
    const pipeline = await slowLog(2 * MINUTE);
    const put: number[] = [];
    pipeline.deliveries.calls.before = ({ method }) => {
      if (method === 'put') put.push(pipeline.clock.now() - NOW);
    };
    await reconcile(pipeline);
    expect(put).toEqual([0]);
  });
  test('a sweep that takes long leaves the logs less, so that settling has its time; the next tick goes on', async () => {
    const pipeline = await slowLog(MINUTE);
    pipeline.exports.calls.before = () => pipeline.clock.pass(4.5 * MINUTE);
    await reconcile(pipeline);
    // Seven stretches of ten minutes: a minute and a half was left, and a page is begun as long as it is not over.
    expect(logRequests(pipeline)).toHaveLength(2);
    expect(rowsIn(pipeline, R1)).toMatchObject([{ work: 'open' }]);
    pipeline.exports.calls.before = () => undefined;
    await reconcile(pipeline);
    expect(logRequests(pipeline)).toHaveLength(7);
  });
});

describe('a fault outside Graph', () => {
  test.each([
    ['of storage', new RollcallError('storage-blob', 'retry', 'no')],
    ['of ours', new TypeError('ours')],
  ])('%s: the tick fails, but the other jobs, release and settling have their turn', async (_, fault) => {
    const pipeline = await start();
    putRun(pipeline, runOf(R1), batchOf([sentRow(1, NOW - MINUTE)]));
    putRun(pipeline, runOf(R2, { job: OTHER_JOB }), batchOf([sentRow(2, NOW - MINUTE)]));
    putRun(pipeline, runOf(R3, { state: 'sending' }), batchOf([rowOf(3)]));
    putFiles(pipeline, runOf(R2), 2);
    serveLog(pipeline, { job: [entryOf('p1', NOW - 1)], other: [entryOf('p2', NOW - 1)] });
    pipeline.evidence.calls.before = ({ key }) => (key === `contoso-hr/${R1}` ? Promise.reject(fault) : undefined);
    await expect(reconcile(pipeline)).rejects.toBe(fault);
    expect(rowsIn(pipeline, R1)).toMatchObject([{ verdict: null }]);
    expect(pipeline.watermark.peek(JOB)).toBe(0);
    expect(runIn(pipeline, R2)?.state).toBe('settled');
    expect(pipeline.deliveries.history).toMatchObject([{ message: { run: R3 } }]);
  });
  test('a sweep that fails does not keep the logs from being read', async () => {
    const pipeline = await start();
    putRun(pipeline, runOf(R1), batchOf([sentRow(1, NOW - MINUTE), sentRow(2, NOW - MINUTE)]));
    serveLog(pipeline, { job: [entryOf('p1', NOW - 1)] });
    pipeline.exports.calls.before = () => Promise.reject(new RollcallError('storage-blob', 'retry', 'no'));
    await expect(reconcile(pipeline)).rejects.toMatchObject({ code: 'storage-blob' });
    expect(rowsIn(pipeline, R1)).toMatchObject([{ verdict: 'created' }, { verdict: null }]);
  });
});

test('the sources are asked for once in a tick, whoever needs them', async () => {
  const pipeline = await memoryPipeline();
  await reconcile(pipeline);
  expect(pipeline.ledger.runs.calls.count('sources')).toBe(1);
});

test('a tick with nothing to do calls nothing on Graph and writes nothing', async () => {
  const pipeline = await start();
  putRun(pipeline, runOf(R1, { state: 'settled', settledAt: NOW - MINUTE }), batchOf([doneRow(1)]));
  const writes = recordWrites(pipeline);
  await reconcile(pipeline);
  expect([pipeline.graph.requests, writes]).toEqual([[], []]);
});
test('the sweep has its turn first: what a dead sender left is released in the same tick', async () => {
  const pipeline = await start({ delays: { senderLeaseMs: MINUTE } });
  const left = batchOf([sentRow(1, NOW - 2 * MINUTE)], { state: 'sending', sendingAt: NOW - 2 * MINUTE });
  putRun(pipeline, runOf(R1, { state: 'sending' }), left);
  await reconcile(pipeline);
  expect(pipeline.deliveries.history).toMatchObject([{ message: { run: R1, batch: '000001', delivery: 2 } }]);
});

describe('a credential that ends', () => {
  const DAY = 24 * HOUR;
  test('is told once a day, with the days that are left', async () => {
    const pipeline = await start();
    pipeline.graph.endsAt = NOW + 20 * DAY + HOUR;
    for (let tick = 0; tick < 3; tick++) await reconcile(pipeline);
    expect(eventsOf(pipeline, 'rollcall.credential.expiring')).toEqual([{ days: 20 }]);
    pipeline.clock.pass(DAY);
    await reconcile(pipeline);
    expect(eventsOf(pipeline, 'rollcall.credential.expiring')).toEqual([{ days: 20 }, { days: 19 }]);
  });
  test('and cannot be looked at is told at every tick, though nothing is to be sent; nothing else is kept from its turn', async () => {
    const pipeline = await start();
    pipeline.graph.credentialEndsAt = () =>
      Promise.reject(new RollcallError('vault-refused', 'halt', 'Key Vault answered 403'));
    await reconcile(pipeline);
    await reconcile(pipeline);
    const halted = { code: 'vault-refused', retryAfterMs: null };
    expect(eventsOf(pipeline, 'rollcall.reconcile.halted')).toEqual([halted, halted]);
    expect(eventsOf(pipeline, 'rollcall.credential.expiring')).toEqual([]);
  });
});
