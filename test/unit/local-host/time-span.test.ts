// .NET time spans → milliseconds.
import fc from 'fast-check';
import { parseTimeSpan } from '../../../local/host/time-span';

const spans: readonly [string, number | null][] = [
  ['00:00:00', 0],
  ['00:00:30', 30_000],
  ['00:10:00', 600_000],
  ['1.02:03:04', 93_784_000],
  ['00:05', 300_000],
  ['00:00:00.2000000', 200],
  ['24:00:00', null],
  ['00:60:00', null],
  ['30', null],
  ['', null],
  ['1h', null],
];
test.each(spans)('%s is %p ms', (text, ms) => expect(parseTimeSpan(text)).toBe(ms));

test('every whole second of a day reads back', () => {
  const two = (n: number): string => String(n).padStart(2, '0');
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 86_399 }), (s) => {
      const text = `${two(Math.floor(s / 3600))}:${two(Math.floor(s / 60) % 60)}:${two(s % 60)}`;
      return parseTimeSpan(text) === s * 1000;
    }),
  );
});
