// The provisioning job: does it run, into the directory that the source means, and may it do what it must? Its agent, where the target is on premises.
import type { SourceSettings } from '../source/settings-schema';
import { doubtful, noted, wrong, type Found } from './finding';
import type { JobPicture, ProvisioningSettings, SchemaPicture } from './tenant-picture';

type Target = SourceSettings['job']['target'];

/** Beginnings of ids of jobs, as observed; those of templates are documented nowhere (docs/reference/graph-provisioning.md §1.1, §4.1). */
const JOB_OF: Readonly<Record<Target, string>> = { entra: 'API2AAD.', 'active-directory': 'API2AD.' };

/** Whether the job is there and takes what is sent. */
export function checkJob(job: JobPicture | null, target: Target): readonly Found[] {
  if (job === null) return [wrong('job-missing', {})];
  return [...stateFindings(job), ...targetFindings(job, target)];
}

function stateFindings({ status, schedule, quarantine, lastExecution }: JobPicture): readonly Found[] {
  const is = (word: string): boolean => status.toLowerCase() === word;
  if (is('quarantine') || quarantine !== null)
    return [
      wrong('job-quarantined', { reason: quarantine?.reason ?? 'Unknown', error: quarantine?.errorCode ?? null }),
    ];
  if (is('paused') || schedule.toLowerCase() === 'paused') return [wrong('job-not-running', {})];
  if (is('notrun') || is('notconfigured')) return [wrong('job-not-started', { status })];
  if (schedule.toLowerCase() === 'disabled') return [wrong('job-switched-off', {})];
  return lastExecution?.state.toLowerCase() === 'failed'
    ? [doubtful('job-failed-last', { error: lastExecution.errorCode })]
    : [];
}

function targetFindings({ id }: JobPicture, target: Target): readonly Found[] {
  const other: Target = target === 'entra' ? 'active-directory' : 'entra';
  return id.startsWith(JOB_OF[other]) ? [wrong('job-of-other-target', { target, other })] : [];
}

/** Whether the mapping is switched on, and what the job may do with people. */
export function checkActions({ isEnabled, flows }: SchemaPicture): readonly Found[] {
  const has = new Set(flows.map((flow) => flow.toLowerCase()));
  const actions = ['Add', 'Update'].filter((action) => !has.has(action.toLowerCase()));
  return [
    ...(isEnabled ? [] : [wrong('mapping-switched-off', {})]),
    ...(actions.length > 0 ? [doubtful('actions-switched-off', { actions })] : []),
  ];
}

/** Codes by which a job says that its agent does not answer (docs/reference/graph-provisioning.md §3.6). */
const AGENT_CODES = /^HybridIdentityService|^HybridSynchronizationActiveDirectory/;

/** The agent and the domain, as far as the API shows them; nothing for Entra ID. */
export function checkAgent(job: JobPicture | null, settings: ProvisioningSettings, target: Target): readonly Found[] {
  if (target === 'entra') return [];
  const error = [job?.quarantine?.errorCode, job?.lastExecution?.errorCode].find(
    (code): code is string => typeof code === 'string' && AGENT_CODES.test(code),
  );
  return [
    ...(settings.hasDomain ? [] : [doubtful('agent-without-domain', {})]),
    error === undefined ? noted('agent-unseen', {}) : wrong('agent-silent', { error }),
  ];
}
