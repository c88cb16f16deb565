// Time as a dependency: made once in compose.ts, so that tests decide what time it is.

/** Milliseconds since the epoch, and a wait that ends early when `signal` aborts (it then resolves; the caller checks the signal). */
export interface Clock {
  now(): number;
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}
