// Which of several rows of one id counts, and what becomes of each: the one place that decides it (ADR 0037). The order of the rows in the file does not
// matter, and a row that disables somebody goes only if none of them may say that the person is active.
import type { RowRank } from '../columns/row-rank';

/** A row as it stands against the others of its id. */
export interface RowOfId {
  readonly line: number;
  /** False of a row that was rejected, or cannot be read. */
  readonly canGo: boolean;
  /** What its status says; null if that cannot be read: then it may be active. */
  readonly active: boolean | null;
  /** It waits for its first day (`active.from`), so it says nothing about today. */
  readonly waits: boolean;
  /** Null if nothing of the row can be read. */
  readonly rank: RowRank | null;
  /** Hash of the record of a row that can go: rows that say the same have the same one. */
  readonly record: bigint;
}

/**
 * What is decided about the rows of one id. `counts`: the row that counts, which is sent, unless it was rejected: then nobody is, and the
 * others need no correction all the same. Null: no rule tells the rows apart, or the one that counts would disable somebody who may be active. Then
 * none of them is sent.
 */
export interface RowsDecision<R extends RowOfId> {
  readonly counts: R | null;
}

/**
 * What becomes of one row: it is sent; it says what the sent one says, and shares its verdict; another one counts; it is in doubt; or it has a
 * rejection of its own.
 */
export type FateOfRow = 'sent' | 'same' | 'superseded' | 'in-doubt' | 'rejected';

/** Decides about all rows of one id, those that were rejected included; given in file order. One that waits counts only if all of them do. */
export function decideRows<R extends RowOfId>(rows: readonly R[]): RowsDecision<R> {
  const ofToday = rows.filter(({ waits }) => !waits);
  return decide(ofToday.length === 0 ? rows : ofToday);
}

function decide<R extends RowOfId>(rows: readonly R[]): RowsDecision<R> {
  const isOfInactive = rows.every(({ active }) => active === false);
  const best = isOfInactive ? highest(rows.filter(({ canGo }) => canGo)) : highest(rows);
  if (best === undefined) return { counts: null };
  const isCertain = isOfInactive || (best.active !== false && rows.every((row) => row === best || isAhead(best, row)));
  // Of rows that say the same, the first one in the file is sent, and the others share its verdict.
  return { counts: isCertain ? (rows.find((row) => saysTheSame(row, best)) ?? best) : null };
}

/** What the decision makes of one of the rows that it is about. */
export function fateOf(row: RowOfId, { counts }: RowsDecision<RowOfId>): FateOfRow {
  if (!row.canGo) return 'rejected';
  if (counts === null) return 'in-doubt';
  if (row === counts) return 'sent';
  return saysTheSame(row, counts) ? 'same' : 'superseded';
}

const saysTheSame = (a: RowOfId, b: RowOfId): boolean => a.canGo && b.canGo && a.record === b.record;

/** True if the first rule that tells the two apart prefers `one`, and can be read in both; or if it does not matter which of them counts. */
function isAhead(one: RowOfId, other: RowOfId): boolean {
  if (saysTheSame(one, other)) return true;
  if (one.rank === null || other.rank === null) return false;
  for (const [rule, value] of one.rank.entries()) {
    const against = other.rank[rule] ?? Number.NaN;
    // Nothing is ahead of what cannot be read, nor behind it.
    if (value !== against) return value > against;
  }
  return false;
}

/**
 * The row that the rules prefer, if what cannot be read is preferred last. If one is ahead of all others, it is this one, or says the same. Of rows that
 * no rule tells apart, a hash of what they say chooses, because their order in the file must not.
 */
const highest = <R extends RowOfId>(rows: readonly R[]): R | undefined =>
  rows.reduce<R | undefined>((most, row) => (most === undefined || isHigher(row, most) ? row : most), undefined);

function isHigher(one: RowOfId, other: RowOfId): boolean {
  for (const [rule, value] of (one.rank ?? []).entries()) {
    const [a, b] = [readable(value), readable(other.rank?.[rule] ?? Number.NaN)];
    if (a !== b) return a > b;
  }
  return one.record < other.record;
}

const readable = (value: number): number => (Number.isNaN(value) ? Number.NEGATIVE_INFINITY : value);
