// Release: which batches go to the queue, when and how often; what a run says it waits for. The window is 48 messages.
import { freshPace } from '../../../../shared/delivery/pace';
import { release, WINDOW } from '../../../../shared/pipeline/release/release';
import type { MemoryPipeline } from '../../memory/memory-pipeline';
import { memoryPipeline } from '../../memory/memory-pipeline';
import { graphAnswer } from '../../memory/scripted-graph';
import { batchOf, rowOf } from '../../run/made-batch';
import { eventsOf, manyStaged, putRun, runOf, SOURCE, staged } from '../contoso';

const HOUR_MS = 3_600_000;

/** Puts this many other messages on the queue, of which nobody knows anything. */
async function forge(pipeline: MemoryPipeline, messages: number): Promise<void> {
  for (let i = 0; i < messages; i++)
    await pipeline.deliveries.put({ version: 1, run: 'other', batch: '000001', delivery: 1 }, 0);
  pipeline.deliveries.history.length = 0;
}
/** The same, of batches that were released. */
async function fillQueue(pipeline: MemoryPipeline, messages: number): Promise<void> {
  const made = manyStaged(messages, { releasedAt: pipeline.clock.now() });
  putRun(pipeline, 'other', { source: 'fabrikam-hr', made });
  await forge(pipeline, messages);
}

/** `<run>/<batch>` of every message that was put, in order. */
const putOn = (pipeline: MemoryPipeline): readonly string[] =>
  pipeline.deliveries.history.map(({ message }) => `${message.run}/${message.batch}`);

/** Closes the gate for the tenant until this time, ms from now. */
const closeGate = (pipeline: MemoryPipeline, forMs: number): void =>
  pipeline.gateStore.putPace({ ...freshPace, closedUntil: pipeline.clock.now() + forMs, closedFor: 'throttled' });

const quarantine = JSON.stringify({ status: { code: 'Quarantine', quarantine: { reason: 'TooManyDeletes' } } });

describe('a message', () => {
  test('names the delivery of the batch, is visible at once, and the batch says since when it is on the queue', async () => {
    const pipeline = await memoryPipeline();
    putRun(pipeline, 'r1', { made: [staged(1, { delivery: 3 })] });
    let releasedAtPut = 0;
    pipeline.deliveries.calls.before = ({ method }) => {
      if (method === 'put') releasedAtPut = pipeline.ledger.batches.peek('r1', '000001')?.releasedAt ?? 0;
    };
    await release(pipeline);
    const now = pipeline.clock.now();
    expect(pipeline.deliveries.history).toEqual([
      {
        message: { version: 1, run: 'r1', batch: '000001', delivery: 3, onDuty: true },
        delayMs: -now,
        at: now,
        visibleAt: now,
      },
    ]);
    expect(releasedAtPut).toBe(now);
    expect(eventsOf(pipeline, 'rollcall.release.released')).toEqual([{ batches: 1 }]);
  });
  test('of a batch that may go within five seconds is put now, and becomes visible then', async () => {
    const pipeline = await memoryPipeline();
    const now = pipeline.clock.now();
    putRun(pipeline, 'r1', { made: [staged(1, { notBefore: now + 5_000 }), staged(2, { notBefore: now + 5_001 })] });
    await release(pipeline);
    expect(putOn(pipeline)).toEqual(['r1/000001']);
    expect(pipeline.deliveries.history[0]).toMatchObject({ delayMs: 5_000, visibleAt: now + 5_000 });
  });
  test('is put for no batch whose last message may still be on the queue, and again when that one counts as lost', async () => {
    const pipeline = await memoryPipeline();
    const now = pipeline.clock.now();
    const lostMs = pipeline.delays.lostMessageMs;
    putRun(pipeline, 'r1', {
      made: [staged(1, { releasedAt: now - lostMs }), staged(2, { releasedAt: now - lostMs - 1 })],
    });
    await release(pipeline);
    expect(putOn(pipeline)).toEqual(['r1/000002']);
    expect(pipeline.ledger.batches.peek('r1', '000002')?.releasedAt).toBe(now);
    await release(pipeline);
    expect(putOn(pipeline)).toHaveLength(1);
    pipeline.clock.pass(1);
    await release(pipeline);
    expect(putOn(pipeline)).toEqual(['r1/000002', 'r1/000001']);
  });
  test('is put once, even if another release was faster between the listing and the reading', async () => {
    const pipeline = await memoryPipeline();
    const now = pipeline.clock.now();
    putRun(pipeline, 'r1', { made: [staged(1), staged(2), staged(3)] });
    pipeline.ledger.batches.calls.before = ({ method }) => {
      const first = { ...staged(1), run: 'r1' };
      if (method !== 'readMany') return;
      const releasedAt = now - pipeline.delays.lostMessageMs;
      pipeline.ledger.batches.put({ ...first, releasedAt }, { ...first, batch: '000002', state: 'sending' });
    };
    await release(pipeline);
    expect(putOn(pipeline)).toEqual(['r1/000003']);
    expect(pipeline.ledger.batches.calls.count('replace')).toBe(1);
  });
  test('is put for no batch that is gone when it is read', async () => {
    const pipeline = await memoryPipeline();
    putRun(pipeline, 'r1', { made: [staged(1)] });
    pipeline.ledger.batches.calls.before = ({ method }) => {
      if (method === 'readMany') pipeline.ledger.batches.remove('r1');
    };
    await release(pipeline);
    expect(putOn(pipeline)).toEqual([]);
    expect(pipeline.events).toEqual([]);
  });
  test('is put only by the release whose swap succeeded', async () => {
    const pipeline = await memoryPipeline();
    putRun(pipeline, 'r1', { made: [staged(1)] });
    await Promise.all([release(pipeline), release(pipeline)]);
    expect(putOn(pipeline)).toEqual(['r1/000001']);
    expect(eventsOf(pipeline, 'rollcall.release.released')).toEqual([{ batches: 1 }]);
  });
  test('is put only for batches of runs that send or confirm', async () => {
    const pipeline = await memoryPipeline();
    const states = ['staged', 'sending', 'confirming', 'held', 'settled', 'parked'] as const;
    for (const state of states) putRun(pipeline, state, { state, source: `of-${state}`, made: [staged(1)] });
    await release(pipeline);
    expect([...putOn(pipeline)].sort()).toEqual(['confirming/000001', 'sending/000001']);
  });
  test('is put for no run without a job', async () => {
    const pipeline = await memoryPipeline();
    putRun(pipeline, 'r1', { job: null, made: [staged(1)] });
    await release(pipeline);
    expect(putOn(pipeline)).toEqual([]);
    expect(pipeline.gateStore.calls.made).toEqual([]);
  });
  test('of leavers goes before all others, and sources take turns', async () => {
    const pipeline = await memoryPipeline();
    putRun(pipeline, 'r1', { made: [staged(1), staged(2)] });
    putRun(pipeline, 'r2', { source: 'fabrikam-hr', made: [staged(1), staged(2), staged(3, { leavers: true })] });
    await release(pipeline);
    expect(putOn(pipeline)).toEqual(['r2/000003', 'r1/000001', 'r2/000001', 'r1/000002', 'r2/000002']);
  });
});

describe('the window', () => {
  test('is as wide as senders can wait for their slots', () => {
    expect(WINDOW).toBe(48);
  });
  test('is filled, and not exceeded', async () => {
    const pipeline = await memoryPipeline();
    putRun(pipeline, 'r1', { made: manyStaged(60) });
    await release(pipeline);
    expect(putOn(pipeline)).toHaveLength(48);
    expect(eventsOf(pipeline, 'rollcall.release.released')).toEqual([{ batches: 48 }]);
  });
  test.each([
    [true, 40, 8],
    [true, 41, 0],
    [false, 20, 28],
    [false, 21, 0],
    [undefined, 40, 8],
  ])('on duty %s, with %i messages on the queue, %i more are put', async (onDuty, depth, put) => {
    const pipeline = await memoryPipeline();
    putRun(pipeline, 'r1', { made: manyStaged(60) });
    await fillQueue(pipeline, depth);
    await release(pipeline, onDuty);
    expect(putOn(pipeline)).toHaveLength(put);
    // Without the flag, a release that finds it full does not read the ledger: this happens after every delivery.
    expect(pipeline.ledger.runs.calls.made.length > 0).toBe(put > 0 || onDuty === true);
  });
  test('messages that are not ours do not keep it full, however many there are', async () => {
    const pipeline = await memoryPipeline();
    putRun(pipeline, 'r1', { made: manyStaged(60) });
    await forge(pipeline, 1_000);
    await release(pipeline);
    expect(putOn(pipeline)).toHaveLength(48);
    await release(pipeline);
    expect(putOn(pipeline)).toHaveLength(48);
  });
  test('ours count beside them: those that wait, and those that are being sent', async () => {
    const pipeline = await memoryPipeline();
    const now = pipeline.clock.now();
    const lost = now - pipeline.delays.lostMessageMs;
    putRun(pipeline, 'r1', {
      made: [
        ...manyStaged(20, { releasedAt: now }),
        ...[21, 22].map((n) => staged(n, { state: 'sending', releasedAt: lost })),
        staged(23, { releasedAt: lost - 1 }),
        ...[24, 25].map((n) => staged(n, { state: 'sent', releasedAt: now })),
      ],
    });
    putRun(pipeline, 'r2', { source: 'fabrikam-hr', made: manyStaged(60) });
    await forge(pipeline, 100);
    await release(pipeline);
    expect(putOn(pipeline)).toHaveLength(48 - 22);
  });
  test('batches are taken from the ledger as far as there is room, and released at most eight at a time', async () => {
    const pipeline = await memoryPipeline();
    putRun(pipeline, 'r1', { made: manyStaged(60) });
    await fillQueue(pipeline, 28);
    let underWay = 0;
    let most = 0;
    pipeline.ledger.batches.calls.before = async ({ method }) => {
      if (method !== 'replace') return;
      most = Math.max(most, ++underWay);
      await new Promise(setImmediate);
      underWay--;
    };
    await release(pipeline);
    expect(most).toBe(8);
    expect(pipeline.ledger.batches.calls.count('readMany')).toBe(1);
    expect(pipeline.ledger.batches.calls.count('replace')).toBe(20);
  });
});

describe('the refill flag', () => {
  const flagged = (pipeline: MemoryPipeline): readonly string[] =>
    pipeline.deliveries.history.filter(({ message }) => message.onDuty).map(({ message }) => message.batch);
  test.each([
    [60, '000017'],
    [48, '000017'],
    [34, '000003'],
    [33, '000002'],
    [32, '000001'],
    [1, '000001'],
  ])(
    'of %i batches it is on one message: the one after which two thirds of the window are left (%s)',
    async (count, batch) => {
      const pipeline = await memoryPipeline();
      putRun(pipeline, 'r1', { made: manyStaged(count) });
      await release(pipeline);
      expect(flagged(pipeline)).toEqual([batch]);
      const others = pipeline.deliveries.history.filter(({ message }) => message.batch !== batch);
      expect(others.every(({ message }) => !('onDuty' in message))).toBe(true);
    },
  );
  test('counts what is released, not what was listed', async () => {
    const pipeline = await memoryPipeline();
    putRun(pipeline, 'r1', { made: manyStaged(40) });
    const taken = ['000001', '000002', '000003', '000004'];
    pipeline.ledger.batches.calls.before = ({ method }) => {
      if (method === 'readMany')
        for (const batch of taken)
          pipeline.ledger.batches.put({ ...staged(Number(batch), { state: 'sending' }), run: 'r1' });
    };
    await release(pipeline);
    expect(putOn(pipeline)).toHaveLength(36);
    expect(flagged(pipeline)).toEqual(['000009']);
  });
});

describe('a closed gate', () => {
  test('keeps everything, and the run says why and until when', async () => {
    const pipeline = await memoryPipeline();
    putRun(pipeline, 'r1', { made: [staged(1, { leavers: true }), staged(2)] });
    closeGate(pipeline, 7_000);
    const until = pipeline.clock.now() + 7_000;
    await release(pipeline);
    expect(putOn(pipeline)).toEqual([]);
    expect(pipeline.ledger.runs.peek(runOf('r1'))).toMatchObject({
      waitsFor: 'throttled',
      waitsDetail: null,
      waitsUntil: until,
    });
    expect(eventsOf(pipeline, 'rollcall.release.withheld')).toEqual([
      { source: SOURCE, run: 'r1', batches: 2, code: 'throttled', detail: null, until },
    ]);
    expect(eventsOf(pipeline, 'rollcall.release.released')).toEqual([]);
    // The health of a job whose gate is closed for everybody is not read.
    expect(pipeline.graph.gets).toHaveLength(0);
    expect(pipeline.ledger.batches.calls.count('readMany')).toBe(0);
  });
  test('is reported once: the run is written when what it waits for changes, and when it waits no longer', async () => {
    const pipeline = await memoryPipeline();
    putRun(pipeline, 'r1', { made: [staged(1)] });
    closeGate(pipeline, 7_000);
    await release(pipeline);
    await release(pipeline);
    expect(pipeline.ledger.runs.calls.count('replace', 'r1')).toBe(1);
    closeGate(pipeline, 9_000);
    await release(pipeline);
    expect(pipeline.ledger.runs.calls.count('replace', 'r1')).toBe(2);
    expect(pipeline.ledger.runs.peek(runOf('r1'))?.waitsUntil).toBe(pipeline.clock.now() + 9_000);
    pipeline.clock.pass(9_000);
    await release(pipeline);
    expect(putOn(pipeline)).toEqual(['r1/000001']);
    expect(pipeline.ledger.runs.calls.count('replace', 'r1')).toBe(3);
    expect(pipeline.ledger.runs.peek(runOf('r1'))).toMatchObject({
      state: 'sending',
      waitsFor: null,
      waitsDetail: null,
      waitsUntil: null,
    });
    await release(pipeline);
    expect(pipeline.ledger.runs.calls.count('replace', 'r1')).toBe(3);
  });
  test('of a run with nothing due is recorded without an event, since what it postponed is not due', async () => {
    const pipeline = await memoryPipeline();
    const later = staged(1, { notBefore: pipeline.clock.now() + HOUR_MS });
    putRun(pipeline, 'r1', { made: [later] });
    closeGate(pipeline, 7_000);
    await release(pipeline);
    expect(pipeline.ledger.runs.peek(runOf('r1'))?.waitsFor).toBe('throttled');
    expect(eventsOf(pipeline, 'rollcall.release.withheld')).toEqual([]);
  });
  test('does not matter to a run that has sent everything: it waits for evidence', async () => {
    const pipeline = await memoryPipeline();
    putRun(pipeline, 'r1', { state: 'confirming', waitsFor: 'throttled', waitsUntil: 1 });
    closeGate(pipeline, 7_000);
    await release(pipeline);
    expect(pipeline.ledger.runs.peek(runOf('r1'))).toMatchObject({ waitsFor: null, waitsUntil: null });
    expect(pipeline.gateStore.calls.made).toEqual([]);
  });
  test('matters to a run that confirms and has a retry to send', async () => {
    const pipeline = await memoryPipeline();
    putRun(pipeline, 'r1', { state: 'confirming', made: [staged(1)] });
    closeGate(pipeline, 7_000);
    await release(pipeline);
    expect(putOn(pipeline)).toEqual([]);
    expect(pipeline.ledger.runs.peek(runOf('r1'))?.waitsFor).toBe('throttled');
  });
  test('for others lets leavers through, and the run waits for nothing while some are sent', async () => {
    const pipeline = await memoryPipeline({ budget: { calls: 10, leaverShare: 0.5 } });
    const now = pipeline.clock.now();
    pipeline.gateStore.putPace({ ...freshPace, usedPerHour: { [Math.floor(now / HOUR_MS)]: 5 } });
    putRun(pipeline, 'r1', { made: [staged(1, { leavers: true }), staged(2)] });
    await release(pipeline);
    expect(putOn(pipeline)).toEqual(['r1/000001']);
    expect(pipeline.ledger.runs.calls.count('replace')).toBe(0);
    expect(eventsOf(pipeline, 'rollcall.release.withheld')).toEqual([]);
    // Next time there are only others: now it waits, for the budget.
    await release(pipeline);
    expect(putOn(pipeline)).toHaveLength(1);
    expect(pipeline.ledger.runs.peek(runOf('r1'))?.waitsFor).toBe('daily-budget-spent');
    expect(eventsOf(pipeline, 'rollcall.release.withheld')).toMatchObject([{ batches: 1, code: 'daily-budget-spent' }]);
  });
});

describe('a job', () => {
  test('that does not run gets nothing, not even leavers; the run gives the state as the service names it', async () => {
    const pipeline = await memoryPipeline();
    pipeline.graph.answer = () => graphAnswer(200, { body: quarantine });
    putRun(pipeline, 'r1', { made: [staged(1, { leavers: true }), staged(2)] });
    await release(pipeline);
    expect(putOn(pipeline)).toEqual([]);
    expect(pipeline.ledger.runs.peek(runOf('r1'))).toMatchObject({
      waitsFor: 'job-in-quarantine',
      waitsDetail: 'TooManyDeletes',
      waitsUntil: null,
    });
    expect(eventsOf(pipeline, 'rollcall.release.withheld')).toEqual([
      { source: SOURCE, run: 'r1', batches: 2, code: 'job-in-quarantine', detail: 'TooManyDeletes', until: null },
    ]);
  });
  test('is stopped for leavers too while the budget of the others is spent', async () => {
    const pipeline = await memoryPipeline({ budget: { calls: 10, leaverShare: 0.5 } });
    const hour = Math.floor(pipeline.clock.now() / HOUR_MS);
    pipeline.gateStore.putPace({ ...freshPace, usedPerHour: { [hour]: 5 } });
    pipeline.graph.answer = () => graphAnswer(200, { body: quarantine });
    putRun(pipeline, 'r1', { made: [staged(1, { leavers: true })] });
    await release(pipeline);
    expect(putOn(pipeline)).toEqual([]);
  });
  test.each([
    ['the reason changed', { waitsFor: 'job-in-quarantine', waitsDetail: 'Unknown', waitsUntil: null }],
    ['the code changed', { waitsFor: 'job-is-paused', waitsDetail: 'TooManyDeletes', waitsUntil: null }],
    ['it had a time before', { waitsFor: 'job-in-quarantine', waitsDetail: 'TooManyDeletes', waitsUntil: 5 }],
  ])('of which %s is reported again', async (_, waits) => {
    const pipeline = await memoryPipeline();
    pipeline.graph.answer = () => graphAnswer(200, { body: quarantine });
    putRun(pipeline, 'r1', { made: [staged(1)], ...waits });
    await release(pipeline);
    expect(pipeline.ledger.runs.peek(runOf('r1'))).toMatchObject({
      waitsFor: 'job-in-quarantine',
      waitsDetail: 'TooManyDeletes',
      waitsUntil: null,
    });
  });
  test('whose health cannot be read is sent to', async () => {
    const pipeline = await memoryPipeline();
    pipeline.graph.answer = () => graphAnswer(503);
    putRun(pipeline, 'r1', { made: [staged(1)] });
    await release(pipeline);
    expect(putOn(pipeline)).toEqual(['r1/000001']);
  });
  test('of two runs is read once, and another job delays nobody', async () => {
    const pipeline = await memoryPipeline();
    const ill = { servicePrincipalId: 'sp', jobId: 'API2AAD.ill' };
    pipeline.graph.answer = ({ path }) =>
      graphAnswer(200, { body: path.includes('ill') ? quarantine : JSON.stringify({ status: { code: 'Active' } }) });
    putRun(pipeline, 'r1', { made: [staged(1)] });
    putRun(pipeline, 'r2', { made: [staged(2)] });
    putRun(pipeline, 'r3', { source: 'fabrikam-hr', job: ill, made: [staged(3)] });
    await release(pipeline);
    expect([...putOn(pipeline)].sort()).toEqual(['r1/000001', 'r2/000002']);
    expect(pipeline.gateStore.calls.count('read')).toBe(2);
    expect(pipeline.graph.gets).toHaveLength(2);
  });
});

describe('a job that is no longer one of this installation', () => {
  const withdrawn = { servicePrincipalId: 'sp', jobId: 'API2AAD.withdrawn' };
  test('gets nothing, not even leavers, and is asked nothing; its run waits, with the reason; the others go', async () => {
    const pipeline = await memoryPipeline({ allowsJob: ({ jobId }) => jobId !== withdrawn.jobId });
    putRun(pipeline, 'r1', { made: [staged(1)] });
    putRun(pipeline, 'r2', { source: 'fabrikam-hr', job: withdrawn, made: [staged(2, { leavers: true }), staged(3)] });
    await release(pipeline);
    expect(putOn(pipeline)).toEqual(['r1/000001']);
    expect(pipeline.graph.gets.filter(({ path }) => path.includes(withdrawn.jobId))).toEqual([]);
    expect(pipeline.ledger.runs.peek(runOf('r2', { source: 'fabrikam-hr' }))).toMatchObject({
      state: 'sending',
      waitsFor: 'job-withdrawn',
      waitsDetail: null,
      waitsUntil: null,
    });
    expect(eventsOf(pipeline, 'rollcall.release.withheld')).toMatchObject([
      { run: 'r2', batches: 2, code: 'job-withdrawn' },
    ]);
    await release({ ...pipeline, allowsJob: () => true });
    expect(putOn(pipeline).slice(1).sort()).toEqual(['r2/000002', 'r2/000003']);
    expect(pipeline.ledger.runs.peek(runOf('r2', { source: 'fabrikam-hr' }))?.waitsFor).toBeNull();
  });
});

describe('people of other runs', () => {
  const both = batchOf([rowOf(1), rowOf(2)]);
  const openRow = batchOf([rowOf(1, { work: 'open', deliveries: 1, sentAt: [1] })]);

  test('who wait for an older delivery are split off for a minute, the others are sent', async () => {
    const pipeline = await memoryPipeline();
    putRun(pipeline, 'r1', { people: ['p1'], made: [openRow] });
    putRun(pipeline, 'r2', { made: [both] });
    const now = pipeline.clock.now();
    await release(pipeline);
    expect(putOn(pipeline)).toEqual(['r2/000001']);
    expect(pipeline.ledger.batches.calls.count('replaceAndInsert')).toBe(1);
    expect(pipeline.ledger.batches.calls.count('replace')).toBe(0);
    const child = pipeline.ledger.batches.peek('r2', '000001.1');
    expect(child).toMatchObject({ state: 'staged', notBefore: now + 60_000, releasedAt: 0 });
    expect(child?.rows.map(({ id }) => id)).toEqual(['p1']);
    expect(pipeline.ledger.batches.peek('r2', '000001')?.rows.map(({ id }) => id)).toEqual(['p2']);
  });
  test('who all wait keep their batch for a minute, and nothing is put', async () => {
    const pipeline = await memoryPipeline();
    putRun(pipeline, 'r1', { people: ['p1'], made: [openRow] });
    putRun(pipeline, 'r2', { made: [staged(1)] });
    const now = pipeline.clock.now();
    await release(pipeline);
    expect(putOn(pipeline)).toEqual([]);
    expect(eventsOf(pipeline, 'rollcall.release.released')).toEqual([]);
    expect(pipeline.ledger.batches.peek('r2', '000001')).toMatchObject({
      state: 'staged',
      notBefore: now + 60_000,
      releasedAt: 0,
    });
  });
  test('who wait do so for as long as the setting says', async () => {
    const pipeline = await memoryPipeline({ delays: { waitingMs: 1_234 } });
    putRun(pipeline, 'r1', { people: ['p1'], made: [openRow] });
    putRun(pipeline, 'r2', { made: [staged(1)] });
    await release(pipeline);
    expect(pipeline.ledger.batches.peek('r2', '000001')?.notBefore).toBe(pipeline.clock.now() + 1_234);
  });
  test('whom a newer run carries are superseded, even if it was staged while the batches were read', async () => {
    const pipeline = await memoryPipeline();
    putRun(pipeline, 'r1', { made: [both] });
    pipeline.ledger.batches.calls.before = ({ method }) => {
      if (method === 'readMany' && pipeline.ledger.runs.peek(runOf('r2')) === null)
        putRun(pipeline, 'r2', { state: 'staged', people: ['p1'] });
    };
    await release(pipeline);
    expect(pipeline.ledger.batches.peek('r1', '000001')?.rows.map(({ work, verdict }) => [work, verdict])).toEqual([
      ['done', 'superseded'],
      ['todo', null],
    ]);
    expect(putOn(pipeline)).toEqual(['r1/000001']);
  });
  test('who all have a newer full file settle their batch without a message', async () => {
    const pipeline = await memoryPipeline();
    putRun(pipeline, 'r1', { made: [both] });
    putRun(pipeline, 'r2', { state: 'staged', content: 'full', people: ['p9'] });
    await release(pipeline);
    expect(putOn(pipeline)).toEqual([]);
    expect(pipeline.ledger.batches.peek('r1', '000001')).toMatchObject({ state: 'settled', releasedAt: 0 });
  });
  test('of the same file are unchanged when they were confirmed, and no call is made for them', async () => {
    const pipeline = await memoryPipeline();
    const confirmed = batchOf([rowOf(1, { work: 'done', deliveries: 1, sentAt: [1], verdict: 'created' })]);
    putRun(pipeline, 'r1', { state: 'settled', people: ['p1'], made: [confirmed] });
    putRun(pipeline, 'r2', { sameAs: 'r1', people: ['p1'], made: [staged(1)] });
    await release(pipeline);
    expect(putOn(pipeline)).toEqual([]);
    expect(pipeline.ledger.batches.peek('r2', '000001')).toMatchObject({
      state: 'settled',
      rows: [{ verdict: 'unchanged', deliveries: 0 }],
    });
  });
  test('are looked up once for each run that sends something', async () => {
    const pipeline = await memoryPipeline();
    putRun(pipeline, 'r1', { made: manyStaged(3) });
    putRun(pipeline, 'r2', { source: 'fabrikam-hr', state: 'confirming' });
    await release(pipeline);
    expect(pipeline.ledger.runs.calls.made.filter(({ method }) => method === 'ofSource').map(({ key }) => key)).toEqual(
      [SOURCE],
    );
  });
});
