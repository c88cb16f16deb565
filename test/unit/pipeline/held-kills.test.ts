// Process death around a hold and its approval: intake and the decision stop at every call on a port, and go on by what the sweep restarts.
import { approveRun } from '../../../shared/pipeline/decide/decide-held';
import { intake } from '../../../shared/pipeline/intake/intake';
import type { Run } from '../../../shared/run/run';
import { runIdOf } from '../../../shared/run/run';
import { placesToDie } from '../../rounds';
import type { Call } from '../memory/recorded-calls';
import { csvOf, person, SOURCE } from './contoso';
import type { Nights } from './nights';
import { nights } from './nights';

const HOUR = 3_600_000;
const OPS = { by: 'ops@contoso.example', why: 'season begins' };
class Death extends Error {}

/** Six people, of whom two have left in the second file; one leaver is the most that goes without a question. */
async function secondNight(): Promise<Nights> {
  const all = await nights({}, { guard: { disabled: { hold: { count: 1 } } } });
  await all.drop(csvOf(...['p1', 'p2', 'p3', 'p4', 'p5', 'p6'].map((id) => person(id))));
  await all.rest();
  all.pass(HOUR);
  return all;
}

/** Dies at the `nth` call from now on, once; null: counts. */
function dieAt(all: Nights, nth: number | null): { readonly calls: () => number; readonly isOver: () => boolean } {
  let made = 0;
  let isOver = nth === null;
  const { ledger, files, exports, sources, reports, rosters, arrivals, evidence } = all.pipeline;
  for (const { calls } of [ledger.runs, ledger.batches, files, exports, sources, reports, rosters, arrivals, evidence])
    calls.before = (call: Call) => {
      made++;
      if (isOver || made !== nth) return;
      isOver = true;
      throw new Death(`at ${call.method} ${call.key}`);
    };
  return { calls: () => made, isOver: () => isOver };
}

/** The process dies where it must; whatever was begun is left as it is. */
async function untilDeath(work: () => Promise<unknown>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof Death)) throw error;
  }
}

async function takeArrivals({ pipeline }: Nights): Promise<void> {
  for (let next = pipeline.arrivals.take(); next !== null; next = pipeline.arrivals.take())
    await intake(pipeline, next);
}

/** The whole life: a file that is held, an approval, and everything at rest. */
async function play(
  nth: number | null,
): Promise<{ readonly calls: number; readonly end: object; readonly dead: boolean }> {
  const all = await secondNight();
  const before = all.tenant.taken.length;
  const name = `${SOURCE}/people.csv`;
  const { etag, lastModified } = all.pipeline.exports.drop(
    name,
    csvOf(person('p1', 'Left'), person('p2', 'Left'), person('p3'), person('p7')),
  );
  const run = { source: SOURCE, run: runIdOf(name, etag, lastModified) } as Run;
  const life = dieAt(all, nth);
  await untilDeath(() => intake(all.pipeline, { version: 1, blob: name }));
  const isHeld = (): boolean => {
    const now = all.pipeline.ledger.runs.peek(run);
    return now?.state === 'held' && now.settledAt > 0;
  };
  for (let tick = 0; !isHeld(); tick++) {
    if (tick > 10) throw new Error('not held');
    all.pass(HOUR);
    await untilDeath(() => all.tick());
  }
  expect(all.tenant.taken.length).toBe(before);
  expect([...all.pipeline.reports.reports.keys()].filter((one) => one.endsWith('.plan.html'))).toHaveLength(1);
  all.pass(HOUR);
  for (let tick = 0; all.run(run).approvals === 0; tick++) {
    if (tick > 3) throw new Error('not approved');
    await untilDeath(() => approveRun(all.pipeline, all.run(run), OPS));
  }
  const isSent = (): boolean => ['sending', 'confirming', 'settled'].includes(all.run(run).state);
  for (let tick = 0; !isSent(); tick++) {
    if (tick > 10) throw new Error(`not sent: ${all.run(run).state}`);
    await untilDeath(() => takeArrivals(all));
    if (isSent()) break;
    all.pass(HOUR);
    await untilDeath(() => all.tick());
  }
  const calls = life.calls();
  await all.rest();
  const fates = (await all.fates(run)).map(({ id, verdict }) => `${id} ${verdict}`);
  // A request whose answer the process did not live to see is made once more.
  const sent = [...new Set(all.tenant.taken.slice(before).flat())].sort();
  return { calls, dead: life.isOver(), end: { fates, sent, approvals: all.run(run).approvals } };
}

test('a process that dies at any call around a hold and its approval changes nothing in the end', async () => {
  const whole = await play(null);
  expect(whole.end).toEqual({
    fates: ['p1 disabled', 'p2 disabled', 'p3 unchanged', 'p7 created'],
    sent: ['p1', 'p2', 'p7'],
    approvals: 1,
  });
  expect(whole.calls).toBeGreaterThan(60);
  const wrong: object[] = [];
  for (const nth of placesToDie(whole.calls)) {
    const { end, dead } = await play(nth);
    if (!dead || JSON.stringify(end) !== JSON.stringify(whole.end)) wrong.push({ nth, dead, end });
  }
  expect(wrong).toEqual([]);
}, 120_000);
