// What each answer of the service does to the batch, the gate, the evidence and the run: what is written, when, and in which order.
import { REFUSALS_UNTIL_HALT, openJobGate } from '../../../../shared/delivery/job-gate';
import { clientRequestIdOf } from '../../../../shared/graph/client-request-id';
import type { GraphReply } from '../../../../shared/graph/graph-transport';
import type { Batch } from '../../../../shared/run/batch';
import { noteSending, takeOver } from '../../../../shared/run/batch';
import { graphAnswer } from '../../memory/scripted-graph';
import { batchOf, rowOf } from '../../run/made-batch';
import type { ToldBatch, ToldDelivery } from './told-delivery';
import { BY, JOB, toldDelivery } from './told-delivery';

const HOUR = 3_600_000;
const { run, source } = batchOf([]);
const NOTED = { run, batch: '000001', delivery: 1, rows: 2 };
const FIELDS = { ...NOTED, requestId: null, clientRequestId: clientRequestIdOf(run, '000001', 1) };
const refusal = (message: string): string => JSON.stringify({ error: { message } });
const afterCall = (told: ToldDelivery): readonly string[] => {
  const what = told.journal.map((entry) => entry.what);
  return what.slice(what.lastIndexOf('call') + 1);
};
const rowsOf = (batch: Batch): readonly number[] => batch.rows.map(({ row }) => row);

/** A delivery whose call is made 300 ms after its note and answered with `answer`. */
async function answered(answer: GraphReply, more: ToldBatch = {}): Promise<ToldDelivery> {
  const told = await toldDelivery({ slotAt: 800, delays: { haltPauseMs: HOUR, unansweredDelayMs: 45_000 }, ...more });
  told.pipeline.graph.answer = async () => {
    await told.pipeline.clock.sleep(200);
    return answer;
  };
  await told.deliver();
  return told;
}
/** Noted 500 ms before the slot, answered 200 ms after it. */
const NOTED_AT = 300;
const ANSWERED_AT = 1_000;
const SLOT_AT = NOTED_AT + 500;
const DURATION = { durationMs: ANSWERED_AT - NOTED_AT, waitedMs: SLOT_AT };

describe('202', () => {
  test('the rows wait for their evidence', async () => {
    const told = await answered(graphAnswer(202, { requestId: 'graph-7' }));
    expect(told.batch()).toMatchObject({
      state: 'sent',
      delivery: 1,
      releasedAt: 0,
      requestId: 'graph-7',
      notBefore: 0,
    });
    const noted = { work: 'open', deliveries: 1, sentAt: [told.start + NOTED_AT], unknowns: 0 };
    expect(told.batch().rows).toMatchObject([noted, noted]);
    expect(told.events('rollcall.deliver.sent')).toEqual([
      [ANSWERED_AT, { ...FIELDS, ...DURATION, sinceArrivalMs: ANSWERED_AT, requestId: 'graph-7' }],
    ]);
    expect(afterCall(told)).toEqual(['batch: sent']);
  });
  test('the gate is told that refusals and strikes in a row are over', async () => {
    const told = await toldDelivery({ pace: { strikes: 3 } });
    told.pipeline.gateStore.putJob(JOB, { ...openJobGate, refusals: 40 });
    await told.deliver();
    const { pace, job } = told.pipeline.gateStore.peek(JOB);
    expect([pace.value.strikes, job.value.refusals]).toEqual([0, 0]);
    expect(afterCall(told)).toEqual(['batch: sent', 'gate: replacePace', 'gate: replaceJob']);
  });
});

test('durations are measured on one clock, even when that of the storage is ahead', async () => {
  const told = await answered(graphAnswer(202), { gateOffsetMs: 300_000 });
  expect(told.events('rollcall.deliver.sent')).toMatchObject([[ANSWERED_AT, DURATION]]);
});

describe('no answer', () => {
  test('the rows are sent again once, after a pause, and stay counted as delivered', async () => {
    const told = await answered({ kind: 'silence', reason: 'cut' });
    const until = told.start + ANSWERED_AT + 45_000;
    expect(told.batch()).toMatchObject({ state: 'staged', delivery: 2, notBefore: until, releasedAt: 0 });
    const open = { work: 'todo', deliveries: 1, unknowns: 1, sentAt: [told.start + NOTED_AT] };
    expect(told.batch().rows).toMatchObject([open, open]);
    expect(afterCall(told)).toEqual(['batch: staged']);
    expect(told.closed()).toEqual({ tenant: null, job: null });
    expect(told.events('rollcall.deliver.unanswered')).toEqual([
      [ANSWERED_AT, { ...FIELDS, ...DURATION, code: 'graph-connection-cut' }],
    ]);
  });
  test('a second time: they wait for evidence', async () => {
    const rows = [rowOf(1, { deliveries: 1, unknowns: 1, sentAt: [5] }), rowOf(2, { deliveries: 1, sentAt: [5] })];
    const told = await answered(graphAnswer(504), { rows });
    expect(told.batch().state).toBe('staged');
    expect(told.batch().rows).toMatchObject([
      { work: 'open', deliveries: 2, unknowns: 2 },
      { work: 'todo', deliveries: 2, unknowns: 1 },
    ]);
  });
  test('rows that were not in the request are not touched', async () => {
    const other = rowOf(2, { work: 'open', deliveries: 1, sentAt: [5] });
    const told = await answered({ kind: 'silence', reason: 'timeout' }, { rows: [rowOf(1), other] });
    expect(told.batch().rows[1]).toEqual(other);
  });
});

describe('429', () => {
  test('the gate is closed for all for as long as requested, before the batch is put back', async () => {
    const told = await answered(graphAnswer(429, { retryAfter: '37' }));
    const until = ANSWERED_AT + 37_000;
    expect(told.closed()).toEqual({ tenant: { until, code: 'throttled', by: BY }, job: null });
    expect(afterCall(told)).toEqual(['gate: replacePace', 'batch: staged']);
    expect(told.batch()).toMatchObject({ state: 'staged', delivery: 2, notBefore: told.start + until, releasedAt: 0 });
    expect(told.batch().rows).toEqual([rowOf(1), rowOf(2)]);
    expect(told.events('rollcall.deliver.throttled')).toEqual([
      [ANSWERED_AT, { ...FIELDS, ...DURATION, retryAfterMs: 37_000 }],
    ]);
  });
  test('without a time: the gate chooses the pause', async () => {
    const told = await answered(graphAnswer(429));
    expect(told.closed().tenant).toMatchObject({ until: ANSWERED_AT + 5_000 * (1 + 0.25 / 4) });
    expect(told.events('rollcall.deliver.throttled')).toMatchObject([[ANSWERED_AT, { retryAfterMs: null }]]);
  });
  test('a Retry-After that is a date counts from the answer', async () => {
    const at = new Date(Date.UTC(2026, 10, 21, 8, 0, 31)).toUTCString();
    expect((await answered(graphAnswer(503, { retryAfter: at }))).closed().tenant).toMatchObject({ until: 31_000 });
  });
  test('counts and times of earlier deliveries are unchanged', async () => {
    const rows = [rowOf(1, { deliveries: 2, sentAt: [5, 6], unknowns: 1 }), rowOf(2)];
    expect((await answered(graphAnswer(429), { rows })).batch().rows).toEqual(rows);
  });
});

describe('an answer that pauses the job', () => {
  test.each([
    ['409', graphAnswer(409), 'graph-conflict', 5_000, 15_000],
    ['bucket full', graphAnswer(500, { body: refusal('The bucket is full.') }), 'graph-bucket-full', 300_000, 600_000],
    ['no connection', { kind: 'silence', reason: 'unreachable' } as const, 'graph-unreachable', 5_000, 15_000],
  ])('%s: this job alone, for a time between minimum and maximum', async (_, answer, code, least, most) => {
    for (const share of [0, 0.25, 1]) {
      const told = await answered(answer, { random: () => share });
      const until = ANSWERED_AT + least + share * (most - least);
      expect(told.closed()).toEqual({ tenant: null, job: { until, code, by: BY } });
      expect(afterCall(told)).toEqual(['gate: replaceJob', 'batch: staged']);
      expect(told.batch()).toMatchObject({ state: 'staged', delivery: 2, notBefore: told.start + until });
      expect(told.batch().rows).toEqual([rowOf(1), rowOf(2)]);
      expect(told.events('rollcall.deliver.paused')).toEqual([[ANSWERED_AT, { ...FIELDS, ...DURATION, code }]]);
    }
  });
});

describe('an answer that halts', () => {
  test.each([
    [403, 'graph-forbidden'],
    [415, 'graph-refused-content-type'],
    [302, 'graph-redirected'],
    [418, 'graph-unexpected-answer'],
  ])('%d: the whole tenant', async (status, code) => {
    const told = await answered(graphAnswer(status));
    const until = ANSWERED_AT + HOUR;
    expect(told.closed()).toEqual({ tenant: { until, code, by: BY }, job: null });
    expect(afterCall(told)).toEqual(['gate: replacePace', 'batch: staged']);
    expect(told.batch()).toMatchObject({ state: 'staged', delivery: 2, notBefore: told.start + until });
    expect(told.batch().rows).toEqual([rowOf(1), rowOf(2)]);
    expect(told.events('rollcall.deliver.halted')).toEqual([[ANSWERED_AT, { ...FIELDS, ...DURATION, code }]]);
  });
  test.each([404, 410])('%d: this job alone, others of the tenant continue', async (status) => {
    const told = await answered(graphAnswer(status));
    const until = ANSWERED_AT + HOUR;
    expect(told.closed()).toEqual({ tenant: null, job: { until, code: 'graph-job-not-found', by: BY } });
    expect(told.batch()).toMatchObject({ state: 'staged', notBefore: told.start + until });
    expect(told.events('rollcall.deliver.halted')).toMatchObject([[ANSWERED_AT, { code: 'graph-job-not-found' }]]);
  });
});

describe('the health of the job', () => {
  const looksAfter = async (answer: GraphReply): Promise<number> => {
    const told = await toldDelivery();
    const { jobs, graph } = told.pipeline;
    await jobs.of(JOB);
    graph.uploads.push(answer);
    await told.deliver();
    await jobs.of(JOB);
    return graph.gets.length;
  };
  test.each([
    [409, 2],
    [403, 2],
    [404, 2],
    [202, 1],
    [429, 1],
    [504, 1],
    [400, 1],
  ])('after %d it is read again if the answer may come from an unhealthy job: %d reads', async (status, looks) => {
    expect(await looksAfter(graphAnswer(status))).toBe(looks);
  });
});

describe('400', () => {
  const malformed = graphAnswer(400, { body: refusal('Invalid value for p2.') });
  const rows = (count: number) => Array.from({ length: count }, (_, i) => rowOf(i + 1));

  test.each([
    [2, [1], [2]],
    [5, [1, 2, 3], [4, 5]],
    [
      50,
      rows(25).map(({ row }) => row),
      rows(50)
        .slice(25)
        .map(({ row }) => row),
    ],
  ])('of %d rows: it is split in halves at once, nobody is rejected', async (count, first, second) => {
    const told = await answered(malformed, { rows: rows(count) });
    const now = told.start + ANSWERED_AT;
    expect(rowsOf(told.batch())).toEqual(first);
    expect(rowsOf(told.batch('000001.1'))).toEqual(second);
    expect(told.batch()).toMatchObject({ state: 'staged', delivery: 2, notBefore: now, releasedAt: 0, children: 1 });
    expect(told.batch('000001.1')).toMatchObject({ state: 'staged', delivery: 1, notBefore: now, releasedAt: 0 });
    for (const row of [...told.batch().rows, ...told.batch('000001.1').rows]) expect(row).toEqual(rowOf(row.row));
    expect(told.pipeline.gateStore.peek(JOB).job.value).toEqual({ ...openJobGate, refusals: 1 });
    const { calls } = told.pipeline.ledger.batches;
    expect([calls.count('replace'), calls.count('replaceAndInsert'), calls.count('read')]).toEqual([1, 1, 2]);
    expect(told.pipeline.evidence.calls.made).toEqual([]);
    expect(told.events('rollcall.deliver.split')).toEqual([
      [ANSWERED_AT, { ...FIELDS, rows: count, ...DURATION, code: 'graph-refused-operation' }],
    ]);
    expect(told.events('rollcall.deliver.halted')).toEqual([]);
  });
  test('rows that were not in the request stay with the first half', async () => {
    const open = rowOf(2, { work: 'open', deliveries: 1, sentAt: [5] });
    const told = await answered(malformed, { rows: [rowOf(1), open, rowOf(3)] });
    expect(told.batch().rows).toEqual([rowOf(1), open]);
    expect(told.batch('000001.1').rows).toEqual([rowOf(3)]);
  });
  test('what another process wrote into the batch meanwhile is kept', async () => {
    const told = await toldDelivery();
    told.pipeline.graph.uploads.push(malformed);
    const changed = (): void => {
      const [one, ...rest] = told.batch().rows;
      if (one === undefined) throw new Error('no row');
      told.pipeline.ledger.batches.put({ ...told.batch(), rows: [{ ...one, retries: 3 }, ...rest] });
    };
    told.beforeWrite(2, changed);
    await told.deliver();
    expect(told.batch().rows).toEqual([rowOf(1, { retries: 3 })]);
    expect(rowsOf(told.batch('000001.1'))).toEqual([2]);
    expect(told.pipeline.ledger.batches.calls.count('replaceAndInsert')).toBe(2);
  });

  describe('of one row', () => {
    test.each([
      [400, 'graph-refused-operation'],
      [413, 'graph-request-too-large'],
    ])('%d: it is rejected with the message of the service, which is stored first', async (status, code) => {
      const told = await answered(graphAnswer(status, { body: refusal('No.') }), { rows: [rowOf(7)] });
      expect(told.batch()).toMatchObject({ state: 'settled', delivery: 2, notBefore: told.start + ANSWERED_AT });
      expect(told.batch().rows).toEqual([rowOf(7, { work: 'done', verdict: 'rejected', code })]);
      expect(afterCall(told)).toEqual(['gate: replaceJob', 'keepRefusal 7', 'batch: settled']);
      expect(await told.pipeline.evidence.refusals({ source, run })).toEqual(new Map([[7, 'No.']]));
      expect(told.pipeline.ledger.runs.peek({ source, run })?.unanswered).toBe(0);
      expect(told.pipeline.ledger.runs.calls.count('replace')).toBe(0);
      expect(told.events('rollcall.deliver.split')).toMatchObject([[ANSWERED_AT, { rows: 1, code }]]);
    });
    test('with an earlier lost answer: it counts as unanswered, in the run and in the row', async () => {
      const told = await answered(malformed, {
        rows: [rowOf(1, { deliveries: 1, unknowns: 1, sentAt: [5] }), rowOf(2, { work: 'open', deliveries: 3 })],
        run: { unanswered: 4 },
      });
      expect(told.pipeline.ledger.runs.peek({ source, run })?.unanswered).toBe(5);
      expect(told.batch().rows).toMatchObject([
        { work: 'done', verdict: 'rejected', deliveries: 1, unanswered: true },
        { work: 'open', deliveries: 3, unanswered: false },
      ]);
    });
    test('deliveries of other rows of the batch do not make it unanswered', async () => {
      const told = await answered(malformed, { rows: [rowOf(1), rowOf(2, { work: 'open', deliveries: 3 })] });
      expect(told.pipeline.ledger.runs.peek({ source, run })?.unanswered).toBe(0);
      expect(told.batch().rows[0]).toMatchObject({ verdict: 'rejected', unanswered: false });
    });
  });

  describe('a hundred times in a row', () => {
    const counted =
      (refusals: number, more: ToldBatch = {}) =>
      async (): Promise<ToldDelivery> => {
        const told = await toldDelivery({ slotAt: 800, delays: { haltPauseMs: HOUR }, ...more });
        told.pipeline.gateStore.putJob(JOB, { ...openJobGate, refusals });
        told.pipeline.graph.uploads.push(malformed);
        await told.deliver();
        return told;
      };
    test.each([
      ['one row', [rowOf(4)]],
      ['many rows', [rowOf(3), rowOf(4), rowOf(5)]],
    ])('with %s: the job is paused, nobody is rejected, nothing is split', async (_, all) => {
      const told = await counted(REFUSALS_UNTIL_HALT - 1, { rows: all })();
      const until = 800 + HOUR;
      expect(told.closed()).toEqual({ tenant: null, job: { until, code: 'graph-refuses-everything', by: BY } });
      expect(told.batch()).toMatchObject({ state: 'staged', delivery: 2, notBefore: told.start + until, children: 0 });
      expect(told.batch().rows).toEqual(all);
      const lowest = all[0]?.row ?? 0;
      expect(afterCall(told)).toEqual(['gate: replaceJob', `keepRefusal ${lowest}`, 'batch: staged']);
      expect(await told.pipeline.evidence.refusals({ source, run })).toEqual(
        new Map([[lowest, 'Invalid value for p2.']]),
      );
      expect(told.events('rollcall.deliver.halted')).toEqual([
        [800, { ...NOTED, rows: all.length, code: 'graph-refuses-everything' }],
      ]);
    });
    test('one fewer still blames the rows', async () => {
      const told = await counted(REFUSALS_UNTIL_HALT - 2)();
      expect(told.closed().job).toBeNull();
      expect(told.batch().children).toBe(1);
    });
  });
});

describe('the fence: a sender that was presumed dead and taken over changes nothing any more', () => {
  const ANSWERS: readonly (readonly [string, GraphReply])[] = [
    ['202', graphAnswer(202, { requestId: 'late' })],
    ['no answer', { kind: 'silence', reason: 'cut' }],
    ['429', graphAnswer(429)],
    ['409', graphAnswer(409)],
    ['403', graphAnswer(403)],
    ['404', graphAnswer(404)],
    ['400', graphAnswer(400)],
  ];
  const heirs: readonly (readonly [string, (noted: Batch) => Batch])[] = [
    ['waits for its next delivery', (noted) => takeOver(noted, 99)],
    ['is with the next sender', (noted) => noteSending(takeOver(noted, 99), 100)],
  ];
  for (const [name, heir] of heirs)
    test.each([
      ...ANSWERS.map(([answer, reply]) => [answer, reply, [rowOf(1), rowOf(2)]] as const),
      ['400 of one row', graphAnswer(400), [rowOf(1)]] as const,
    ])(`while the batch ${name}: %s`, async (_, reply, rows) => {
      const told = await toldDelivery({ rows });
      let left: Batch | null = null;
      told.pipeline.graph.answer = () => {
        left = heir(told.batch());
        told.pipeline.ledger.batches.put(left);
        return reply;
      };
      await told.deliver();
      expect(left).not.toBeNull();
      expect(told.batch()).toEqual(left);
      expect(told.written.map(({ state }) => state)).toEqual(['sending']);
      expect(told.pipeline.ledger.batches.peekAll(run)).toHaveLength(1);
    });

  test.each(ANSWERS.slice(0, 6))('but what a reader of the log wrote meanwhile is kept: %s', async (_, reply) => {
    const told = await toldDelivery();
    told.pipeline.graph.answer = () => {
      const rows = told.batch().rows.map((row) => ({ ...row, retries: 4 }));
      told.pipeline.ledger.batches.put({ ...told.batch(), rows });
      return reply;
    };
    await told.deliver();
    expect(told.batch().state).not.toBe('sending');
    expect(told.batch().rows.map(({ retries }) => retries)).toEqual([4, 4]);
    expect(told.written).toHaveLength(2);
  });
});
