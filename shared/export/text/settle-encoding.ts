// Settles the encoding of a file: declared, given by its byte order mark, or detected from its first bytes that are not ASCII.
import { isAscii, isUtf8 } from 'node:buffer';
import { withoutZerosAtTheEnd } from '../bytes/zero-bytes';
import { holdFile } from '../hold-file';
import { nameEncoding } from './encoding-names';
import { unfinishedUtf8, validUtf8Length } from './decoder';
import { tellLegacyEncoding, type LegacyEncoding } from './legacy-encoding';

/** The encoding and how it is known; only `detected` is a matter of likelihood. */
export interface SettledEncoding {
  readonly encoding: string;
  readonly how: 'declared' | 'mark' | 'valid-utf-8' | 'detected';
  /** Length of the byte order mark, which is to be removed. */
  readonly markBytes: number;
  /** Set for a single-byte encoding that was detected from a sample. */
  readonly legacy?: LegacyEncoding;
}

const byteOrderMark = (head: Buffer): { readonly encoding: string; readonly bytes: number } | null => {
  const start = head.toString('latin1', 0, 4);
  if (start.startsWith('\xef\xbb\xbf')) return { encoding: 'utf-8', bytes: 3 };
  if (start.startsWith('\xff\xfe\0\0')) return { encoding: 'utf-32le', bytes: 4 };
  if (start.startsWith('\xff\xfe')) return { encoding: 'utf-16le', bytes: 2 };
  if (start.startsWith('\xfe\xff')) return { encoding: 'utf-16be', bytes: 2 };
  return null;
};

/** In UTF-16 of mostly Latin text, the least share of NUL among the bytes of one parity, and the largest share among those of the other. */
const nulShare = { at: 0.4, other: 0.05 } as const;

const tellUtf16 = (head: Buffer): 'utf-16le' | 'utf-16be' | null => {
  let even = 0;
  let odd = 0;
  for (let at = 0; at < head.length; at++) {
    if (head[at] !== 0) continue;
    if (at % 2 === 0) even++;
    else odd++;
  }
  const half = head.length / 2;
  if (odd > half * nulShare.at && even < half * nulShare.other) return 'utf-16le';
  if (even > half * nulShare.at && odd < half * nulShare.other) return 'utf-16be';
  return null;
};

/** Settles the encoding if the first bytes are enough; `null` means ASCII so far, or an encoding that extends ASCII. */
export const settleFromStart = (head: Buffer, declared: string | null): SettledEncoding | null => {
  const mark = byteOrderMark(head);
  if (declared !== null) {
    const encoding = nameEncoding(declared);
    const family = (name: string): string => name.replace(/[lb]e$/, '');
    if (mark !== null && family(mark.encoding) !== family(encoding)) {
      throw holdFile('encoding-contradicted', { declared: encoding, mark: mark.encoding }, { line: 1 });
    }
    return { encoding: mark?.encoding ?? encoding, how: 'declared', markBytes: mark?.bytes ?? 0 };
  }
  if (mark !== null) return { encoding: mark.encoding, how: 'mark', markBytes: mark.bytes };
  const utf16 = tellUtf16(withoutZerosAtTheEnd(head.subarray(0, 4096)));
  return utf16 === null ? null : { encoding: utf16, how: 'detected', markBytes: 0 };
};

/** Counts the multi-byte UTF-8 characters of the sample, and the bytes above ASCII that belong to none. */
const countUtf8 = (sample: Buffer): { readonly good: number; readonly bad: number } => {
  let good = 0;
  let bad = 0;
  for (let at = 0; at < sample.length;) {
    const byte = sample[at] ?? 0;
    if (byte < 0x80) {
      at++;
      continue;
    }
    const length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : byte >= 0xc2 ? 2 : 1;
    if (length > 1 && isUtf8(sample.subarray(at, at + length))) {
      good++;
      at += length;
    } else {
      bad++;
      at++;
    }
  }
  return { good, bad };
};

/** Settles the encoding from a sample with bytes above ASCII. `line` is the line on which the sample begins. */
export const settleFromSample = (sample: Buffer, sampleIsRest: boolean, line: number): SettledEncoding => {
  if (isAscii(sample)) return { encoding: 'utf-8', how: 'valid-utf-8', markBytes: 0 };
  const whole = sampleIsRest ? sample : sample.subarray(0, sample.length - unfinishedUtf8(sample));
  if (isUtf8(whole)) return { encoding: 'utf-8', how: 'valid-utf-8', markBytes: 0 };
  const { good, bad } = countUtf8(whole);
  // Text in a single-byte encoding hardly ever forms UTF-8 characters by chance, so a few of them mean damaged UTF-8.
  if (good > 0 && good >= bad) {
    const valid = validUtf8Length(whole);
    const at = line + whole.subarray(0, valid).toString('latin1').split('\n').length - 1;
    if (sampleIsRest && valid === whole.length - unfinishedUtf8(whole)) {
      throw holdFile('file-truncated', { within: 'character', line: at }, { line: at });
    }
    throw holdFile('byte-undecodable', { encoding: 'utf-8', line: at, isExact: true, byte: null }, { line: at });
  }
  const legacy = tellLegacyEncoding(sample);
  return { encoding: legacy.encoding, how: 'detected', markBytes: 0, legacy };
};
