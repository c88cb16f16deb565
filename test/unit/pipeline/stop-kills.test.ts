// Parking, resuming and abandoning: what each does, said once or twice; and a process that dies at any call on a port changes nothing in the end.
import type { Stopped } from '../../../shared/pipeline/decide/stop-run';
import { abandonRun, parkRun, resumeRun } from '../../../shared/pipeline/decide/stop-run';
import type { Run, RunState } from '../../../shared/run/run';
import { placesToDie } from '../../rounds';
import { memoryPipeline } from '../memory/memory-pipeline';
import type { Call } from '../memory/recorded-calls';
import { batchOf, rowOf } from '../run/made-batch';
import { csvOf, person, putRun, runOf } from './contoso';
import type { Nights } from './nights';
import { nights } from './nights';

const OPS = { by: 'ops@contoso.example', why: 'the mapping is wrong' };
class Death extends Error {}

/** Dies at the `nth` call from now on, once; null: counts. */
function dieAt(
  { pipeline }: Nights,
  nth: number | null,
): { readonly calls: () => number; readonly isOver: () => boolean } {
  let made = 0;
  let isOver = nth === null;
  const { ledger, files, reports, rosters, evidence, deliveries } = pipeline;
  for (const { calls } of [ledger.runs, ledger.batches, files, reports, rosters, evidence, deliveries])
    calls.before = (call: Call) => {
      made++;
      if (isOver || made !== nth) return;
      isOver = true;
      throw new Death(`at ${call.method} ${call.key}`);
    };
  return { calls: () => made, isOver: () => isOver };
}

/** Does it until it is done; a process that dies begins again, as a person or the timer does. */
async function untilDone<T>(work: () => Promise<T>): Promise<T> {
  for (let tries = 0; tries < 3; tries++)
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof Death)) throw error;
    }
  throw new Error('it dies again and again');
}

/** Two people of a file are sent; the file is parked, resumed if `isResumed`, else abandoned; then everything comes to rest. */
async function play(isResumed: boolean, nth: number | null) {
  const all = await nights();
  const { pipeline } = all;
  const run = await all.drop(csvOf(person('p1'), person('p2')));
  // Its message is lost: the next release finds it.
  pipeline.deliveries.take();
  const life = dieAt(all, nth);
  await untilDone(() => parkRun(pipeline, all.run(run), OPS));
  await untilDone(() => all.tick());
  await untilDone(() => all.tick());
  const whileParked = all.tenant.taken.length;
  if (isResumed) await untilDone(() => resumeRun(pipeline, all.run(run), OPS));
  else await untilDone(() => abandonRun(pipeline, all.run(run), OPS));
  for (let tick = 0; tick < 8; tick++) await untilDone(() => all.tick());
  const calls = life.calls();
  await all.rest();
  const fates = (await all.fates(run)).map(({ id, verdict }) => `${id} ${verdict}`);
  const { state, stop, reason } = all.run(run);
  const sent = [...new Set(all.tenant.taken.flat())].sort();
  const end = { whileParked, fates, sent, state, stop: stop?.kind ?? null, reason: reason?.code ?? null };
  return { calls, dead: life.isOver(), end };
}

const RESUMED = {
  ...{ whileParked: 0, fates: ['p1 created', 'p2 created'], sent: ['p1', 'p2'] },
  ...{ state: 'settled', stop: null, reason: null },
};
const ABANDONED = {
  ...{ whileParked: 0, fates: ['p1 held', 'p2 held'], sent: [] },
  ...{ state: 'parked', stop: 'abandoned', reason: 'run-abandoned' },
};

test.each([
  ['resumed', true, RESUMED],
  ['abandoned', false, ABANDONED],
] as const)(
  'a process that dies at any call around a run that is parked and %s changes nothing in the end',
  async (_, isResumed, end) => {
    const whole = await play(isResumed, null);
    expect(whole.end).toEqual(end);
    expect(whole.calls).toBeGreaterThan(60);
    const wrong: object[] = [];
    for (const nth of placesToDie(whole.calls)) {
      const one = await play(isResumed, nth);
      if (!one.dead || JSON.stringify(one.end) !== JSON.stringify(whole.end)) wrong.push({ nth, ...one });
    }
    expect(wrong).toEqual([]);
  },
  120_000,
);

describe('said about a run that is', () => {
  const ended: readonly RunState[] = ['held', 'refused', 'settled', 'parked'];
  const said = async (state: RunState, more: Partial<Run> = {}) => {
    const pipeline = await memoryPipeline();
    const made = state === 'sending' ? [batchOf([rowOf(1), rowOf(2)])] : [];
    const run = putRun(pipeline, 'r1', { state, made, ...more });
    return { pipeline, run, read: () => pipeline.ledger.runs.peek(runOf('r1'))! };
  };
  const not = (state: string): Stopped => ({ kind: 'not-stoppable', state }) as Stopped;

  test.each(ended)('%s, nothing changes', async (state) => {
    const { pipeline, run, read } = await said(state);
    for (const decide of [parkRun, resumeRun, abandonRun]) expect(await decide(pipeline, run, OPS)).toEqual(not(state));
    expect(read()).toEqual(run);
    expect(pipeline.reports.calls.made).toEqual([]);
  });
  test.each(['received', 'checking'] as const)(
    '%s, only abandoning ends it, at once and with a report',
    async (state) => {
      const { pipeline, run, read } = await said(state, { job: null });
      expect(await parkRun(pipeline, run, OPS)).toEqual(not(state));
      expect(await resumeRun(pipeline, run, OPS)).toEqual(not(state));
      expect(await abandonRun(pipeline, run, OPS)).toMatchObject({ kind: 'done', isNew: true, held: 0 });
      expect(read()).toMatchObject({ state: 'parked', stop: { kind: 'abandoned' }, reason: { code: 'run-abandoned' } });
      expect(read().settledAt).toBeGreaterThan(0);
      expect([...pipeline.reports.reports.keys()].some((name) => name.endsWith('.why-held.txt'))).toBe(true);
    },
  );
  test('on its way, it is parked, resumed and abandoned, with who and why; each said twice is said once', async () => {
    const { pipeline, run, read } = await said('sending');
    const by = { quote: OPS.by };
    const why = { quote: OPS.why };
    for (const isNew of [true, false]) {
      expect(await parkRun(pipeline, run, OPS)).toMatchObject({ kind: 'done', isNew });
      expect(read().stop).toMatchObject({ kind: 'parked', reason: { code: 'run-parked', values: { by, why } } });
    }
    for (const isNew of [true, false]) {
      expect(await resumeRun(pipeline, run, OPS)).toMatchObject({ kind: 'done', isNew });
      expect(read()).toMatchObject({ stop: null, resumed: { by, why } });
    }
    for (const [isNew, held] of [
      [true, 2],
      [false, 0],
    ] as const) {
      expect(await abandonRun(pipeline, run, OPS)).toMatchObject({ kind: 'done', isNew, held });
      expect(read()).toMatchObject({
        state: 'sending',
        stop: { kind: 'abandoned' },
        reason: { code: 'run-abandoned' },
      });
    }
    expect(await parkRun(pipeline, run, OPS)).toEqual(not('abandoned'));
    expect(await resumeRun(pipeline, run, OPS)).toEqual(not('abandoned'));
  });
  test('changed by another process meanwhile, the decision is about what it has become', async () => {
    const { pipeline, run, read } = await said('sending');
    pipeline.ledger.runs.calls.before = ({ method }) => {
      if (method !== 'replace') return;
      pipeline.ledger.runs.calls.before = () => undefined;
      pipeline.ledger.runs.put({ ...read(), state: 'settled', settledAt: 1 });
    };
    expect(await parkRun(pipeline, run, OPS)).toEqual(not('settled'));
    expect(read().stop).toBeNull();
  });
});
