// What becomes of somebody who has no row in a full file, as far as the roster and the settings say. Pure.
import type { ValuesOf } from '../core/codes';
import type { Message } from '../core/message';
import type { JobKey } from '../graph/job-key';
import { missingSince } from '../roster/compare-record';
import { wentTo } from '../roster/epoch';
import type { Day, RosterEntry } from '../roster/roster-entry';
import { dateOf, mayBeEnabled, nextTryOn } from '../roster/roster-entry';
import type { RosterHeader } from '../roster/roster-file';
import type { MissingCode, missingCodes } from './missing-codes';

/** A code of the table with its values. */
export const missingFate = <C extends MissingCode>(code: C, values: ValuesOf<typeof missingCodes, C>): Message => ({
  code,
  values,
});

/** What the decision about a full file rests on. */
export interface MissingRules {
  /** The day on which the file arrived. */
  readonly today: Day;
  /** Null: missing people are counted, and nothing else. */
  readonly disableAfterDays: number | null;
  /** The job that the file went to. */
  readonly job: JobKey;
}

/** Somebody who is missing and whose account may be enabled. `fate` is null for somebody who is to be disabled. */
export interface MissingPerson {
  readonly since: Day;
  readonly fate: Message | null;
}

/**
 * Null for somebody who is not missing, or whose account is disabled as far as is known: most people in the roster of an old source have left.
 * The days count from the first full file without a row of the person: in a full file of every day, N days are N + 1 files.
 */
export function missingPerson(entry: RosterEntry, header: RosterHeader, rules: MissingRules): MissingPerson | null {
  if (!mayBeEnabled(entry)) return null;
  const since = missingSince(entry, header);
  return since === null ? null : { since, fate: fateOf(entry, header, since, rules) };
}

function fateOf(
  entry: RosterEntry,
  header: Pick<RosterHeader, 'epochs'>,
  since: Day,
  { today, disableAfterDays, job }: MissingRules,
): Message | null {
  const { confirmedOn, unconfirmed } = entry;
  if (disableAfterDays === null) return missingFate('missing-kept', {});
  if (confirmedOn === null) return missingFate('missing-never-confirmed', {});
  if (!wentTo(entry, header, job)) return missingFate('missing-in-other-job', {});
  if (today - since < disableAfterDays)
    return missingFate('missing-not-yet', { from: dateOf(since + disableAfterDays) });
  // A record that disables was sent already, by this rule, an operator or HR's own row.
  if (unconfirmed !== null && !unconfirmed.active && nextTryOn(unconfirmed) > today)
    return missingFate('missing-tried-again', { nextTry: dateOf(nextTryOn(unconfirmed)) });
  return null;
}
