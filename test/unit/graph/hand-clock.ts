// A clock that a test turns. Whoever sleeps is woken in the order of time; nothing is waited for.
import type { Clock } from '../../../shared/core/clock';

interface Sleeper {
  readonly until: number;
  readonly wake: () => void;
}

export class HandClock implements Clock {
  private at = Date.UTC(2026, 10, 21, 8);
  private sleepers: Sleeper[] = [];

  now(): number {
    return this.at;
  }

  /** Time goes by. */
  pass(ms: number): void {
    this.at += ms;
  }

  /** Time goes on to the end of the sleep, once everybody who is awake has gone to sleep or ended. */
  sleep(ms: number): Promise<void> {
    return new Promise((wake) => {
      this.sleepers = [...this.sleepers, { until: this.at + ms, wake }].sort((a, b) => a.until - b.until);
      if (this.sleepers.length === 1) setImmediate(() => this.wakeNext());
    });
  }

  private wakeNext(): void {
    const next = this.sleepers.shift();
    if (next === undefined) return;
    this.at = Math.max(this.at, next.until);
    next.wake();
    if (this.sleepers.length > 0) setImmediate(() => this.wakeNext());
  }
}
