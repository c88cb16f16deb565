// The state of the simulated tenant: its directory, jobs, log, limits and faults.
import { ApplicationRegistry, type ServicePrincipal } from './application-registry';
import { makeGuid } from './chance';
import { Directory } from './directory';
import { FaultPlan } from './fault-plan';
import { Job, type JobTarget } from './job';
import { DAY_MS } from './limits';
import type { Settings } from './options';
import { ProvisioningLog } from './provisioning-log';
import { RuleBook } from './rules';
import { SimulatorClock } from './simulator-clock';
import { SlidingWindow } from './sliding-window';
import { Traffic } from './traffic';

/** Notification settings without which a job goes into quarantine when it starts. [CFG] */
const READY_NOTIFICATION = JSON.stringify({ Enabled: true, Recipients: 'iam@contoso.example' });

/** One tenant; everything that a request may read or change. */
export class Tenant {
  readonly clock: SimulatorClock;
  readonly directory = new Directory();
  readonly log: ProvisioningLog;
  readonly faults: FaultPlan;
  readonly rules: RuleBook;
  readonly jobs = new Map<string, Job>();
  readonly applications: ApplicationRegistry;
  readonly traffic = new Traffic();
  readonly uploadPace: SlidingWindow;
  readonly uploadDay: SlidingWindow;
  readonly logPaces = new Map<string, SlidingWindow>();
  /** Keys of removed jobs, which must not be created again automatically. */
  readonly removed = new Set<string>();
  /** GUIDs given so far. */
  guids = 0;

  constructor(readonly settings: Settings) {
    this.clock = new SimulatorClock(settings.now);
    this.applications = new ApplicationRegistry(settings.seed);
    this.log = new ProvisioningLog(settings.retentionDays * DAY_MS, settings.maxLogEntries);
    this.faults = new FaultPlan(settings);
    this.rules = new RuleBook(settings.rules);
    this.uploadPace = new SlidingWindow(settings.uploadPace);
    this.uploadDay = new SlidingWindow({ calls: settings.dailyCalls, windowMs: DAY_MS });
  }

  /** The next GUID; the same sequence for the same seed. */
  nextGuid(kind: string): string {
    this.guids += 1;
    return makeGuid(this.settings.seed, kind, this.guids);
  }

  /** The job with these ids, created on the spot if the settings allow it; undefined is a 404. */
  findJob(servicePrincipalId: string, jobId: string): Job | undefined {
    const known = this.jobs.get(jobKey(servicePrincipalId, jobId));
    const key = jobKey(servicePrincipalId, jobId);
    if (known || !this.settings.autoCreateJobs || this.removed.has(key)) return known;
    return this.openJob(servicePrincipalId, jobId);
  }

  /** A job that is ready and started, created if it does not exist. */
  openJob(servicePrincipalId: string, jobId: string): Job {
    const existing = this.jobs.get(jobKey(servicePrincipalId, jobId));
    if (existing) return existing;
    const job = this.addJob(servicePrincipalId, jobId, jobId.startsWith('API2AD.') ? 'active-directory' : 'entra');
    job.secrets.set('SyncNotificationSettings', READY_NOTIFICATION);
    job.start(this.clock.now());
    return job;
  }

  /** A new job that is not configured. */
  addJob(servicePrincipalId: string, jobId: string, target: JobTarget): Job {
    this.applications.openPrincipal(servicePrincipalId, target);
    const job = new Job(servicePrincipalId, jobId, target);
    this.jobs.set(jobKey(servicePrincipalId, jobId), job);
    return job;
  }

  /** A managed identity with this object id, made up if it is not known. */
  openIdentity(id: string): void {
    if (this.applications.servicePrincipals.has(id)) return;
    const appId = makeGuid(this.settings.seed, 'identity', id);
    this.applications.addPrincipal({ id, appId, displayName: `identity-${id.slice(0, 8)}`, type: 'ManagedIdentity' });
  }

  /** Whether an object that was created at this time is visible yet. */
  isReplicated({ createdAt }: Pick<ServicePrincipal, 'createdAt'>): boolean {
    return createdAt + this.settings.replicationDelayMs / this.settings.speed <= this.clock.now();
  }

  /** Removes a service principal with its jobs and grants. */
  removePrincipal(id: string): void {
    for (const job of [...this.jobs.values()]) if (job.servicePrincipalId === id) this.removeJob(job);
    this.applications.removePrincipal(id);
  }

  /** Removes a job: its ids are unknown from now on. */
  removeJob(job: Job): void {
    const key = jobKey(job.servicePrincipalId, job.id);
    this.jobs.delete(key);
    this.removed.add(key);
  }
}

function jobKey(servicePrincipalId: string, jobId: string): string {
  return `${servicePrincipalId}\n${jobId}`;
}
