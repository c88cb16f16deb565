// Parts of any size → blocks of one size, so that nothing settled from "the first part" depends on how the bytes arrived.

/** Passes the bytes on in blocks of exactly `blockBytes`, the last one shorter. */
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
