// Entries of the provisioning log for tests: the three example records of docs/reference/graph-provisioning.md §3.4, and changes of them.
import type { ProvisioningEntry } from '../../../shared/graph/provisioning-log';

const step = (provisioningStepType: string, status: string, details: unknown = {}) => ({
  provisioningStepType,
  status,
  details,
});

// The records also have members that are not read; as variables, so that the type accepts them.
const maria = { id: '100234', displayName: 'Maria Keller', identityType: 'User' };
const nameTaken = {
  errorCode: 'AzureActiveDirectoryDuplicateUserPrincipalName',
  reason: 'Another object already holds this user principal name.',
  errorCategory: 'nonServiceFailure',
};

/** A person was created. */
export const created: ProvisioningEntry = {
  id: '5f0d7c1e-0b3a-4a6b-9d0e-6f2d1c7b8a90',
  activityDateTime: '2026-09-14T08:21:37Z',
  jobId: 'API2AAD.0123456789abcdef0123456789abcdef.6f2c1d0a-6a55-4c2f-9f0f-3b8a6b2f7c10',
  changeId: 'c9b8d7e6-1f2a-4b3c-8d4e-5f6a7b8c9d0e',
  provisioningAction: 'create',
  sourceIdentity: maria,
  provisioningStatusInfo: { status: 'success', errorInformation: null },
  provisioningSteps: [
    step('import', 'success', { externalId: '100234' }),
    step('scoping', 'success', { 'Scoping filter evaluation passed': 'True' }),
    step('matching', 'success'),
    step('export', 'success', { ReportableIdentifier: 'maria.keller@contoso.example' }),
  ],
};

/** The creation failed: the user name is taken. */
export const failed: ProvisioningEntry = {
  ...created,
  provisioningStatusInfo: {
    status: 'failure',
    errorInformation: nameTaken,
  },
  provisioningSteps: [step('import', 'success'), step('matching', 'success'), step('export', 'failure')],
};

/** Nothing to do: source and target match. */
export const redundant: ProvisioningEntry = {
  ...created,
  provisioningAction: 'other',
  provisioningStatusInfo: { status: 'skipped', errorInformation: null },
  provisioningSteps: [step('export', 'skipped', { ReportableIdentifier: '100234', SkipReason: 'RedundantExport' })],
};

/** The user was written, its manager could not be assigned. */
export const managerFailed: ProvisioningEntry = {
  ...created,
  id: '5f0d7c1e-0b3a-4a6b-9d0e-6f2d1c7b8a91',
  provisioningAction: 'update',
  provisioningStatusInfo: { status: 'failure', errorInformation: { errorCode: 'ReferenceNotFound', reason: null } },
  provisioningSteps: [step('referenceResolution', 'failure')],
};

/** An error of the service with this code. */
export const failedWith = (errorCode: string | null): ProvisioningEntry => ({
  ...failed,
  provisioningStatusInfo: { status: 'failure', errorInformation: errorCode === null ? null : { errorCode } },
});

export { step };
