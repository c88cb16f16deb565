// How the values of options are read.
import { toReason } from '../../../cli/options';

test.each(['', ' \n', 'a\r\nb', 'a\u001b[2Jb', 'x'.repeat(1_001)])('%j is no reason', (text) => {
  expect(() => toReason(text)).toThrow(/^Say why/);
});
test.each(['reorganisation, announced by HR', 'Ümlaut 漢', 'x'.repeat(1_000)])('%s is one', (text) => {
  expect(toReason(` ${text}\n`)).toBe(text);
});
