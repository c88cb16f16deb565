// The people index of a run: a blob of fixed-size entries sorted by the hash of the id, so that "does this run carry that person,
// in which batch, with which record" is a binary search in one buffer.
import type { Hash64 } from '../core/hash64';
import type { IndexedPerson } from './people';
import { batchIdOf } from './people';

/** Bytes of one entry: hash of the id (8), hash of the record (8), number of the packed batch (4); little-endian. */
const ENTRY_BYTES = 20;

/** Writes the index; entries may come in any order. */
export function encodePeopleIndex(people: Iterable<IndexedPerson>): Buffer {
  const entries = [...people].sort((a, b) => (a.idHash < b.idHash ? -1 : a.idHash > b.idHash ? 1 : 0));
  const buffer = Buffer.allocUnsafe(entries.length * ENTRY_BYTES);
  entries.forEach((entry, i) => {
    buffer.writeBigUInt64LE(entry.idHash, i * ENTRY_BYTES);
    buffer.writeBigUInt64LE(entry.recordHash, i * ENTRY_BYTES + 8);
    buffer.writeUInt32LE(entry.batch, i * ENTRY_BYTES + 16);
  });
  return buffer;
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
    const key = this.hash(externalId);
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
