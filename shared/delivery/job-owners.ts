// Which source a provisioning job belongs to (docs/design.md §7.15): one entity per job, in the table `gates`.
import type { JobKey } from '../graph/job-key';
import type { Versioned } from '../storage/versioned';

/** The source whose files go to the job, and the run that last asked for it. */
export interface JobOwner {
  readonly source: string;
  readonly run: string;
}

/** Faults are `RollcallError` with disposition `retry`. Ids that differ only in case are one job. */
export interface JobOwners {
  /** `value` null and `etag` '' if the job belongs to nobody yet. */
  read(job: JobKey): Promise<Versioned<JobOwner | null>>;
  /** Compare-and-swap; false if it changed since it was read. Every write is a new version, also one of the same owner. */
  replace(job: JobKey, read: Versioned<JobOwner | null>, next: JobOwner): Promise<boolean>;
}
