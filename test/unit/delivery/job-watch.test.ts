// How long the health of a job is trusted.
import { RollcallError } from '../../../shared/core/errors';
import { JobWatch } from '../../../shared/delivery/job-watch';
import type { JobHealth } from '../../../shared/graph/job-status';
import type { JobKey } from '../../../shared/graph/job-key';
import { HandClock } from '../memory/hand-clock';

const job = { servicePrincipalId: 'sp', jobId: 'job-1' };
const healthy: JobHealth = { kind: 'healthy' };
const paused: JobHealth = { kind: 'ill', code: 'job-is-paused', detail: 'Paused' };
const unknown: JobHealth = { kind: 'unknown' };

/** A watch over a service that answers `health`, or fails with an error. */
function newWatch(first: JobHealth | Error) {
  const clock = new HandClock();
  const service = { health: first, asked: [] as JobKey[] };
  const watch = new JobWatch(clock, (key) => {
    service.asked.push(key);
    return service.health instanceof Error ? Promise.reject(service.health) : Promise.resolve(service.health);
  });
  return { clock, service, watch };
}

test.each([
  ['healthy', healthy, 60_000],
  ['not known', unknown, 60_000],
  ['not running: it should not wait for us once it is fixed', paused, 15_000],
])('an answer is valid for a while, when the job is %s', async (_, health, goodForMs) => {
  const { clock, service, watch } = newWatch(health);
  expect(await watch.of(job)).toEqual(health);
  clock.pass(goodForMs - 1);
  expect(await watch.of(job)).toEqual(health);
  expect(service.asked).toHaveLength(1);
  clock.pass(1);
  await watch.of(job);
  expect(service.asked).toHaveLength(2);
});

test('a change is seen when the time is over: a stop after a minute, a recovery after a quarter of one', async () => {
  const { clock, service, watch } = newWatch(healthy);
  await watch.of(job);
  service.health = paused;
  expect(await watch.of(job)).toEqual(healthy);
  clock.pass(60_000);
  expect(await watch.of(job)).toEqual(paused);
  service.health = healthy;
  clock.pass(15_000);
  expect(await watch.of(job)).toEqual(healthy);
});

test('all that ask at once share one reading', async () => {
  const { service, watch } = newWatch(paused);
  expect(await Promise.all([watch.of(job), watch.of(job), watch.of(job)])).toEqual([paused, paused, paused]);
  expect(service.asked).toEqual([job]);
});

test('jobs are kept apart, even those of two applications with the same name', async () => {
  const { service, watch } = newWatch(healthy);
  const others = [
    { ...job, jobId: 'job-2' },
    { ...job, servicePrincipalId: 'other' },
  ];
  for (const key of [job, ...others]) await watch.of(key);
  expect(service.asked).toEqual([job, ...others]);
});

test('what was forgotten is read again, and nothing else', async () => {
  const { service, watch } = newWatch(healthy);
  const other = { ...job, jobId: 'job-2' };
  await watch.of(job);
  await watch.of(other);
  watch.forget(job);
  service.health = paused;
  expect(await watch.of(job)).toEqual(paused);
  expect(await watch.of(other)).toEqual(healthy);
});

test('a failed reading reaches all that wait for it, and is not remembered', async () => {
  const { service, watch } = newWatch(new RollcallError('graph-no-token', 'halt', 'no token'));
  const told = await Promise.allSettled([watch.of(job), watch.of(job)]);
  expect(told.map((one) => one.status)).toEqual(['rejected', 'rejected']);
  service.health = healthy;
  expect(await watch.of(job)).toEqual(healthy);
});
