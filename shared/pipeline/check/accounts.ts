// What a checked file would do to accounts, in numbers.
import type { CheckedFile } from './check-file';

/** Accepted users by what becomes of their account. */
export interface AccountCounts {
  readonly enabled: number;
  readonly disabled: number;
}

/**
 * Counts the accepted users who would be sent in a first run; none of a held file. Those who wait for their first day, and inactive people for whom
 * nothing is sent (`unknownInactive`), are in neither number.
 */
export function countAccounts({ state, people }: CheckedFile): AccountCounts {
  const counts = { enabled: 0, disabled: 0 };
  if (state === 'held') return counts;
  for (const { leavers, candidates, rows } of people.packed())
    if (!candidates) counts[leavers ? 'disabled' : 'enabled'] += rows.length;
  return counts;
}
