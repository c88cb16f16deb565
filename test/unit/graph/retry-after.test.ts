// How long the service asks us to wait, and how much of that is believed.
import * as fc from 'fast-check';
import { retryAfterMs } from '../../../shared/graph/retry-after';

const NOW = Date.UTC(2026, 10, 21, 8);

describe('Retry-After', () => {
  test.each([
    [null, null],
    ['86400', 86_400_000],
    ['86401', 86_400_000],
    ['99999999999', 86_400_000],
    ['9'.repeat(400), 86_400_000],
    ['Fri, 31 Dec 9999 23:59:59 GMT', 86_400_000],
    ['0', 0],
    ['120', 120_000],
    [' 5 ', 5_000],
    ['Sat, 21 Nov 2026 08:01:00 GMT', 60_000],
    ['Sat, 21 Nov 2026 08:01:00 GMT  ', 60_000],
    ['Sat, 21 Nov 2026 07:00:00 GMT', 0],
    ['Sat, 21 Nov 2026 08:01:00 GMT, or later', null],
    ['Sat, 21 Nov 2026 08:01:00 +0000', null],
    ['Sat, 21 Nov 2026 08:01:00 GMT+0100', null],
    ['some day, GMT', null],
    ['  120\t', 120_000],
    ['x5', null],
    ['soon', null],
    ['', null],
    ['-5', null],
    ['1.5', null],
    ['5 seconds', null],
  ])('%j → %j ms', (header, ms) => {
    expect(retryAfterMs(header, NOW)).toBe(ms);
  });
  test('is never negative, never more than a day, and always a number', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.bigInt({ min: 0n }).map(String),
          fc.date().map((date) => date.toUTCString()),
        ),
        (header) => {
          const ms = retryAfterMs(header, NOW);
          expect(ms === null || (ms >= 0 && ms <= 86_400_000)).toBe(true);
        },
      ),
    );
  });
});
