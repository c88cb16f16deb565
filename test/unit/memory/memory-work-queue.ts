// A work queue in memory.
import type { Clock } from '../../../shared/core/clock';
import type { WorkQueue } from '../../../shared/delivery/queues';
import { RecordedCalls } from './recorded-calls';
import { storedCopy } from './stored-copy';

/** A message as it was put: `at` is when, `visibleAt` is when it can first be taken, ms. */
export interface PutMessage<T> {
  readonly message: T;
  readonly delayMs: number;
  readonly at: number;
  readonly visibleAt: number;
}

/** Keys of its calls: ''. */
export class MemoryWorkQueue<T> implements WorkQueue<T> {
  readonly calls = new RecordedCalls();
  /** Everything that was ever put. */
  readonly history: PutMessage<T>[] = [];
  private waiting: PutMessage<T>[] = [];

  constructor(private readonly clock: Pick<Clock, 'now'>) {}

  async put(message: T, delayMs: number): Promise<void> {
    await this.calls.enter('put', '');
    const at = this.clock.now();
    // The queue service has only whole seconds.
    const visibleAt = at + Math.ceil(Math.max(delayMs, 0) / 1_000) * 1_000;
    const put = { message: storedCopy(message), delayMs, at, visibleAt };
    this.history.push(put);
    this.waiting.push(put);
  }

  async depth(): Promise<number> {
    await this.calls.enter('depth', '');
    return this.waiting.length;
  }

  async oldest(): Promise<number | null> {
    await this.calls.enter('oldest', '');
    return this.waiting.find((one) => one.visibleAt <= this.clock.now())?.at ?? null;
  }

  /** Takes the first message that is visible and deletes it; null if there is none. Not a call. */
  take(): T | null {
    const next = this.waiting.find((one) => one.visibleAt <= this.clock.now());
    this.waiting = this.waiting.filter((one) => one !== next);
    return next === undefined ? null : next.message;
  }
}
