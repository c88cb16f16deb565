// The limits that apply to a run: what source.json writes, else the defaults, and what depends on the place.
import { DEFAULT_LIMITS, pairOf, UNSEEDED_COUNTS, type ColumnLimit, type CountLimit } from '../source/guard-settings';
import type { GuardSettings, LimitPair, RowsLimit, WrittenLimit } from '../source/guard-settings';
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

/**
 * The limits of a source at a place; null if the guard is off there. `"off"` and `firstRun: "send"` elsewhere count as not written: the
 * defaults apply. `asksPercent`: whether shares of the people known say anything; else other counts apply.
 */
export function limitsAt(
  guard: GuardSettings | undefined,
  place: GuardPlace,
  asksPercent: boolean,
): GuardLimits | null {
  if (guard === 'off' && place.isLoopback) return null;
  const written = guard === 'off' || guard === undefined ? {} : guard;
  const counted = (limit: keyof typeof UNSEEDED_COUNTS): LimitPair<CountLimit> =>
    asksPercent
      ? pairOf(written[limit], DEFAULT_LIMITS[limit])
      : unseededPairOf(written[limit], UNSEEDED_COUNTS[limit]);
  return {
    disabled: counted('disabled'),
    missing: pairOf(written.missing, DEFAULT_LIMITS.missing),
    changed: pairOf(written.changed, DEFAULT_LIMITS.changed),
    created: pairOf(written.created, DEFAULT_LIMITS.created),
    enabled: counted('enabled'),
    renamed: counted('renamed'),
    rejected: pairOf(written.rejected, DEFAULT_LIMITS.rejected),
    column: pairOf<ColumnLimit>(written.column, DEFAULT_LIMITS.column),
    rows: pairOf<RowsLimit>(written.rows, DEFAULT_LIMITS.rows),
    // Whoever writes source.json cannot spare the first look at what would be sent to a tenant.
    firstRun: place.isLoopback ? (written.firstRun ?? 'send') : 'hold',
  };
}

/** What is written without a count would stop nothing here. */
function unseededPairOf(written: WrittenLimit<CountLimit> | undefined, count: number): LimitPair<CountLimit> {
  const { warn, hold } = pairOf<CountLimit>(written, { warn: null, hold: { count } });
  return { warn, hold: hold && { count, ...hold } };
}
