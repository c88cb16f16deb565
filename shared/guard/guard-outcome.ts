// What the guard's decision means for a run: a hold with its reason, or a finding for the report.
import { holdsOf, type FileHold } from '../core/errors';
import type { Finding } from '../export/export-record';
import type { GuardSettings } from '../source/guard-settings';
import type { ValuesOf } from '../core/codes';
import type { guardCodes } from './guard-codes';
import type { GuardPlace } from './guard-limits';
import type { Tripped } from './tripped';

const holdByGuard = holdsOf<typeof guardCodes>();

/** The hold of a file that trips limits. */
export const holdForTrips = (tripped: readonly Tripped[]): FileHold => holdByGuard('guard-tripped', { tripped });

/** The hold of every file of a source that switches its guard off where that is not allowed; null if it does not. */
export const holdForGuardOff = (guard: GuardSettings | undefined, place: GuardPlace): FileHold | null =>
  guard === 'off' && !place.isLoopback ? holdByGuard('guard-off-not-here', {}) : null;

/** The finding that tells what a file does that should be known; none if there is nothing. */
export function warningsFor(tripped: readonly Tripped[]): readonly Finding[] {
  if (tripped.length === 0) return [];
  const values: ValuesOf<typeof guardCodes, 'guard-warned'> = { tripped };
  return [{ severity: 'warning', code: 'guard-warned', values, line: null, column: null, id: null }];
}
