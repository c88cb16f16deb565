// A log entry in Graph's shape: the resource provisioningObjectSummary. [CSDL] Aug 2026
import { makeGuid } from './chance';
import type { Settings } from './options';
import type { LogEntry, VisibleEntry } from './provisioning-log';

const TARGET_NAMES = { entra: 'Microsoft Entra ID', 'active-directory': 'Active Directory' } as const;

/** The time of an entry as it is written and filtered. Unit: ms since 1970. */
export function readActivityTime(entry: LogEntry, settings: Pick<Settings, 'wholeSeconds'>): number {
  return settings.wholeSeconds ? Math.floor(entry.activityAt / 1_000) * 1_000 : Math.floor(entry.activityAt);
}

/** One entry in Graph's shape; undocumented members are as the reference reconstructed them. */
export function renderLogRecord({ entry, unknownAction }: VisibleEntry, settings: Settings) {
  const time = new Date(readActivityTime(entry, settings)).toISOString();
  const { appName } = entry;
  return {
    id: entry.id,
    activityDateTime: settings.wholeSeconds ? time.replace('.000Z', 'Z') : time,
    tenantId: settings.tenantId,
    jobId: entry.jobId,
    cycleId: entry.cycleId,
    changeId: entry.changeId,
    durationInMilliseconds: entry.durationMs,
    provisioningAction: unknownAction ? 'unknownFutureValue' : entry.action,
    initiatedBy: { id: '', displayName: 'Azure AD Provisioning Service', initiatorType: 'system' },
    servicePrincipal: { id: entry.servicePrincipalId, displayName: appName },
    sourceSystem: { id: makeGuid(0, 'source', entry.jobId), displayName: 'API', details: {} },
    targetSystem: {
      id: makeGuid(0, 'target', entry.jobId),
      displayName: TARGET_NAMES[entry.target],
      details: { ServicePrincipalId: entry.servicePrincipalId, ServicePrincipalDisplayName: appName },
    },
    sourceIdentity: {
      id: entry.externalId,
      displayName: entry.displayName,
      identityType: 'User',
      details: { id: entry.externalId, odatatype: 'User', DisplayName: entry.displayName },
    },
    targetIdentity: {
      id: entry.targetId,
      displayName: entry.targetId === '' ? '' : entry.displayName,
      identityType: 'User',
      details: {},
    },
    provisioningStatusInfo: { status: entry.status, errorInformation: renderError(entry, settings) },
    provisioningSteps: renderSteps(entry),
    modifiedProperties: entry.changes,
  };
}

function renderError({ error, status }: LogEntry, settings: Settings) {
  if (error) return { ...error, additionalDetails: null, recommendedAction: null };
  if (status !== 'skipped' || !settings.skippedWithError) return null;
  return {
    errorCode: 'EntrySynchronizationSkipped',
    reason: 'The entry was skipped.',
    errorCategory: 'success',
    additionalDetails: null,
    recommendedAction: null,
  };
}

function renderSteps(entry: LogEntry) {
  const id = entry.externalId;
  const target = TARGET_NAMES[entry.target];
  if (entry.isReference)
    return [
      step('EntryExportUpdate', 'referenceResolution', entry.status, `Resolve the manager of User '${id}'`, {
        ReportableIdentifier: entry.userPrincipalName,
      }),
    ];
  const isAdd = entry.action === 'create';
  const isOutOfScope = entry.skipReason === 'OutOfScope';
  const [kind, verb] = isAdd ? ['Add', 'create'] : ['Update', 'update'];
  const steps = [
    step(`EntryImport${kind}`, 'import', 'success', `Received User '${id}' change of type (${kind}) from API`, {
      externalId: id,
    }),
    step(
      'EntrySynchronizationScoping',
      'scoping',
      isOutOfScope ? 'skipped' : 'success',
      'Determine if User in scope by evaluating against each scoping filter',
      { 'Scoping filter evaluation passed': isOutOfScope ? 'False' : 'True', ScopeEvaluationResult: '{}' },
    ),
  ];
  if (entry.status === 'skipped') {
    if (isOutOfScope) return steps;
    const details = { ReportableIdentifier: id, SkipReason: entry.skipReason ?? '' };
    const description = 'Source and target already match; no change needed';
    return [...steps, step('EntrySynchronizationSkip', 'export', 'skipped', description, details)];
  }
  const done =
    entry.status === 'success' ? `User was ${verb}d in ${target}` : `Failed to ${verb} User '${id}' in ${target}`;
  return [
    ...steps,
    step(`EntrySynchronization${kind}`, 'matching', 'success', `User '${id}' will be ${verb}d in ${target}`, {}),
    step(`EntryExport${kind}`, 'export', entry.status, done, { ReportableIdentifier: entry.userPrincipalName }),
  ];
}

function step(name: string, type: string, status: string, description: string, details: Record<string, string>) {
  return { name, description, provisioningStepType: type, status, details };
}
