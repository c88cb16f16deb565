// Looks at the beginning of a stream without losing it.

/** The beginning of a stream, and the whole stream, beginning included. */
export interface Peeked<T> {
  readonly head: readonly T[];
  /** True if `head` is all there is. */
  readonly complete: boolean;
  readonly all: AsyncIterable<T>;
}

const lengthOf = (part: { readonly length: number }): number => part.length;

/** Reads bytes or text until there is `enough` of it, or the stream ends. */
export const peek = <T extends { readonly length: number }>(
  source: AsyncIterable<T>,
  enough: number,
): Promise<Peeked<T>> => peekBy(source, enough, lengthOf);

/** Reads parts until their sizes reach `enough` or the stream ends. */
export const peekBy = async <T>(
  source: AsyncIterable<T>,
  enough: number,
  sizeOf: (part: T) => number,
): Promise<Peeked<T>> => {
  const iterator = source[Symbol.asyncIterator]();
  const head: T[] = [];
  let size = 0;
  let complete = false;
  while (size < enough) {
    const next = await iterator.next();
    if (next.done === true) {
      complete = true;
      break;
    }
    const more = sizeOf(next.value);
    if (more === 0) continue;
    head.push(next.value);
    size += more;
  }
  async function* all(): AsyncGenerator<T> {
    try {
      yield* head;
      if (complete) return;
      for (;;) {
        const next = await iterator.next();
        if (next.done === true) return;
        yield next.value;
      }
    } finally {
      await iterator.return?.();
    }
  }
  return { head, complete, all: all() };
};
