// Where the gate is kept: one partition per tenant, one entity for the pace, one per job.
import type { JobKey } from '../graph/job-key';
import type { Versioned } from '../storage/versioned';
import type { JobGate } from './job-gate';
import type { Pace } from './pace';

/** One read of the tenant's partition. `etag` '' means that the entity does not exist yet. */
export interface GateReading {
  readonly pace: Versioned<Pace>;
  readonly job: Versioned<JobGate>;
}

/** The table `gates`. Faults are `RollcallError` with disposition `retry`. */
export interface GateStore {
  /** One round trip: the pace and the job's entity. */
  read(job: JobKey): Promise<GateReading>;
  /** Compare-and-swap. Resolves to the new version and the storage service's time of the write, ms; null if it changed in between. */
  replacePace(read: Versioned<Pace>, next: Pace): Promise<{ readonly etag: string; readonly writtenAt: number } | null>;
  replaceJob(job: JobKey, read: Versioned<JobGate>, next: JobGate): Promise<boolean>;
}

/** What is stored of one tenant's gate, to look at. */
export interface TenantGate {
  readonly tenant: string;
  readonly pace: Pace;
  /** Null if nothing was ever noted about the job. */
  jobOf(job: JobKey): JobGate | null;
  /** When the credential for Graph ends, ms since the epoch, as the app has noted it; null if it does not end, or nobody knows. */
  readonly credentialEndsAt: number | null;
}
