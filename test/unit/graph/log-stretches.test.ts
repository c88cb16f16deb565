// The stretches in which a log is read.
import * as fc from 'fast-check';
import { logStretches } from '../../../shared/graph/log-stretches';

const HOUR = 3_600_000;
const NOW = Date.UTC(2026, 10, 21, 8);

test('a reader that reads every minute has one stretch, with an open end', () => {
  expect(logStretches(NOW - 2 * HOUR, NOW - 60_000, NOW)).toEqual([{ after: NOW - 2 * HOUR, before: null }]);
});
test('a log that was never read begins at the oldest open delivery', () => {
  expect(logStretches(NOW - 30_000, 0, NOW)).toEqual([{ after: NOW - 30_000, before: null }]);
});
test('a reader that was away for two days has a stretch for each ten minutes of them', () => {
  const stretches = logStretches(NOW - 50 * HOUR, NOW - 48 * HOUR, NOW);
  expect(stretches).toHaveLength(48 * 6);
  expect(stretches[0]).toEqual({ after: NOW - 50 * HOUR, before: NOW - 48 * HOUR + HOUR / 6 });
});
test('ten minutes of lag are one stretch, a millisecond more are two; neighbours share a millisecond', () => {
  const from = NOW - 600_000;
  expect(logStretches(from, 0, NOW)).toEqual([{ after: from, before: null }]);
  expect(logStretches(from - 1, 0, NOW)).toEqual([
    { after: from - 1, before: NOW - 1 },
    { after: NOW - 2, before: null },
  ]);
});
test('the first stretch reaches ten minutes beyond the watermark, or beyond the beginning if that is later', () => {
  const first = (from: number, readUntil: number): number | null => logStretches(from, readUntil, NOW)[0]!.before;
  expect(first(NOW - 3 * HOUR, NOW - HOUR)).toBe(NOW - HOUR + 600_000);
  expect(first(NOW - HOUR, NOW - 3 * HOUR)).toBe(NOW - HOUR + 600_000);
});
test('nothing after the beginning is left out, and the watermark only moves forward', () => {
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
