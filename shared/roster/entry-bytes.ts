// One entry of a roster as bytes: read where it lies, written, and copied from the form of one header to that of another.
import type { RosterEntry, Unconfirmed } from './roster-entry';
import { UNCONFIRMED_REASONS } from './roster-entry';
import type { RosterHeader } from './roster-file';
import { ATTRIBUTE_BYTES, ENTRY_BYTES, entryBytesOf, MAX_EPOCHS, placeOfEpoch } from './roster-file';

// Where each value begins. A run is packed into the seconds of its stamp (4 bytes) and its hash (5).
const RECORD_HASH = 8;
const RUN = 16;
const OFFSET = 25;
const BYTES = 30;
const CONFIRMED_ON = 33;
const SENT_HASH = 35;
const SENT_RUN = 43;
const SENT_DAY = 52;
const EPOCHS = 54;
const FLAGS = 55;
const SEEN_AT = 56;

// FLAGS: active (1 bit), the sent record's active (1), why it is unconfirmed (3; 0 if nothing is), its tries (3).
const ACTIVE = 1;
const SENT_ACTIVE = 2;
const WHY_SHIFT = 2;
const WHY_MASK = 7;
const TRIES_SHIFT = 5;

/** A run's id is `yyyyMMddTHHmmssZ-<10 hex digits>` (`runIdOf`). */
const RUN_FORM = /^(\d{4})(\d{2})(\d{2})T(\d{2})(\d{2})(\d{2})Z-([0-9a-f]{10})$/;
const RUN_HASH_BYTES = 5;

/** When the export of a run arrived, seconds since the epoch. Throws `TypeError` for what is no id of a run. */
export function arrivalOf(run: string): number {
  const found = RUN_FORM.exec(run);
  if (found === null) throw new TypeError('an entry of the roster names a run by its id');
  const [year, month, day, hour, minute, second] = found.slice(1, 7).map(Number) as [number, ...number[]];
  return Date.UTC(year, (month ?? 1) - 1, day, hour, minute, second) / 1_000;
}

function writeRun(bytes: Buffer, at: number, run: string): void {
  bytes.writeUInt32BE(arrivalOf(run), at);
  bytes.write(run.slice(-2 * RUN_HASH_BYTES), at + 4, 'hex');
}

function readRun(bytes: Buffer, at: number): string {
  const stamp = new Date(bytes.readUInt32BE(at) * 1_000).toISOString().replace(/[-:]|\.\d+/g, '');
  return `${stamp}-${bytes.toString('hex', at + 4, at + 4 + RUN_HASH_BYTES)}`;
}

/** The key of the entry that begins at `at`. */
export const keyAt = (bytes: Buffer, at: number): bigint => bytes.readBigUInt64BE(at);

/** Notes that the person of the entry had a row in a file that arrived at `seconds`. */
export function markSeen(bytes: Buffer, at: number, seconds: number): void {
  if (seconds > bytes.readUInt32BE(at + SEEN_AT)) bytes.writeUInt32BE(seconds, at + SEEN_AT);
}

/** The same bytes for reading numbers: several times faster than a buffer does for those of 64 bits (Node 20). */
export const viewOf = (bytes: Buffer): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.length);

/**
 * An entry in the bytes of a roster: values are read when they are asked for. Valid while the bytes stay as they are. `view`: of the same bytes, where
 * many entries are read.
 */
export class EntryView implements RosterEntry {
  constructor(
    private readonly data: Buffer,
    private readonly at: number,
    private readonly attributeCount: number,
    private readonly view: DataView = viewOf(data),
  ) {}

  get idHash(): bigint {
    return this.view.getBigUint64(this.at);
  }
  get recordHash(): bigint {
    return this.view.getBigUint64(this.at + RECORD_HASH);
  }
  get run(): string {
    return readRun(this.data, this.at + RUN);
  }
  get offset(): number {
    return this.data.readUIntBE(this.at + OFFSET, BYTES - OFFSET);
  }
  get bytes(): number {
    return this.data.readUIntBE(this.at + BYTES, CONFIRMED_ON - BYTES);
  }
  get epoch(): number {
    return this.view.getUint8(this.at + EPOCHS) >> 4;
  }
  get active(): boolean {
    return (this.view.getUint8(this.at + FLAGS) & ACTIVE) !== 0;
  }
  get attributes(): Uint16Array {
    return Uint16Array.from({ length: this.attributeCount }, (_, i) =>
      this.data.readUInt16BE(this.at + ENTRY_BYTES + i * ATTRIBUTE_BYTES),
    );
  }
  get confirmedOn(): number | null {
    const day = this.view.getUint16(this.at + CONFIRMED_ON);
    return day === 0 ? null : day;
  }
  get unconfirmed(): Unconfirmed | null {
    const { data, at } = this;
    const flags = this.view.getUint8(at + FLAGS);
    const number = (flags >> WHY_SHIFT) & WHY_MASK;
    // Almost everybody.
    if (number === 0) return null;
    const why = UNCONFIRMED_REASONS[number - 1];
    if (why === undefined) return null;
    return {
      run: readRun(data, at + SENT_RUN),
      recordHash: data.readBigUInt64BE(at + SENT_HASH),
      epoch: data.readUInt8(at + EPOCHS) & MAX_EPOCHS,
      active: (flags & SENT_ACTIVE) !== 0,
      why,
      day: data.readUInt16BE(at + SENT_DAY),
      tries: flags >> TRIES_SHIFT,
    };
  }
  get seenAt(): number {
    return this.data.readUInt32BE(this.at + SEEN_AT);
  }
}

/** Writes an entry at `at`, which must not be where its own view reads. Throws `RangeError` for a number that does not fit. */
export function writeEntry(bytes: Buffer, at: number, entry: RosterEntry): void {
  const { unconfirmed } = entry;
  bytes.fill(0, at, at + ENTRY_BYTES);
  bytes.writeBigUInt64BE(entry.idHash, at);
  bytes.writeBigUInt64BE(entry.recordHash, at + RECORD_HASH);
  writeRun(bytes, at + RUN, entry.run);
  bytes.writeUIntBE(entry.offset, at + OFFSET, BYTES - OFFSET);
  bytes.writeUIntBE(entry.bytes, at + BYTES, CONFIRMED_ON - BYTES);
  bytes.writeUInt16BE(entry.confirmedOn ?? 0, at + CONFIRMED_ON);
  bytes.writeUInt32BE(entry.seenAt, at + SEEN_AT);
  let flags = entry.active ? ACTIVE : 0;
  if (unconfirmed !== null) {
    bytes.writeBigUInt64BE(unconfirmed.recordHash, at + SENT_HASH);
    writeRun(bytes, at + SENT_RUN, unconfirmed.run);
    bytes.writeUInt16BE(unconfirmed.day, at + SENT_DAY);
    flags |= unconfirmed.active ? SENT_ACTIVE : 0;
    flags |= (UNCONFIRMED_REASONS.indexOf(unconfirmed.why) + 1) << WHY_SHIFT;
    flags |= unconfirmed.tries << TRIES_SHIFT;
  }
  bytes.writeUInt8((entry.epoch << 4) | (unconfirmed?.epoch ?? 0), at + EPOCHS);
  bytes.writeUInt8(flags, at + FLAGS);
  entry.attributes.forEach((short, i) => bytes.writeUInt16BE(short, at + ENTRY_BYTES + i * ATTRIBUTE_BYTES));
}

/** Copies entries of one header into the form of another one that has all its attributes. */
export class EntryCopier {
  private readonly epochs: readonly number[];
  private readonly places: readonly number[];
  private readonly isSame: boolean;
  private readonly fromBytes: number;
  private readonly toBytes: number;

  constructor(from: RosterHeader, to: RosterHeader) {
    this.epochs = [0, ...from.epochs.map((epoch) => placeOfEpoch(to, epoch))];
    this.places = from.attributes.map((name) => to.attributes.indexOf(name));
    this.fromBytes = entryBytesOf(from);
    this.toBytes = entryBytesOf(to);
    this.isSame =
      this.fromBytes === this.toBytes &&
      this.places.every((place, at) => place === at) &&
      this.epochs.every((place, at) => place === at);
  }

  copy(from: Buffer, fromAt: number, to: Buffer, toAt: number): void {
    if (this.isSame) {
      from.copy(to, toAt, fromAt, fromAt + this.fromBytes);
      return;
    }
    to.fill(0, toAt, toAt + this.toBytes);
    from.copy(to, toAt, fromAt, fromAt + ENTRY_BYTES);
    const both = from.readUInt8(fromAt + EPOCHS);
    to.writeUInt8((this.epochAt(both >> 4) << 4) | this.epochAt(both & MAX_EPOCHS), toAt + EPOCHS);
    this.places.forEach((place, i) => {
      const short = from.readUInt16BE(fromAt + ENTRY_BYTES + i * ATTRIBUTE_BYTES);
      to.writeUInt16BE(short, toAt + ENTRY_BYTES + place * ATTRIBUTE_BYTES);
    });
  }

  private epochAt(place: number): number {
    return this.epochs[place] ?? 0;
  }
}
