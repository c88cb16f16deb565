// One person of the roster, and how what two runs know of the person becomes one entry: whatever the order in which they settle, it is the same.
//
//   confirmed      the newest run with a success wins
//   unconfirmed    the newest run wins; within one run the later word: not-seen, failed, skipped, manager-not-resolved. It ends with a
//                  success of the same or a newer run; only a manager that is missing stays beside the success of its own run
//   seen           the newest file with a row of the person

import { DAY_MS } from '../core/clock';

/** Whole days since 1970-01-01, UTC. */
export type Day = number;

/** The day of a time in ms. */
export const dayOf = (ms: number): Day => Math.floor(ms / DAY_MS);

/** A day as `yyyy-MM-dd`. */
export const dateOf = (day: Day): string => new Date(day * DAY_MS).toISOString().slice(0, 10);

/** Why a sent record is not confirmed, weakest first: evidence only grows, so of two words of one run the later one is the stronger. */
export const UNCONFIRMED_REASONS = ['not-seen', 'failed', 'skipped', 'manager-not-resolved'] as const;
export type UnconfirmedReason = (typeof UNCONFIRMED_REASONS)[number];

/** A record that was sent and that Entra is not known to hold. */
export interface Unconfirmed {
  /** The run that sent it. */
  readonly run: string;
  readonly recordHash: bigint;
  /** As `RosterEntry.epoch`. */
  readonly epoch: number;
  readonly active: boolean;
  readonly why: UnconfirmedReason;
  /** The day of the last try. */
  readonly day: Day;
  /** How often this record was sent in vain, by as many runs: 1 to `MAX_TRIES`, which stands for that many or more. */
  readonly tries: number;
}

/** The record that Entra was last confirmed to hold of a person; if there is none, the record that was sent last. */
export interface RosterEntry {
  /** The hash of the folded id (`foldId`). */
  readonly idHash: bigint;
  /** The run with the record: its staged line is `bytes` bytes from `offset` of the run's `users.jsonl`, without the line end. */
  readonly run: string;
  readonly offset: number;
  readonly bytes: number;
  readonly recordHash: bigint;
  /** Place of the record's epoch in the roster's header, from 1; 0 for one that is no longer listed there. */
  readonly epoch: number;
  readonly active: boolean;
  /** Short hashes in the order of the header's attributes; 0 for an attribute that the record does not have. */
  readonly attributes: Uint16Array;
  /** The day of the last confirmation; null if none of the person's records was ever confirmed. */
  readonly confirmedOn: Day | null;
  readonly unconfirmed: Unconfirmed | null;
  /** Arrival of the newest settled file with a row of the person, seconds since the epoch. */
  readonly seenAt: number;
}

/** False if the account is disabled as far as is known. A record that enables and was sent in vain may have been processed all the same. */
export const mayBeEnabled = ({ active, confirmedOn, unconfirmed }: RosterEntry): boolean =>
  (confirmedOn !== null && active) || unconfirmed?.active === true;

/** Most tries that are told apart: the pause has stopped growing by then. */
export const MAX_TRIES = 7;
/** The longest pause between two tries of one record, days: about the interval of a full refresh. Our choice, 2026-11. */
export const MAX_PAUSE_DAYS = 32;

/** The day of the next try of a record that did not change: 1, 2, 4 … days after the last one. */
export const nextTryOn = ({ day, tries }: Pick<Unconfirmed, 'day' | 'tries'>): Day =>
  day + Math.min(2 ** (tries - 1), MAX_PAUSE_DAYS);

/** Joins two entries of one person. The attributes of both must be in the order of one header. */
export function joinEntries(a: RosterEntry, b: RosterEntry): RosterEntry {
  const base = newerRecord(a, b);
  const { idHash, run, offset, bytes, recordHash, epoch, active, attributes } = base;
  const other = base === a ? b : a;
  const confirmedOn =
    base.confirmedOn !== null && other.confirmedOn !== null && base.run === other.run
      ? Math.max(base.confirmedOn, other.confirmedOn)
      : base.confirmedOn;
  const unconfirmed = joinUnconfirmed(a.unconfirmed, b.unconfirmed);
  const isOver = unconfirmed !== null && confirmedOn !== null && isAnswered(unconfirmed, run);
  return {
    ...{ idHash, run, offset, bytes, recordHash, epoch, active, attributes, confirmedOn },
    unconfirmed: isOver ? null : unconfirmed,
    seenAt: Math.max(a.seenAt, b.seenAt),
  };
}

function newerRecord(a: RosterEntry, b: RosterEntry): RosterEntry {
  if ((a.confirmedOn === null) !== (b.confirmedOn === null)) return a.confirmedOn === null ? b : a;
  return b.run > a.run ? b : a;
}

const isAnswered = (sent: Unconfirmed, confirmedRun: string): boolean =>
  sent.run < confirmedRun || (sent.run === confirmedRun && sent.why !== 'manager-not-resolved');

const rankOf = (why: UnconfirmedReason): number => UNCONFIRMED_REASONS.indexOf(why);

function joinUnconfirmed(a: Unconfirmed | null, b: Unconfirmed | null): Unconfirmed | null {
  if (a === null || b === null) return a ?? b;
  if (a.run === b.run) {
    const isLater = rankOf(b.why) > rankOf(a.why) || (b.why === a.why && b.day > a.day);
    return { ...(isLater ? b : a), tries: Math.max(a.tries, b.tries) };
  }
  const [older, newer] = a.run < b.run ? [a, b] : [b, a];
  const isSameRecord = older.recordHash === newer.recordHash && older.epoch === newer.epoch;
  return isSameRecord ? { ...newer, tries: Math.min(MAX_TRIES, Math.max(newer.tries, older.tries + 1)) } : newer;
}
