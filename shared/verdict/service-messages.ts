// What the service's own error codes mean, in English, for HR. The class of each is in error-classes.ts.
import type { ServiceCode } from './error-classes';

/** A sentence for each code that has a class. */
export const serviceSentences: Readonly<Record<ServiceCode, string>> = {
  TooManyRequests: 'Microsoft Entra was busy. Drop the row again later.',
  InternalServerError: 'Microsoft Entra had an internal error. Drop the row again later.',
  InternalError: 'Microsoft Entra had an internal error. Drop the row again later.',
  WebExceptionProtocolError: 'Microsoft Entra lost a connection. Drop the row again later.',
  Timeout: 'Microsoft Entra took too long. Drop the row again later.',
  AzureDirectoryServiceServerBusy: 'Microsoft Entra was busy. Drop the row again later.',
  HybridIdentityServiceNoAgentsAssigned: 'No provisioning agent is assigned. Tell your identity team.',
  HybridIdentityServiceNoActiveAgents: 'No provisioning agent is running. Tell your identity team.',
  HybridIdentityServiceAgentSignalingError: 'The provisioning agent could not be reached. Tell your identity team.',
  HybridSynchronizationActiveDirectoryInternalServerError:
    'The on-premises directory had an internal error. Tell your identity team.',
  AzureActiveDirectoryInvalidUserPrincipalName:
    'Microsoft Entra does not accept a sign-in name of this form. Correct it.',
  AzureActiveDirectoryDuplicateUserPrincipalName:
    'Another account in Microsoft Entra already has this sign-in name. Choose a different one.',
  InvalidDomain:
    'The domain at the end of the sign-in name is not one of those of the company in Microsoft Entra. Correct it.',
  Conflict: 'Another entry in Microsoft Entra already has one of these values.',
  EntryConflict: 'Another entry in Microsoft Entra already has one of these values.',
  DuplicateTargetEntries: 'More than one account in Microsoft Entra has this id. Tell your identity team.',
  DuplicateSourceEntries: 'More than one person was sent with this id. Give each person a different id.',
  MandatoryFieldsMissing: 'A value that Microsoft Entra requires is missing.',
  MissingValues: 'A value that Microsoft Entra requires is missing.',
  InvalidAnchor: 'Microsoft Entra cannot use this id. Check it.',
  SchemaPropertyCanOnlyAcceptValue: 'A value is not one that Microsoft Entra accepts.',
  UnprocessableEntity: 'Microsoft Entra could not process the values of this row.',
  ImportSkipped: 'The value by which Microsoft Entra finds the person is missing.',
  SchemaAttributeNotFound: 'The provisioning job names an attribute that does not exist. Tell your identity team.',
  HybridSynchronizationActiveDirectoryCannotFindAttribute:
    'The provisioning job names an attribute that the directory does not have. Tell your identity team.',
  InsufficientRights: 'The provisioning job lacks a permission. Tell your identity team.',
  MethodNotAllowed: 'The provisioning job is not allowed to make this change. Tell your identity team.',
  NotPermitted: 'The provisioning job is not allowed to make this change. Tell your identity team.',
  Unauthorized: 'The provisioning job lacks a permission. Tell your identity team.',
  LicenseLimitExceeded: 'The company has no licence left. Tell your identity team.',
  AzureActiveDirectoryCannotUpdateObjectsOriginatedInExternalService:
    'This account is managed in the on-premises directory, so it cannot be changed from here. Tell your identity team.',
};

/** For a code that we do not know. */
export const serviceUnknownSentence = 'Microsoft Entra could not apply this row.';
