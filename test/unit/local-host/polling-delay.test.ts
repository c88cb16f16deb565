// The pauses of a queue listener.
import fc from 'fast-check';
import { minPollingDelayMs, PollingDelay } from '../../../local/host/polling-delay';

const middle = (): number => 0.5;

test('pauses double from the minimum to the maximum and stay there', () => {
  const delay = new PollingDelay(1_000, middle);
  const pauses = Array.from({ length: 7 }, () => delay.next(false));
  expect(pauses).toEqual([100, 200, 300, 500, 900, 1_000, 1_000]);
});

test('a found message resets the pause to the minimum', () => {
  const delay = new PollingDelay(1_000, middle);
  Array.from({ length: 9 }, () => delay.next(false));
  expect([delay.next(true), delay.next(false), delay.next(false)]).toEqual([100, 200, 300]);
});

test('a pause is never below the minimum, never above the maximum, whatever the random number', () => {
  const chance = fc.double({ min: 0, max: 0.999, noNaN: true });
  fc.assert(
    fc.property(fc.integer({ min: 100, max: 60_000 }), fc.array(fc.tuple(fc.boolean(), chance)), (maxMs, steps) => {
      let random = 0;
      const delay = new PollingDelay(maxMs, () => random);
      return steps.every(([found, value]) => {
        random = value;
        const ms = delay.next(found);
        return ms >= minPollingDelayMs && ms <= maxMs;
      });
    }),
  );
});
