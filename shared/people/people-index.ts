// The people index of a run: a blob of fixed-size entries sorted by the hash of the id, so that "does this run contain that person,
// in which batch, with which record" is a binary search in one buffer.
import type { Hash64 } from '../core/hash';
import type { IndexedPerson } from './packing';
import { foldId } from '../columns/id';
import { batchIdOf } from './packing';

/** Bytes of one entry: hash of the id (8), hash of the record (8), number of the packed batch (4); little-endian. */
const ENTRY_BYTES = 20;

/** The hash's upper 16 bits choose the bucket: hashes are spread evenly, so a million people make buckets of 15. */
const BUCKETS = 65_536;
const BUCKET_SHIFT = 48n;

/** Writes the index of people in any order; they are iterated twice, so that only the index itself is kept in memory. */
export function encodePeopleIndex(people: Iterable<IndexedPerson>): Buffer {
  const ends = new Uint32Array(BUCKETS);
  let total = 0;
  for (const { idHash } of people) {
    add(ends, bucketOf(idHash), 1);
    total++;
  }
  for (let bucket = 1; bucket < BUCKETS; bucket++) add(ends, bucket, valueAt(ends, bucket - 1));
  const index = Buffer.allocUnsafeSlow(total * ENTRY_BYTES);
  const entries = new DataView(index.buffer);
  const begins = new Uint32Array(BUCKETS);
  begins.set(ends.subarray(0, -1), 1);
  const next = begins.slice();
  for (const { idHash, recordHash, batch } of people) {
    const bucket = bucketOf(idHash);
    const at = valueAt(next, bucket) * ENTRY_BYTES;
    entries.setBigUint64(at, idHash, true);
    entries.setBigUint64(at + 8, recordHash, true);
    entries.setUint32(at + 16, batch, true);
    add(next, bucket, 1);
  }
  for (let bucket = 0; bucket < BUCKETS; bucket++)
    sortEntries(index, entries, valueAt(begins, bucket), valueAt(ends, bucket));
  return index;
}

const valueAt = (values: Uint32Array, at: number): number => values[at] ?? 0;
const add = (values: Uint32Array, at: number, value: number): void => {
  values[at] = valueAt(values, at) + value;
};
const bucketOf = (idHash: bigint): number => Number(idHash >> BUCKET_SHIFT);

/** Insertion sort of the few entries of one bucket; entries of one hash keep their order. */
function sortEntries(index: Buffer, entries: DataView, begin: number, end: number): void {
  const keyAt = (entry: number): bigint => entries.getBigUint64(entry * ENTRY_BYTES, true);
  for (let next = begin + 1; next < end; next++) {
    const key = keyAt(next);
    let to = next;
    while (to > begin && keyAt(to - 1) > key) to--;
    if (to === next) continue;
    const moved = Buffer.from(index.subarray(next * ENTRY_BYTES, (next + 1) * ENTRY_BYTES));
    index.copyWithin((to + 1) * ENTRY_BYTES, to * ENTRY_BYTES, next * ENTRY_BYTES);
    moved.copy(index, to * ENTRY_BYTES);
  }
}

/** The index without the entries of one id; null if there is none. */
export function withoutPerson(index: Buffer, idHash: bigint): Buffer | null {
  const kept: Buffer[] = [];
  for (let at = 0; at < index.length; at += ENTRY_BYTES)
    if (index.readBigUInt64LE(at) !== idHash) kept.push(index.subarray(at, at + ENTRY_BYTES));
  return kept.length * ENTRY_BYTES === index.length ? null : Buffer.concat(kept);
}

/** Looks people up by `externalId`. */
export class PeopleIndex {
  constructor(
    private readonly buffer: Buffer,
    private readonly hash: Hash64,
  ) {}

  get size(): number {
    return this.buffer.length / ENTRY_BYTES;
  }

  /** The packed batch and the record's hash, or null if the run does not contain the person. */
  find(externalId: string): { readonly batch: string; readonly recordHash: bigint } | null {
    const key = this.hash(foldId(externalId));
    let low = 0;
    let high = this.size;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.buffer.readBigUInt64LE(middle * ENTRY_BYTES) < key) low = middle + 1;
      else high = middle;
    }
    if (low >= this.size || this.buffer.readBigUInt64LE(low * ENTRY_BYTES) !== key) return null;
    return {
      recordHash: this.buffer.readBigUInt64LE(low * ENTRY_BYTES + 8),
      batch: batchIdOf(this.buffer.readUInt32LE(low * ENTRY_BYTES + 16)),
    };
  }

  /** True if any person is in both: one pass over the two sorted lists. */
  sharesSomebodyWith(other: PeopleIndex): boolean {
    for (let mine = 0, theirs = 0; mine < this.size && theirs < other.size;) {
      const a = this.buffer.readBigUInt64LE(mine * ENTRY_BYTES);
      const b = other.buffer.readBigUInt64LE(theirs * ENTRY_BYTES);
      if (a === b) return true;
      if (a < b) mine++;
      else theirs++;
    }
    return false;
  }
}
