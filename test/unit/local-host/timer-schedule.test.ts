// NCRONTAB.
import { HostFault } from '../../../local/host/fault-codes';
import { parseSchedule } from '../../../local/host/timer-schedule';

// 2026-11-21 is a Saturday.
const from = new Date('2026-11-21T10:00:00Z');
test.each([
  ['*/2 * * * * *', '2026-11-21T10:00:02.000Z'],
  ['0 */5 * * * *', '2026-11-21T10:05:00.000Z'],
  ['0 0 * * * *', '2026-11-21T11:00:00.000Z'],
  ['0 30 9 * * *', '2026-11-22T09:30:00.000Z'],
  ['0 0 0 * * 1', '2026-11-23T00:00:00.000Z'],
  ['0 0 0 13 * 5', '2027-08-13T00:00:00.000Z'],
  ['*/5 * * * *', '2026-11-21T10:05:00.000Z'],
])('%s is due next at %s: UTC, strictly later, day of month AND day of week', (expression, due) => {
  expect(parseSchedule(expression, 'a test').next(from).toISOString()).toBe(due);
});

test('the interval is the time between the next two', () => {
  expect(parseSchedule('0 */5 * * * *', 'a test').intervalMs(from)).toBe(300_000);
});

test.each(['00:05:00', 'soon', '* * *', '0 0 0 31 2 *'])('%s is refused', (expression) => {
  expect(() => parseSchedule(expression, 'a test').next(from)).toThrow(HostFault);
});
