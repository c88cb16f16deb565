// What one run knows of its people: what became of each record that was sent, as a small roster, and who had a row at all.
import { foldId } from '../columns/id';
import type { Hash64 } from '../core/hash';
import { Column } from '../people/number-tables';
import type { ScimUser } from '../scim/user';
import { attributeHashes } from './record-hash';
import { arrivalOf, EntryView, keyAt, writeEntry } from './entry-bytes';
import type { Day, UnconfirmedReason } from './roster-entry';
import { joinEntries } from './roster-entry';
import type { Epoch, RosterHeader } from './roster-file';
import { ATTRIBUTE_BYTES, ENTRY_BYTES, entryBytesOf } from './roster-file';
import { RosterTable } from './roster-table';

/** The record of a person as a run staged it. */
export interface RunRecord {
  readonly idHash: bigint;
  readonly offset: number;
  readonly bytes: number;
  readonly recordHash: bigint;
  readonly active: boolean;
  /** `attributeHashes` of the user. */
  readonly attributes: ReadonlyMap<string, number>;
}

/** The record in a staged line, which begins at byte `offset` of the run's `users.jsonl`; without its line end. */
export function recordOfLine(line: Uint8Array, offset: number, hash: Hash64): RunRecord {
  const user = JSON.parse(Buffer.from(line).toString('utf8')) as ScimUser;
  return {
    idHash: hash(foldId(user.externalId)),
    offset,
    bytes: line.length,
    recordHash: hash(line),
    active: user.active,
    attributes: attributeHashes(user, hash),
  };
}

/** What became of a record: confirmed, or not and why; `manager-not-resolved` is both, because the user itself was written. */
export interface RecordFate {
  readonly day: Day;
  readonly why: UnconfirmedReason | null;
}

/** True if Entra is confirmed to hold the record itself. */
export const isConfirmed = ({ why }: Pick<RecordFate, 'why'>): boolean =>
  why === null || why === 'manager-not-resolved';

/** The run that adds to a roster. */
export interface RosterRun {
  readonly source: string;
  readonly run: string;
  readonly epoch: Epoch;
  /** False for a run of records: that it has somebody says nothing about HR's files. */
  readonly isOfFile: boolean;
}

/** A full file: it says who is missing, or cannot because a row had no id. */
export type FullFile = 'complete' | 'doubtful';

/** Collects what one run knows of its people, in any order; then gives it as a roster that is merged into the source's. */
export class RunPart {
  private readonly names = new Map<string, number>();
  private readonly shortEnds = new Column(Float64Array);
  private readonly shorts = new Column(Uint32Array);
  private shortCount = 0;
  private count = 0;
  private fixed = Buffer.alloc(ENTRY_BYTES * 64);
  private readonly seenAt: number;

  constructor(private readonly run: RosterRun) {
    this.seenAt = run.isOfFile ? arrivalOf(run.run) : 0;
  }

  /** Adds a person with a record that was sent. */
  add(record: RunRecord, fate: RecordFate): void {
    const { idHash, offset, bytes, recordHash, active } = record;
    const { run } = this.run;
    const sent = { run, recordHash, epoch: THIS_EPOCH, active, day: fate.day, tries: 1 };
    this.makeRoom();
    writeEntry(this.fixed, this.count * ENTRY_BYTES, {
      ...{ idHash, run, offset, bytes, recordHash, epoch: THIS_EPOCH, active, attributes: new Uint16Array() },
      confirmedOn: isConfirmed(fate) ? fate.day : null,
      unconfirmed: fate.why === null ? null : { ...sent, why: fate.why },
      seenAt: this.seenAt,
    });
    for (const [name, short] of record.attributes)
      this.shorts.set(this.shortCount++, this.placeOf(name) * SHORT_RANGE + short);
    this.shortEnds.set(this.count++, this.shortCount);
  }

  private makeRoom(): void {
    if ((this.count + 1) * ENTRY_BYTES <= this.fixed.length) return;
    this.fixed = Buffer.concat([this.fixed], this.fixed.length * 2);
  }

  private placeOf(name: string): number {
    const found = this.names.get(name) ?? this.names.size;
    this.names.set(name, found);
    return found;
  }

  /** Everybody who was added, except those with these ids; `full` is null for a file of changes. Two people under one key become one entry. */
  table(full: FullFile | null, except: ReadonlySet<bigint> = NOBODY): RosterTable {
    const { source, epoch } = this.run;
    const header: RosterHeader = {
      source,
      epochs: [epoch],
      attributes: [...this.names.keys()],
      fullFiles: full === 'complete' ? [this.seenAt] : [],
      doubtfulFullAt: full === 'doubtful' ? this.seenAt : 0,
      newestAt: this.seenAt,
    };
    const entryBytes = entryBytesOf(header);
    const entries = Buffer.alloc(this.count * entryBytes);
    let end = 0;
    for (const at of this.placesByKey()) {
      if (except.size > 0 && except.has(keyAt(this.fixed, at * ENTRY_BYTES))) continue;
      this.writeAt(entries, end, at);
      const previous = end - entryBytes;
      if (previous >= 0 && keyAt(entries, previous) === keyAt(entries, end)) {
        const joined = joinEntries(viewOf(entries, previous, header), viewOf(entries, end, header));
        const copy = Buffer.alloc(entryBytes);
        writeEntry(copy, 0, joined);
        copy.copy(entries, previous);
        entries.fill(0, end, end + entryBytes);
      } else end += entryBytes;
    }
    return new RosterTable(header, entries.subarray(0, end));
  }

  private placesByKey(): Uint32Array {
    const keys = BigUint64Array.from({ length: this.count }, (_, at) => keyAt(this.fixed, at * ENTRY_BYTES));
    const order = Uint32Array.from({ length: this.count }, (_, at) => at);
    return order.sort((a, b) => compareKeys(keys[a] ?? 0n, keys[b] ?? 0n));
  }

  private writeAt(entries: Buffer, begin: number, at: number): void {
    this.fixed.copy(entries, begin, at * ENTRY_BYTES, (at + 1) * ENTRY_BYTES);
    for (let i = at === 0 ? 0 : this.shortEnds.get(at - 1); i < this.shortEnds.get(at); i++) {
      const both = this.shorts.get(i);
      const place = Math.floor(both / SHORT_RANGE);
      entries.writeUInt16BE(both % SHORT_RANGE, begin + ENTRY_BYTES + place * ATTRIBUTE_BYTES);
    }
  }
}

const NOBODY: ReadonlySet<bigint> = new Set();

/** The only epoch of a run's part. */
const THIS_EPOCH = 1;
/** Short hashes have 16 bits. */
const SHORT_RANGE = 65_536;

const compareKeys = (a: bigint, b: bigint): number => (a < b ? -1 : a > b ? 1 : 0);

const viewOf = (entries: Buffer, at: number, header: RosterHeader): EntryView =>
  new EntryView(entries, at, header.attributes.length);

/** The hashes of the ids of all rows of a file, also of rows that were rejected: 8 bytes each. */
export class SeenIds {
  private hashes = new BigUint64Array(1_024);
  private count = 0;

  /** `run` is the run of the file. */
  constructor(private readonly run: string) {}

  /** Arrival of the file, seconds since the epoch. */
  get at(): number {
    return arrivalOf(this.run);
  }

  add(idHash: bigint): void {
    if (this.count === this.hashes.length) {
      const wider = new BigUint64Array(this.count * 2);
      wider.set(this.hashes);
      this.hashes = wider;
    }
    this.hashes[this.count++] = idHash;
  }

  /** All of them, ascending. */
  sorted(): BigUint64Array {
    return this.hashes.subarray(0, this.count).sort();
  }

  /** Whether each of many ids is among those that were added before the first is asked for; until then it costs nothing. */
  lookUp(): (idHash: bigint) => boolean {
    let asked: BigUint64Array | undefined;
    return (idHash) => {
      const sorted = (asked ??= this.sorted());
      let low = 0;
      let high = sorted.length;
      while (low < high) {
        const middle = (low + high) >>> 1;
        if ((sorted[middle] ?? 0n) < idHash) low = middle + 1;
        else high = middle;
      }
      return sorted[low] === idHash;
    };
  }
}
