// The table `gates` in memory, with a clock of its own and round trips that take time.
import type { Clock } from '../../../shared/core/clock';
import type { GateReading, GateStore, TenantGate } from '../../../shared/delivery/gate-store';
import type { JobGate } from '../../../shared/delivery/job-gate';
import { openJobGate } from '../../../shared/delivery/job-gate';
import type { Pace } from '../../../shared/delivery/pace';
import { freshPace } from '../../../shared/delivery/pace';
import type { CredentialNote } from '../../../shared/graph/credential-note';
import type { JobKey } from '../../../shared/graph/job-key';
import { jobText } from '../../../shared/graph/job-key';
import type { Versioned } from '../../../shared/storage/versioned';
import { MemoryTable } from './memory-table';
import { RecordedCalls } from './recorded-calls';

const PACE = 'pace';

/** Keys of its calls: `jobText` of the job, or 'pace'. */
export class MemoryGateStore implements GateStore {
  readonly calls = new RecordedCalls();
  private readonly paces = new MemoryTable<Pace>((pace) => pace);
  private readonly jobs = new MemoryTable<JobGate>((gate) => gate);
  private credentialEndsAt: number | null = null;
  /** The storage service's time minus ours, ms. */
  offsetMs: number;
  /** How long a round trip takes, ms: a call takes effect in the middle of it. */
  tripMs: number;

  constructor(
    private readonly clock: Clock,
    options: { readonly offsetMs?: number; readonly tripMs?: number } = {},
  ) {
    this.offsetMs = options.offsetMs ?? 0;
    this.tripMs = options.tripMs ?? 0;
  }

  /** What is stored; not a call. */
  peek(job: JobKey): GateReading {
    return {
      pace: this.paces.get(PACE) ?? { value: freshPace, etag: '' },
      job: this.jobs.get(jobText(job)) ?? { value: openJobGate, etag: '' },
    };
  }

  /** Writes the pace, as another process would; not a call. */
  putPace(pace: Pace): void {
    this.paces.set(PACE, pace);
  }

  /** Writes the gate of a job, as another process would; not a call. */
  putJob(job: JobKey, gate: JobGate): void {
    this.jobs.set(jobText(job), gate);
  }

  /** The note in the same table. */
  readonly credential: CredentialNote = {
    write: async (endsAt) => {
      await this.calls.enter('credential', '');
      this.credentialEndsAt = endsAt;
    },
  };

  /** As `readGates` does: one tenant, once something was written. */
  async gates(): Promise<readonly TenantGate[]> {
    await this.calls.enter('gates', '');
    const { credentialEndsAt } = this;
    if (!this.paces.has(PACE) && this.jobs.all().length === 0 && credentialEndsAt === null) return [];
    const { pace } = this.peek({ servicePrincipalId: '', jobId: '' });
    const jobOf = (job: JobKey): JobGate | null => this.jobs.get(jobText(job))?.value ?? null;
    return [{ tenant: 'default', pace: pace.value, jobOf, credentialEndsAt }];
  }

  read(job: JobKey): Promise<GateReading> {
    return this.trip('read', jobText(job), () => this.peek(job));
  }

  replacePace(
    read: Versioned<Pace>,
    next: Pace,
  ): Promise<{ readonly etag: string; readonly writtenAt: number } | null> {
    return this.trip('replacePace', PACE, () => {
      if ((this.paces.get(PACE)?.etag ?? '') !== read.etag) return null;
      return { etag: this.paces.set(PACE, next), writtenAt: Math.trunc(this.clock.now() + this.offsetMs) };
    });
  }

  replaceJob(job: JobKey, read: Versioned<JobGate>, next: JobGate): Promise<boolean> {
    return this.trip('replaceJob', jobText(job), () => {
      if ((this.jobs.get(jobText(job))?.etag ?? '') !== read.etag) return false;
      this.putJob(job, next);
      return true;
    });
  }

  private async trip<T>(method: string, key: string, effect: () => T): Promise<T> {
    await this.calls.enter(method, key);
    if (this.tripMs > 0) await this.clock.sleep(this.tripMs / 2);
    const answer = effect();
    if (this.tripMs > 0) await this.clock.sleep(this.tripMs / 2);
    return answer;
  }
}
