// The window against the plainest possible count.
import fc from 'fast-check';
import { SlidingWindow } from '../../../local/entra/sliding-window';

const gaps = fc.array(fc.integer({ min: 0, max: 40 }), { maxLength: 200 });

test('a call is a violation exactly when the window that ends with it has more calls than the limit', () => {
  fc.assert(
    fc.property(
      gaps,
      fc.integer({ min: 1, max: 8 }),
      fc.integer({ min: 1, max: 100 }),
      (distances, calls, windowMs) => {
        const window = new SlidingWindow({ calls, windowMs });
        const arrivals: number[] = [];
        let violations = 0;
        let most = 0;
        for (const distance of distances) {
          const now = (arrivals.at(-1) ?? 1_000) + distance;
          arrivals.push(now);
          const inWindow = arrivals.filter((arrival) => arrival > now - windowMs).length;
          most = Math.max(most, inWindow);
          if (inWindow > calls) violations += 1;
          expect(window.count(now) > 0).toBe(inWindow > calls);
        }
        expect(window.stats()).toMatchObject({ calls: arrivals.length, violations, maxInWindow: most });
      },
    ),
  );
});

test('a caller that waits as long as told, and sends nothing meanwhile, is accepted', () => {
  fc.assert(
    fc.property(gaps, fc.integer({ min: 1, max: 8 }), (distances, calls) => {
      const window = new SlidingWindow({ calls, windowMs: 50 });
      let now = 0;
      let waitMs = 0;
      for (const distance of distances) waitMs = window.count((now += distance));
      if (waitMs > 0) expect(window.count(now + waitMs)).toBe(0);
    }),
  );
});

test('a flood saturates the count instead of the memory', () => {
  const window = new SlidingWindow({ calls: 40, windowMs: 5_000 });
  for (let call = 0; call < 60_000; call += 1) window.count(0);
  expect(window.stats()).toMatchObject({ calls: 60_000, violations: 59_960, maxInWindow: 50_000 });
});
