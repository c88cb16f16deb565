// The raw bytes of an export → the bytes of its table: unpacked if they are compressed, and of a kind that can be read.
import type { ExportShape } from '../export-record';
import { holdFile } from '../hold-file';
import { recogniseKind } from './file-kind';
import { unpackGzip } from './gzip';
import { peek, type Peeked } from './peek';
import { unpackZip } from './zip';

/** Bytes examined for the kind of a file and its byte order mark. */
const kindSampleBytes = 4_096;
/** Bytes that are decoded and parsed at once; larger blocks were not faster (docs/adr/0008-csv-parser.md). */
const blockBytes = 65_536;

/** The bytes of the table, and how they were compressed. */
export interface Unpacked {
  readonly bytes: Peeked<Buffer>;
  readonly compression: ExportShape['compression'];
}

/** Unpacks one layer at most; throws holds for an empty file and for every kind that is not text. */
export const unpack = async (raw: AsyncIterable<Buffer>, maxInflatedBytes: number): Promise<Unpacked> => {
  const outer = await peek(reblock(raw, blockBytes), kindSampleBytes);
  if (outer.head.length === 0) throw holdFile('file-empty', { content: 'no-bytes' });
  const kind = recogniseKind(Buffer.concat(outer.head));
  if (kind === 'text') return { bytes: outer, compression: null };
  const unpacked = kind === 'gzip' ? unpackGzip(outer.all, maxInflatedBytes) : unpackZip(outer.all, maxInflatedBytes);
  const inner = await peek(reblock(unpacked, blockBytes), kindSampleBytes);
  if (inner.head.length === 0) throw holdFile('file-empty', { content: 'no-bytes-unpacked' });
  if (recogniseKind(Buffer.concat(inner.head)) !== 'text') {
    throw holdFile('file-of-wrong-kind', { content: 'packed-twice' });
  }
  return { bytes: inner, compression: kind };
};

/** Passes the bytes on in blocks of exactly `blockBytes`, the last one shorter, so that nothing depends on how the bytes arrived. */
export async function* reblock(parts: AsyncIterable<Buffer>, blockBytes: number): AsyncGenerator<Buffer> {
  let waiting: Buffer[] = [];
  let size = 0;
  for await (const part of parts) {
    waiting.push(part);
    size += part.length;
    if (size < blockBytes) continue;
    const all = waiting.length === 1 ? part : Buffer.concat(waiting, size);
    let at = 0;
    for (; size - at >= blockBytes; at += blockBytes) yield all.subarray(at, at + blockBytes);
    waiting = at < size ? [all.subarray(at)] : [];
    size -= at;
  }
  if (size > 0) yield Buffer.concat(waiting, size);
}
