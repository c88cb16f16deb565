// How the values of options are read.
import { toDate, toReason } from '../../../cli/options';

test.each(['', ' \n', 'a\r\nb', 'a\u001b[2Jb', 'x'.repeat(1_001)])('%j is no reason', (text) => {
  expect(() => toReason(text)).toThrow(/^Say why/);
});
test.each(['2026-12-31', '2028-02-29'])('%s is a day', (text) => {
  expect(toDate(text)).toBe(text);
});
test.each(['2027-02-29', '2026-13-01', '31/12/2026', '2026-12-31T10:00:00Z', 'today', ''])('%j is no day', (text) => {
  expect(() => toDate(text)).toThrow('Write the day as yyyy-MM-dd.');
});
test.each(['reorganisation, announced by HR', 'Ümlaut 漢', 'x'.repeat(1_000)])('%s is one', (text) => {
  expect(toReason(` ${text}\n`)).toBe(text);
});
