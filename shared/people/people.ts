// What only the whole file can show, in a few bytes per person: which of several rows of one id counts, who else has a user name, and which row is
// sent in which batch. While the file is read, rows that have an id or a name in common are only put together; at its end rows-of-id.ts and
// user-name-claims.ts decide about them, ids first: a row that does not count claims no name.
import { foldId } from '../columns/id';
import type { RowRank } from '../columns/row-rank';
import type { Hash64 } from '../core/hash';
import type { ScimUser } from '../scim/user';
import { Column, HashSet, HashSlots } from './number-tables';
import type { IndexedPerson, PackedBatch } from './packing';
import { indexedPeople, packedBatches } from './packing';
import {
  ACTIVE,
  AGAIN,
  CANDIDATE,
  Chains,
  DELIVERED,
  DROPPED,
  ID_IN_DOUBT,
  ID_IS_OF_TODAY,
  ID_MAY_BE_ACTIVE,
  RowTable,
  SAYS_ACTIVE,
  SAYS_INACTIVE,
  STAGED,
  VOID,
  WAITS,
} from './row-table';
import type { RowOfId } from './rows-of-id';
import { decideRows, fateOf } from './rows-of-id';
import type { NameClaim } from './user-name-claims';
import { fateOfClaim, mayHold } from './user-name-claims';

/** A user as it was staged: position in the export, and byte range of its line in the users blob. */
export interface StagedUser {
  readonly row: number;
  readonly line: number;
  readonly externalId: string;
  readonly userName: string | null;
  readonly active: boolean;
  /** What the rules for several rows of one person see in it; absent if there are none. */
  readonly rank?: RowRank;
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
  /** What its status says; null if that cannot be read. */
  readonly active: boolean | null;
  /** As of a user; null if nothing of the row can be read. */
  readonly rank: RowRank | null;
}

/** Why a row is rejected because of another one, and the line of that one. */
export interface Duplicate {
  readonly kind: 'duplicate-id' | 'duplicate-user-name';
  readonly otherLine: number;
}

/**
 * Why a row is not sent because of another one: it says the same as an earlier one, or contradicts another; another one counts for the person; or
 * nothing was ever sent for the person, who is inactive, and somebody else in the file has the user name.
 */
export type Dropped =
  | { readonly kind: 'collapsed'; readonly into: number }
  | Duplicate
  | { readonly kind: 'superseded'; readonly otherLine: number }
  | { readonly kind: 'skipped' };

/** A row is sent, and somebody who is inactive, and was sent before, has its user name. */
export interface NameHeld {
  readonly kind: 'name-held';
  readonly holder: { readonly line: number; readonly id: string };
}

/** What an added row is. What becomes of one that is kept is known at the end of the file (`amendments`). */
export type Added<C> =
  | ({ readonly kind: 'kept' } & Pick<LookedUp<C>, 'candidate' | 'wasActive'>)
  | Extract<Dropped, { kind: 'collapsed' }>
  | (Duplicate & { readonly kind: 'duplicate-id' });

/** What the end of the file shows about a row that was kept when it was added. */
export type Amendment = { readonly row: number; readonly line: number; readonly id: string } & (Dropped | NameHeld);

/** A person with a row that may be sent; `at` as in `PersonInFile`. */
export type KeptPerson = Pick<PersonInFile, 'at' | 'line' | 'idHash'>;

/** Entra compares userPrincipalName without case. */
const foldUserName = (userName: string): string => userName.trim().toLowerCase();

/** What became of a row that was kept; `others` has the line of the other row, its number (collapsed), or its place (name-held). */
const FATES = ['duplicate-id', 'duplicate-user-name', 'superseded', 'collapsed', 'skipped', 'name-held'] as const;
type Fate = (typeof FATES)[number];

/** Lines that are kept of rows that have something in common: a sentence names no more. Our choice, 2026-11. */
export const KEPT_LINES = 5;

/** A row of a person as the file has it; `at` is its place in the file's people, from 0. */
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
 * What is known of a person: why the record need not be sent (null: it must), that it is sent again although nothing changed, that the person is known
 * as active, and that anything was ever sent for them.
 */
export interface LookedUp<C> {
  readonly candidate: C | null;
  readonly isAgain: boolean;
  readonly wasActive: boolean;
  readonly isDelivered: boolean;
}

/** Says what is known of a person and a record; asked once for each row that may be sent, in file order. */
export type LookUp<C> = (person: PersonInFile) => LookedUp<C>;

const UNKNOWN = { candidate: null, isAgain: false, wasActive: false, isDelivered: false } as const;

const NO_RANK: RowRank = [];

/** More different rows of one id than that are in doubt, whatever they say: nobody has so many contracts. Our choice, 2026-11. */
export const MAX_ROWS_OF_ID = 1_000;

/** A row that was rejected, or is in doubt at once. */
type ClaimingRow = Omit<RejectedClaims, 'id'> & { readonly idHash: bigint | null; readonly waits: boolean };

/** What a row that does not wait means for its id. */
const ofToday = (active: boolean | null): number =>
  active === false ? ID_IS_OF_TODAY : ID_IS_OF_TODAY | ID_MAY_BE_ACTIVE;

/** A row that claims a user name. */
type Claim = NameClaim & { readonly at: number; readonly idHash: bigint };

/**
 * Collects the rows of one file in file order; then gives amendments, batches and index. `C` says why somebody is a candidate. It keeps nothing of a
 * row that repeats the first one of its id, nor of one that cannot be sent and claims nothing new: there may be millions of them.
 */
export class People<C = never> {
  /** The first lines of rows that were rejected when they were added, ascending. */
  readonly rejectedLines: number[] = [];
  private readonly table = new RowTable();
  private readonly fates = new Column(Uint8Array);
  private readonly others = new Column(Uint32Array);
  private amended = 0;
  private isDecided = false;
  /** Of the first row of an id: the line of the first one that says something else. */
  private readonly otherLines = new Column(Uint32Array);
  /** Null in files without such rows. */
  private unsent: HashSet | null = null;
  private readonly byId = new HashSlots((at) => this.table.idHashes.get(at));
  private readonly byUserName = new HashSlots((at) => this.table.nameHashes.get(at));
  private readonly sameId = new Chains();
  private readonly sameName = new Chains();

  constructor(
    private readonly hash: Hash64,
    private lookUp: LookUp<C> = () => UNKNOWN,
  ) {}

  /** Notes one staged user; `record` is the line of `scim`, its canonical text, or the UTF-8 bytes of it. */
  add(user: StagedUser, record: string | Uint8Array, scim: ScimUser): Added<C> {
    const { table } = this;
    const at = this.nextPlace();
    const { line, active, rank = NO_RANK, leftAt = null, goesOn = null } = user;
    const waits = goesOn !== null;
    const idHash = this.hash(foldId(user.externalId));
    const recordHash = this.hash(record);
    const first = this.byId.putIfAbsent(idHash, at);
    if (first !== null) {
      if (!table.has(first, ID_IN_DOUBT) && this.saysTheSame(first, recordHash, rank))
        return { kind: 'collapsed', into: table.rows.get(first) };
      if (!this.mayStillCount(first, { line, active, rank, waits })) {
        this.claim({ line, idHash, userName: user.userName, active, rank, waits });
        this.noteRejected(line);
        return { kind: 'duplicate-id', otherLine: table.lines.get(first) };
      }
      this.sameId.add(first, at);
    }
    table.count++;
    table.idHashes.set(at, idHash);
    const person = { at, line, idHash, recordHash, user: scim, leftAt, goesOn };
    const { candidate, isAgain, wasActive, isDelivered } = this.lookUp(person);
    table.rows.set(at, user.row);
    table.lines.set(at, line);
    table.offsets.set(at, user.offset);
    table.sizes.set(at, user.bytes);
    table.records.set(at, recordHash);
    table.kinds.set(at, (active ? ACTIVE : 0) | (candidate !== null ? CANDIDATE : isAgain ? AGAIN : 0));
    const says = (active ? SAYS_ACTIVE : SAYS_INACTIVE) | (waits ? WAITS : ofToday(active));
    table.marks.set(at, STAGED | says | (isDelivered ? DELIVERED : 0));
    table.addId(user.externalId);
    table.setRank(at, rank, rank.length);
    if (user.userName !== null) this.claimName(at, this.hash(foldUserName(user.userName)));
    return { kind: 'kept', candidate, wasActive };
  }

  /** Notes a row that was rejected for another reason: it may be the one that counts, and its user name somebody's. */
  addRejected({ line, id, userName, active, rank }: RejectedClaims): void {
    this.noteRejected(line);
    const idHash = id === null ? null : this.hash(foldId(id));
    this.claim({ line, idHash, userName, active, rank, waits: false });
  }

  /** Notes a row that is not sent and says nothing against another one: its person is in the file, and that is all. */
  addUnsent(id: string | null): void {
    if (id === null) return;
    this.unsent ??= new HashSet();
    this.unsent.add(this.hash(foldId(id)));
  }

  private nextPlace(): number {
    if (this.isDecided) throw new TypeError('the file has ended: its rows are decided about');
    return this.table.count;
  }

  private saysTheSame(first: number, recordHash: bigint, rank: RowRank): boolean {
    const { table } = this;
    if (!table.has(first, STAGED) || table.records.get(first) !== recordHash) return false;
    return rank.length === 0 || table.rankAt(first).every((value, rule) => Object.is(value, rank[rule]));
  }

  /**
   * Notes one more row of an id, whose first one is at `first`. False if no row of the id can be sent, whatever else comes: without rules nothing tells
   * rows apart of which one may be active, with them nothing tells a row apart that cannot be read; and too many are too many.
   */
  private mayStillCount(
    first: number,
    { line, active, rank, waits }: Omit<ClaimingRow, 'idHash' | 'userName'>,
  ): boolean {
    const { table } = this;
    const isAlone = waits || !table.has(first, ID_IS_OF_TODAY);
    if (this.otherLines.get(first) === 0) this.otherLines.set(first, line);
    if (!waits) table.mark(first, ofToday(active));
    const isWithoutRule = !isAlone && rank?.length === 0 && table.has(first, ID_MAY_BE_ACTIVE);
    if (rank === null || isWithoutRule || this.sameId.lengthOf(first) >= MAX_ROWS_OF_ID) table.mark(first, ID_IN_DOUBT);
    return !table.has(first, ID_IN_DOUBT);
  }

  /** Notes what a row claims that is rejected. */
  private claim(row: ClaimingRow): void {
    const { table } = this;
    const { line, idHash, userName, active, rank } = row;
    const at = this.nextPlace();
    const first = idHash === null ? null : this.byId.get(idHash);
    const isRanked = first !== null && this.mayStillCount(first, row) && rank !== null && rank.length > 0;
    const nameHash = userName === null ? null : this.hash(foldUserName(userName));
    const isNewName = nameHash !== null && !this.isClaimed(nameHash, idHash, active);
    const isNewId = idHash !== null && first === null;
    if (!isNewId && !isRanked && !isNewName) return;
    table.count++;
    table.lines.set(at, line);
    table.kinds.set(at, DROPPED);
    table.addId('');
    if (active !== null) table.mark(at, active ? SAYS_ACTIVE : SAYS_INACTIVE);
    if (idHash !== null) table.idHashes.set(at, idHash);
    if (isNewId) {
      this.byId.putIfAbsent(idHash, at);
      table.mark(at, ofToday(active));
      if (rank === null) table.mark(at, ID_IN_DOUBT);
    } else if (isRanked) this.sameId.add(first, at);
    if (rank !== null) table.setRank(at, rank, rank.length);
    if (isNewName) this.claimName(at, nameHash);
  }

  private claimName(at: number, nameHash: bigint): void {
    this.table.nameHashes.set(at, nameHash);
    const first = this.byUserName.putIfAbsent(nameHash, at);
    if (first !== null) this.sameName.add(first, at);
  }

  /** True if a row of the id claims the name as much, as far as a look at two of its rows tells. */
  private isClaimed(nameHash: bigint, idHash: bigint | null, active: boolean | null): boolean {
    const { table } = this;
    const first = this.byUserName.get(nameHash);
    if (first === null || idHash === null) return false;
    return [first, this.sameName.lastBehind(first)].some(
      (at) => at !== null && table.idHashes.get(at) === idHash && (active === false || table.activeAt(at) !== false),
    );
  }

  private noteRejected(line: number): void {
    if (this.rejectedLines.length < KEPT_LINES) this.rejectedLines.push(line);
  }

  /** The file has ended. */
  private decide(): void {
    if (this.isDecided) return;
    this.isDecided = true;
    // Nobody is added any more, and what people were looked up in is a roster of tens of MB.
    this.lookUp = () => UNKNOWN;
    this.decideIds();
    for (const places of this.sameName.all()) this.decideName(places);
  }

  private decideIds(): void {
    const { table } = this;
    // Most ids in doubt have no second row that was kept.
    for (let at = 0; at < table.count; at++)
      if (table.has(at, ID_IN_DOUBT) && !table.isDropped(at)) this.drop(at, 'duplicate-id', this.otherLines.get(at));
    for (const places of this.sameId.all()) this.decideId(places);
  }

  private decideId(places: readonly [first: number, ...others: number[]]): void {
    const { table } = this;
    const [first] = places;
    const rows = places.map((at) => this.rowOfId(at));
    const decision = table.has(first, ID_IN_DOUBT) ? { counts: null } : decideRows(rows);
    for (const row of rows) {
      const { at } = row;
      switch (fateOf(row, decision)) {
        case 'same':
          this.drop(at, 'collapsed', table.rows.get(decision.counts?.at ?? first));
          break;
        case 'superseded':
          this.drop(at, 'superseded', decision.counts?.line ?? 0);
          break;
        case 'in-doubt':
          this.drop(at, 'duplicate-id', at === first ? this.otherLines.get(first) : table.lines.get(first));
          break;
        case 'rejected':
          if (decision.counts !== null && decision.counts !== row) table.mark(at, VOID);
          break;
        case 'sent':
      }
    }
  }

  private rowOfId(at: number): RowOfId & { readonly at: number } {
    const { table } = this;
    return {
      at,
      line: table.lines.get(at),
      canGo: table.has(at, STAGED),
      waits: table.has(at, WAITS),
      active: table.activeAt(at),
      rank: table.rankAt(at),
      record: table.records.get(at),
    };
  }

  private decideName(places: readonly number[]): void {
    const claims = this.tellingClaims(places);
    for (const at of places) {
      const claim = this.nameClaimOf(at);
      if (claim?.goes !== true) continue;
      const fate = fateOfClaim(
        claim,
        claims.filter(({ idHash }) => idHash !== claim.idHash),
      );
      if (fate.kind === 'in-doubt') this.drop(at, 'duplicate-user-name', fate.other.line);
      else if (fate.kind === 'held') this.amend(at, 'name-held', fate.holder.at);
      else if (fate.kind === 'skipped' && this.table.kinds.get(at) !== CANDIDATE) this.skip(at);
    }
  }

  /** The claims that matter to the others: of two people who may be active, and of one who may hold the name. There may be millions of others. */
  private tellingClaims(places: readonly number[]): readonly Claim[] {
    const telling: Claim[] = [];
    let rivals = 0;
    let holders = 0;
    for (const at of places) {
      const claim = this.nameClaimOf(at);
      if (claim === null) continue;
      const isRival = claim.active !== false && telling.every(({ idHash }) => idHash !== claim.idHash) && rivals++ < 2;
      const isHolder = mayHold(claim) && holders++ === 0;
      if (isRival || isHolder) telling.push(claim);
      if (rivals >= 2 && holders > 0) break;
    }
    return telling;
  }

  /** Null for a row that says nothing about the name: another row of its id counts. */
  private nameClaimOf(at: number): Claim | null {
    const { table } = this;
    const line = table.lines.get(at);
    const idHash = table.idHashes.get(at);
    const fate = this.fateAt(at);
    if (fate === 'superseded' || fate === 'collapsed' || table.has(at, VOID)) return null;
    if (!table.isDropped(at))
      return { at, line, idHash, goes: true, active: table.activeAt(at), isDelivered: table.has(at, DELIVERED) };
    return { at, line, idHash, goes: false, active: table.activeAt(at), isDelivered: false };
  }

  private fateAt(at: number): Fate | null {
    return FATES[this.fates.get(at) - 1] ?? null;
  }

  private amend(at: number, fate: Fate, other: number): void {
    this.fates.set(at, FATES.indexOf(fate) + 1);
    this.others.set(at, other);
    this.amended++;
  }

  private drop(at: number, fate: Fate, other: number): void {
    if (this.table.isDropped(at)) return;
    this.table.kinds.set(at, this.table.kinds.get(at) | DROPPED);
    this.amend(at, fate, other);
  }

  /** Packed as somebody inactive for whom nothing was ever sent, as if the settings said so. */
  private skip(at: number): void {
    this.table.kinds.set(at, CANDIDATE);
    this.amend(at, 'skipped', 0);
  }

  /** What the end of the file shows about rows that were kept when they were added; ascending. Ends the file: nothing may be added any more. */
  *amendments(): Generator<Amendment, undefined> {
    this.decide();
    for (let at = 0, left = this.amended; left > 0; at++) {
      const fate = this.fateAt(at);
      if (fate === null) continue;
      left--;
      yield {
        row: this.table.rows.get(at),
        line: this.table.lines.get(at),
        id: this.table.idAt(at),
        ...this.tell(at, fate),
      };
    }
  }

  private tell(at: number, kind: Fate): Dropped | NameHeld {
    const other = this.others.get(at);
    if (kind === 'skipped') return { kind };
    if (kind === 'collapsed') return { kind, into: other };
    if (kind === 'name-held')
      return { kind, holder: { line: this.table.lines.get(other), id: this.table.idAt(other) } };
    return { kind, otherLine: other };
  }

  /** The batches in order of their number, each kind in file order. Ends the file. */
  packed(): Generator<PackedBatch> {
    this.decide();
    return packedBatches(this.table);
  }

  /** The entries of the people index, in file order; may be iterated more than once. Ends the file. */
  indexed(): Iterable<IndexedPerson> {
    this.decide();
    return { [Symbol.iterator]: () => indexedPeople(this.table) };
  }

  /** The people who are neither dropped nor skipped, in file order. Ends the file. */
  *kept(): Generator<KeptPerson> {
    this.decide();
    const { table } = this;
    for (let at = 0; at < table.count; at++)
      if (!table.isDropped(at) && this.fateAt(at) !== 'skipped')
        yield { at, line: table.lines.get(at), idHash: table.idHashes.get(at) };
  }

  /** True if any row of the file names the person, also one that is not sent. */
  names(idHash: bigint): boolean {
    return this.byId.get(idHash) !== null || this.unsent?.has(idHash) === true;
  }

  /** True if the only rows of the person are ones that are not sent, with nothing to correct in them. */
  isSetAside(idHash: bigint): boolean {
    return this.unsent?.has(idHash) === true && this.byId.get(idHash) === null;
  }
}
