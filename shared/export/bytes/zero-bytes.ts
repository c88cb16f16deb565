// A file that was half written: the place for it was made, and then the program, the machine or the disk stopped, so that it ends in zero bytes. Text
// has none of them.
import { holdFile } from '../hold-file';

/** So many in a row are no damage to a cell, but a part of the file that was never written. Our choice, 2026-11: a sector of a disk has at least 512. */
const MAX_ZEROS = 64;
const HOLE = '\0'.repeat(MAX_ZEROS);

/** Passes the text on; throws `file-truncated` if it ends in zero bytes, however few, or has a run of many. */
export async function* refuseZeroBytes(text: AsyncIterable<string>): AsyncGenerator<string> {
  let zeros = 0;
  for await (const part of text) {
    const end = endOfText(part);
    // They are kept back until it is known what follows.
    if (zeros > 0 && end > 0) {
      if (zeros >= MAX_ZEROS) throw halfWritten(zeros);
      yield '\0'.repeat(zeros);
      zeros = 0;
    }
    const hole = part.indexOf(HOLE);
    if (hole !== -1 && hole < end) throw halfWritten(MAX_ZEROS);
    zeros += part.length - end;
    if (end > 0) yield end === part.length ? part : part.slice(0, end);
  }
  if (zeros > 0) throw halfWritten(zeros);
}

const halfWritten = (zeros: number): Error => holdFile('file-truncated', { within: 'zeros', zeros });

/** The position behind the last character that is not zero. */
const endOfText = (part: string): number => {
  let end = part.length;
  while (end > 0 && part.charCodeAt(end - 1) === 0) end--;
  return end;
};

/** The bytes without the zeros at their end, which say nothing of what the file is. */
export const withoutZerosAtTheEnd = (bytes: Buffer): Buffer => {
  let end = bytes.length;
  while (end > 0 && bytes[end - 1] === 0) end--;
  return bytes.subarray(0, end);
};
