// A value as it was read, with the version that a compare-and-swap needs.

/** A value with the version under which it was read. */
export interface Versioned<T> {
  readonly value: T;
  readonly etag: string;
}
