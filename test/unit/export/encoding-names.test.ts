// What people write for an encoding.
import { findEncoding } from '../../../shared/export/text/encoding-names';

test.each([
  ['latin-1', 'windows-1252'],
  ['ISO_8859-1', 'windows-1252'],
  ['iso88591', 'windows-1252'],
  ['ANSI', 'windows-1252'],
  ['Windows 1252', 'windows-1252'],
  ['Latin-9', 'iso-8859-15'],
  ['UTF8', 'utf-8'],
  ['UTF-8-SIG', 'utf-8'],
  ['UCS2', 'utf-16le'],
  ['Shift_JIS', 'shift_jis'],
  ['base-64', null],
  ['HEX', null],
  ['klingon-8', null],
])('%s is %s', (written, expected) => expect(findEncoding(written)).toBe(expected));
