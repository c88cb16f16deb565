// The stretches in which a log is read.
import * as fc from 'fast-check';
import { logStretches } from '../../../shared/graph/log-stretches';

const HOUR = 3_600_000;
const NOW = Date.UTC(2026, 10, 21, 8);

test('who reads every minute has one stretch, with an open end', () => {
  expect(logStretches(NOW - 2 * HOUR, NOW - 60_000, NOW)).toEqual([{ after: NOW - 2 * HOUR, before: null }]);
});
test('a log that was never read begins at the oldest open delivery', () => {
  expect(logStretches(NOW - 30_000, 0, NOW)).toEqual([{ after: NOW - 30_000, before: null }]);
});
test('who was away for two days has a stretch for each ten minutes of them', () => {
  const stretches = logStretches(NOW - 50 * HOUR, NOW - 48 * HOUR, NOW);
  expect(stretches).toHaveLength(48 * 6);
  expect(stretches[0]).toEqual({ after: NOW - 50 * HOUR, before: NOW - 48 * HOUR + HOUR / 6 });
});
test('nothing after the beginning is left out, and the watermark only moves on', () => {
  const time = fc.integer({ min: NOW - 20 * HOUR, max: NOW });
  fc.assert(
    fc.property(time, fc.oneof(fc.constant(0), time), fc.nat(25 * HOUR), (from, readUntil, later) => {
      const stretches = logStretches(from, readUntil, NOW);
      const entry = from + 1 + later;
      expect(stretches.some(({ after, before }) => after < entry && (before === null || entry < before))).toBe(true);
      const ends = stretches.map(({ before }) => before ?? NOW);
      expect(ends).toEqual([...ends].sort((a, b) => a - b));
      expect(ends[0]).toBeGreaterThanOrEqual(Math.min(readUntil, NOW));
    }),
  );
});
