// Counts calls in a sliding window, rejected ones included, as the service does.
import type { Pace } from './limits';

/** Bound of the memory of one window. Unit: calls; above it the count saturates, far above every limit. */
const MAX_REMEMBERED_CALLS = 50_000;

/** Counts of a window. */
export interface WindowStats {
  readonly limit: number;
  readonly windowMs: number;
  /** All calls, rejected ones included. */
  readonly calls: number;
  /** Calls that arrived in a full window: each is one violation of the limit. */
  readonly violations: number;
  /** The most calls in any window. */
  readonly maxInWindow: number;
}

/** A limit of `pace.calls` in any `pace.windowMs`. A call at t shares a window with those in (t - windowMs, t]. */
export class SlidingWindow {
  private arrivals: number[] = [];
  private first = 0;
  private calls = 0;
  private violations = 0;
  private maxInWindow = 0;

  constructor(private readonly pace: Pace) {}

  /** Counts a call that arrives at `now` (ms). Returns how long to wait until a call would fit: 0 if this one did. */
  count(now: number): number {
    this.forget(now);
    this.arrivals.push(now);
    this.calls += 1;
    const inWindow = this.arrivals.length - this.first;
    this.maxInWindow = Math.max(this.maxInWindow, inWindow);
    if (inWindow <= this.pace.calls) return 0;
    this.violations += 1;
    const blocking = this.arrivals[this.arrivals.length - this.pace.calls] ?? now;
    return Math.max(1, blocking + this.pace.windowMs - now);
  }

  /** The calls that still count, ms. */
  remembered(): readonly number[] {
    return this.arrivals.slice(this.first);
  }

  /** Begins with calls made before; they fill the window and are in no other count. */
  restore(arrivals: readonly number[]): void {
    this.arrivals = [...arrivals];
    this.first = 0;
  }

  /** The counts so far. */
  stats(): WindowStats {
    const { calls, violations, maxInWindow } = this;
    return { limit: this.pace.calls, windowMs: this.pace.windowMs, calls, violations, maxInWindow };
  }

  private forget(now: number): void {
    const bound = now - this.pace.windowMs;
    while ((this.arrivals[this.first] ?? Infinity) <= bound) this.first += 1;
    const surplus = this.arrivals.length - this.first - MAX_REMEMBERED_CALLS + 1;
    if (surplus > 0) this.first += surplus;
    if (this.first > 1_024 && this.first * 2 > this.arrivals.length) {
      this.arrivals = this.arrivals.slice(this.first);
      this.first = 0;
    }
  }
}
