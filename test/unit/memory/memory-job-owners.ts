// Owners of jobs in memory.
import type { JobOwner, JobOwners } from '../../../shared/delivery/job-owners';
import type { JobKey } from '../../../shared/graph/job-key';
import { foldJob, jobText } from '../../../shared/graph/job-key';
import type { Versioned } from '../../../shared/storage/versioned';
import { MemoryTable } from './memory-table';
import { RecordedCalls } from './recorded-calls';

const keyOf = (job: JobKey): string => jobText(foldJob(job));

/** Keys of its calls: `jobText` of the job. */
export class MemoryJobOwners implements JobOwners {
  readonly calls = new RecordedCalls();
  private readonly owners = new MemoryTable<JobOwner>((owner) => owner);

  /** What is stored; not a call. */
  peek(job: JobKey): Versioned<JobOwner | null> {
    return this.owners.get(keyOf(job)) ?? { value: null, etag: '' };
  }

  /** Writes an owner, as another process would; not a call. */
  put(job: JobKey, owner: JobOwner): void {
    this.owners.set(keyOf(job), owner);
  }

  async read(job: JobKey): Promise<Versioned<JobOwner | null>> {
    await this.calls.enter('read', jobText(job));
    return this.peek(job);
  }

  async replace(job: JobKey, read: Versioned<JobOwner | null>, next: JobOwner): Promise<boolean> {
    await this.calls.enter('replace', jobText(job));
    if (this.peek(job).etag !== read.etag) return false;
    this.put(job, next);
    return true;
  }
}
