// The people index of a run: a blob of fixed-size entries sorted by the hash of the id, so that "does this run carry that person,
// in which batch, with which record" is a binary search in one buffer.
import type { Hash64 } from '../core/hash64';
import type { IndexedPerson } from './people';
import { batchIdOf, foldId } from './people';

/** Bytes of one entry: hash of the id (8), hash of the record (8), number of the packed batch (4); little-endian. */
const ENTRY_BYTES = 20;
/** Entries for which there is room at first; doubled when it is full. */
const FIRST_ENTRIES = 1_024;

/** The hash's upper 16 bits choose the bucket: hashes are spread evenly, so a million people make buckets of 15. */
const BUCKETS = 65_536;
const BUCKET_SHIFT = 48n;

/** Writes the index; entries may come in any order. They are sorted where they stand: a million objects would take some 200 MB. */
export function encodePeopleIndex(people: Iterable<IndexedPerson>): Buffer {
  const unsorted = gather(people);
  const ends = new Uint32Array(BUCKETS);
  const total = unsorted.length / ENTRY_BYTES;
  for (let i = 0; i < total; i++) count(ends, bucketAt(unsorted, i));
  for (let bucket = 1; bucket < BUCKETS; bucket++) ends[bucket] = valueAt(ends, bucket) + valueAt(ends, bucket - 1);
  const sorted = Buffer.allocUnsafe(unsorted.length);
  const begins = ends.slice();
  for (let i = total - 1; i >= 0; i--) {
    const bucket = bucketAt(unsorted, i);
    const to = valueAt(begins, bucket) - 1;
    begins[bucket] = to;
    unsorted.copy(sorted, to * ENTRY_BYTES, i * ENTRY_BYTES, (i + 1) * ENTRY_BYTES);
  }
  for (let bucket = 0; bucket < BUCKETS; bucket++) sortEntries(sorted, valueAt(begins, bucket), valueAt(ends, bucket));
  return sorted;
}

function gather(people: Iterable<IndexedPerson>): Buffer {
  let buffer = Buffer.allocUnsafe(FIRST_ENTRIES * ENTRY_BYTES);
  let at = 0;
  for (const { idHash, recordHash, batch } of people) {
    if (at === buffer.length) buffer = Buffer.concat([buffer], buffer.length * 2);
    buffer.writeBigUInt64LE(idHash, at);
    buffer.writeBigUInt64LE(recordHash, at + 8);
    buffer.writeUInt32LE(batch, at + 16);
    at += ENTRY_BYTES;
  }
  return buffer.subarray(0, at);
}

const valueAt = (values: Uint32Array, at: number): number => values[at] ?? 0;
const count = (counts: Uint32Array, bucket: number): void => {
  counts[bucket] = valueAt(counts, bucket) + 1;
};
const keyAt = (buffer: Buffer, entry: number): bigint => buffer.readBigUInt64LE(entry * ENTRY_BYTES);
const bucketAt = (buffer: Buffer, entry: number): number => Number(keyAt(buffer, entry) >> BUCKET_SHIFT);

/** Insertion sort of the few entries of one bucket; entries of one hash keep their order. */
function sortEntries(buffer: Buffer, begin: number, end: number): void {
  const moved = Buffer.allocUnsafe(ENTRY_BYTES);
  for (let next = begin + 1; next < end; next++) {
    const key = keyAt(buffer, next);
    let to = next;
    while (to > begin && keyAt(buffer, to - 1) > key) to--;
    if (to === next) continue;
    buffer.copy(moved, 0, next * ENTRY_BYTES, (next + 1) * ENTRY_BYTES);
    buffer.copyWithin((to + 1) * ENTRY_BYTES, to * ENTRY_BYTES, next * ENTRY_BYTES);
    moved.copy(buffer, to * ENTRY_BYTES);
  }
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

  /** The packed batch and the record's hash, or null if the run does not carry the person. */
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

  /** True if somebody is in both: one walk along the two sorted lists. */
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
