// What only the whole file can show, in a few bytes per person: duplicate ids, duplicate user names, and which row is sent in
// which batch. The packing depends on the file and the pinned roster alone (*fixedPacking*): leavers first, then everybody whose record is
// news, then those who are sent again although nothing changed; last the candidates: people whom the roster lets rest, in batches that are
// made only for those who must be sent all the same.
import { foldId } from '../columns/id';
import type { Hash64 } from '../core/hash';
import { MAX_OPERATIONS_PER_REQUEST } from '../graph/limits';
import type { ScimUser } from '../scim/user';
import { Column, HashSlots } from './number-tables';

/** A user as it was staged: position in the export, and byte range of its line in the users blob. */
export interface StagedUser {
  readonly row: number;
  readonly line: number;
  readonly externalId: string;
  readonly userName: string | null;
  readonly active: boolean;
  /** Since when an inactive person is gone, ms since the epoch; null or absent if that is not known. */
  readonly leftAt?: number | null;
  readonly offset: number;
  readonly bytes: number;
}

/** What a rejected row says about itself, as far as it is known. */
export interface RejectedClaims {
  readonly line: number;
  readonly id: string | null;
  readonly userName: string | null;
}

/** A row that is not sent because of another row of the file. */
export type Amendment =
  | { readonly row: number; readonly kind: 'collapsed'; readonly into: number }
  | {
      readonly row: number;
      readonly line: number;
      readonly kind: 'duplicate-id' | 'duplicate-user-name';
      readonly otherLine: number;
    };

/** Rows of one packed batch: [row, externalId, offset, bytes]. */
export interface PackedBatch {
  readonly batch: string;
  readonly leavers: boolean;
  /** All its people are candidates: a row is sent only if the run decided so (*decideOnce*). */
  readonly candidates: boolean;
  readonly rows: readonly (readonly [row: number, id: string, offset: number, bytes: number])[];
}

/** One entry of the people index: the person, the record, and the number of the packed batch. */
export interface IndexedPerson {
  readonly idHash: bigint;
  readonly recordHash: bigint;
  readonly batch: number;
}

/** A person with a row that may be sent; `at` as in `PersonInFile`. */
export type KeptPerson = Pick<PersonInFile, 'at' | 'line' | 'idHash'>;

/** Batch ids sort as text; six digits are enough for 50 million rows. */
export const batchIdOf = (number: number): string => String(number).padStart(6, '0');

/** Entra compares userPrincipalName without case. */
const foldUserName = (userName: string): string => userName.trim().toLowerCase();

const ACTIVE = 1;
const DROPPED = 2;
const CANDIDATE = 4;
const AGAIN = 8;

/** The kinds of batches, in the order in which they are packed, by the flags of their people. */
const KINDS = [0, ACTIVE, AGAIN, AGAIN | ACTIVE, CANDIDATE, CANDIDATE | ACTIVE] as const;

/** Lines that are kept of rows that have something in common: a sentence names no more. Our choice, 2026-11. */
export const KEPT_LINES = 5;

/** A person as the file has them; `at` is their place in the file's people, from 0. */
export interface PersonInFile {
  readonly at: number;
  readonly line: number;
  readonly idHash: bigint;
  readonly recordHash: bigint;
  readonly user: ScimUser;
  /** As `StagedUser.leftAt`. */
  readonly leftAt: number | null;
}

/** What is known of a person: why the record need not be sent (null: it must), and that it is sent again although nothing changed. */
export interface LookedUp<C> {
  readonly candidate: C | null;
  readonly isAgain: boolean;
}

/** Says what is known of a person; asked once for each, in file order. */
export type LookUp<C> = (person: PersonInFile) => LookedUp<C>;

const UNKNOWN = { candidate: null, isAgain: false } as const;

/** Collects the users of one file in file order; then gives amendments, batches and index. `C` says why somebody is a candidate. */
export class People<C = never> {
  readonly amendments: Amendment[] = [];
  /** The first lines of rows that were rejected by themselves, ascending. */
  readonly rejectedLines: number[] = [];
  private count = 0;
  private readonly rows = new Column(Uint32Array);
  private readonly lines = new Column(Uint32Array);
  private readonly offsets = new Column(Float64Array);
  private readonly sizes = new Column(Uint32Array);
  private readonly idHashes = new Column(BigUint64Array);
  private readonly nameHashes = new Column(BigUint64Array);
  private readonly records = new Column(BigUint64Array);
  private readonly flags = new Column(Uint8Array);
  private readonly idEnds = new Column(Float64Array);
  private ids = Buffer.alloc(16_384);
  private readonly byId = new HashSlots((at) => this.idHashes.get(at));
  private readonly byUserName = new HashSlots((at) => this.nameHashes.get(at));

  constructor(
    private readonly hash: Hash64,
    private readonly lookUp: LookUp<C> = () => UNKNOWN,
  ) {}

  /**
   * Notes one staged user; `record` is the line of `scim`, its canonical text, or the UTF-8 bytes of it. Returns why the user is a candidate,
   * or null.
   */
  add(user: StagedUser, record: string | Uint8Array, scim: ScimUser): C | null {
    const at = this.count;
    const recordHash = this.hash(record);
    const first = this.claimId(at, user.externalId);
    if (first !== null) {
      this.addAgain(user, recordHash, first);
      return null;
    }
    this.count++;
    const { line, leftAt = null } = user;
    const person = { at, line, idHash: this.idHashes.get(at), recordHash, user: scim, leftAt };
    const { candidate, isAgain } = this.lookUp(person);
    this.rows.set(at, user.row);
    this.lines.set(at, user.line);
    this.offsets.set(at, user.offset);
    this.sizes.set(at, user.bytes);
    this.records.set(at, recordHash);
    this.flags.set(at, (user.active ? ACTIVE : 0) | (candidate !== null ? CANDIDATE : isAgain ? AGAIN : 0));
    this.keepId(at, user.externalId);
    this.claimUserName(at, user.userName);
    return candidate;
  }

  /** Notes a row that was rejected for another reason: a row with the same id or user name is in doubt as well. */
  addRejected({ line, id, userName }: RejectedClaims): void {
    if (this.rejectedLines.length < KEPT_LINES) this.rejectedLines.push(line);
    if (id === null && userName === null) return;
    const at = this.addDropped(line);
    const first = id === null ? null : this.claimId(at, id);
    if (first !== null) this.drop(first, 'duplicate-id', line);
    this.claimUserName(at, userName);
  }

  private addAgain(user: StagedUser, recordHash: bigint, first: number): void {
    const dropped = (this.flags.get(first) & DROPPED) !== 0;
    if (!dropped && this.records.get(first) === recordHash) {
      this.amendments.push({ row: user.row, kind: 'collapsed', into: this.rows.get(first) });
      return;
    }
    this.drop(first, 'duplicate-id', user.line);
    this.amendments.push({ row: user.row, line: user.line, kind: 'duplicate-id', otherLine: this.lines.get(first) });
    this.claimUserName(this.addDropped(user.line), user.userName);
  }

  /** Adds a row that is not sent but whose claims count. */
  private addDropped(line: number): number {
    const at = this.count++;
    this.lines.set(at, line);
    this.flags.set(at, DROPPED);
    this.keepId(at, '');
    return at;
  }

  /** Claims the id for `at`; returns the earlier claimant, or null if there is none. */
  private claimId(at: number, id: string): number | null {
    const idHash = this.hash(foldId(id));
    this.idHashes.set(at, idHash);
    return this.byId.putIfAbsent(idHash, at);
  }

  private claimUserName(at: number, userName: string | null): void {
    if (userName === null) return;
    const nameHash = this.hash(foldUserName(userName));
    this.nameHashes.set(at, nameHash);
    const claimant = this.byUserName.putIfAbsent(nameHash, at);
    if (claimant === null) return;
    this.drop(claimant, 'duplicate-user-name', this.lines.get(at));
    this.drop(at, 'duplicate-user-name', this.lines.get(claimant));
  }

  private drop(at: number, kind: 'duplicate-id' | 'duplicate-user-name', otherLine: number): void {
    if ((this.flags.get(at) & DROPPED) !== 0) return;
    this.flags.set(at, this.flags.get(at) | DROPPED);
    this.amendments.push({ row: this.rows.get(at), line: this.lines.get(at), kind, otherLine });
  }

  private keepId(at: number, id: string): void {
    const start = at === 0 ? 0 : this.idEnds.get(at - 1);
    const bytes = Buffer.byteLength(id);
    if (start + bytes > this.ids.length)
      this.ids = Buffer.concat([this.ids], Math.max(this.ids.length * 2, start + bytes));
    this.ids.write(id, start);
    this.idEnds.set(at, start + bytes);
  }

  private idAt(at: number): string {
    return this.ids.toString('utf8', at === 0 ? 0 : this.idEnds.get(at - 1), this.idEnds.get(at));
  }

  /** The batches in order of their number, each kind in file order. Complete only when every user has been added. */
  *packed(): Generator<PackedBatch> {
    let number = 0;
    for (const kind of KINDS) {
      // Leavers are served before everybody else of the tenant: whoever is disabled already can wait.
      const leavers = (kind & (ACTIVE | AGAIN)) === 0;
      const candidates = (kind & CANDIDATE) !== 0;
      let rows: PackedBatch['rows'][number][] = [];
      for (let at = 0; at < this.count; at++) {
        if (this.flags.get(at) !== kind) continue;
        rows.push([this.rows.get(at), this.idAt(at), this.offsets.get(at), this.sizes.get(at)]);
        if (rows.length === MAX_OPERATIONS_PER_REQUEST) {
          yield { batch: batchIdOf(++number), leavers, candidates, rows };
          rows = [];
        }
      }
      if (rows.length > 0) yield { batch: batchIdOf(++number), leavers, candidates, rows };
    }
  }

  /** True if any row of the file names the person, also one that was rejected. */
  names(idHash: bigint): boolean {
    return this.byId.get(idHash) !== null;
  }

  /** The people who are not dropped, in file order. Complete only when every user has been added. */
  *kept(): Generator<KeptPerson> {
    for (let at = 0; at < this.count; at++)
      if ((this.flags.get(at) & DROPPED) === 0) yield { at, line: this.lines.get(at), idHash: this.idHashes.get(at) };
  }

  /** The entries of the people index, in file order; may be iterated more than once. */
  indexed(): Iterable<IndexedPerson> {
    return { [Symbol.iterator]: () => this.walkIndexed() };
  }

  private *walkIndexed(): Generator<IndexedPerson> {
    const people = KINDS.map(() => 0);
    for (let at = 0; at < this.count; at++) addTo(people, this.kindAt(at), 1);
    // The number of batches before those of each kind.
    const before = people.map((_, kind) =>
      people.slice(0, kind).reduce((sum, count) => sum + Math.ceil(count / MAX_OPERATIONS_PER_REQUEST), 0),
    );
    const next = KINDS.map(() => 0);
    for (let at = 0; at < this.count; at++) {
      const kind = this.kindAt(at);
      if (kind < 0) continue;
      const batch = (before[kind] ?? 0) + Math.floor((next[kind] ?? 0) / MAX_OPERATIONS_PER_REQUEST) + 1;
      addTo(next, kind, 1);
      yield { idHash: this.idHashes.get(at), recordHash: this.records.get(at), batch };
    }
  }

  /** The place in `KINDS`; -1 for a row that is not sent. */
  private kindAt(at: number): number {
    return KINDS.findIndex((kind) => kind === this.flags.get(at));
  }
}

function addTo(counts: number[], at: number, more: number): void {
  if (at >= 0) counts[at] = (counts[at] ?? 0) + more;
}
