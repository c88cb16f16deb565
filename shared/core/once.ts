// Something that several steps need and that is read at most once.

/** Calls `make` when the result is first asked for; everybody gets that promise, also one that rejects. */
export function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => (made ??= make());
}
