// Randomness that can be repeated.
import { drawChance, makeGuid } from '../../../local/entra/chance';
import { SimulatorClock } from '../../../local/entra/simulator-clock';

test('the same seed and key draw the same number, others spread evenly', () => {
  expect(drawChance(1, 'a', 2)).toBe(drawChance(1, 'a', 2));
  const draws = Array.from({ length: 2_000 }, (_, index) => drawChance(1, 'key', index));
  expect(draws.every((draw) => draw >= 0 && draw < 1)).toBe(true);
  expect(draws.filter((draw) => draw < 0.25).length / draws.length).toBeCloseTo(0.25, 1);
});

test('GUIDs have the right form and differ', () => {
  const guids = Array.from({ length: 100 }, (_, index) => makeGuid(1, 'x', index));
  expect(new Set(guids).size).toBe(100);
  for (const guid of guids) expect(guid).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}$/);
});

test('the clock never goes back, not even when its source does', () => {
  let source = 1_000.9;
  const clock = new SimulatorClock(() => source);
  expect(clock.now()).toBe(1_000);
  source = 500;
  expect(clock.now()).toBe(1_000);
  clock.advance(600);
  expect(clock.now()).toBe(1_100);
  expect(() => clock.advance(-1)).toThrow(RangeError);
});
