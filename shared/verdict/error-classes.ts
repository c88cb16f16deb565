// What the service's own error codes mean for us: does it pass, or must somebody mend data or settings?
// Source: "analyze provisioning logs" (September 2024), cloud-sync error codes (November 2023); docs/reference/graph-provisioning.md §3.6.

/** `passing`: send again later. `data`: HR corrects the row. `setup`: the identity team corrects job, agent or rights. */
export type ErrorClass = 'passing' | 'data' | 'setup';

const CODES: Readonly<Record<string, { readonly class: ErrorClass; readonly sentence: string }>> = {
  TooManyRequests: { class: 'passing', sentence: 'Microsoft Entra was busy.' },
  InternalServerError: { class: 'passing', sentence: 'Microsoft Entra had an internal fault.' },
  InternalError: { class: 'passing', sentence: 'Microsoft Entra had an internal fault.' },
  WebExceptionProtocolError: { class: 'passing', sentence: 'Microsoft Entra had a connection fault.' },
  Timeout: { class: 'passing', sentence: 'Microsoft Entra took too long.' },
  AzureDirectoryServiceServerBusy: { class: 'passing', sentence: 'Microsoft Entra was busy.' },
  HybridIdentityServiceNoAgentsAssigned: { class: 'passing', sentence: 'No provisioning agent is assigned.' },
  HybridIdentityServiceNoActiveAgents: { class: 'passing', sentence: 'No provisioning agent is running.' },
  HybridIdentityServiceAgentSignalingError: {
    class: 'passing',
    sentence: 'The provisioning agent could not be reached.',
  },
  HybridSynchronizationActiveDirectoryInternalServerError: {
    class: 'passing',
    sentence: 'The on-premises directory had a fault.',
  },
  AzureActiveDirectoryInvalidUserPrincipalName: {
    class: 'data',
    sentence: 'The user name has a form that Microsoft Entra does not accept.',
  },
  AzureActiveDirectoryDuplicateUserPrincipalName: {
    class: 'data',
    sentence: 'Another person in Microsoft Entra already has this user name.',
  },
  InvalidDomain: {
    class: 'data',
    sentence: 'The user name ends in a domain that does not belong to the company in Microsoft Entra.',
  },
  Conflict: { class: 'data', sentence: 'Another person in Microsoft Entra already has one of these values.' },
  EntryConflict: { class: 'data', sentence: 'Another person in Microsoft Entra already has one of these values.' },
  DuplicateTargetEntries: { class: 'data', sentence: 'More than one person in Microsoft Entra has this id.' },
  DuplicateSourceEntries: { class: 'data', sentence: 'More than one person was sent with this id.' },
  MandatoryFieldsMissing: { class: 'data', sentence: 'A value that Microsoft Entra requires is missing.' },
  MissingValues: { class: 'data', sentence: 'A value that Microsoft Entra requires is missing.' },
  InvalidAnchor: { class: 'data', sentence: 'The id cannot be used by Microsoft Entra.' },
  SchemaPropertyCanOnlyAcceptValue: {
    class: 'data',
    sentence: 'A value is not one of those that Microsoft Entra accepts.',
  },
  UnprocessableEntity: { class: 'data', sentence: 'Microsoft Entra could not process the values.' },
  ImportSkipped: { class: 'data', sentence: 'The value by which Microsoft Entra finds the person is missing.' },
  SchemaAttributeNotFound: { class: 'setup', sentence: 'The provisioning job names an attribute that does not exist.' },
  HybridSynchronizationActiveDirectoryCannotFindAttribute: {
    class: 'setup',
    sentence: 'The provisioning job names an attribute that the directory does not have.',
  },
  InsufficientRights: { class: 'setup', sentence: 'The provisioning job lacks a permission.' },
  MethodNotAllowed: { class: 'setup', sentence: 'The provisioning job may not do this.' },
  NotPermitted: { class: 'setup', sentence: 'The provisioning job may not do this.' },
  Unauthorized: { class: 'setup', sentence: 'The provisioning job lacks a permission.' },
  LicenseLimitExceeded: { class: 'setup', sentence: 'The company has no licence left.' },
  AzureActiveDirectoryCannotUpdateObjectsOriginatedInExternalService: {
    class: 'setup',
    sentence: 'This person is managed in the on-premises directory and cannot be changed from here.',
  },
};

/** Unknown codes are taken for faults of the data: shown to people, not repeated (docs/reference/graph-provisioning.md §3.6). */
export const classifyErrorCode = (code: string): ErrorClass => CODES[code]?.class ?? 'data';

/** One sentence for HR; unknown codes get a general one. */
export const sentenceForErrorCode = (code: string): string =>
  CODES[code]?.sentence ?? 'Microsoft Entra refused the person.';

/** All codes with a class of their own; docs/errors.md lists them. */
export const knownErrorCodes = (): readonly string[] => Object.keys(CODES);
