// The pace of the tenant: rules that hold for any interleaving of takers, and what closes the gate.
import * as fc from 'fast-check';
import type { Pace } from '../../../shared/delivery/pace';
import {
  closeForHalt,
  closeForThrottling,
  closureOf,
  forgetStrikes,
  freshPace,
  MAX_SLOT_LATENESS_MS,
  MAX_SLOTS_AHEAD_MS,
  SLOT_INTERVAL_MS,
  takeSlots,
  usedToday,
} from '../../../shared/delivery/pace';

// Written a second time by hand: the service's limits (concepts page), not our constants.
const WINDOW_MS = 5_000;
const CALLS_PER_WINDOW = 40;
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const START = Date.UTC(2026, 10, 21, 8);

const ample = { calls: 1_000_000, leaverShare: 0.1 };
const small = { calls: 100, leaverShare: 0.2 };

interface Call {
  readonly at: number;
  readonly leaver: boolean;
}
interface Taker {
  readonly after: number;
  readonly want: number;
  readonly leaver: boolean;
}

/** Takers that come one after the other, and every slot they were given. */
function run(
  takers: readonly Taker[],
  budget: typeof ample,
  start = START,
): { calls: Call[]; pace: Pace; now: number } {
  let now = start;
  let pace = freshPace;
  const calls: Call[] = [];
  for (const { after, want, leaver } of takers) {
    now += after;
    const answer = takeSlots(pace, now, want, budget, leaver);
    if (answer.kind !== 'slots') continue;
    pace = answer.pace;
    calls.push(...answer.slots.map((at) => ({ at, leaver })));
  }
  return { calls, pace, now };
}

const takers = (longestPause: number) =>
  fc.array(fc.record({ after: fc.nat(longestPause), want: fc.integer({ min: 1, max: 40 }), leaver: fc.boolean() }), {
    minLength: 1,
    maxLength: 150,
    // Without it, fast-check makes a dozen at most, and no window is ever full.
    size: 'max',
  });

const mostInWindow = (times: readonly number[], windowMs: number): number => {
  const sorted = [...times].sort((a, b) => a - b);
  let most = 0;
  for (let from = 0, to = 0; to < sorted.length; to++) {
    while (sorted[to]! - sorted[from]! >= windowMs) from++;
    most = Math.max(most, to - from + 1);
  }
  return most;
};

describe('the window of the service', () => {
  test('never holds more than 40 calls, however late each of them arrives (100 ms through us, 700 on the way)', () => {
    fc.assert(
      fc.property(takers(1_000), fc.array(fc.nat(MAX_SLOT_LATENESS_MS + 700), { minLength: 1 }), (list, lateness) => {
        const arrivals = run(list, ample).calls.map(({ at }, i) => at + lateness[i % lateness.length]!);
        expect(mostInWindow(arrivals, WINDOW_MS)).toBeLessThanOrEqual(CALLS_PER_WINDOW);
      }),
    );
  });
  test('is covered by 40 intervals, with 100 ms of our lateness and 700 ms of travel to spare', () => {
    expect(CALLS_PER_WINDOW * SLOT_INTERVAL_MS).toBeGreaterThanOrEqual(WINDOW_MS + 800);
  });
  test('is used to more than four fifths by takers that always want more', () => {
    const { calls } = run(
      Array.from({ length: 600 }, () => ({ after: 100, want: 5, leaver: false })),
      ample,
    );
    const rate = calls.length / ((calls.at(-1)!.at - calls[0]!.at) / WINDOW_MS);
    expect(rate).toBeGreaterThan(0.8 * CALLS_PER_WINDOW);
  });
  test('slots are never in the past, never too far ahead, and are in order', () => {
    fc.assert(
      fc.property(fc.nat(10_000), fc.integer({ min: 1, max: 60 }), (ahead, want) => {
        const answer = takeSlots({ ...freshPace, nextSlotAt: START + ahead - 5_000 }, START, want, ample, false);
        if (answer.kind === 'busy') {
          expect(answer.until).toBeGreaterThan(START);
          expect(
            takeSlots({ ...freshPace, nextSlotAt: START + ahead - 5_000 }, answer.until, 1, ample, false).kind,
          ).toBe('slots');
          return;
        }
        if (answer.kind === 'closed') throw new Error('nothing closed it');
        expect(answer.slots.length).toBeLessThanOrEqual(want);
        answer.slots.forEach((slot, i) => {
          expect(slot).toBeGreaterThanOrEqual(START);
          expect(slot).toBeLessThanOrEqual(START + MAX_SLOTS_AHEAD_MS);
          if (i > 0) expect(slot - answer.slots[i - 1]!).toBe(SLOT_INTERVAL_MS);
        });
      }),
    );
  });
});

describe('the daily budget', () => {
  test('no 24 hours have more calls than allowed, even across the full hour', () => {
    fc.assert(
      // Long pauses between bursts, so that two days pass; starts just before a full hour.
      fc.property(takers(HOUR), fc.nat(4_000), (list, before) => {
        const { calls } = run(list, small, START + HOUR - before);
        expect(
          mostInWindow(
            calls.map(({ at }) => at),
            DAY,
          ),
        ).toBeLessThanOrEqual(small.calls);
      }),
    );
  });
  test('the count is never below the true rolling count, at any later moment', () => {
    fc.assert(
      fc.property(takers(HOUR), fc.nat(4_000), fc.nat(2 * DAY), (list, before, later) => {
        const { calls, pace, now } = run(list, ample, START + HOUR - before);
        const moment = now + MAX_SLOTS_AHEAD_MS + later;
        const real = calls.filter(({ at }) => at > moment - DAY && at <= moment).length;
        expect(usedToday(pace, moment)).toBeGreaterThanOrEqual(real);
      }),
    );
  });
  test('a call that is made in the next hour is counted there', () => {
    const fullHour = START + HOUR;
    const answer = takeSlots({ ...freshPace, nextSlotAt: fullHour + 500 }, fullHour - 1_000, 1, ample, false);
    if (answer.kind !== 'slots') throw new Error('nothing closed it');
    const lastMoment = fullHour + 500 + DAY - 1;
    expect(usedToday(answer.pace, lastMoment)).toBe(1);
  });
  test('keeps a share for leavers: others stop before it, leavers use all of it', () => {
    fc.assert(
      fc.property(takers(2_000), (list) => {
        const { calls } = run(list, small);
        let used = 0;
        for (const { leaver } of calls) {
          used++;
          if (!leaver) expect(used).toBeLessThanOrEqual(80);
        }
        expect(used).toBeLessThanOrEqual(100);
      }),
    );
  });
  test('when it is spent, the answer says when calls drop out of it, and then some do', () => {
    const spent: Pace = { ...freshPace, usedPerHour: { [START / HOUR]: 100 } };
    const answer = takeSlots(spent, START + 5 * HOUR, 1, small, true);
    expect(answer).toMatchObject({ kind: 'closed', code: 'daily-budget-spent' });
    if (answer.kind !== 'closed') throw new Error('it is spent');
    expect(takeSlots(spent, answer.until - 1, 1, small, true).kind).toBe('closed');
    expect(takeSlots(spent, answer.until, 1, small, true).kind).toBe('slots');
  });
  test.each([
    ['that fell out of it long ago', { 30: 5, 2: 100 }, 23],
    ['that fell out of it in this hour', { 25: 5, 2: 100 }, 23],
    ['that are about to fall out of it', { 24: 1, 2: 99 }, 1],
  ])('when it is spent, calls %s are counted or not', (_, hoursAgo, inHours) => {
    const usedPerHour = Object.fromEntries(
      Object.entries(hoursAgo).map(([ago, calls]) => [START / HOUR - Number(ago), calls]),
    );
    expect(takeSlots({ ...freshPace, usedPerHour }, START, 1, small, true)).toEqual({
      kind: 'closed',
      until: START + inHours * HOUR,
      code: 'daily-budget-spent',
    });
  });
  test('grants no more slots than are left', () => {
    const answer = takeSlots({ ...freshPace, usedPerHour: { [START / HOUR]: 97 } }, START, 10, small, true);
    expect(answer.kind === 'slots' && answer.slots.length).toBe(3);
  });
  test('forgets past hours: the entity does not grow', () => {
    const { pace } = run(
      Array.from({ length: 400 }, () => ({ after: HOUR, want: 1, leaver: true })),
      ample,
    );
    // The current hour and 24 before it.
    expect(Object.keys(pace.usedPerHour)).toHaveLength(25);
  });
});

describe('throttling', () => {
  const closed = (pace: Pace, now: number, retryAfterMs: number | null): Pace =>
    closeForThrottling(pace, now, retryAfterMs, 0, 'r/1');

  test('closes the gate for as long as the service asks, for leavers too', () => {
    const pace = closed(freshPace, START, 7_000);
    expect(takeSlots(pace, START + 6_999, 1, ample, true)).toEqual({
      kind: 'closed',
      until: START + 7_000,
      code: 'throttled',
    });
    expect(takeSlots(pace, START + 7_000, 1, ample, true).kind).toBe('slots');
  });
  test('the first time for exactly that long, even if it is shorter than our own pause; then never shorter', () => {
    const first = closed(freshPace, START, 1_000);
    expect(first.closedUntil).toBe(START + 1_000);
    expect(closed(first, START + 1_000, 1_000).closedUntil).toBe(START + 11_000);
  });
  test('reported again by a call that was under way lengthens no pause unless the service asks for it', () => {
    const second = closed(closed(freshPace, START, 1_000), START + 1_000, null);
    expect(second).toMatchObject({ strikes: 2, closedUntil: START + 11_000 });
    for (const retryAfterMs of [null, 1_000]) expect(closed(second, START + 2_000, retryAfterMs)).toEqual(second);
  });
  test('without a time: 5 s, doubling with each one in a row', () => {
    let pace = freshPace;
    let now = START;
    for (const seconds of [5, 10, 20, 40, 80, 160]) {
      pace = closed(pace, now, null);
      expect(pace.closedUntil - now).toBe(seconds * 1_000);
      now = pace.closedUntil;
    }
  });
  test('jitter adds up to a quarter, never less than the pause', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1, noNaN: true }), (jitter) => {
        const pause = closeForThrottling(freshPace, START, null, jitter, 'r/1').closedUntil - START;
        expect(pause).toBeGreaterThanOrEqual(5_000);
        expect(pause).toBeLessThanOrEqual(6_250);
      }),
    );
  });
  test('without end: after seven in a row the daily budget counts as spent, and is tried again in an hour', () => {
    let pace = freshPace;
    let now = START;
    for (let n = 1; n <= 7; n++) {
      pace = closed(pace, now, 1_000);
      if (n < 7) now = pace.closedUntil;
    }
    expect(pace).toMatchObject({ closedFor: 'daily-budget-spent', closedUntil: now + HOUR });
  });
  test('does not count as a spent budget before five minutes of pauses, whatever the service asks for', () => {
    fc.assert(
      fc.property(fc.array(fc.option(fc.nat(30_000)), { minLength: 7, maxLength: 7 }), (asked) => {
        let pace = freshPace;
        let now = START;
        for (const retryAfterMs of asked) {
          pace = closed(pace, now, retryAfterMs);
          if (pace.closedFor === 'daily-budget-spent') break;
          now = pace.closedUntil;
        }
        expect(now - START).toBeGreaterThanOrEqual(5 * 60_000);
      }),
    );
  });
  test('sixteen senders that meet one throttling are one strike, not sixteen', () => {
    let pace = freshPace;
    for (let n = 0; n < 16; n++) pace = closed(pace, START + n * 100, 10_000);
    expect(pace).toMatchObject({ strikes: 1, closedFor: 'throttled' });
    expect(pace.closedUntil).toBeGreaterThanOrEqual(START + 10_000);
  });
  test('a longer time requested while closed counts', () => {
    const pace = closed(closed(freshPace, START, 5_000), START + 100, 60_000);
    expect(pace.closedUntil).toBe(START + 60_100);
  });
  test('a time of more than a day is not believed', () => {
    expect(closed(freshPace, START, Number.POSITIVE_INFINITY).closedUntil).toBe(START + DAY);
  });
  test.each([1_000, HOUR])(
    'of %i ms never opens a gate that is closed for as long, nor changes its reason',
    (asked) => {
      const halted = closeForHalt(freshPace, START, 'graph-forbidden', HOUR, 'r/1');
      expect(closeForThrottling(halted, START, asked, 0, 'r/2')).toMatchObject({
        closedUntil: START + HOUR,
        closedFor: 'graph-forbidden',
        closedBy: 'r/1',
      });
    },
  );
  test('is forgotten when a call is accepted', () => {
    expect(forgetStrikes(closed(freshPace, START, null)).strikes).toBe(0);
  });
});

test('a halt closes it for all and says why, and never shortens a pause', () => {
  const pace = closeForHalt(
    closeForThrottling(freshPace, START, HOUR, 0, 'r/1'),
    START,
    'graph-forbidden',
    1_000,
    'r/2',
  );
  expect(pace).toMatchObject({ closedUntil: START + HOUR, closedFor: 'graph-forbidden', closedBy: 'r/2' });
});

test('a gate that was closed without a reason was throttled', () => {
  expect(closureOf({ ...freshPace, closedUntil: START + 1 }, START)).toEqual({ until: START + 1, code: 'throttled' });
});
