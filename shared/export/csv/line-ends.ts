// Line ends in UTF-8: CR, LF and CRLF count as one each, even mixed in one file. (csv-parse counts a CRLF within quotes twice.)

const LF = 10;
const CR = 13;

/** Counts the line ends. */
export const countLineEnds = (bytes: Uint8Array): number => {
  let count = 0;
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at];
    if (byte === LF || (byte === CR && bytes[at + 1] !== LF)) count++;
  }
  return count;
};

/** The position after the next line end at or after `from`, or the length if there is none. */
export const behindLineEnd = (bytes: Uint8Array, from: number): number => {
  for (let at = from; at < bytes.length; at++) {
    const byte = bytes[at];
    if (byte === LF || (byte === CR && bytes[at + 1] !== LF)) return at + 1;
  }
  return bytes.length;
};

/** The position after the last line end, or 0 if there is none. */
export const behindLastLineEnd = (bytes: Buffer): number => Math.max(bytes.lastIndexOf(LF), bytes.lastIndexOf(CR)) + 1;

/** Whether a line end comes right before `end`. */
export const endsLine = (bytes: Uint8Array, end: number): boolean => bytes[end - 1] === LF || bytes[end - 1] === CR;

/** Length of the lines that are certainly complete: a CR at the very end of the text may be half of a CRLF. */
export const completeLines = (text: string): number =>
  Math.max(text.lastIndexOf('\n'), text.length < 2 ? -1 : text.lastIndexOf('\r', text.length - 2)) + 1;
