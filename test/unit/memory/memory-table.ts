// Entities with ETags in memory: what Azure tables promise, without their clients.
import { RollcallError } from '../../../shared/core/errors';
import type { Versioned } from '../../../shared/storage/versioned';
import { storedCopy } from './stored-copy';

/** Values by key, in the order of their keys. Values are copied in and out, as storage does. */
export class MemoryTable<T> {
  private readonly entities = new Map<string, Versioned<T>>();
  private writes = 0;

  /** `store` converts a value as storage does; `refuse` throws for a value that it does not take. */
  constructor(
    private readonly store: (value: T) => T,
    private readonly refuse: (value: T) => unknown = () => undefined,
  ) {}

  get(key: string): Versioned<T> | null {
    const found = this.entities.get(key);
    return found === undefined ? null : storedCopy(found);
  }

  /** Writes whatever is there, unless storage would refuse it. Returns the new ETag. */
  set(key: string, value: T): string {
    this.refuse(value);
    const etag = `W/"${++this.writes}"`;
    this.entities.set(key, { value: storedCopy(this.store(value)), etag });
    return etag;
  }

  has(key: string): boolean {
    return this.entities.has(key);
  }

  /** True if the entity still has this version. Throws `RollcallError` (retry) if there is none, as the adapters do. */
  isCurrent(key: string, etag: string): boolean {
    const found = this.entities.get(key);
    if (found === undefined) throw new RollcallError('storage-table', 'retry', 'table storage answered 404');
    return found.etag === etag;
  }

  /** The values themselves, in no order: for counting, never to be kept or changed. */
  *values(): Generator<T> {
    for (const { value } of this.entities.values()) yield value;
  }

  /** As retention does. */
  delete(key: string): void {
    this.entities.delete(key);
  }

  /** Up to `most` matching entities, after the given key, in order of their keys. */
  page(
    after: string,
    most: number,
    fits: (value: T, key: string) => boolean,
  ): readonly (readonly [string, Versioned<T>])[] {
    return [...this.entities]
      .filter(([key, { value }]) => key > after && fits(value, key))
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .slice(0, most)
      .map(([key, found]) => [key, storedCopy(found)] as const);
  }

  all(fits: (value: T, key: string) => boolean = () => true): readonly Versioned<T>[] {
    return this.page('', Number.POSITIVE_INFINITY, fits).map(([, found]) => found);
  }
}
