// A stream of bytes that can be read ahead, and that takes back bytes that were not needed.

/** The bytes that have not been taken yet. */
export interface UnreadBytes {
  /** The next `count` bytes or more, without taking them; fewer only at the end of the stream. */
  peek(count: number): Promise<Buffer>;
  /** Takes `count` bytes that `peek` has shown. */
  skip(count: number): void;
  /** Takes the next part, or `null` at the end of the stream. */
  take(): Promise<Buffer | null>;
  /** Gives back bytes that were taken last. */
  putBack(bytes: Buffer): void;
  /** All parts to the end; a caller that stops early must put back what it did not use of the last one. */
  all(): AsyncGenerator<Buffer>;
  /** Closes the source. */
  close(): Promise<void>;
}

/** Makes the reader of a stream. */
export const createUnreadBytes = (source: AsyncIterable<Buffer>): UnreadBytes => {
  const parts = source[Symbol.asyncIterator]();
  let unread: Buffer = Buffer.alloc(0);

  const take = async (): Promise<Buffer | null> => {
    if (unread.length > 0) {
      const taken = unread;
      unread = Buffer.alloc(0);
      return taken;
    }
    const next = await parts.next();
    return next.done === true ? null : next.value;
  };
  const putBack = (bytes: Buffer): void => {
    unread = unread.length === 0 ? bytes : Buffer.concat([bytes, unread]);
  };
  return {
    take,
    putBack,
    async peek(count) {
      const waiting = [unread];
      let size = unread.length;
      while (size < count) {
        const next = await parts.next();
        if (next.done === true) break;
        waiting.push(next.value);
        size += next.value.length;
      }
      if (waiting.length > 1) unread = Buffer.concat(waiting, size);
      return unread;
    },
    skip(count) {
      unread = unread.subarray(count);
    },
    async *all() {
      for (let part = await take(); part !== null; part = await take()) yield part;
    },
    async close() {
      await parts.return?.();
    },
  };
};
