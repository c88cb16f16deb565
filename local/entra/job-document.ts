// The status document of a job. Fields [CSDL] Aug 2026; Graph writes "never" as the year 1.
import { makeGuid } from './chance';
import type { Job } from './job';
import type { Tenant } from './tenant';

const NEVER = '0001-01-01T00:00:00Z';
const DISABLED_INTERVAL = 'P10675199DT2H48M5.4775807S';
const RETRY_MS = 6 * 60 * 60_000;

/** Graph's synchronizationJob. */
export function renderJob(job: Job, tenant: Tenant) {
  const isOff = job.scheduleDisabled || job.code === 'NotConfigured' || job.code === 'NotRun';
  const pausedOrActive = job.code === 'Paused' ? 'Paused' : 'Active';
  return {
    id: job.id,
    templateId: job.target === 'entra' ? 'API2AAD' : 'API2AD',
    schedule: {
      expiration: null,
      interval: isOff ? DISABLED_INTERVAL : printMinutes(tenant.settings.cycleMs),
      state: isOff ? 'Disabled' : pausedOrActive,
    },
    status: {
      code: job.code,
      countSuccessiveCompleteFailures: 0,
      escrowsPruned: false,
      steadyStateFirstAchievedTime: job.lastExecution ? printTime(job.activeSince) : NEVER,
      steadyStateLastAchievedTime: job.lastExecution ? printTime(job.lastExecution.at) : NEVER,
      troubleshootingUrl: '',
      quarantine: renderQuarantine(job),
      progress: [],
      lastSuccessfulExecution: null,
      lastSuccessfulExecutionWithExports: null,
      lastExecution: renderExecution(job, tenant),
      synchronizedEntryCountByType: [{ key: 'User', value: job.known.size }],
    },
    synchronizationJobSettings: job.settings,
  };
}

function renderQuarantine({ quarantine }: Job) {
  if (!quarantine) return null;
  return {
    currentBegan: printTime(quarantine.since),
    nextAttempt: printTime(quarantine.since + RETRY_MS),
    reason: quarantine.reason,
    seriesBegan: printTime(quarantine.since),
    seriesCount: 1,
    error: { code: quarantine.reason, message: 'The job is in quarantine.', tenantActionable: true },
  };
}

function renderExecution(job: Job, tenant: Tenant) {
  if (job.cycle < 0) return null;
  const counts = job.cycleCounts;
  return {
    activityIdentifier: makeGuid(tenant.settings.seed, 'cycle', job.id, job.activeSince, job.cycle),
    state: counts.failed > 0 ? 'EntryLevelErrors' : 'Succeeded',
    error: null,
    countEntitled: job.known.size,
    countEntitledForProvisioning: job.known.size,
    countEscrowed: job.escrows.size,
    countEscrowedRaw: job.escrows.size,
    countExported: counts.exported,
    countExports: counts.exported,
    countImported: counts.imported,
    countImportedDeltas: counts.imported,
    countImportedReferenceDeltas: 0,
    timeBegan: printTime(job.activeSince),
    timeEnded: printTime(tenant.clock.now()),
  };
}

function printTime(ms: number): string {
  return new Date(ms).toISOString().replace(/\.\d+Z$/, 'Z');
}

function printMinutes(ms: number): string {
  return `PT${Math.round(ms / 60_000)}M`;
}
