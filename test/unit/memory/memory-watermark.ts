// The watermark of the log in memory.
import type { JobKey } from '../../../shared/graph/job-key';
import { jobText } from '../../../shared/graph/job-key';
import type { LogWatermark } from '../../../shared/graph/log-watermark';
import { RecordedCalls } from './recorded-calls';

/** Keys of its calls: `jobText` of the job. */
export class MemoryWatermark implements LogWatermark {
  readonly calls = new RecordedCalls();
  private readonly readUntil = new Map<string, number>();

  /** What is stored; not a call. */
  peek(job: JobKey): number {
    return this.readUntil.get(jobText(job)) ?? 0;
  }

  async read(job: JobKey): Promise<number> {
    await this.calls.enter('read', jobText(job));
    return this.peek(job);
  }

  async write(job: JobKey, at: number): Promise<void> {
    await this.calls.enter('write', jobText(job));
    this.readUntil.set(jobText(job), Math.trunc(at));
  }
}
