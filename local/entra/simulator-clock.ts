// The simulator's own clock: it can be injected or moved forward, and never goes back.

/** Time in whole milliseconds since 1970. Speed never touches it: rate windows are measured in real time. */
export class SimulatorClock {
  private offsetMs = 0;
  private latestMs = 0;

  /** `source` gives milliseconds since 1970; it may be the wall clock or a test's variable. */
  constructor(private readonly source: () => number) {}

  /** The current time, never earlier than any time given before. Unit: ms since 1970. */
  now(): number {
    this.latestMs = Math.max(this.latestMs, Math.floor(this.source() + this.offsetMs));
    return this.latestMs;
  }

  /** Moves the clock forward by `ms`, for everything: delays, cycles and rate windows. */
  advance(ms: number): void {
    if (!(ms >= 0)) throw new RangeError('The clock goes forward only.');
    this.offsetMs += ms;
  }
}

/** Milliseconds since 1970 from the monotonic clock, so that a correction of the wall clock cannot distort a rate window. */
export function readMonotonicTime(): number {
  return performance.timeOrigin + performance.now();
}
