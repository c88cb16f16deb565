// Compressed bytes → the bytes in them, part by part, bounded in size and ratio. zlib checks the data, its checksum and its end.
import type { Gunzip, InflateRaw } from 'node:zlib';
import { holdFile } from '../hold-file';
import { inflationRatioFromBytes, maxInflationRatio } from '../export-limits';

/** Compressed bytes given to zlib at once. The memory needed is what they can inflate to, 1,032 times as much. */
const bytesAtOnce = 16_384;

/** Counts inflated bytes; throws `inflated-too-large` when they exceed the bound or the ratio. */
export const createInflationGuard = (maxInflatedBytes: number): ((inflated: number, compressed: number) => void) => {
  let total = 0;
  return (inflated, compressed) => {
    total += inflated;
    if (total > maxInflatedBytes) {
      throw holdFile('inflated-too-large', { limit: 'bytes', max: maxInflatedBytes });
    }
    if (total > inflationRatioFromBytes && total > compressed * maxInflationRatio) {
      throw holdFile('inflated-too-large', { limit: 'ratio', max: maxInflationRatio });
    }
  };
};

const translate = (cause: unknown): unknown => {
  const code = typeof cause === 'object' && cause !== null && 'code' in cause ? cause.code : null;
  if (code === 'Z_BUF_ERROR') return holdFile('file-truncated', { within: 'archive' });
  if (typeof code === 'string' && code.startsWith('Z_')) return holdFile('archive-damaged', { damage: 'data' });
  return cause;
};

/** What zlib did not take: the bytes after the end of the compressed data. */
export interface InflateRest {
  bytes: Buffer;
}

/** Inflates until the compressed data ends; the bytes after it, within the same part, are left in `rest`. */
export async function* inflateParts(
  parts: AsyncIterator<Buffer>,
  zlib: Gunzip | InflateRaw,
  guard: (inflated: number, compressed: number) => void,
  rest: InflateRest,
): AsyncGenerator<Buffer> {
  let inflated: Buffer[] = [];
  let failure: unknown = null;
  let fed = 0;
  zlib.on('data', (part: Buffer) => {
    inflated.push(part);
    try {
      guard(part.length, fed);
    } catch (cause) {
      failure = cause;
      zlib.destroy();
    }
  });
  zlib.on('error', (cause) => (failure ??= translate(cause)));
  const ended = new Promise<void>((resolve) => {
    zlib.once('close', resolve);
  });
  const write = (part: Buffer): Promise<void> =>
    new Promise((resolve) => {
      zlib.once('close', resolve);
      zlib.write(part, () => {
        zlib.off('close', resolve);
        resolve();
      });
    });
  try {
    for (;;) {
      const next = await parts.next();
      if (next.done === true) break;
      for (let at = 0; at < next.value.length; at += bytesAtOnce) {
        const piece = next.value.subarray(at, at + bytesAtOnce);
        fed += piece.length;
        await write(piece);
        if (failure !== null) throw failure as Error;
        yield* inflated;
        inflated = [];
        const untaken = fed - zlib.bytesWritten;
        if (untaken > 0) {
          rest.bytes = next.value.subarray(at + piece.length - untaken);
          return;
        }
      }
    }
    zlib.end();
    await ended;
    if (failure !== null) throw failure as Error;
    yield* inflated;
  } finally {
    zlib.destroy();
  }
}
