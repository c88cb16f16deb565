// The lines of one chunk as bytes: each text is encoded once, and its length and hash are taken from the bytes. The memory is reused for
// the next chunk, because new memory per chunk would pile up until the garbage collector runs.

/** Bytes that are enough for most chunks of users. */
const FIRST_BYTES = 128 * 1024;
/** The most UTF-8 bytes that one UTF-16 code unit takes. */
const MAX_BYTES_PER_UNIT = 3;
const LF = 10;

/** Collects lines. */
export class LineBuffer {
  private data = Buffer.allocUnsafeSlow(FIRST_BYTES);
  /** Bytes since the last `clear`, line ends included. */
  length = 0;

  /** Adds a text and a line end. Returns the text's bytes, valid until the next `append`. */
  append(text: string): Uint8Array {
    const least = this.length + text.length * MAX_BYTES_PER_UNIT + 1;
    if (least > this.data.length) this.data = Buffer.concat([this.data], Math.max(least, this.data.length * 2));
    const begin = this.length;
    const end = begin + this.data.write(text, begin, 'utf8');
    this.data[end] = LF;
    this.length = end + 1;
    return this.data.subarray(begin, end);
  }

  /** Everything since the last `clear`, valid until the next one. */
  bytes(): Uint8Array {
    return this.data.subarray(0, this.length);
  }

  /** Empties the buffer and keeps its memory. */
  clear(): void {
    this.length = 0;
  }
}
