// Entities with ETags in memory: what Azure tables promise, without their clients.
import { RollcallError } from '../../../shared/core/errors';
import type { Versioned } from '../../../shared/storage/versioned';
import { storedForGood } from './stored-copy';

/** Values by key, in the order of their keys. Values are copied when they are written, as storage does, and nobody can change them. */
export class MemoryTable<T> {
  private readonly entities = new Map<string, Versioned<T>>();
  /** All keys, sorted; null when they have to be sorted again. */
  private order: string[] | null = [];
  private writes = 0;

  /** `store` converts a value as storage does; `refuse` throws for a value that it does not take. */
  constructor(
    private readonly store: (value: T) => T,
    private readonly refuse: (value: T) => unknown = () => undefined,
  ) {}

  get(key: string): Versioned<T> | null {
    return this.entities.get(key) ?? null;
  }

  /** Writes whatever is there, unless storage would refuse it. Returns the new ETag. */
  set(key: string, value: T): string {
    this.refuse(value);
    const etag = `W/"${++this.writes}"`;
    if (!this.entities.has(key)) this.noteKey(key);
    this.entities.set(key, storedForGood({ value: this.store(value), etag }));
    return etag;
  }

  /** Most keys come in order. */
  private noteKey(key: string): void {
    if (this.order !== null && key > (this.order.at(-1) ?? '')) this.order.push(key);
    else this.order = null;
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

  /** The values whose keys begin so, in the order of their keys. */
  *values(prefix = ''): Generator<T> {
    for (const [, { value }] of this.from(prefix, prefix)) yield value;
  }

  /** As retention does. */
  delete(key: string): void {
    if (this.entities.delete(key)) this.order = null;
  }

  /** Up to `most` matching entities whose keys begin so, after the given key, in order of their keys. */
  page(
    after: string,
    most: number,
    fits: (value: T, key: string) => boolean,
    prefix = '',
  ): readonly (readonly [string, Versioned<T>])[] {
    const page: [string, Versioned<T>][] = [];
    for (const [key, found] of this.from(after > prefix ? after : prefix, prefix)) {
      if (page.length >= most) break;
      if (key > after && fits(found.value, key)) page.push([key, found]);
    }
    return page;
  }

  all(fits: (value: T, key: string) => boolean = () => true): readonly Versioned<T>[] {
    return this.page('', Number.POSITIVE_INFINITY, fits).map(([, found]) => found);
  }

  /** Everything from a key on whose key begins so. */
  private *from(least: string, prefix: string): Generator<readonly [string, Versioned<T>]> {
    const order = (this.order ??= [...this.entities.keys()].sort());
    for (let at = firstAtLeast(order, least); order[at]?.startsWith(prefix) === true; at++) {
      const key = order[at] ?? '';
      const found = this.entities.get(key);
      if (found !== undefined) yield [key, found];
    }
  }
}

function firstAtLeast(sorted: readonly string[], key: string): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((sorted[middle] ?? '') < key) low = middle + 1;
    else high = middle;
  }
  return low;
}
