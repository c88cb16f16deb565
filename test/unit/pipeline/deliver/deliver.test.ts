// Deliver, step by step: when a call is noted and made, how often each thing is requested, and what a message is valid for.
import { clientRequestIdOf } from '../../../../shared/graph/client-request-id';
import { RollcallError } from '../../../../shared/core/errors';
import { openJobGate } from '../../../../shared/delivery/job-gate';
import { freshPace } from '../../../../shared/delivery/pace';
import { noteSending, recordNotTaken, takeOver, withStateOfRows } from '../../../../shared/run/batch';
import { supersedeRow } from '../../../../shared/verdict/give-verdict';
import { graphAnswer } from '../../memory/scripted-graph';
import { rowOf } from '../../run/made-batch';
import { BY, JOB, toldDelivery } from './told-delivery';

const PATH = '/v1.0/servicePrincipals/sp/synchronization/jobs/job-1/bulkUpload';

test('a delivery is one request: token, body, slot, note, call, answer, in this order', async () => {
  const told = await toldDelivery({ slotAt: 1_500 });
  await told.deliver();
  expect(told.journal).toEqual([
    { at: 0, what: 'users read' },
    { at: 0, what: 'gate: replacePace' },
    { at: 1_000, what: 'batch: sending' },
    { at: 1_500, what: 'call' },
    { at: 1_500, what: 'batch: sent' },
  ]);
  expect(told.pipeline.graph).toMatchObject({ authorized: 1 });
  const { batches, runs } = told.pipeline.ledger;
  expect(batches.calls.made.map(({ method }) => method)).toEqual(['read', 'replace', 'replace']);
  expect(runs.calls.made.map(({ method }) => method)).toEqual(['read']);
});

test('the request names each unsent row by run and number and holds its line as it was staged', async () => {
  const told = await toldDelivery({
    rows: [rowOf(1), rowOf(2, { work: 'open', deliveries: 1, sentAt: [5] }), rowOf(3)],
  });
  await told.deliver();
  const { run } = told.batch();
  const [request] = told.pipeline.graph.posts;
  expect(request).toMatchObject({ path: PATH, contentType: 'application/scim+json' });
  expect(JSON.parse(request?.body ?? '')).toMatchObject({
    Operations: [
      { bulkId: `${run}-1`, data: { externalId: 'p1' } },
      { bulkId: `${run}-3`, data: { externalId: 'p3' } },
    ],
  });
});

test('what is noted: the time on the clock of the storage, in the batch and in the rows that are sent', async () => {
  const open = rowOf(2, { work: 'open', deliveries: 1, sentAt: [5] });
  const told = await toldDelivery({ rows: [rowOf(1), open], gateOffsetMs: 300_000, slotAt: 1_500 });
  await told.deliver();
  const noted = told.start + 301_000;
  expect(told.journal.filter(({ what }) => what === 'batch: sending' || what === 'call')).toEqual([
    { at: 1_000, what: 'batch: sending' },
    { at: 1_500, what: 'call' },
  ]);
  expect(told.written[0]).toMatchObject({ state: 'sending', sendingAt: noted, delivery: 1 });
  expect(told.written[0]?.rows).toMatchObject([{ work: 'open', deliveries: 1, sentAt: [noted] }, open]);
});

describe('the note is made 500 ms before the slot, and no earlier', () => {
  test.each([
    [0, 0],
    [400, 0],
    [500, 0],
    [501, 1],
    [1_900, 1_400],
  ])('a slot after %d ms: noted after %d ms', async (slotAt, notedAt) => {
    const told = await toldDelivery({ slotAt });
    await told.deliver();
    expect(told.journal.find(({ what }) => what === 'batch: sending')?.at).toBe(notedAt);
    expect(told.postedAt()).toEqual([slotAt]);
  });
});

describe('a message is valid for one delivery of a staged batch', () => {
  test.each(['sending', 'sent', 'settled'] as const)('not while the batch is %s', async (state) => {
    const told = await toldDelivery({ batch: { state } });
    const before = told.batch();
    await told.deliver();
    expect(told.journal).toEqual([]);
    expect(told.pipeline.graph.authorized).toBe(0);
    expect(told.batch()).toEqual(before);
    expect(told.events('rollcall.deliver.skipped')).toEqual([
      [0, { run: before.run, batch: '000001', delivery: 1, state }],
    ]);
  });
  test.each([1, 3])('not message %d while the batch is staged with delivery 2', async (delivery) => {
    const told = await toldDelivery({ batch: { delivery: 2 } });
    const before = told.batch();
    await told.deliver({ delivery });
    expect(told.journal).toEqual([]);
    expect(told.batch()).toEqual(before);
    expect(told.events('rollcall.deliver.skipped')).toEqual([
      [0, { run: before.run, batch: '000001', delivery, state: 'staged' }],
    ]);
  });
  test('a batch that is gone is skipped, with an event', async () => {
    const told = await toldDelivery();
    await told.deliver({ batch: '000009' });
    expect(told.journal).toEqual([]);
    expect(told.events('rollcall.deliver.skipped')).toMatchObject([[0, { batch: '000009', state: 'gone' }]]);
  });
  test.each([
    ['has no job', { job: null }],
    ['is gone', { source: 'fabrikam-hr' }],
  ])('nothing is sent for a run that %s, and nothing is written', async (_, run) => {
    const told = await toldDelivery({ run });
    await told.deliver();
    expect(told.journal).toEqual([]);
    expect(told.pipeline.graph.authorized).toBe(0);
  });
  test('nothing is sent to a job that was taken off the list since the release: the batch waits, and goes when the job is on it again', async () => {
    let isListed = false;
    const told = await toldDelivery({ allowsJob: (job) => isListed && job.jobId === JOB.jobId });
    await told.deliver();
    expect(told.journal).toEqual([{ at: 0, what: 'batch: staged' }]);
    expect(told.pipeline.graph).toMatchObject({ authorized: 0, requests: [] });
    const { haltPauseMs } = told.pipeline.delays;
    expect(told.batch()).toMatchObject({ state: 'staged', delivery: 2, notBefore: told.start + haltPauseMs });
    expect(told.batch().rows).toMatchObject([
      { work: 'todo', deliveries: 0 },
      { work: 'todo', deliveries: 0 },
    ]);
    expect(told.events('rollcall.deliver.postponed')).toMatchObject([[0, { delivery: 1, code: 'job-withdrawn' }]]);
    isListed = true;
    told.pipeline.ledger.batches.put({ ...told.batch(), releasedAt: told.start });
    await told.deliver({ delivery: 2 });
    expect(told.pipeline.graph.posts).toHaveLength(1);
  });
  test('a message received twice at once makes one call', async () => {
    const told = await toldDelivery({ slotAt: 1_000 });
    await Promise.all([told.deliver(), told.deliver()]);
    expect(told.pipeline.graph.posts).toHaveLength(1);
    expect(told.written.map(({ state }) => state)).toEqual(['sending', 'sent']);
    expect(told.batch().rows.map(({ deliveries }) => deliveries)).toEqual([1, 1]);
  });
});

describe('afterwards, more is released', () => {
  const queueOf = async (messages: number, more: Parameters<typeof toldDelivery>[0] = {}) => {
    const told = await toldDelivery(more);
    const { deliveries, ledger } = told.pipeline;
    while (deliveries.take() !== null);
    for (let i = 0; i < messages; i++) await deliveries.put({ version: 1, run: 'other', batch: '1', delivery: 1 }, 0);
    ledger.batches.put({ ...told.batch(), batch: '000002', releasedAt: 0 });
    return told;
  };
  test.each([
    ['by every message when the queue is nearly empty', 20, {}, 1],
    ['by no message without the refill flag when it is not', 30, {}, 0],
    ['by the message with the refill flag', 30, { onDuty: true as const }, 1],
    ['even by an invalid message', 20, { delivery: 7 }, 1],
  ])('%s', async (_, depth, message, released) => {
    const told = await queueOf(depth);
    await told.deliver(message);
    expect(told.pipeline.deliveries.history.filter((one) => one.message.batch === '000002')).toHaveLength(released);
  });
  test('even when the run of the message is gone', async () => {
    const told = await queueOf(20);
    const { batches } = told.pipeline.ledger;
    batches.put({ ...told.batch(), source: 'fabrikam-hr' });
    await told.deliver();
    expect(told.pipeline.graph.posts).toEqual([]);
    expect(told.pipeline.deliveries.history.filter((one) => one.message.batch === '000002')).toHaveLength(1);
  });
});

describe('without a token', () => {
  test('nothing is noted and no slot taken: the tenant halts, the batch stays staged', async () => {
    const told = await toldDelivery({ delays: { haltPauseMs: 60_000 } });
    told.pipeline.graph.hasToken = false;
    await told.deliver();
    expect(told.journal.map(({ what }) => what)).toEqual(['gate: replacePace', 'batch: staged']);
    expect(told.closed()).toEqual({ tenant: { until: 60_000, code: 'graph-no-token', by: BY }, job: null });
    expect(told.pipeline.gateStore.peek(JOB).pace.value.usedPerHour).toEqual({});
    expect(told.batch()).toMatchObject({ delivery: 2, notBefore: told.start + 60_000, releasedAt: 0 });
    expect(told.batch().rows.map(({ deliveries }) => deliveries)).toEqual([0, 0]);
    expect(told.events('rollcall.deliver.postponed')).toEqual([
      [0, { run: told.batch().run, batch: '000001', delivery: 1, code: 'graph-no-token' }],
    ]);
  });
  test.each([
    ['a fault that may be transient', new RollcallError('graph-no-token', 'retry', 'later')],
    ['an error of another kind', new TypeError('no such thing')],
  ])('%s is not a halt: the message fails and is tried again', async (_, error) => {
    const told = await toldDelivery();
    told.pipeline.graph.authorize = () => Promise.reject(error);
    await expect(told.deliver()).rejects.toBe(error);
    expect(told.journal).toEqual([]);
  });
});

describe('a closed gate', () => {
  test('before the slot: the batch is postponed until it opens, its message is invalid', async () => {
    const told = await toldDelivery();
    const until = told.start + 40_000;
    told.pipeline.gateStore.putPace({ ...freshPace, closedUntil: until, closedFor: 'graph-forbidden' });
    await told.deliver();
    expect(told.journal.map(({ what }) => what)).toEqual(['users read', 'batch: staged']);
    expect(told.batch()).toMatchObject({ state: 'staged', delivery: 2, notBefore: until, releasedAt: 0 });
    expect(told.events('rollcall.deliver.postponed')).toEqual([
      [0, { run: told.batch().run, batch: '000001', delivery: 1, code: 'graph-forbidden' }],
    ]);
  });
  test('a batch of leavers may use the share kept for them', async () => {
    const budget = { calls: 10, leaverShare: 0.5 };
    const usedPerHour = { [String(Math.floor(Date.UTC(2026, 10, 21, 8) / 3_600_000))]: 5 };
    const calls = async (leavers: boolean): Promise<number> => {
      const told = await toldDelivery({ budget, pace: { usedPerHour }, batch: { leavers } });
      await told.deliver();
      return told.pipeline.graph.posts.length;
    };
    expect(await calls(true)).toBe(1);
    expect(await calls(false)).toBe(0);
  });

  /** After the slot was granted another delivery of this process learns of a closure. */
  const closing = async (
    atMs: number,
    close: (gate: Awaited<ReturnType<typeof toldDelivery>>['pipeline']['gate']) => Promise<number>,
  ) => {
    const told = await toldDelivery({ slotAt: 1_500 });
    const other = told.pipeline.clock.sleep(atMs).then(() => close(told.pipeline.gate));
    await Promise.all([told.deliver(), other]);
    return told;
  };
  test.each([
    ['the tenant', 'throttled', (gate) => gate.throttled(JOB, 30_000, 'r9/1')],
    ['the job', 'graph-conflict', (gate) => gate.pauseJob(JOB, 'graph-conflict', 30_000, 'r9/1')],
  ] as readonly (readonly [string, string, Parameters<typeof closing>[1]])[])(
    'for %s between slot and note: nothing is noted, nothing sent',
    async (_, code, close) => {
      const told = await closing(600, close);
      expect(told.written.map(({ state }) => state)).toEqual(['staged']);
      expect(told.postedAt()).toEqual([]);
      expect(told.batch()).toMatchObject({ delivery: 2, notBefore: told.start + 30_600, sendingAt: 0 });
      expect(told.events('rollcall.deliver.postponed')).toEqual([
        [1_000, { run: told.batch().run, batch: '000001', delivery: 1, code }],
      ]);
    },
  );
  test.each([
    ['the tenant', 'throttled', (gate) => gate.throttled(JOB, 30_000, 'r9/1')],
    ['the job', 'graph-conflict', (gate) => gate.pauseJob(JOB, 'graph-conflict', 30_000, 'r9/1')],
  ] as readonly (readonly [string, string, Parameters<typeof closing>[1]])[])(
    'for %s between note and call: the call is not made, the note is taken back',
    async (_, code, close) => {
      const told = await closing(1_200, close);
      expect(told.postedAt()).toEqual([]);
      expect(told.written.map(({ state }) => state)).toEqual(['sending', 'staged']);
      expect(told.batch()).toMatchObject({ delivery: 2, notBefore: told.start + 31_200, releasedAt: 0 });
      expect(told.batch().rows).toEqual([rowOf(1), rowOf(2)]);
      const { run } = told.batch();
      expect(told.events('rollcall.deliver.postponed')).toEqual([
        [1_500, { run, batch: '000001', delivery: 1, rows: 2, durationMs: 500, waitedMs: 1_500, code }],
      ]);
    },
  );
  test('for another job in this process: the call is made', async () => {
    const other = { ...JOB, jobId: 'job-2' };
    const told = await closing(1_200, (gate) => gate.pauseJob(other, 'graph-conflict', 30_000, 'r9/1'));
    expect(told.postedAt()).toEqual([1_500]);
  });
  test('a batch taken over while the gate was called is not postponed', async () => {
    const told = await toldDelivery();
    const newer = { ...told.batch(), delivery: 5, notBefore: told.start + 9_000 };
    told.pipeline.gateStore.putPace({ ...freshPace, closedUntil: told.start + 40_000 });
    told.beforeWrite(1, () => told.pipeline.ledger.batches.put(newer));
    await told.deliver();
    expect(told.batch()).toEqual(newer);
  });
});

describe('a slot', () => {
  /** The note takes this long to write. */
  const slowNote = async (ms: number, more: Parameters<typeof toldDelivery>[0] = {}) => {
    const told = await toldDelivery(more);
    told.beforeWrite(1, async () => told.pipeline.clock.sleep(ms));
    await told.deliver();
    return told;
  };
  const slots = (told: Awaited<ReturnType<typeof toldDelivery>>): number =>
    told.journal.filter(({ what }) => what === 'gate: replacePace').length;

  test('that is 100 ms late is still used', async () => {
    const told = await slowNote(100);
    expect(told.postedAt()).toEqual([100]);
    expect(slots(told)).toBe(1);
    expect(told.events('rollcall.deliver.forfeited')).toEqual([]);
  });
  test.each([101, 2_000])('that is %d ms late is forfeited: another one is taken and waited for', async (ms) => {
    const told = await slowNote(ms);
    expect(slots(told)).toBe(2);
    expect(told.postedAt()).toEqual([Math.max(ms, 145)]);
    expect(told.events('rollcall.deliver.forfeited')).toEqual([
      [ms, { run: told.batch().run, batch: '000001', lateMs: ms }],
    ]);
    expect(told.batch().state).toBe('sent');
  });
  test('a second late one is forfeited too, and the gate may be closed by then', async () => {
    const told = await toldDelivery();
    const { gateStore, clock } = told.pipeline;
    told.beforeWrite(1, async () => {
      await clock.sleep(500);
      gateStore.putPace({ ...freshPace, closedUntil: told.start + 40_000, closedFor: 'throttled' });
    });
    await told.deliver();
    expect(told.postedAt()).toEqual([]);
    expect(told.batch()).toMatchObject({ state: 'staged', delivery: 2, notBefore: told.start + 40_000 });
    expect(told.batch().rows).toEqual([rowOf(1), rowOf(2)]);
    expect(told.events('rollcall.deliver.postponed')).toMatchObject([[500, { code: 'throttled' }]]);
  });

  test('is waited for half of the lease at most: the batch is given back before the sweep takes it over', async () => {
    const told = await slowNote(2_001, { delays: { senderLeaseMs: 4_000 } });
    expect(told.postedAt()).toEqual([]);
    expect(told.batch()).toMatchObject({ state: 'staged', delivery: 2, notBefore: told.start + 2_001, releasedAt: 0 });
    expect(told.batch().rows).toEqual([rowOf(1), rowOf(2)]);
    expect(told.events('rollcall.deliver.postponed')).toMatchObject([[2_001, { code: 'pace', durationMs: 2_001 }]]);
    expect(slots(told)).toBe(1);
  });
  test('is still waited for at exactly half of the lease', async () => {
    const told = await slowNote(2_000, { delays: { senderLeaseMs: 4_000 } });
    expect(told.postedAt()).toEqual([2_000]);
  });
  test('half of the lease is counted from the time of the note', async () => {
    const more = { delays: { senderLeaseMs: 4_000 }, gateOffsetMs: 300_000 };
    expect((await slowNote(2_000, more)).postedAt()).toEqual([2_000]);
    expect((await slowNote(2_001, more)).postedAt()).toEqual([]);
  });
});

describe('a batch that was changed before it was noted', () => {
  test('is sent with what is left of it: note, body and answer concern only those rows', async () => {
    const told = await toldDelivery({ rows: [rowOf(1), rowOf(2), rowOf(3)] });
    const { ledger, graph } = told.pipeline;
    graph.uploads.push(graphAnswer(429, { retryAfter: '20' }));
    told.beforeWrite(1, () => {
      const rows = told.batch().rows.map((row) => (row.row === 2 ? supersedeRow(row) : row));
      ledger.batches.put(withStateOfRows({ ...told.batch(), rows }));
    });
    await told.deliver();
    expect(told.postedRows()).toEqual([[1, 3]]);
    expect(told.journal.map(({ what }) => what)).toEqual([
      'users read',
      'gate: replacePace',
      'batch: not written',
      'users read',
      'batch: sending',
      'call',
      'gate: replacePace',
      'batch: staged',
    ]);
    expect(told.batch().rows).toEqual([rowOf(1), supersedeRow(rowOf(2)), rowOf(3)]);
  });
  test.each([
    ['is staged again', (told: Awaited<ReturnType<typeof toldDelivery>>) => ({ ...told.batch(), delivery: 2 })],
    [
      'has nothing left to send',
      (told: Awaited<ReturnType<typeof toldDelivery>>) =>
        withStateOfRows({ ...told.batch(), rows: told.batch().rows.map(supersedeRow) }),
    ],
    ['is with another sender', (told: Awaited<ReturnType<typeof toldDelivery>>) => noteSending(told.batch(), 7)],
  ])('is left alone when it %s', async (_, change) => {
    const told = await toldDelivery();
    const changed = change(told);
    told.beforeWrite(1, () => told.pipeline.ledger.batches.put(changed));
    await told.deliver();
    expect(told.postedAt()).toEqual([]);
    expect(told.written).toEqual([]);
    expect(told.batch()).toEqual(changed);
  });
  test('is left alone when it is gone', async () => {
    const told = await toldDelivery();
    const { batches } = told.pipeline.ledger;
    told.beforeWrite(1, () => {
      batches.put({ ...told.batch(), requestId: 'changed' });
      batches.read = () => Promise.resolve(null);
    });
    await told.deliver();
    expect(told.postedAt()).toEqual([]);
    expect(told.written).toEqual([]);
  });
});

describe('the id under which Graph finds a call', () => {
  test('is in the request, and noted before it: nothing that a lost answer can take away', async () => {
    const told = await toldDelivery();
    told.pipeline.graph.uploads.push({ kind: 'silence', reason: 'timeout' });
    await told.deliver();
    const id = clientRequestIdOf(told.batch().run, '000001', 1);
    expect(told.pipeline.graph.posts.map(({ clientRequestId }) => clientRequestId)).toEqual([id]);
    expect(told.written[0]).toMatchObject({ state: 'sending', clientRequestId: id });
    expect(told.events('rollcall.deliver.unanswered')).toMatchObject([[0, { requestId: null, clientRequestId: id }]]);
  });
  test('is the same when the token was refused, and comes with the id of the answer that counts', async () => {
    const told = await toldDelivery();
    told.pipeline.graph.uploads.push(
      graphAnswer(401, { requestId: 'first' }),
      graphAnswer(503, { requestId: 'second' }),
    );
    await told.deliver();
    const ids = told.pipeline.graph.posts.map(({ clientRequestId }) => clientRequestId);
    expect(ids).toEqual([ids[0], ids[0]]);
    expect(told.events('rollcall.deliver.unanswered')).toMatchObject([
      [145, { requestId: 'second', clientRequestId: ids[0] }],
    ]);
  });
});

describe('a refused token', () => {
  test('is not used again, and the request is sent again with a fresh one in its own slot', async () => {
    const told = await toldDelivery();
    told.pipeline.graph.uploads.push(graphAnswer(401));
    await told.deliver();
    expect(told.pipeline.graph).toMatchObject({ authorized: 2 });
    expect(told.postedAt()).toEqual([0, 145]);
    expect(told.postedRows()).toEqual([
      [1, 2],
      [1, 2],
    ]);
    expect(told.written.map(({ state }) => state)).toEqual(['sending', 'sent']);
    expect(told.batch().rows.map(({ deliveries }) => deliveries)).toEqual([1, 1]);
    expect(told.events('rollcall.deliver.halted')).toEqual([]);
  });
  test('twice halts the tenant: a third request is not made', async () => {
    const told = await toldDelivery({ delays: { haltPauseMs: 60_000 } });
    told.pipeline.graph.uploads.push(graphAnswer(401), graphAnswer(401));
    await told.deliver();
    expect(told.postedAt()).toEqual([0, 145]);
    expect(told.pipeline.graph.authorized).toBe(2);
    const until = 60_145;
    expect(told.closed()).toEqual({ tenant: { until, code: 'graph-token-refused', by: BY }, job: null });
    expect(told.batch()).toMatchObject({ state: 'staged', delivery: 2, notBefore: told.start + until });
    expect(told.batch().rows).toEqual([rowOf(1), rowOf(2)]);
    expect(told.events('rollcall.deliver.halted')).toMatchObject([[145, { code: 'graph-token-refused' }]]);
  });
  test('and then no token at all halts the tenant without another request or slot', async () => {
    const told = await toldDelivery({ delays: { haltPauseMs: 60_000 } });
    const { graph } = told.pipeline;
    graph.answer = () => {
      graph.hasToken = false;
      return graphAnswer(401);
    };
    await told.deliver();
    expect(told.postedAt()).toEqual([0]);
    expect(told.closed()).toEqual({ tenant: { until: 60_000, code: 'graph-no-token', by: BY }, job: null });
    expect(Object.values(told.pipeline.gateStore.peek(JOB).pace.value.usedPerHour)).toEqual([1]);
    expect(told.batch().rows).toEqual([rowOf(1), rowOf(2)]);
    expect(told.events('rollcall.deliver.halted')).toMatchObject([[0, { code: 'graph-no-token' }]]);
  });
  test('is not sent again through a gate that closed meanwhile', async () => {
    const told = await toldDelivery();
    const { graph, gateStore } = told.pipeline;
    graph.answer = () => {
      gateStore.putPace({ ...freshPace, closedUntil: told.start + 40_000, closedFor: 'throttled' });
      return graphAnswer(401);
    };
    await told.deliver();
    expect(told.postedAt()).toEqual([0]);
    expect(told.batch()).toMatchObject({ state: 'staged', notBefore: told.start + 40_000 });
    expect(told.batch().rows).toEqual([rowOf(1), rowOf(2)]);
  });
  test('leavers take their second slot as leavers', async () => {
    const told = await toldDelivery({ batch: { leavers: true }, budget: { calls: 2, leaverShare: 1 } });
    told.pipeline.graph.uploads.push(graphAnswer(401));
    await told.deliver();
    expect(told.postedAt()).toEqual([0, 145]);
  });
});

describe('a fault of storage', () => {
  const fault = new RollcallError('storage-table', 'retry', 'table storage answered 503');
  test('before the note: nothing was sent, the message fails', async () => {
    const told = await toldDelivery();
    told.beforeWrite(1, () => Promise.reject(fault));
    await expect(told.deliver()).rejects.toBe(fault);
    expect(told.postedAt()).toEqual([]);
    expect(told.batch()).toMatchObject({ state: 'staged', delivery: 1 });
  });
  test('after the 202: the note is kept, the message fails and is not sent again, the sweep takes over', async () => {
    const told = await toldDelivery();
    told.pipeline.gateStore.putJob(JOB, { ...openJobGate, refusals: 3 });
    told.beforeWrite(2, () => Promise.reject(fault));
    await expect(told.deliver()).rejects.toBe(fault);
    expect(told.batch()).toMatchObject({ state: 'sending', delivery: 1, sendingAt: told.start, requestId: null });
    expect(told.batch().rows).toMatchObject([{ work: 'open', deliveries: 1, sentAt: [told.start] }, { work: 'open' }]);
    expect(told.pipeline.gateStore.peek(JOB).job.value.refusals).toBe(3);
    await told.deliver();
    expect(told.postedAt()).toEqual([0]);
    expect(told.events('rollcall.deliver.skipped')).toMatchObject([[0, { state: 'sending' }]]);
    const { batches } = told.pipeline.ledger;
    batches.put(takeOver(told.batch(), told.start + 900_000));
    await told.deliver();
    await told.deliver({ delivery: 2 });
    expect(told.postedAt()).toEqual([0]);
    batches.put({ ...told.batch(), releasedAt: told.start });
    await told.deliver({ delivery: 2 });
    expect(told.batch().rows).toMatchObject([{ deliveries: 2, unknowns: 1 }, { deliveries: 2 }]);
  });
  test('while reading the users: no slot was taken', async () => {
    const told = await toldDelivery();
    told.pipeline.files.calls.before = () => Promise.reject(fault);
    await expect(told.deliver()).rejects.toBe(fault);
    expect(told.journal).toEqual([]);
  });
});

test('what was put back is sent again with its next message', async () => {
  const told = await toldDelivery();
  told.pipeline.ledger.batches.put(recordNotTaken(noteSending(told.batch(), told.start), new Set([1, 2]), told.start));
  await told.deliver();
  // Nobody has released it again yet, whoever puts such a message.
  await told.deliver({ delivery: 2 });
  expect(told.postedAt()).toEqual([]);
  told.pipeline.ledger.batches.put({ ...told.batch(), releasedAt: told.start });
  await told.deliver({ delivery: 2 });
  expect(told.postedAt()).toEqual([0]);
});
