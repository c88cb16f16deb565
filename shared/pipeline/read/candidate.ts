// Who need not be sent, as far as the roster knows (*freshCompare*): whoever equals a confirmed entry, and whoever was sent in vain and is to be
// tried again on a later day.
import type { Comparison, RefreshDays } from '../../roster/compare-record';
import type { RosterEntry } from '../../roster/roster-entry';
import type { Candidate, NotYet } from '../../run/run-files';
import type { SourceSettings } from '../../source/source-settings';

/** Why a record of somebody whom the roster knows need not be sent. */
export type KnownCandidate = Exclude<Candidate, 'unknown-inactive' | NotYet>;

/** Null if the record must be sent; an entry of a newer run says that run `run` came too late. */
export function candidateOf(entry: RosterEntry, compared: Comparison, run: string): KnownCandidate | null {
  if ((entry.unconfirmed ?? entry).run > run) return null;
  if (compared.kind === 'same') return 'confirmed';
  if (compared.kind !== 'unconfirmed' || compared.isDue) return null;
  return { why: compared.why, nextTry: compared.nextTry };
}

/** True of a person whom the roster knows as active: the record is confirmed, and nothing that was sent since says otherwise. */
export function isKnownAsActive(entry: RosterEntry, run: string): boolean {
  const { unconfirmed } = entry;
  if (!entry.active || entry.confirmedOn === null || unconfirmed?.active === false) return false;
  return (unconfirmed ?? entry).run <= run;
}

/** Every how many days the settings send unchanged people again. */
export const refreshDaysOf = ({ refresh }: SourceSettings): RefreshDays => ({
  active: refresh.everyDays,
  inactive: refresh.inactiveEveryDays,
});
