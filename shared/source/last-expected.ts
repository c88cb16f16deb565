// The last time by which a file of a source was expected, from `expectBy` of its settings.
import { DateTime } from 'luxon';
import { HOUR_MS } from '../core/clock';
import type { ExpectBy } from './expect-settings';
import { WEEKDAYS } from './expect-settings';

/**
 * A file that came so long before the time counts, ms: one that is dropped in the evening is meant for the morning, one of the morning before is not.
 * Our choice, 2026-11.
 */
const COUNTS_FROM_MS = 12 * HOUR_MS;

/** A file was expected by `by`; one that came at `from` or later counts. ms. */
export interface Expected {
  readonly from: number;
  readonly by: number;
}

/** The last such time that is not after `now`, ms. A time that a change of the clock leaves out is an hour later on that day. */
export function lastExpected({ time, zone, days }: ExpectBy, now: number): Expected {
  const [hour = 0, minute = 0] = time.split(':').map(Number);
  const today = DateTime.fromMillis(now, { zone });
  for (let back = 0; ; back++) {
    const due = today.minus({ days: back }).set({ hour, minute, second: 0, millisecond: 0 });
    const by = due.toMillis();
    if (by <= now && days.some((day) => WEEKDAYS.indexOf(day) === due.weekday - 1))
      return { from: by - COUNTS_FROM_MS, by };
  }
}
