// The status document of a job. Fields [CSDL] Aug 2026; Graph writes "never" as the year 1.
import { makeGuid } from './chance';
import type { Job, JobTarget } from './job';
import type { Settings } from './options';
import type { Tenant } from './tenant';
import { inventMember } from './undocumented';

/** What the ids of jobs begin with, from which the ids of templates were inferred; look those up, do not rely on them. */
export const JOB_PREFIXES: Readonly<Record<JobTarget, string>> = { entra: 'API2AAD', 'active-directory': 'API2AD' };

const NEVER = '0001-01-01T00:00:00Z';
const DISABLED_INTERVAL = 'P10675199DT2H48M5.4775807S';
const RETRY_MS = 6 * 60 * 60_000;

/** The id of the template of a target's jobs. */
export function nameTemplate(target: JobTarget, { templateIds, seed }: Settings): string {
  if (templateIds === 'inferred') return JOB_PREFIXES[target];
  return `t${makeGuid(seed, 'job-template', target).slice(0, 8)}`;
}

/** Graph's synchronizationJob. */
export function renderJob(job: Job, tenant: Tenant) {
  const { settings } = tenant;
  const isOff = job.scheduleDisabled || job.code === 'NotConfigured' || job.code === 'NotRun';
  const pausedOrActive = job.code === 'Paused' ? 'Paused' : 'Active';
  return {
    id: job.id,
    templateId: nameTemplate(job.target, settings),
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
    ...inventMember(settings.seed, 'job'),
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
