// Turns at the provisioning log: its limit is far below that of the upload, and refused requests count against it. Only one reconcile runs
// at a time (the timer is a singleton), so the turns are kept in the process.
import type { Clock } from '../core/clock';
import { LOG_WINDOW_MS, MAX_LOG_REQUESTS_PER_WINDOW } from './limits';

/** Distance between two requests, ms, with a tenth to spare for network jitter: no window ever holds more than allowed. */
const TURN_MS = Math.ceil((LOG_WINDOW_MS / MAX_LOG_REQUESTS_PER_WINDOW) * 1.1);
/** A longer pause than this is left to the next tick instead of waiting inside the function, ms. */
const MAX_WAIT_MS = 30_000;

/**
 * No pause is longer, ms: without the log no row gets its verdict, and its limit counts seconds, not days. One refused request an hour costs
 * nothing. Ours, 2026-11.
 */
const MAX_PAUSE_MS = 3_600_000;

/** One turn per request, for all jobs and all pages. */
export class LogTurns {
  private nextAt = 0;

  constructor(private readonly clock: Clock) {}

  /** Waits for the next turn; false if it is too far away to wait for. */
  async take(): Promise<boolean> {
    const wait = this.nextAt - this.clock.now();
    if (wait > MAX_WAIT_MS) return false;
    this.nextAt = Math.max(this.nextAt, this.clock.now()) + TURN_MS;
    if (wait > 0) await this.clock.sleep(wait);
    return true;
  }

  /** True if the next turn is worth waiting for, and comes later than in `ms`. */
  isAfter(ms: number): boolean {
    const wait = this.nextAt - this.clock.now();
    return wait > ms && wait <= MAX_WAIT_MS;
  }

  /** The service refused: no turn for `ms`, at most an hour; if the service gave no time, for a whole window. */
  pause(ms: number | null): void {
    this.nextAt = Math.max(this.nextAt, this.clock.now() + Math.min(ms ?? LOG_WINDOW_MS, MAX_PAUSE_MS));
  }
}
