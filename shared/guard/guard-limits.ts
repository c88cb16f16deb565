// The limits that apply to a run: what source.json writes, else the defaults, and what depends on the place.
import { DEFAULT_LIMITS, pairOf, type ColumnLimit, type CountLimit } from '../source/guard-settings';
import type { GuardSettings, LimitPair, RowsLimit } from '../source/guard-settings';
import type { PeopleLimit } from './guard-counts';

/** Where the files go: `isLoopback` if Graph is a simulator on this machine, where nobody can come to harm. */
export interface GuardPlace {
  readonly isLoopback: boolean;
}

/** Every limit, resolved. */
export interface GuardLimits extends Readonly<Record<PeopleLimit | 'rejected', LimitPair<CountLimit>>> {
  readonly column: LimitPair<ColumnLimit>;
  readonly rows: LimitPair<RowsLimit>;
  readonly firstRun: 'hold' | 'send';
}

/** The limits of a source at a place; null if the guard is off there. `"off"` elsewhere counts as not written: the defaults apply. */
export function limitsAt(guard: GuardSettings | undefined, place: GuardPlace): GuardLimits | null {
  if (guard === 'off' && place.isLoopback) return null;
  const written = guard === 'off' || guard === undefined ? {} : guard;
  return {
    disabled: pairOf(written.disabled, DEFAULT_LIMITS.disabled),
    missing: pairOf(written.missing, DEFAULT_LIMITS.missing),
    changed: pairOf(written.changed, DEFAULT_LIMITS.changed),
    created: pairOf(written.created, DEFAULT_LIMITS.created),
    enabled: pairOf(written.enabled, DEFAULT_LIMITS.enabled),
    renamed: pairOf(written.renamed, DEFAULT_LIMITS.renamed),
    rejected: pairOf(written.rejected, DEFAULT_LIMITS.rejected),
    column: pairOf<ColumnLimit>(written.column, DEFAULT_LIMITS.column),
    rows: pairOf<RowsLimit>(written.rows, DEFAULT_LIMITS.rows),
    firstRun: written.firstRun ?? (place.isLoopback ? 'send' : 'hold'),
  };
}
