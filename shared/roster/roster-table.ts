// A roster in memory, in one buffer: the one that intake compares with, and the part that one run adds.
import { EntryView, keyAt } from './entry-bytes';
import type { RosterEntry } from './roster-entry';
import type { RosterHeader } from './roster-file';
import { entryBytesOf } from './roster-file';

const HALF_BITS = 32n;
const LOWER_HALF = 0xffff_ffffn;

/** Entries of one header, sorted by their keys, each key once. */
export class RosterTable {
  private readonly entryBytes: number;
  private readonly view: DataView;

  /** `entries` holds whole entries and nothing else. */
  constructor(
    readonly header: RosterHeader,
    readonly entries: Buffer,
  ) {
    this.entryBytes = entryBytesOf(header);
    this.view = new DataView(entries.buffer, entries.byteOffset, entries.length);
  }

  get size(): number {
    return this.entries.length / this.entryBytes;
  }

  /** The key of an entry, by its place from 0. */
  keyOf(place: number): bigint {
    return keyAt(this.entries, place * this.entryBytes);
  }

  at(place: number): RosterEntry {
    return new EntryView(this.entries, place * this.entryBytes, this.header.attributes.length);
  }

  /** The entry of a person, or null. Values are read when they are asked for, so it is cheap for everybody in a file. */
  find(idHash: bigint): RosterEntry | null {
    const upper = Number(idHash >> HALF_BITS);
    const lower = Number(idHash & LOWER_HALF);
    let low = 0;
    let high = this.size;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.isBefore(middle, upper, lower)) low = middle + 1;
      else high = middle;
    }
    return low < this.size && this.keyOf(low) === idHash ? this.at(low) : null;
  }

  // In two halves: each step of a search would otherwise make a bigint.
  private isBefore(place: number, upper: number, lower: number): boolean {
    const at = place * this.entryBytes;
    const half = this.view.getUint32(at);
    return half === upper ? this.view.getUint32(at + 4) < lower : half < upper;
  }

  /** All entries, in the order of their keys. */
  *[Symbol.iterator](): Generator<RosterEntry> {
    for (let place = 0; place < this.size; place++) yield this.at(place);
  }
}
