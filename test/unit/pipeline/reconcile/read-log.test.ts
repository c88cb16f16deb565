// Reading a log: from where, in which stretches and when; what was read stays read, whatever happens later.
import { readLog } from '../../../../shared/pipeline/reconcile/read-log';
import type { Run } from '../../../../shared/run/run';
import type { MemoryPipeline } from '../../memory/memory-pipeline';
import { memoryPipeline } from '../../memory/memory-pipeline';
import { graphAnswer } from '../../memory/scripted-graph';
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
  putRun,
  recordWrites,
  runOf,
  sentRow,
  stretchOf,
} from '../told-ledger';

const MOST_MS = 240_000;
const EMPTY = graphAnswer(200, { body: '{"value":[]}' });
const DELAYS = { logOverlapMs: 30 * MINUTE, clockSkewMs: 5_000 };
const nobody = (): Promise<number> => Promise.resolve(0);

/** A pipeline whose watermark is there; no call of it is counted. */
async function pipelineReadUntil(readUntil: number): Promise<MemoryPipeline> {
  const pipeline = await memoryPipeline({ delays: DELAYS });
  if (readUntil > 0) await pipeline.watermark.write(JOB, readUntil);
  return pipeline;
}
/** Every page takes this long. */
function slowPages(pipeline: MemoryPipeline, pageMs: number): void {
  pipeline.graph.answer = () => {
    pipeline.clock.pass(pageMs);
    return EMPTY;
  };
}
const stretchesOf = (pipeline: MemoryPipeline) => pipeline.graph.gets.map(({ path }) => stretchOf(path));

describe('a log that was not read for half an hour', () => {
  const OLD = NOW - 30 * MINUTE;

  test('is read in stretches, the watermark moves past each but the last, and the reading says when it began', async () => {
    const pipeline = await pipelineReadUntil(OLD);
    const writes = recordWrites(pipeline);
    const moves: number[] = [];
    pipeline.graph.answer = () => {
      moves.push(pipeline.watermark.peek(JOB));
      pipeline.clock.pass(10);
      return EMPTY;
    };
    expect(await readLog(pipeline, JOB, [], MOST_MS, nobody)).toMatchObject({ begun: NOW, untold: new Set() });
    expect(stretchesOf(pipeline)).toEqual([
      { after: OLD - DELAYS.logOverlapMs, before: NOW - 20 * MINUTE },
      { after: NOW - 20 * MINUTE - 1, before: NOW - 10 * MINUTE },
      { after: NOW - 10 * MINUTE - 1, before: null },
    ]);
    expect(moves).toEqual([OLD, NOW - 20 * MINUTE, NOW - 10 * MINUTE]);
    expect(writes).toHaveLength(2);
    expect(eventsOf(pipeline, 'rollcall.reconcile.read')).toEqual([
      // Two requests waited for their turn (2.2 s apart), then took 10 ms.
      { pages: 3, entries: 0, unreadable: 0, counted: 0, durationMs: 4_410, isAtEnd: true },
    ]);
  });
  test('keeps what was read before it broke off', async () => {
    const pipeline = await pipelineReadUntil(OLD);
    pipeline.graph.reads.push(EMPTY, graphAnswer(503));
    await expect(readLog(pipeline, JOB, [], MOST_MS, nobody)).rejects.toMatchObject({ code: 'graph-log-unavailable' });
    expect(pipeline.watermark.peek(JOB)).toBe(NOW - 20 * MINUTE);
    expect(pipeline.graph.gets).toHaveLength(2);
  });
  test.each([
    [240_000, 2, 10],
    [240_001, 1, 20],
  ])('whose pages take %i ms begins %i stretches and is not at the end', async (pageMs, requests, minutesBefore) => {
    const pipeline = await pipelineReadUntil(OLD);
    slowPages(pipeline, pageMs);
    expect(await readLog(pipeline, JOB, [], MOST_MS, nobody)).toBeNull();
    expect(pipeline.graph.gets).toHaveLength(requests);
    expect(pipeline.watermark.peek(JOB)).toBe(NOW - minutesBefore * MINUTE);
    expect(eventsOf(pipeline, 'rollcall.reconcile.read')).toMatchObject([{ isAtEnd: false }]);
  });
});

describe('where reading begins', () => {
  /** `r1` was sent this long ago; `readAgoMs` null: the log was never read. */
  async function beginning(
    openSince: number | null,
    readUntil: number | null,
    ...others: readonly Run[]
  ): Promise<readonly number[]> {
    const pipeline = await pipelineReadUntil(readUntil ?? 0);
    const runs: Run[] = [...others];
    for (const run of others) putRun(pipeline, run, batchOf([doneRow(1)]));
    if (openSince !== null) runs.push(putRun(pipeline, runOf('r1'), batchOf([sentRow(1, openSince)])));
    await readLog(pipeline, JOB, runs, MOST_MS, nobody);
    return stretchesOf(pipeline).map(({ after }) => after);
  }
  const FIVE_AGO = NOW - 5 * MINUTE;

  test('nothing is open and the log was never read: it is not requested', async () => {
    expect(await beginning(null, null)).toEqual([]);
  });
  test('a log that was never read: at the oldest open delivery, by the clock of the service', async () => {
    expect(await beginning(FIVE_AGO, null)).toEqual([FIVE_AGO - DELAYS.clockSkewMs]);
    expect(await beginning(FIVE_AGO, null, runOf('r0', { state: 'settled' }))).toEqual([FIVE_AGO - DELAYS.clockSkewMs]);
  });
  test('a delivery within the overlap: nothing before it matters', async () => {
    expect(await beginning(FIVE_AGO, NOW - MINUTE)).toEqual([FIVE_AGO - DELAYS.clockSkewMs]);
  });
  test('a delivery before the overlap: what was read before it is not read again', async () => {
    expect(await beginning(NOW - 3 * HOUR, NOW - MINUTE)).toEqual([NOW - 31 * MINUTE]);
  });
  test('a run has ended: late evidence for it may be anywhere in the overlap', async () => {
    expect(await beginning(FIVE_AGO, NOW - MINUTE, runOf('r0', { state: 'settled' }))).toEqual([NOW - 31 * MINUTE]);
    expect(await beginning(null, NOW - MINUTE, runOf('r0', { state: 'settled' }))).toEqual([NOW - 31 * MINUTE]);
  });
  test('several runs are open: the oldest delivery of all of them counts; ended ones do not count', async () => {
    const pipeline = await pipelineReadUntil(0);
    const runs = [
      putRun(pipeline, runOf('r1'), batchOf([sentRow(1, FIVE_AGO)])),
      putRun(pipeline, runOf('r2', { state: 'sending' }), batchOf([sentRow(1, FIVE_AGO - 3_000)])),
      putRun(pipeline, runOf('r3'), batchOf([sentRow(1, FIVE_AGO + 3_000)])),
      putRun(pipeline, runOf('r4'), batchOf([doneRow(1)])),
      putRun(pipeline, runOf('r5', { state: 'settled' }), batchOf([sentRow(1, NOW - 3 * HOUR)])),
    ];
    await readLog(pipeline, JOB, runs, MOST_MS, nobody);
    expect(stretchesOf(pipeline)).toEqual([{ after: FIVE_AGO - 3_000 - DELAYS.clockSkewMs, before: null }]);
    expect(pipeline.ledger.batches.calls.made.map(({ key }) => key)).toEqual(['r1', 'r2', 'r3', 'r4']);
  });
});

describe('pages', () => {
  test('are followed to the last, each is passed on before the next is requested, and all are counted', async () => {
    const pipeline = await pipelineReadUntil(NOW - MINUTE);
    const entries = [entryOf('p1', NOW), entryOf('p2', NOW), entryOf('p3', NOW)];
    const next = 'https://graph.example/v1.0/auditLogs/provisioning?$skiptoken=2';
    pipeline.graph.reads.push(
      graphAnswer(200, {
        body: JSON.stringify({ value: [...entries.slice(0, 2), { id: 7 }], '@odata.nextLink': next }),
      }),
      graphAnswer(200, { body: JSON.stringify({ value: entries.slice(2) }) }),
    );
    const taken: string[] = [];
    await readLog(pipeline, JOB, [], MOST_MS, (page) => {
      taken.push(`${page.map((entry) => entry.sourceIdentity?.id).join()} after ${pipeline.graph.gets.length}`);
      return Promise.resolve(page.length);
    });
    expect(taken).toEqual(['p1,p2 after 1', 'p3 after 2']);
    expect(pipeline.graph.gets[1]?.path).toBe('/v1.0/auditLogs/provisioning?$skiptoken=2');
    expect(filterOf(pipeline.graph.gets[0]?.path ?? '')).toMatch(/^jobid eq 'job' and /);
    expect(eventsOf(pipeline, 'rollcall.reconcile.read')).toMatchObject([
      { pages: 2, entries: 3, unreadable: 1, counted: 3 },
    ]);
  });
  test('are requested at the pace of the log', async () => {
    const pipeline = await pipelineReadUntil(NOW - 30 * MINUTE);
    await readLog(pipeline, JOB, [], MOST_MS, nobody);
    expect(pipeline.graph.gets.map(({ at }) => at - NOW)).toEqual([0, 2_200, 4_400]);
  });
  test('a pause after a refusal holds for every job: no request before it is over', async () => {
    const pipeline = await pipelineReadUntil(NOW - MINUTE);
    pipeline.graph.reads.push(graphAnswer(429, { retryAfter: '60' }));
    await expect(readLog(pipeline, JOB, [], MOST_MS, nobody)).rejects.toMatchObject({ retryAfterMs: 60_000 });
    pipeline.clock.pass(29_999);
    await expect(readLog(pipeline, JOB, [], MOST_MS, nobody)).rejects.toMatchObject({
      code: 'graph-log-unavailable',
      disposition: 'retry',
    });
    expect(pipeline.graph.gets).toHaveLength(1);
    pipeline.clock.pass(1);
    await readLog(pipeline, JOB, [], MOST_MS, nobody);
    expect(pipeline.graph.gets.map(({ at }) => at - NOW)).toEqual([0, 60_000]);
  });
  test('our own fault is not a refusal: the next reading need not wait', async () => {
    const pipeline = await pipelineReadUntil(NOW - MINUTE);
    pipeline.graph.answer = () => Promise.reject(new TypeError('ours'));
    await expect(readLog(pipeline, JOB, [], MOST_MS, nobody)).rejects.toThrow(TypeError);
    pipeline.graph.answer = () => EMPTY;
    await readLog(pipeline, JOB, [], MOST_MS, nobody);
    expect(pipeline.graph.gets.map(({ at }) => at - NOW)).toEqual([0, 2_200]);
  });
});

describe('a reading whose time is up', () => {
  const link = (token: number | string): string =>
    `https://graph.example/v1.0/auditLogs/provisioning?$skiptoken=${token}`;
  const pageTo = (token: number | string) =>
    graphAnswer(200, { body: JSON.stringify({ value: [], '@odata.nextLink': link(token) }) });
  /** Every page takes two minutes and names the next one, up to page `last`. */
  function longLog(pipeline: MemoryPipeline, last: number): void {
    pipeline.graph.answer = ({ path }) => {
      pipeline.clock.pass(2 * MINUTE);
      const page = Number(/skiptoken=(\d+)/.exec(path)?.[1] ?? 0);
      return page < last ? pageTo(page + 1) : EMPTY;
    };
  }
  const tokensOf = (pipeline: MemoryPipeline) =>
    pipeline.graph.gets.map(({ path }) => /skiptoken=(\d+)/.exec(path)?.[1] ?? 'first');

  test('goes on where it stopped, also within a stretch, and ends with the time at which it began', async () => {
    const pipeline = await pipelineReadUntil(NOW - MINUTE);
    longLog(pipeline, 5);
    expect(await readLog(pipeline, JOB, [], MOST_MS, nobody)).toBeNull();
    expect(tokensOf(pipeline)).toEqual(['first', '1', '2']);
    expect(pipeline.watermark.peek(JOB)).toBe(NOW - MINUTE);
    expect(await readLog(pipeline, JOB, [], MOST_MS, nobody)).toMatchObject({ begun: NOW, untold: new Set() });
    expect(tokensOf(pipeline)).toEqual(['first', '1', '2', '3', '4', '5']);
    expect(eventsOf(pipeline, 'rollcall.reconcile.read')).toMatchObject([
      { pages: 3, isAtEnd: false },
      { pages: 3, isAtEnd: true },
    ]);
    // Read to its end, so the next reading is a new one.
    await readLog(pipeline, JOB, [], MOST_MS, nobody);
    expect(tokensOf(pipeline)[6]).toBe('first');
  });
  test('goes on in the stretch that it came to', async () => {
    const pipeline = await pipelineReadUntil(NOW - 30 * MINUTE);
    slowPages(pipeline, MOST_MS + 1);
    for (let tick = 0; tick < 2; tick++) expect(await readLog(pipeline, JOB, [], MOST_MS, nobody)).toBeNull();
    expect(await readLog(pipeline, JOB, [], MOST_MS, nobody)).toMatchObject({ begun: NOW, untold: new Set() });
    expect(stretchesOf(pipeline).map(({ before }) => before)).toEqual([NOW - 20 * MINUTE, NOW - 10 * MINUTE, null]);
  });
  test('begins again if another process has moved the watermark', async () => {
    const pipeline = await pipelineReadUntil(NOW - MINUTE);
    longLog(pipeline, 5);
    await readLog(pipeline, JOB, [], MOST_MS, nobody);
    await pipeline.watermark.write(JOB, NOW);
    await readLog(pipeline, JOB, [], MOST_MS, nobody);
    expect(tokensOf(pipeline)).toEqual(['first', '1', '2', 'first', '1', '2']);
  });
  test.each([
    ['refused', graphAnswer(429, { retryAfter: '20' })],
    ['not readable now', graphAnswer(503)],
    ['no page', graphAnswer(200, { body: 'no JSON' })],
  ])('goes on at a page that was %s, as does one that was interrupted', async (_, answer) => {
    const pipeline = await pipelineReadUntil(NOW - MINUTE);
    longLog(pipeline, 3);
    pipeline.graph.reads.push(pageTo(1), answer);
    await expect(readLog(pipeline, JOB, [], MOST_MS, nobody)).rejects.toMatchObject({ code: 'graph-log-unavailable' });
    pipeline.clock.pass(MINUTE);
    expect(await readLog(pipeline, JOB, [], 2 * MOST_MS, nobody)).toMatchObject({ begun: NOW });
    expect(tokensOf(pipeline)).toEqual(['first', '1', '1', '2', '3']);
  });
  test('goes on at its page after a pause of an hour', async () => {
    const pipeline = await pipelineReadUntil(NOW - MINUTE);
    longLog(pipeline, 2);
    pipeline.graph.reads.push(pageTo(1), graphAnswer(429, { retryAfter: '3600' }));
    for (let tick = 0; tick < 60; tick++) {
      await expect(readLog(pipeline, JOB, [], MOST_MS, nobody)).rejects.toMatchObject({ disposition: 'retry' });
      pipeline.clock.pass(MINUTE - 30_000 / 60);
    }
    await readLog(pipeline, JOB, [], 2 * MOST_MS, nobody);
    expect(tokensOf(pipeline)).toEqual(['first', '1', '1', '2']);
  });
  test('begins again at a page that was refused five times, because its link may have expired', async () => {
    const pipeline = await pipelineReadUntil(NOW - MINUTE);
    longLog(pipeline, 2);
    pipeline.graph.reads.push(pageTo(1), ...Array.from({ length: 5 }, () => graphAnswer(400)));
    for (let tick = 0; tick < 5; tick++) {
      await expect(readLog(pipeline, JOB, [], MOST_MS, nobody)).rejects.toMatchObject({ disposition: 'retry' });
      pipeline.clock.pass(MINUTE);
    }
    await readLog(pipeline, JOB, [], 2 * MOST_MS, nobody);
    expect(tokensOf(pipeline)).toEqual(['first', '1', '1', '1', '1', '1', 'first', '1', '2']);
  });
  test('counts the refusals of one page, not of all', async () => {
    const pipeline = await pipelineReadUntil(NOW - MINUTE);
    const twice = [graphAnswer(503), graphAnswer(503), graphAnswer(503)];
    pipeline.graph.reads.push(pageTo(1), ...twice, pageTo(2), ...twice, EMPTY);
    for (let tick = 0; tick < 6; tick++) {
      await expect(readLog(pipeline, JOB, [], MOST_MS, nobody)).rejects.toMatchObject({ disposition: 'retry' });
      pipeline.clock.pass(MINUTE);
    }
    expect(await readLog(pipeline, JOB, [], MOST_MS, nobody)).toMatchObject({ begun: NOW });
    expect(tokensOf(pipeline)).toEqual(['first', '1', '1', '1', '1', '2', '2', '2', '2']);
  });
  test.each([
    ['a permission that is missing', graphAnswer(403), 'graph-log-forbidden'],
    [
      'a next page that is elsewhere',
      graphAnswer(200, { body: '{"value":[],"@odata.nextLink":"/"}' }),
      'graph-log-misleading',
    ],
  ])('begins again after %s', async (_, answer, code) => {
    const pipeline = await pipelineReadUntil(NOW - MINUTE);
    pipeline.graph.reads.push(pageTo(1), answer);
    await expect(readLog(pipeline, JOB, [], MOST_MS, nobody)).rejects.toMatchObject({ code });
    pipeline.clock.pass(MINUTE);
    await readLog(pipeline, JOB, [], MOST_MS, nobody);
    expect(tokensOf(pipeline)).toEqual(['first', '1', 'first']);
  });
  test('goes on although something could not be told: the watermark waits, and the end says who is concerned', async () => {
    const pipeline = await pipelineReadUntil(NOW - 30 * MINUTE);
    slowPages(pipeline, MOST_MS + 1);
    const taken: number[] = [];
    const take = (_: unknown, untold: Set<string>): Promise<number> => {
      // The second of three stretches, each in a tick of its own.
      if (taken.push(pipeline.watermark.peek(JOB)) === 2) untold.add('r1');
      return Promise.resolve(0);
    };
    for (let tick = 0; tick < 2; tick++) expect(await readLog(pipeline, JOB, [], MOST_MS, take)).toBeNull();
    expect(await readLog(pipeline, JOB, [], MOST_MS, take)).toMatchObject({ begun: NOW, untold: new Set(['r1']) });
    expect(taken.map((at) => (NOW - at) / MINUTE)).toEqual([30, 20, 20]);
    // What was not told is read again: from where the watermark was left.
    expect(await readLog(pipeline, JOB, [], 9 * MOST_MS, nobody)).toMatchObject({ untold: new Set() });
    expect(stretchesOf(pipeline).map(({ before }) => before)).toEqual([
      NOW - 20 * MINUTE,
      NOW - 10 * MINUTE,
      null,
      // The three pages took twelve minutes.
      NOW - 10 * MINUTE,
      NOW,
      NOW + 10 * MINUTE,
      null,
    ]);
  });
  test('ends before a turn that would come later, and goes on at that page', async () => {
    const pipeline = await pipelineReadUntil(NOW - MINUTE);
    longLog(pipeline, 3);
    pipeline.graph.reads.push(pageTo(1), graphAnswer(429, { retryAfter: '20' }));
    await expect(readLog(pipeline, JOB, [], MOST_MS, nobody)).rejects.toMatchObject({ retryAfterMs: 20_000 });
    expect(await readLog(pipeline, JOB, [], 19_999, nobody)).toBeNull();
    expect(tokensOf(pipeline)).toEqual(['first', '1']);
    expect(pipeline.clock.now() - NOW).toBeLessThan(5_000);
    expect(await readLog(pipeline, JOB, [], 2 * MOST_MS, nobody)).toMatchObject({ begun: NOW });
    expect(tokensOf(pipeline)).toEqual(['first', '1', '1', '2', '3']);
  });
  test('without any time reads nothing, and says so', async () => {
    const pipeline = await pipelineReadUntil(NOW - MINUTE);
    expect(await readLog(pipeline, JOB, [], -1, nobody)).toBeNull();
    expect(pipeline.graph.gets).toEqual([]);
    expect(eventsOf(pipeline, 'rollcall.reconcile.read')).toMatchObject([{ pages: 0, isAtEnd: false }]);
  });

  const misled = { code: 'graph-log-misleading', disposition: 'retry' };
  test('a page that was read already ends the reading, also if that was before the time was up', async () => {
    const pipeline = await pipelineReadUntil(NOW - MINUTE);
    longLog(pipeline, 9);
    await readLog(pipeline, JOB, [], MOST_MS, nobody);
    pipeline.graph.reads.push(pageTo(2));
    await expect(readLog(pipeline, JOB, [], MOST_MS, nobody)).rejects.toMatchObject(misled);
    expect(tokensOf(pipeline)).toEqual(['first', '1', '2', '3']);
  });
  test('the page that is being read is one of them', async () => {
    const pipeline = await pipelineReadUntil(NOW - MINUTE);
    pipeline.graph.answer = ({ path }) =>
      graphAnswer(200, {
        body: JSON.stringify({ value: [], '@odata.nextLink': new URL(path, 'https://graph.example').href }),
      });
    await expect(readLog(pipeline, JOB, [], MOST_MS, nobody)).rejects.toMatchObject(misled);
    expect(pipeline.graph.gets.length).toBeLessThanOrEqual(2);
  });
  test('10,000 pages are the most that a stretch has', async () => {
    const pipeline = await pipelineReadUntil(NOW - MINUTE);
    let page = 0;
    pipeline.graph.answer = () => pageTo(++page);
    const logTurns = {
      take: () => Promise.resolve(true),
      isAfter: () => false,
      pause: () => undefined,
    } as unknown as MemoryPipeline['logTurns'];
    await expect(readLog({ ...pipeline, logTurns }, JOB, [], MOST_MS, nobody)).rejects.toMatchObject(misled);
    expect(page).toBe(10_000);
  });
});

describe('a log that refuses to be asked for pages of a size', () => {
  const asksForSize = (pipeline: MemoryPipeline): readonly boolean[] =>
    pipeline.graph.gets.map(({ path }) => path.includes('$top='));
  /** Refuses whatever asks for a size; at once two stretches have to be read. */
  async function refusing(): Promise<MemoryPipeline> {
    const pipeline = await pipelineReadUntil(NOW - 15 * MINUTE);
    pipeline.graph.answer = ({ path }) => (path.includes('$top=') ? graphAnswer(400) : EMPTY);
    return pipeline;
  }
  test('is read without one, at its own turn, and never asked again in this process', async () => {
    const pipeline = await refusing();
    expect(await readLog(pipeline, JOB, [], MOST_MS, nobody)).toMatchObject({ begun: NOW });
    expect(asksForSize(pipeline)).toEqual([true, false, false]);
    const [first, second] = pipeline.graph.gets.map(({ at }) => at);
    expect(second! - first!).toBeGreaterThanOrEqual(2_000);
    expect(stretchesOf(pipeline)[0]).toEqual(stretchesOf(pipeline)[1]);
    await readLog(pipeline, { ...JOB, jobId: 'job-2' }, [], MOST_MS, nobody);
    expect(asksForSize(pipeline).slice(3)).not.toContain(true);
  });
  test('and everything else is at fault for another reason: the next reading asks for a size again', async () => {
    const pipeline = await pipelineReadUntil(NOW - MINUTE);
    pipeline.graph.answer = () => graphAnswer(400);
    await expect(readLog(pipeline, JOB, [], MOST_MS, nobody)).rejects.toMatchObject({ code: 'graph-log-unavailable' });
    expect(asksForSize(pipeline)).toEqual([true, false]);
    pipeline.graph.answer = () => EMPTY;
    pipeline.clock.pass(HOUR);
    await readLog(pipeline, JOB, [], MOST_MS, nobody);
    expect(asksForSize(pipeline)).toEqual([true, false, true]);
  });
  test('the page of a link of its own is not asked for in another way', async () => {
    const pipeline = await pipelineReadUntil(NOW - MINUTE);
    const next = 'https://graph.example/v1.0/auditLogs/provisioning?$skiptoken=x&$top=5';
    pipeline.graph.reads.push(
      graphAnswer(200, { body: JSON.stringify({ value: [], '@odata.nextLink': next }) }),
      graphAnswer(400),
    );
    await expect(readLog(pipeline, JOB, [], MOST_MS, nobody)).rejects.toMatchObject({ code: 'graph-log-unavailable' });
    expect(pipeline.graph.gets).toHaveLength(2);
  });
});
