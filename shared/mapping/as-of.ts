// The moment by which the days of a row are judged. It is the run's own, never the clock's: every attempt at a run must read the same day.
import { DateTime, type Zone } from 'luxon';

/** An instant, ms since the epoch; or a date (yyyy-MM-dd), which is the same day in every zone: for looking at a day that is to come. */
export type AsOf = { readonly at: number } | { readonly date: string };

/** The first instant of a day, ms since the epoch, also where the clock jumps at midnight or shows midnight twice. */
export const firstInstantOf = (day: DateTime): number =>
  Math.min(
    ...day
      .startOf('day')
      .getPossibleOffsets()
      .map((instant) => instant.toMillis()),
  );

/** The moment in a zone, ms since the epoch: of a date, its first instant there. */
export const instantIn = (asOf: AsOf, zone: Zone): number =>
  'at' in asOf ? asOf.at : firstInstantOf(DateTime.fromISO(asOf.date, { zone }));
