// What the service's own error codes mean for us: is the failure transient, or must somebody fix data or settings?
// Source: "analyze provisioning logs" (September 2024), cloud-sync error codes (November 2023); docs/reference/graph-provisioning.md §3.6.

/** `transient`: sent again up to three times; when, `goOn` in pipeline/reconcile/judge-batch.ts decides. `data`: HR corrects the row. `setup`: the identity team corrects job, agent or rights. */
export type ErrorClass = 'transient' | 'data' | 'setup';

const CODES = {
  TooManyRequests: 'transient',
  InternalServerError: 'transient',
  InternalError: 'transient',
  WebExceptionProtocolError: 'transient',
  Timeout: 'transient',
  AzureDirectoryServiceServerBusy: 'transient',
  HybridIdentityServiceNoAgentsAssigned: 'transient',
  HybridIdentityServiceNoActiveAgents: 'transient',
  HybridIdentityServiceAgentSignalingError: 'transient',
  HybridSynchronizationActiveDirectoryInternalServerError: 'transient',
  AzureActiveDirectoryInvalidUserPrincipalName: 'data',
  AzureActiveDirectoryDuplicateUserPrincipalName: 'data',
  InvalidDomain: 'data',
  Conflict: 'data',
  EntryConflict: 'data',
  DuplicateTargetEntries: 'data',
  DuplicateSourceEntries: 'data',
  MandatoryFieldsMissing: 'data',
  MissingValues: 'data',
  InvalidAnchor: 'data',
  SchemaPropertyCanOnlyAcceptValue: 'data',
  UnprocessableEntity: 'data',
  ImportSkipped: 'data',
  SchemaAttributeNotFound: 'setup',
  HybridSynchronizationActiveDirectoryCannotFindAttribute: 'setup',
  InsufficientRights: 'setup',
  MethodNotAllowed: 'setup',
  NotPermitted: 'setup',
  Unauthorized: 'setup',
  LicenseLimitExceeded: 'setup',
  AzureActiveDirectoryCannotUpdateObjectsOriginatedInExternalService: 'setup',
} as const satisfies Readonly<Record<string, ErrorClass>>;

/** A code of the service that has a class of its own. */
export type ServiceCode = keyof typeof CODES;

export const isServiceCode = (code: string): code is ServiceCode => Object.hasOwn(CODES, code);

/** Unknown codes count as faults of the data: shown to people, not retried (docs/reference/graph-provisioning.md §3.6). */
export const classifyErrorCode = (code: string): ErrorClass => (isServiceCode(code) ? CODES[code] : 'data');

/** All codes with a class of their own; docs/errors.md lists them. */
export const knownErrorCodes = (): readonly ServiceCode[] => Object.keys(CODES) as ServiceCode[];
