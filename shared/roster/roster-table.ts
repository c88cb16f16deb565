// A roster in memory, in one buffer: the one that intake compares with, and the part that one run adds.
import { EntryView, viewOf } from './entry-bytes';
import type { RosterEntry } from './roster-entry';
import type { RosterHeader } from './roster-file';
import { entryBytesOf } from './roster-file';

/** Takes a key apart without making bigints. */
const HALVES = new DataView(new ArrayBuffer(8));
const UPPER_VALUES = 2 ** 32;

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
    this.view = viewOf(entries);
  }

  get size(): number {
    return this.entries.length / this.entryBytes;
  }

  /** The key of an entry, by its place from 0. */
  keyOf(place: number): bigint {
    return this.view.getBigUint64(place * this.entryBytes);
  }

  at(place: number): RosterEntry {
    return new EntryView(this.entries, place * this.entryBytes, this.header.attributes.length, this.view);
  }

  /** The entry of a person, or null. Values are read when they are asked for, so it is cheap for everybody in a file. */
  find(idHash: bigint): RosterEntry | null {
    HALVES.setBigUint64(0, idHash);
    const upper = HALVES.getUint32(0);
    const lower = HALVES.getUint32(4);
    // Hashes are spread evenly, so a key says about where its entry lies: half of √size is the standard deviation. Looking there first touches
    // memory that lies together; keys that are not spread only take more steps.
    const guess = Math.floor((upper / UPPER_VALUES) * this.size);
    let step = Math.ceil(Math.sqrt(this.size));
    let low = Math.max(0, guess - step);
    let high = Math.min(this.size, guess + step);
    while (low > 0 && !this.isBefore(low, upper, lower)) low = Math.max(0, low - (step *= 2));
    while (high < this.size && this.isBefore(high, upper, lower)) high = Math.min(this.size, high + (step *= 2));
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.isBefore(middle, upper, lower)) low = middle + 1;
      else high = middle;
    }
    return low < this.size && this.isAt(low, upper, lower) ? this.at(low) : null;
  }

  // In two halves: each step of a search would otherwise make a bigint.
  private isAt(place: number, upper: number, lower: number): boolean {
    const at = place * this.entryBytes;
    return this.view.getUint32(at) === upper && this.view.getUint32(at + 4) === lower;
  }

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
