// The in-memory pipeline is complete, and its clock, queues and Graph keep time as the tests of the stories expect.
import { HandClock } from './hand-clock';
import { memoryPipeline } from './memory-pipeline';
import { graphAnswer } from './scripted-graph';

test('a gate, a job watch and a Graph that work', async () => {
  const { gate, jobs, graph, clock } = await memoryPipeline();
  const job = { servicePrincipalId: 'sp', jobId: 'job-1' };
  expect(await gate.take(job, false)).toEqual({ kind: 'slot', at: clock.now() });
  expect(await jobs.of(job)).toEqual({ kind: 'healthy' });
  graph.uploads.push(graphAnswer(429, { retryAfter: '7' }));
  expect(await graph.post('/v1.0/x', 'text/plain', 'body', 'an id')).toMatchObject({ status: 429, retryAfter: '7' });
  expect(await graph.post('/v1.0/x', 'text/plain', 'body', 'an id')).toMatchObject({ status: 202 });
  expect(graph.posts.map((request) => request.at)).toEqual([clock.now(), clock.now()]);
});

test('the delays are those of an app with default settings', async () => {
  const { delays } = await memoryPipeline({ delays: { haltPauseMs: 1 } });
  expect(delays).toMatchObject({ confirmWithinMs: 7_200_000, retryDelayMs: 300_000, haltPauseMs: 1 });
});

describe('the clock', () => {
  test('moves by itself to the end of the nearest sleep once everybody sleeps', async () => {
    const clock = new HandClock({ at: 0 });
    const woken: string[] = [];
    const sleep = async (name: string, ms: number): Promise<void> => {
      await clock.sleep(ms);
      woken.push(`${name} at ${clock.now()}`);
    };
    await Promise.all([sleep('late', 300), sleep('soon', 100).then(() => sleep('soon again', 100))]);
    expect(woken).toEqual(['soon at 100', 'soon again at 200', 'late at 300']);
    expect(clock.sleeps).toEqual([300, 100, 100]);
  });
  test('by hand it moves only as told, and wakes each sleeper at its time', async () => {
    const clock = new HandClock({ at: 0, byHand: true });
    const woken: number[] = [];
    void clock.sleep(50).then(async () => {
      woken.push(clock.now());
      await clock.sleep(50);
      woken.push(clock.now());
    });
    await clock.advance(99);
    expect(woken).toEqual([50]);
    await clock.advance(1);
    expect(woken).toEqual([50, 100]);
  });
  test('a sleep ends early when its signal aborts, and time does not move', async () => {
    const clock = new HandClock({ at: 0 });
    const abort = new AbortController();
    const slept = clock.sleep(1_000, abort.signal);
    abort.abort();
    await slept;
    expect(clock.now()).toBe(0);
  });
});

test('a delayed message counts, and cannot be taken before its time', async () => {
  const { deliveries, clock } = await memoryPipeline();
  const pointer = { version: 1, run: 'r1', batch: '000001', delivery: 1 } as const;
  await deliveries.put(pointer, 1_200);
  expect(await deliveries.depth()).toBe(1);
  expect(deliveries.take()).toBeNull();
  clock.pass(1_999);
  expect(deliveries.take()).toBeNull();
  clock.pass(1);
  expect(deliveries.take()).toEqual(pointer);
  expect(deliveries.take()).toBeNull();
  expect(deliveries.history).toEqual([
    { message: pointer, delayMs: 1_200, at: clock.now() - 2_000, visibleAt: clock.now() },
  ]);
});
