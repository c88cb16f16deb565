// A gzip file → the bytes in it.
import { createGunzip } from 'node:zlib';
import { holdFile } from '../hold-file';
import { createInflationGuard, inflateParts, type InflateRest } from './inflate';

/** Unpacks all members of a gzip file; anything but padding after the last one holds the file. */
export async function* unpackGzip(bytes: AsyncIterable<Buffer>, maxInflatedBytes: number): AsyncGenerator<Buffer> {
  const parts = bytes[Symbol.asyncIterator]();
  const rest: InflateRest = { bytes: Buffer.alloc(0) };
  try {
    yield* inflateParts(parts, createGunzip(), createInflationGuard(maxInflatedBytes), rest);
    for (let next = rest.bytes; ;) {
      if (next.some((byte) => byte !== 0)) {
        throw holdFile('archive-damaged', { damage: 'trailing-data' });
      }
      const more = await parts.next();
      if (more.done === true) return;
      next = more.value;
    }
  } finally {
    await parts.return?.();
  }
}
