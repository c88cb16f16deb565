// Splits a log that was not read for a long time into stretches. Each is read to its end before the watermark moves past it, so a reading
// that exceeds the function's time limit continues where it stopped instead of starting over each time.

/**
 * Length of a stretch, ms. At the limit of the log a page of 1,000 entries takes 2.2 s; what a tenant may upload in a whole day
 * (6,000 calls of 50) is read in 11 minutes. Ours, 2026-11.
 */
const STRETCH_MS = 600_000;

/** Entries strictly after `after`, and strictly before `before` unless it is null; ms. */
export interface LogStretch {
  readonly after: number;
  readonly before: number | null;
}

/**
 * Covers everything after `from`. The first stretch reaches `STRETCH_MS` beyond the watermark `readUntil` (beyond `from`, if the log was
 * never read), so reading every minute gives one stretch. The last one is open, because entries appear while it is read. Neighbours
 * share a millisecond: both ends are strict, and an entry that is read twice counts once.
 */
export function logStretches(from: number, readUntil: number, now: number): readonly LogStretch[] {
  const stretches: LogStretch[] = [];
  let after = from;
  for (let end = Math.max(from, readUntil) + STRETCH_MS; end < now; end += STRETCH_MS) {
    stretches.push({ after, before: end });
    after = end - 1;
  }
  return [...stretches, { after, before: null }];
}
