// Writes the outcome of a record to the log, where it appears later, twice, or never.
import { drawChance, makeGuid } from './chance';
import { drawDelay } from './draw-delay';
import type { Job } from './job';
import type { LogEntry } from './provisioning-log';
import type { Outcome } from './record-processing';
import type { Tenant } from './tenant';

/** What an entry is about. */
export type EntryFacts = Outcome & Pick<LogEntry, 'externalId' | 'isReference' | 'displayName'>;

/** Writes one entry that happened at `at` (ms since 1970). */
export function writeEntry(tenant: Tenant, job: Job, at: number, changeId: string, facts: EntryFacts): void {
  const { settings, log, faults, traffic } = tenant;
  const id = tenant.nextGuid('entry');
  const isNowhere = facts.status === 'failure' && !facts.isReference;
  const entry: LogEntry = {
    id,
    order: log.newestOrder + 1,
    activityAt: at,
    durationMs: 100 + Math.floor(drawChance(settings.seed, 'duration', id) * 900),
    jobId: job.id,
    servicePrincipalId: job.servicePrincipalId,
    appName: tenant.applications.servicePrincipals.get(job.servicePrincipalId)?.displayName ?? '',
    target: job.target,
    cycleId: makeGuid(settings.seed, 'cycle', job.id, job.activeSince, job.cycle),
    changeId,
    action: facts.action,
    status: facts.status,
    error: facts.error,
    skipReason: facts.skipReason,
    externalId: facts.externalId,
    displayName: facts.displayName || String(facts.user?.attributes.get('displayName') ?? ''),
    targetId: isNowhere ? '' : (facts.user?.id ?? ''),
    userPrincipalName: facts.user?.userPrincipalName ?? '',
    changes: facts.changes,
    isReference: facts.isReference,
  };
  traffic.countOutcome(`${facts.isReference ? 'manager' : facts.action}.${facts.status}`);
  const visibleAt = at + drawDelay(settings, settings.logDelayMs, 'logDelay', id);
  log.append(entry, visibleAt, faults.judgeEntry(facts.externalId, id));
}
