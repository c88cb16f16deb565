// One provisioning job: its state, its queue of uploads, and what it retries by itself.
//
//   NotConfigured ──secrets──▶ NotRun ──start──▶ Active ◀──start/restart── Paused
//                                                  │ ▲ └──────pause────────▲
//                    too many failures, deletions, │ │ restart (QuarantineState)
//                    or no notification address    ▼ │
//                                              Quarantine ──28 days──▶ schedule Disabled
//
// Uploads are accepted in every state; only an Active job whose agent is up processes them.
import { QUARANTINE_LIFETIME_MS } from './limits';
import type { StoredUser } from './directory';

/** Graph's synchronizationStatusCode. */
export type JobCode = 'NotConfigured' | 'NotRun' | 'Active' | 'Paused' | 'Quarantine';

/** Where the users of a job are kept. */
export type JobTarget = 'entra' | 'active-directory';

/** A record that waits: an upload, or a failed one that the service tries again. Times in ms since 1970. */
export interface QueuedRecord {
  readonly externalId: string;
  readonly data: Readonly<Record<string, unknown>>;
  readonly dueAt: number;
  /** Decides among records that are due at the same time. */
  readonly order: number;
  /** Attempts already made. */
  readonly attempts: number;
}

/** A manager reference that waits for the second pass. */
export interface QueuedReference {
  readonly externalId: string;
  readonly managerExternalId: string;
  readonly changeId: string;
  readonly dueAt: number;
  readonly order: number;
  readonly attempts: number;
}

/** Counts of the current cycle, for the status document. */
export interface CycleCounts {
  imported: number;
  exported: number;
  failed: number;
  disables: number;
}

/** A job and everything that belongs to it alone. */
export class Job {
  code: JobCode = 'NotConfigured';
  scheduleDisabled = false;
  /** Start of the current activity; cycles are counted from here. */
  activeSince = 0;
  agentUp = true;
  allowDeletes = false;
  quarantine: { reason: string; since: number } | undefined;
  queue: QueuedRecord[] = [];
  readonly escrows = new Map<string, QueuedRecord>();
  readonly references = new Map<string, QueuedReference>();
  readonly failedReferences = new Set<string>();
  /** People whom this job has written or matched. */
  readonly known = new Map<string, StoredUser>();
  readonly attempts = new Map<string, number>();
  /** Graph's synchronizationJobSettings. */
  settings: readonly { readonly name: string; readonly value: string }[] = [];
  readonly secrets = new Map<string, string>();
  schema: Readonly<Record<string, unknown>> | undefined;
  /** The mapping of the schema that was PUT; undefined: the default mapping. */
  mappedPaths: ReadonlySet<string> | undefined;
  cycle = -1;
  cycleCounts: CycleCounts = { imported: 0, exported: 0, failed: 0, disables: 0 };
  lastExecution: { counts: CycleCounts; at: number } | undefined;
  purged = 0;

  constructor(
    readonly servicePrincipalId: string,
    readonly id: string,
    readonly target: JobTarget,
  ) {}

  /** Whether uploads are processed now. */
  get isProcessing(): boolean {
    return this.code === 'Active' && this.agentUp;
  }

  /** What fills the bucket: waiting uploads, and failing ones that stay in it. */
  get queueLength(): number {
    return this.queue.length + this.escrows.size;
  }

  /** Records that secrets were set. */
  configure(): void {
    if (this.code === 'NotConfigured') this.code = 'NotRun';
  }

  /** Starts the job; one without a notification address goes into quarantine at once. */
  start(now: number): void {
    if (this.code === 'Quarantine' || this.code === 'Active') return;
    this.activate(now);
    if (!this.hasNotificationAddress()) this.enterQuarantine('EncounteredQuarantineException', now);
  }

  /** Stops processing; uploads are still queued. */
  pause(): void {
    if (this.code !== 'Quarantine') this.code = 'Paused';
  }

  /**
   * Restarts the job. While it runs, waiting uploads stay and only escrows go (the service does it at the next
   * cycle, before which they would not have been tried anyway). While it does not run, waiting uploads are purged.
   */
  restart(now: number, scopes: ReadonlySet<string>): void {
    const isFull = scopes.has('Full');
    if (this.code !== 'Active') {
      this.purged += this.queue.length;
      this.queue = [];
      this.references.clear();
    }
    if (isFull || scopes.has('Escrows')) {
      this.escrows.clear();
      this.failedReferences.clear();
    }
    this.allowDeletes = scopes.has('ForceDeletes');
    if (this.code === 'Quarantine' && !isFull && !scopes.has('QuarantineState')) return;
    this.quarantine = undefined;
    if (this.code === 'Active') return;
    this.activate(now);
    if (!this.hasNotificationAddress()) this.enterQuarantine('EncounteredQuarantineException', now);
  }

  /** Puts the job into quarantine for a member of Graph's quarantineReason. */
  enterQuarantine(reason: string, now: number): void {
    this.code = 'Quarantine';
    this.quarantine = { reason, since: now };
  }

  /** Connects or disconnects the agents of an on-premises target. */
  setAgent(up: boolean, now: number): void {
    if (up && !this.agentUp) this.activeSince = Math.max(this.activeSince, now);
    this.agentUp = up;
  }

  /** Disables the schedule of a job that has been in quarantine too long. */
  expireQuarantine(now: number): void {
    if (this.quarantine && now - this.quarantine.since >= QUARANTINE_LIFETIME_MS) this.scheduleDisabled = true;
  }

  /** The notification settings, as far as they can be read: the service keeps them as a JSON string. */
  readNotificationSettings(): { recipients: string; deleteThreshold: number | undefined } {
    const text = this.secrets.get('SyncNotificationSettings');
    if (text === undefined) return { recipients: '', deleteThreshold: undefined };
    const settings = JSON.parse(text) as Record<string, unknown>;
    const isOn = settings.DeleteThresholdEnabled === true && typeof settings.DeleteThresholdValue === 'number';
    return {
      recipients: typeof settings.Recipients === 'string' ? settings.Recipients : '',
      deleteThreshold: isOn ? Number(settings.DeleteThresholdValue) : undefined,
    };
  }

  private hasNotificationAddress(): boolean {
    return this.readNotificationSettings().recipients !== '';
  }

  private activate(now: number): void {
    this.code = 'Active';
    this.scheduleDisabled = false;
    this.activeSince = now;
    this.cycle = -1;
  }
}
