// Turns at the provisioning log: on a clock that moves only while somebody sleeps.
import * as fc from 'fast-check';
import { LOG_WINDOW_MS, MAX_LOG_REQUESTS_PER_WINDOW } from '../../../shared/graph/limits';
import { LogTurns } from '../../../shared/graph/log-turns';
import { HandClock } from '../memory/hand-clock';

/** Its own clock, and the times at which turns were given. */
function newTurns() {
  const clock = new HandClock();
  const turns = new LogTurns(clock);
  const given: number[] = [];
  const take = async (): Promise<boolean> => {
    const mayAsk = await turns.take();
    if (mayAsk) given.push(clock.now());
    return mayAsk;
  };
  return { clock, turns, given, take };
}

/** The most turns in any window of the service. */
const mostInAWindow = (given: readonly number[]): number =>
  Math.max(0, ...given.map((from) => given.filter((at) => at >= from && at < from + LOG_WINDOW_MS).length));

test('the first turn is at once, the others so far apart that no window holds too many', async () => {
  const { clock, given, take } = newTurns();
  const begun = clock.now();
  for (let i = 0; i < 3 * MAX_LOG_REQUESTS_PER_WINDOW; i++) expect(await take()).toBe(true);
  expect(given[0]).toBe(begun);
  expect(mostInAWindow(given)).toBeLessThanOrEqual(MAX_LOG_REQUESTS_PER_WINDOW);
  expect(mostInAWindow(given)).toBeGreaterThanOrEqual(MAX_LOG_REQUESTS_PER_WINDOW - 1);
});

test('turns are a fifth of the window apart, plus a tenth of that; the first comes without a wait', async () => {
  const { clock, given, take } = newTurns();
  for (let i = 0; i < 4; i++) await take();
  const gaps = given.slice(1).map((at, i) => at - given[i]!);
  expect(clock.sleeps).toEqual(gaps);
  for (const gap of gaps) {
    expect(gap).toBeGreaterThanOrEqual(2_200);
    expect(gap).toBeLessThan(2_210);
  }
});

test('a reader that asks when its turn is due does not sleep', async () => {
  const { clock, take } = newTurns();
  await take();
  const slept = clock.sleeps.length;
  clock.pass(2_201);
  expect(await take()).toBe(true);
  expect(clock.sleeps).toHaveLength(slept);
});

test('a reader that did not ask for a long time has saved no turns', async () => {
  const { clock, given, take } = newTurns();
  await take();
  clock.pass(10 * LOG_WINDOW_MS);
  for (let i = 0; i < 2 * MAX_LOG_REQUESTS_PER_WINDOW; i++) await take();
  expect(mostInAWindow(given)).toBeLessThanOrEqual(MAX_LOG_REQUESTS_PER_WINDOW);
});

test('all that ask at once get separate turns', async () => {
  const { given, take } = newTurns();
  await Promise.all(Array.from({ length: 8 }, take));
  expect(new Set(given).size).toBe(8);
  expect(mostInAWindow(given)).toBeLessThanOrEqual(MAX_LOG_REQUESTS_PER_WINDOW);
});

describe('the service refused', () => {
  test('no turn before the time that it gave', async () => {
    const { clock, turns, given, take } = newTurns();
    turns.pause(7_000);
    const until = clock.now() + 7_000;
    expect(await take()).toBe(true);
    expect(given).toEqual([until]);
  });
  test('without a time: a whole window', async () => {
    const { clock, turns, given, take } = newTurns();
    turns.pause(null);
    const until = clock.now() + LOG_WINDOW_MS;
    await take();
    expect(given).toEqual([until]);
  });
  test('a shorter pause does not shorten a longer one', async () => {
    const { clock, turns, given, take } = newTurns();
    turns.pause(9_000);
    turns.pause(1_000);
    const until = clock.now() + 9_000;
    await take();
    expect(given).toEqual([until]);
  });
  test('a long pause is not waited for: there is no turn until it is over', async () => {
    const { clock, turns, given, take } = newTurns();
    const begun = clock.now();
    turns.pause(600_000);
    expect(await take()).toBe(false);
    expect(clock.now()).toBe(begun);
    clock.pass(600_000);
    expect(await take()).toBe(true);
    expect(given).toEqual([begun + 600_000]);
  });
  test('thirty seconds are waited for, more are not', async () => {
    const { clock, turns, take } = newTurns();
    turns.pause(30_001);
    expect(await take()).toBe(false);
    expect(clock.sleeps).toEqual([]);
    clock.pass(1);
    expect(await take()).toBe(true);
    expect(clock.sleeps).toEqual([30_000]);
  });
  test.each([3_600_000, 3_600_001, 99_999_999_999_000, Number.POSITIVE_INFINITY])(
    'a pause of %d ms ends after an hour',
    async (ms) => {
      const { clock, turns, take } = newTurns();
      turns.pause(ms);
      clock.pass(3_570_000 - 1);
      expect(await take()).toBe(false);
      clock.pass(1);
      expect(await take()).toBe(true);
      expect(clock.sleeps).toEqual([30_000]);
    },
  );
  test('a pause of zero delays nothing', async () => {
    const { clock, turns, take } = newTurns();
    turns.pause(0);
    expect(await take()).toBe(true);
    expect(clock.sleeps).toEqual([]);
  });
  test('a turn that was not given is not used up', async () => {
    const { clock, turns, given, take } = newTurns();
    turns.pause(31_000);
    for (let i = 0; i < 20; i++) expect(await take()).toBe(false);
    const until = clock.now() + 31_000;
    clock.pass(1_000);
    await take();
    expect(given).toEqual([until]);
  });
});

test('for any calls, pauses and idle times: no window holds too many', async () => {
  const step = fc.oneof(
    { weight: 5, arbitrary: fc.constant('take' as const) },
    { weight: 1, arbitrary: fc.record({ pause: fc.option(fc.nat({ max: 40_000 })) }) },
    { weight: 1, arbitrary: fc.record({ pass: fc.nat({ max: 20_000 }) }) },
  );
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 60 }), async (steps) => {
      const { clock, turns, given, take } = newTurns();
      for (const one of steps) {
        if (one === 'take') await take();
        else if ('pass' in one) clock.pass(one.pass);
        else turns.pause(one.pause);
      }
      expect(mostInAWindow(given)).toBeLessThanOrEqual(MAX_LOG_REQUESTS_PER_WINDOW);
    }),
  );
});
