// What the service asks for when it refuses: how long to wait.

/** A longer Retry-After is not believed, ms: a day, after which the daily quota is free again. Ours, 2026-11. */
export const MAX_RETRY_AFTER_MS = 86_400_000;

/** Retry-After in seconds or as a date (RFC 9110 §10.2.3), ms, at most `MAX_RETRY_AFTER_MS`; null if absent or unreadable, never negative. */
export function retryAfterMs(header: string | null, now: number): number | null {
  if (header === null) return null;
  const seconds = /^\s*(\d+)\s*$/.exec(header)?.[1];
  if (seconds !== undefined) return Math.min(Number(seconds) * 1_000, MAX_RETRY_AFTER_MS);
  // Date.parse reads "-5" and "1.5" as years and months; an HTTP date ends in GMT.
  const date = /GMT\s*$/.test(header) ? Date.parse(header) : Number.NaN;
  return Number.isNaN(date) ? null : Math.min(Math.max(date - now, 0), MAX_RETRY_AFTER_MS);
}
