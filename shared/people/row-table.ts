// The rows of one file that may matter in the end, in columns: some 90 bytes each (docs/limits.md), and 8 for each rule of `rowsPerPerson`. A row is known
// by its place, from 0 in file order.
import type { RowRank } from '../columns/row-rank';
import { Column } from './number-tables';
import { Texts } from './texts';

/** Bits of `kinds`. A row that may be sent has only the first three of them, any other one is dropped. */
export const ACTIVE = 1;
export const CANDIDATE = 2;
export const AGAIN = 4;
export const DROPPED = 8;

/** Bits of `marks`. The row says that the person is active, or inactive; neither: it may be active. */
export const SAYS_ACTIVE = 1;
export const SAYS_INACTIVE = 2;
/** The row was staged: it can be sent, unless another one speaks against it. */
export const STAGED = 4;
/** Something was sent for the person before this file. */
export const DELIVERED = 8;
/** Another row of the id counts, so nothing that this one claims does. */
export const VOID = 16;
/** Of the first row of an id: no row with it is sent, whatever comes later. */
export const ID_IN_DOUBT = 32;
/** Of the first row of an id: one of its rows may be active. */
export const ID_MAY_BE_ACTIVE = 64;
/** The row waits for its first day. */
export const WAITS = 128;
/** Of the first row of an id: one of its rows does not wait. */
export const ID_IS_OF_TODAY = 256;

/** The columns. Nothing of a place is checked: `People` is the only writer. */
export class RowTable {
  count = 0;
  readonly rows = new Column(Uint32Array);
  readonly lines = new Column(Uint32Array);
  readonly offsets = new Column(Float64Array);
  readonly sizes = new Column(Uint32Array);
  readonly idHashes = new Column(BigUint64Array);
  /** 0 where the row has no user name. */
  readonly nameHashes = new Column(BigUint64Array);
  readonly records = new Column(BigUint64Array);
  readonly kinds = new Column(Uint8Array);
  readonly marks = new Column(Uint16Array);
  private readonly ranks: Column<Float64Array>[] = [];
  private readonly ids = new Texts();

  has(at: number, mark: number): boolean {
    return (this.marks.get(at) & mark) !== 0;
  }

  mark(at: number, marks: number): void {
    this.marks.set(at, this.marks.get(at) | marks);
  }

  isDropped(at: number): boolean {
    return (this.kinds.get(at) & DROPPED) !== 0;
  }

  /** What the row says of the account; null: it may be active. */
  activeAt(at: number): boolean | null {
    return this.has(at, SAYS_ACTIVE) ? true : this.has(at, SAYS_INACTIVE) ? false : null;
  }

  /** Called once for each place, in their order. */
  addId(id: string): void {
    this.ids.add(id);
  }

  /** Empty for a row that cannot be sent. */
  idAt(at: number): string {
    return this.ids.at(at);
  }

  /** A row of which nothing can be read has NaN for each rule. */
  setRank(at: number, rank: RowRank | null, rules: number): void {
    for (let rule = 0; rule < rules; rule++) {
      this.ranks[rule] ??= new Column(Float64Array);
      this.ranks[rule]?.set(at, rank?.[rule] ?? Number.NaN);
    }
  }

  rankAt(at: number): RowRank {
    return this.ranks.map((rank) => rank.get(at));
  }
}

/** Several places that have something in common: 4 to 12 bytes for each place up to the last of them. */
export class Chains {
  private readonly next = new Column(Uint32Array);
  private readonly heads = new Column(Uint32Array);
  private readonly lengths = new Column(Uint32Array);
  private count = 0;

  /** `first` is the head of a chain, or alone so far; `at` comes after it. */
  add(first: number, at: number): void {
    const second = this.next.get(first);
    if (second === 0) this.heads.set(this.count++, first);
    this.next.set(at, second);
    this.next.set(first, at);
    this.lengths.set(first, this.lengthOf(first) + 1);
  }

  /** How many places the chain has that begins at `first`. */
  lengthOf(first: number): number {
    return Math.max(1, this.lengths.get(first));
  }

  /** The place that was added last behind `first`; null if there is none. */
  lastBehind(first: number): number | null {
    const last = this.next.get(first);
    return last === 0 ? null : last;
  }

  /** Each chain as its places, ascending. */
  *all(): Generator<readonly [first: number, ...others: number[]]> {
    for (let i = 0; i < this.count; i++) {
      const first = this.heads.get(i);
      const others: number[] = [];
      for (let at = this.next.get(first); at !== 0; at = this.next.get(at)) others.push(at);
      yield [first, ...others.reverse()];
    }
  }
}
