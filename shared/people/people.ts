// What only the whole file can show, in a few bytes per person: duplicate ids, duplicate user names, and which row is sent in
// which batch. The packing depends on the file and the pinned roster alone (*fixedPacking*): leavers first, then everybody whose record is
// news, then those who are sent again although nothing changed; last the candidates: people whom the roster lets rest, in batches that are
// made only for those who must be sent all the same.
import { foldId } from '../columns/id';
import type { Hash64 } from '../core/hash';
import { MAX_OPERATIONS_PER_REQUEST } from '../graph/limits';
import type { ScimUser } from '../scim/user';
import { Column, HashSet, HashSlots } from './number-tables';

/** A user as it was staged: position in the export, and byte range of its line in the users blob. */
export interface StagedUser {
  readonly row: number;
  readonly line: number;
  readonly externalId: string;
  readonly userName: string | null;
  readonly active: boolean;
  /** Since when an inactive person is gone, ms since the epoch; null or absent if that is not known. */
  readonly leftAt?: number | null;
  /** The date, yyyy-MM-dd, from which a row goes that waits for its first day; null or absent for one that goes. */
  readonly goesOn?: string | null;
  readonly offset: number;
  readonly bytes: number;
}

/** What a rejected row says about itself, as far as it is known. */
export interface RejectedClaims {
  readonly line: number;
  readonly id: string | null;
  readonly userName: string | null;
}

/** Why a row is rejected because of another one, and the line of that one. */
export interface Duplicate {
  readonly kind: 'duplicate-id' | 'duplicate-user-name';
  readonly otherLine: number;
}

/** Why a row is not sent because of an earlier one: it says the same, or contradicts it. */
export type Dropped = { readonly kind: 'collapsed'; readonly into: number } | Duplicate;

/** What an added row is. One that is kept may still be dropped because of a later row (`amendments`). */
export type Added<C> = ({ readonly kind: 'kept' } & Omit<LookedUp<C>, 'isAgain'>) | Dropped;

/** A row that was kept when it was added, and dropped because of a later one. */
export interface Amendment extends Duplicate {
  readonly row: number;
  readonly line: number;
}

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
/** Kept when it was added, and dropped for its id or its user name since. */
const AMENDED_ID = 16;
const AMENDED_NAME = 32;

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
  /** As in `StagedUser`. */
  readonly leftAt: number | null;
  readonly goesOn: string | null;
}

/**
 * What is known of a person: why the record need not be sent (null: it must), that it is sent again although nothing changed, and that the person
 * is known as active.
 */
export interface LookedUp<C> {
  readonly candidate: C | null;
  readonly isAgain: boolean;
  readonly wasActive: boolean;
}

/** Says what is known of a person; asked once for each, in file order. */
export type LookUp<C> = (person: PersonInFile) => LookedUp<C>;

const UNKNOWN = { candidate: null, isAgain: false, wasActive: false } as const;

/**
 * Collects the users of one file in file order; then gives amendments, batches and index. `C` says why somebody is a candidate. What it keeps is
 * in columns: some 90 bytes for a person (docs/limits.md), and nothing for a row that repeats another one.
 */
export class People<C = never> {
  /** The first lines of rows that were rejected when they were added, ascending. */
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
  /** Of amended rows: the line of the other one. */
  private readonly otherLines = new Column(Uint32Array);
  private amended = 0;
  /** Null in files without such rows. */
  private unsent: HashSet | null = null;
  private readonly idEnds = new Column(Float64Array);
  private ids = Buffer.alloc(16_384);
  private readonly byId = new HashSlots((at) => this.idHashes.get(at));
  private readonly byUserName = new HashSlots((at) => this.nameHashes.get(at));

  constructor(
    private readonly hash: Hash64,
    private readonly lookUp: LookUp<C> = () => UNKNOWN,
  ) {}

  /** Notes one staged user; `record` is the line of `scim`, its canonical text, or the UTF-8 bytes of it. */
  add(user: StagedUser, record: string | Uint8Array, scim: ScimUser): Added<C> {
    const at = this.count;
    const idHash = this.hash(foldId(user.externalId));
    const recordHash = this.hash(record);
    this.idHashes.set(at, idHash);
    const first = this.byId.putIfAbsent(idHash, at);
    if (first !== null) return this.addAgain(user, recordHash, first);
    this.count++;
    const { line, leftAt = null, goesOn = null } = user;
    const { candidate, isAgain, wasActive } = this.lookUp({ at, line, idHash, recordHash, user: scim, leftAt, goesOn });
    this.rows.set(at, user.row);
    this.lines.set(at, user.line);
    this.offsets.set(at, user.offset);
    this.sizes.set(at, user.bytes);
    this.records.set(at, recordHash);
    this.flags.set(at, (user.active ? ACTIVE : 0) | (candidate !== null ? CANDIDATE : isAgain ? AGAIN : 0));
    this.keepId(at, user.externalId);
    if (user.userName === null) return { kind: 'kept', candidate, wasActive };
    const nameHash = this.hash(foldUserName(user.userName));
    this.nameHashes.set(at, nameHash);
    const claimant = this.byUserName.putIfAbsent(nameHash, at);
    if (claimant === null) return { kind: 'kept', candidate, wasActive };
    this.amend(claimant, AMENDED_NAME, line);
    this.flags.set(at, this.flags.get(at) | DROPPED);
    return this.reject(line, { kind: 'duplicate-user-name', otherLine: this.lines.get(claimant) });
  }

  /** Notes a row that was rejected for another reason: a row with the same id or user name is in doubt as well. */
  addRejected(claims: RejectedClaims): void {
    this.noteRejected(claims.line);
    this.claim(claims);
  }

  /** Notes a row that is not sent and says nothing against another one: its person is in the file, and that is all. */
  addUnsent(id: string | null): void {
    if (id === null) return;
    this.unsent ??= new HashSet();
    this.unsent.add(this.hash(foldId(id)));
  }

  /** The rows that were kept when they were added, and are dropped because of a later one; ascending. Complete only when every user was added. */
  *amendments(): Generator<Amendment, undefined> {
    for (let at = 0, left = this.amended; left > 0; at++) {
      const flags = this.flags.get(at);
      if ((flags & (AMENDED_ID | AMENDED_NAME)) === 0) continue;
      left--;
      yield {
        row: this.rows.get(at),
        line: this.lines.get(at),
        kind: (flags & AMENDED_ID) === 0 ? 'duplicate-user-name' : 'duplicate-id',
        otherLine: this.otherLines.get(at),
      };
    }
  }

  private addAgain({ line, userName }: StagedUser, recordHash: bigint, first: number): Dropped {
    const dropped = (this.flags.get(first) & DROPPED) !== 0;
    if (!dropped && this.records.get(first) === recordHash) return { kind: 'collapsed', into: this.rows.get(first) };
    this.amend(first, AMENDED_ID, line);
    this.claim({ line, id: null, userName });
    return this.reject(line, { kind: 'duplicate-id', otherLine: this.lines.get(first) });
  }

  private reject(line: number, why: Duplicate): Duplicate {
    this.noteRejected(line);
    return why;
  }

  private noteRejected(line: number): void {
    if (this.rejectedLines.length < KEPT_LINES) this.rejectedLines.push(line);
  }

  /** Id and user name of a row that is not sent. Nothing is kept of one whose claims were all made before: there may be millions of them. */
  private claim({ line, id, userName }: RejectedClaims): void {
    const idHash = id === null ? null : this.hash(foldId(id));
    const nameHash = userName === null ? null : this.hash(foldUserName(userName));
    const sameId = idHash === null ? null : this.byId.get(idHash);
    const sameName = nameHash === null ? null : this.byUserName.get(nameHash);
    if (sameId !== null) this.amend(sameId, AMENDED_ID, line);
    if (sameName !== null) this.amend(sameName, AMENDED_NAME, line);
    const newId = sameId === null ? idHash : null;
    const newName = sameName === null ? nameHash : null;
    if (newId === null && newName === null) return;
    const at = this.count++;
    this.lines.set(at, line);
    this.flags.set(at, DROPPED);
    this.keepId(at, '');
    if (newId !== null) {
      this.idHashes.set(at, newId);
      this.byId.putIfAbsent(newId, at);
    }
    if (newName !== null) {
      this.nameHashes.set(at, newName);
      this.byUserName.putIfAbsent(newName, at);
    }
  }

  /** Drops a row that was kept; one that is not sent anyway keeps its first reason. */
  private amend(at: number, why: typeof AMENDED_ID | typeof AMENDED_NAME, otherLine: number): void {
    if ((this.flags.get(at) & DROPPED) !== 0) return;
    this.flags.set(at, this.flags.get(at) | DROPPED | why);
    this.otherLines.set(at, otherLine);
    this.amended++;
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

  /** True if any row of the file names the person, also one that is not sent. */
  names(idHash: bigint): boolean {
    return this.byId.get(idHash) !== null || this.unsent?.has(idHash) === true;
  }

  /** True if the only rows of the person are ones that are not sent, with nothing to correct in them. */
  isSetAside(idHash: bigint): boolean {
    return this.unsent?.has(idHash) === true && this.byId.get(idHash) === null;
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
