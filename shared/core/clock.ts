// Time as a dependency: made once in compose.ts, so that tests decide what time it is.

/** A day, ms. */
export const DAY_MS = 86_400_000;
export const HOUR_MS = 3_600_000;

/** Milliseconds since the epoch, and a wait that ends early when `signal` aborts (it then resolves; the caller checks the signal). */
export interface Clock {
  now(): number;
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}
