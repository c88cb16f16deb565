// A clock that a test moves. Nothing waits for real time: sleepers wake in order of time.
import type { Clock } from '../../../shared/core/clock';

interface Sleeper {
  readonly until: number;
  readonly wake: () => void;
}

/** After this many turns of the event loop without a new sleep, everybody counts as asleep: in-memory ports answer within one. */
const QUIET_TURNS = 5;

/** Lets everything that is ready run. */
export async function quiet(): Promise<void> {
  for (let turn = 0; turn < QUIET_TURNS; turn++) await new Promise((resolve) => setImmediate(resolve));
}

/**
 * Time moves by `pass` and `advance`; and, unless `byHand`, to the end of the nearest sleep once everybody sleeps or has ended. `sleeps` holds the
 * length of every sleep, ms, in the order in which they began.
 */
export class HandClock implements Clock {
  readonly sleeps: number[] = [];
  private at: number;
  private sleepers: Sleeper[] = [];
  private isWatching = false;
  private readonly byHand: boolean;

  constructor(options: { readonly at?: number; readonly byHand?: boolean } = {}) {
    this.at = options.at ?? Date.UTC(2026, 10, 21, 8);
    this.byHand = options.byHand ?? false;
  }

  now(): number {
    return this.at;
  }

  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    this.sleeps.push(ms);
    if (signal?.aborted) return Promise.resolve();
    return new Promise((resolve) => {
      const sleeper: Sleeper = { until: this.at + ms, wake: resolve };
      // The sort is stable: of sleepers that wake at the same time, the first to sleep wakes first.
      this.sleepers = [...this.sleepers, sleeper].sort((a, b) => a.until - b.until);
      signal?.addEventListener('abort', () => {
        this.sleepers = this.sleepers.filter((one) => one !== sleeper);
        resolve();
      });
      if (!this.byHand) void this.watch();
    });
  }

  /** Time jumps; every sleeper whose sleep is over wakes late, as in a busy process. */
  pass(ms: number): void {
    this.at += ms;
    while (this.wakeNext(this.at));
  }

  /** Time passes; each sleeper wakes at its own time and runs before the next one does. */
  async advance(ms: number): Promise<void> {
    const end = this.at + ms;
    await quiet();
    while (this.wakeNext(end)) await quiet();
    this.at = Math.max(this.at, end);
  }

  private async watch(): Promise<void> {
    if (this.isWatching) return;
    this.isWatching = true;
    while (this.sleepers.length > 0) {
      const begun = this.sleeps.length;
      await quiet();
      if (begun === this.sleeps.length) this.wakeNext(Number.POSITIVE_INFINITY);
    }
    this.isWatching = false;
  }

  private wakeNext(by: number): boolean {
    const next = this.sleepers[0];
    if (next === undefined || next.until > by) return false;
    this.sleepers = this.sleepers.slice(1);
    this.at = Math.max(this.at, next.until);
    next.wake();
    return true;
  }
}
