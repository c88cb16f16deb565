// What happens on which night of the year: nothing but the daily change, or something special.

/**
 * - `usual`           the daily change
 * - `reorganisation`  40 % of all people move to another department; held, and approved by a person
 * - `half-file`       the export breaks off in the middle; held, never approved, replaced by the next night's
 * - `mapping`         the mapping fills one more attribute, so everybody is sent once more
 * - `restart`         the provisioning job is restarted while it has taken and not processed what was sent
 */
export type NightKind = 'usual' | 'reorganisation' | 'half-file' | 'mapping' | 'restart';

/** The special nights, as shares of the year: after the first file is done, and far enough apart for each to come to rest. */
const SPECIAL: readonly (readonly [share: number, kind: NightKind])[] = [
  [0.3, 'half-file'],
  [0.45, 'reorganisation'],
  [0.55, 'mapping'],
  [0.85, 'restart'],
];

/** The kind of each night, from 0. */
export function calendarOf(days: number): readonly NightKind[] {
  const calendar: NightKind[] = Array.from({ length: days }, () => 'usual');
  for (const [share, kind] of SPECIAL) calendar[Math.floor(days * share)] = kind;
  return calendar;
}
