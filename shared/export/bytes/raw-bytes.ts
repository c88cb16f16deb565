// The bytes as they are stored: counted, bounded, hashed while they are read, and compared with the announced length.
import { createHash } from 'node:crypto';
import { holdFile } from '../hold-file';

/** What is announced about the file, in bytes. */
export interface RawBytesExpectation {
  readonly byteLength: number | null;
  readonly maxBytes: number;
}

/** The stream of bytes, and their SHA-256 (hex) once all have been read. */
export interface RawBytes {
  readonly bytes: AsyncIterable<Buffer>;
  readonly sha256: () => string | null;
  /** Closes the source; for a file that is held before its records are read. */
  readonly close: () => Promise<void>;
}

/** Passes the bytes on unchanged; throws a hold when there are too many, or fewer or more than announced. */
export const watchRawBytes = (source: AsyncIterable<Uint8Array>, expect: RawBytesExpectation): RawBytes => {
  let digest: string | null = null;
  async function* watch(): AsyncGenerator<Buffer> {
    const hash = createHash('sha256');
    let count = 0;
    for await (const part of source) {
      count += part.byteLength;
      if (count > expect.maxBytes) {
        throw holdFile('file-too-large', { maxBytes: expect.maxBytes });
      }
      hash.update(part);
      yield Buffer.from(part.buffer, part.byteOffset, part.byteLength);
    }
    if (expect.byteLength !== null && count < expect.byteLength) {
      throw holdFile('file-truncated', { within: 'upload', received: count, announced: expect.byteLength });
    }
    if (expect.byteLength !== null && count > expect.byteLength) {
      throw holdFile('file-length-differs', { read: count, announced: expect.byteLength });
    }
    digest = hash.digest('hex');
  }
  const bytes = watch();
  return {
    bytes,
    sha256: () => digest,
    close: async () => {
      await bytes.return(undefined);
    },
  };
};
