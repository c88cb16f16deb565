// A record of a file against the roster. Pure: an entry and a record in, one of a few words out. `same` is only a candidate for `unchanged`
// (*freshCompare*).
import type { Day, RosterEntry, UnconfirmedReason } from './roster-entry';
import { dayOf, nextTryOn } from './roster-entry';
import type { Epoch, RosterHeader } from './roster-file';
import { placeOfEpoch } from './roster-file';
import { ABSENT } from './record-hash';

/**
 * What a record is to the roster; only `same`, and `unconfirmed` that is not due, cost no call. The attributes are those that differ from
 * the entry's record, sorted.
 * - `new`          nothing was ever sent for the person
 * - `changed`      another record than the one confirmed, or than the one sent in vain since
 * - `same`         the confirmed record
 * - `refresh`      the confirmed record, but it is to be sent again from time to time
 * - `unconfirmed`  the record that was sent and not confirmed; `isDue`: it is to be tried again now
 * - `new-epoch`    the entry's record is of another mapping, schema or job, whatever it says
 */
export type Comparison =
  | { readonly kind: 'new' }
  | { readonly kind: 'changed'; readonly attributes: readonly string[] }
  | { readonly kind: 'same' }
  | { readonly kind: 'refresh' }
  | {
      readonly kind: 'unconfirmed';
      readonly why: UnconfirmedReason;
      readonly tries: number;
      readonly nextTry: Day;
      readonly isDue: boolean;
    }
  | { readonly kind: 'new-epoch'; readonly attributes: readonly string[] };

/** A record as it is compared. `attributes` is asked for only if something differs. */
export interface ComparedRecord {
  readonly recordHash: bigint;
  readonly attributes: () => ReadonlyMap<string, number>;
}

/** Every how many days an unchanged person is sent again; null for never. */
export interface RefreshDays {
  readonly active: number | null;
  /** More often: somebody may have enabled one by hand. */
  readonly inactive: number | null;
}

/** What a comparison with one roster needs besides the entries. */
export interface CompareRules {
  /** The roster's attributes, in the order of the entries. */
  readonly attributes: readonly string[];
  /** Place of the file's epoch in the roster; 0 if nothing of it was sent yet. */
  readonly epoch: number;
  readonly today: Day;
  readonly refresh: RefreshDays;
}

/** The rules for comparing a file of this epoch with this roster on this day. */
export const compareRules = (header: RosterHeader, epoch: Epoch, today: Day, refresh: RefreshDays): CompareRules => ({
  attributes: header.attributes,
  epoch: placeOfEpoch(header, epoch),
  today,
  refresh,
});

/** Compares a record with the person's entry; null if there is none. */
export function compareRecord(entry: RosterEntry | null, record: ComparedRecord, rules: CompareRules): Comparison {
  if (entry === null) return { kind: 'new' };
  const { unconfirmed } = entry;
  const latest = unconfirmed ?? entry;
  // An epoch that no roster lists is 0 on both sides, and still not the same.
  if (latest.epoch !== rules.epoch || rules.epoch === 0)
    return { kind: 'new-epoch', attributes: changedAttributes(entry, record, rules) };
  if (latest.recordHash !== record.recordHash)
    return { kind: 'changed', attributes: changedAttributes(entry, record, rules) };
  if (unconfirmed !== null) {
    const { why, tries } = unconfirmed;
    const nextTry = nextTryOn(unconfirmed);
    return { kind: 'unconfirmed', why, tries, nextTry, isDue: nextTry <= rules.today };
  }
  return { kind: isRefreshDue(entry, rules) ? 'refresh' : 'same' };
}

function changedAttributes(entry: RosterEntry, record: ComparedRecord, rules: CompareRules): readonly string[] {
  const now = record.attributes();
  const before = entry.attributes;
  const changed = rules.attributes.filter((name, at) => (now.get(name) ?? ABSENT) !== (before[at] ?? ABSENT));
  const added = [...now.keys()].filter((name) => !rules.attributes.includes(name));
  return [...changed, ...added].sort();
}

/**
 * Each person has a day of their own in every interval, by the hash of the id: a tenant that was sent on one day is refreshed over all the days
 * that follow. Due if such a day came after the confirmation, so nobody is forgotten when no file came on that day.
 */
function isRefreshDue(entry: RosterEntry, { refresh, today }: CompareRules): boolean {
  const { active, confirmedOn } = entry;
  const every = active ? refresh.active : refresh.inactive;
  if (every === null || confirmedOn === null || today <= confirmedOn) return false;
  if (today - confirmedOn >= every) return true;
  const shift = Number(entry.idHash % BigInt(every));
  return Math.floor((today + shift) / every) > Math.floor((confirmedOn + shift) / every);
}

const SECONDS_MS = 1_000;

/**
 * Since when a person has had no row of any kind in any full file: the day of the first settled full file without one. Null if the person had a
 * row in the newest, or if a full file since then had a row without an id: that could have been anybody's.
 */
export function missingSince(
  { seenAt }: Pick<RosterEntry, 'seenAt'>,
  { fullFiles, doubtfulFullAt }: Pick<RosterHeader, 'fullFiles' | 'doubtfulFullAt'>,
): Day | null {
  const last = Math.max(seenAt, doubtfulFullAt);
  // Almost everybody.
  if ((fullFiles.at(-1) ?? 0) <= last) return null;
  const first = fullFiles.find((at) => at > last);
  return first === undefined ? null : dayOf(first * SECONDS_MS);
}
