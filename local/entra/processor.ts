// The service at work: processes what is due, in order of time, and writes the log. It runs on every look from outside
// (every request is one), not by timers: nothing can be seen between two looks, so tests need no waiting.
import type { Job, QueuedRecord, QueuedReference } from './job';
import { writeEntry } from './log-writer';
import { scaleDelay } from './options';
import type { ErrorInformation } from './provisioning-log';
import { checkQuarantine } from './quarantine';
import { processRecord, type Outcome } from './record-processing';
import { flattenUser, MANAGER_PATH } from './scim-attributes';
import type { Tenant } from './tenant';

interface Task {
  readonly job: Job;
  readonly at: number;
  readonly record?: QueuedRecord;
  readonly reference?: QueuedReference;
}

/** Processes the queues of a tenant. */
export class Processor {
  /** What is due, the earliest last. */
  private readonly agenda: Task[] = [];
  private horizon = -1;

  constructor(private readonly tenant: Tenant) {}

  /** Does everything that is due by now. */
  settle(): void {
    this.horizon = this.tenant.clock.now();
    for (const job of this.tenant.jobs.values()) {
      job.expireQuarantine(this.horizon);
      if (job.isProcessing) for (const task of this.takeDue(job)) this.agenda.push(task);
    }
    this.agenda.sort((a, b) => compareTasks(b, a));
    for (let task = this.agenda.pop(); task; task = this.agenda.pop()) {
      if (!task.job.isProcessing) returnTask(task);
      else if (task.record) this.processRecord(task.job, task.record, task.at);
      else if (task.reference) this.resolveReference(task.job, task.reference, task.at);
    }
    this.horizon = -1;
  }

  private takeDue(job: Job): Task[] {
    const isDue = (work: { dueAt: number }): boolean => work.dueAt <= this.horizon;
    const records = [...job.queue.filter(isDue), ...[...job.escrows.values()].filter(isDue)];
    const references = [...job.references.values()].filter(isDue);
    if (records.length > 0) job.queue = job.queue.filter((record) => !isDue(record));
    for (const record of records) if (record.attempts > 0) job.escrows.delete(record.externalId);
    for (const reference of references) job.references.delete(reference.externalId);
    return [
      ...records.map((record) => ({ job, at: Math.max(record.dueAt, job.activeSince), record })),
      ...references.map((reference) => ({ job, at: Math.max(reference.dueAt, job.activeSince), reference })),
    ];
  }

  private schedule(task: Task): void {
    if (task.at > this.horizon) returnTask(task);
    else {
      const earlier = this.agenda.findIndex((other) => compareTasks(other, task) < 0);
      this.agenda.splice(earlier < 0 ? this.agenda.length : earlier, 0, task);
    }
  }

  private processRecord(job: Job, record: QueuedRecord, at: number): void {
    const { settings, directory, rules } = this.tenant;
    const { externalId } = record;
    this.enterCycle(job, at);
    job.cycleCounts.imported += 1;
    job.escrows.delete(externalId);
    const flat = flattenUser(record.data);
    const outcome = processRecord({ settings, directory, rules }, job, externalId, flat, at);
    if (outcome.silent) return;
    const changeId = this.tenant.nextGuid('change');
    const displayName = flat.values.get('displayName');
    writeEntry(this.tenant, job, at, changeId, {
      ...outcome,
      externalId,
      isReference: false,
      displayName: String(displayName ?? ''),
    });
    if (outcome.status === 'success') job.cycleCounts.exported += 1;
    if (outcome.status === 'failure') {
      job.cycleCounts.failed += 1;
      this.keepForRetry(job, record, at);
    } else this.planReference(job, record, flat.values.get(MANAGER_PATH), outcome, changeId, at);
    checkQuarantine(job, settings.quarantineThresholds, outcome.action === 'stagedDelete', at);
  }

  private keepForRetry(job: Job, record: QueuedRecord, at: number): void {
    if (this.tenant.settings.escrowRetries === 'none') return;
    const attempts = record.attempts + 1;
    const dueAt = this.startOfLaterCycle(job, at, attempts);
    this.schedule({ job, at: dueAt, record: { ...record, attempts, dueAt } });
  }

  private planReference(
    job: Job,
    record: QueuedRecord,
    manager: unknown,
    { user }: Outcome,
    changeId: string,
    at: number,
  ): void {
    if (!user || typeof manager !== 'string') return;
    job.references.delete(record.externalId);
    if (user.manager === manager) return;
    const [least, most] = scaleDelay(this.tenant.settings.processingDelayMs, this.tenant.settings.speed);
    const dueAt = at + (most - least);
    const { externalId, order } = record;
    const reference = { externalId, managerExternalId: manager, changeId, dueAt, order, attempts: 0 };
    this.schedule({ job, at: dueAt, reference });
  }

  private resolveReference(job: Job, reference: QueuedReference, at: number): void {
    const { externalId, managerExternalId, changeId, attempts } = reference;
    const user = job.known.get(externalId);
    if (!user) return;
    this.enterCycle(job, at);
    const manager = job.known.get(managerExternalId);
    const changes = [{ displayName: 'manager', oldValue: user.manager ?? null, newValue: managerExternalId }];
    const entry = { action: 'update' as const, externalId, user, changes, isReference: true, displayName: '' };
    if (manager) {
      user.manager = managerExternalId;
      job.failedReferences.delete(externalId);
      if (attempts > 0) writeEntry(this.tenant, job, at, changeId, { ...entry, status: 'success' });
      return;
    }
    job.failedReferences.add(externalId);
    if (attempts === 0) {
      const error = describeReference(managerExternalId);
      writeEntry(this.tenant, job, at, changeId, { ...entry, status: this.tenant.settings.managerFailure, error });
    }
    if (this.tenant.settings.escrowRetries === 'none') return;
    const dueAt = this.startOfLaterCycle(job, at, attempts + 1);
    this.schedule({ job, at: dueAt, reference: { ...reference, attempts: attempts + 1, dueAt } });
  }

  private enterCycle(job: Job, at: number): void {
    const cycle = Math.floor((at - job.activeSince) / this.cycleMs);
    if (cycle === job.cycle) return;
    if (job.cycle >= 0) {
      job.lastExecution = { counts: job.cycleCounts, at };
      job.allowDeletes = false;
    }
    job.cycle = cycle;
    job.cycleCounts = { imported: 0, exported: 0, failed: 0, disables: 0 };
  }

  /** Retries back off: the next cycle, then two, four, … cycles later. */
  private startOfLaterCycle(job: Job, at: number, attempts: number): number {
    const cycle = Math.floor((at - job.activeSince) / this.cycleMs);
    return job.activeSince + (cycle + 2 ** Math.min(attempts - 1, 5)) * this.cycleMs;
  }

  private get cycleMs(): number {
    return this.tenant.settings.cycleMs / this.tenant.settings.speed;
  }
}

function describeReference(managerExternalId: string): ErrorInformation {
  return {
    errorCode: 'UnresolvedReference',
    reason: `Unable to assign ${managerExternalId} as the manager of the user.`,
    errorCategory: 'nonServiceFailure',
  };
}

function compareTasks(a: Task, b: Task): number {
  if (a.at !== b.at) return a.at - b.at;
  if (!a.record !== !b.record) return a.record ? -1 : 1;
  return orderOf(a) - orderOf(b);
}

function orderOf({ record, reference }: Task): number {
  return (record ?? reference)?.order ?? 0;
}

function returnTask({ job, record, reference }: Task): void {
  if (reference) job.references.set(reference.externalId, reference);
  else if (record && record.attempts > 0) job.escrows.set(record.externalId, record);
  else if (record) job.queue.push(record);
}
