// Places for work that takes much memory or time: a few at once in this process, the others wait their turn.
import type { Clock } from './clock';

/** Gives its place to the next in line. Call it once. */
export type LeavePlace = () => void;

/** First come, first served. */
export class Places {
  private free: number;
  private readonly waiting: (() => void)[] = [];

  constructor(
    most: number,
    private readonly clock: Pick<Clock, 'sleep'>,
  ) {
    this.free = most;
  }

  /** Takes a place, waiting for one up to `patienceMs`; null if none became free. */
  async take(patienceMs: number): Promise<LeavePlace | null> {
    if (this.free > 0) {
      this.free--;
      return () => this.leave();
    }
    const given = new AbortController();
    const turn = (): void => given.abort();
    this.waiting.push(turn);
    await this.clock.sleep(patienceMs, given.signal);
    if (given.signal.aborted) return () => this.leave();
    this.waiting.splice(this.waiting.indexOf(turn), 1);
    return null;
  }

  private leave(): void {
    const next = this.waiting.shift();
    if (next === undefined) this.free++;
    else next();
  }
}
