// What the service's own error codes mean, in English, for HR. The class of each is in error-classes.ts.
import type { ServiceCode } from './error-classes';

/** A sentence for each code that has a class. */
export const serviceSentences: Readonly<Record<ServiceCode, string>> = {
  TooManyRequests: 'Microsoft Entra was busy.',
  InternalServerError: 'Microsoft Entra had an internal fault.',
  InternalError: 'Microsoft Entra had an internal fault.',
  WebExceptionProtocolError: 'Microsoft Entra had a connection fault.',
  Timeout: 'Microsoft Entra took too long.',
  AzureDirectoryServiceServerBusy: 'Microsoft Entra was busy.',
  HybridIdentityServiceNoAgentsAssigned: 'No provisioning agent is assigned.',
  HybridIdentityServiceNoActiveAgents: 'No provisioning agent is running.',
  HybridIdentityServiceAgentSignalingError: 'The provisioning agent could not be reached.',
  HybridSynchronizationActiveDirectoryInternalServerError: 'The on-premises directory had a fault.',
  AzureActiveDirectoryInvalidUserPrincipalName: 'The sign-in name has a form that Microsoft Entra does not accept.',
  AzureActiveDirectoryDuplicateUserPrincipalName: 'Another person in Microsoft Entra already has this sign-in name.',
  InvalidDomain: 'The sign-in name ends in a domain that the company does not have in Microsoft Entra.',
  Conflict: 'Another person in Microsoft Entra already has one of these values.',
  EntryConflict: 'Another person in Microsoft Entra already has one of these values.',
  DuplicateTargetEntries: 'More than one person in Microsoft Entra has this id.',
  DuplicateSourceEntries: 'More than one person was sent with this id.',
  MandatoryFieldsMissing: 'A value that Microsoft Entra requires is missing.',
  MissingValues: 'A value that Microsoft Entra requires is missing.',
  InvalidAnchor: 'The id cannot be used by Microsoft Entra.',
  SchemaPropertyCanOnlyAcceptValue: 'A value is not one of those that Microsoft Entra accepts.',
  UnprocessableEntity: 'Microsoft Entra could not process the values.',
  ImportSkipped: 'The value with which Microsoft Entra finds the person is missing.',
  SchemaAttributeNotFound: 'The provisioning job names an attribute that does not exist.',
  HybridSynchronizationActiveDirectoryCannotFindAttribute:
    'The provisioning job names an attribute that the directory does not have.',
  InsufficientRights: 'The provisioning job lacks a permission.',
  MethodNotAllowed: 'The provisioning job may not do this.',
  NotPermitted: 'The provisioning job may not do this.',
  Unauthorized: 'The provisioning job lacks a permission.',
  LicenseLimitExceeded: 'The company has no licence left.',
  AzureActiveDirectoryCannotUpdateObjectsOriginatedInExternalService:
    'This person is managed in the on-premises directory and cannot be changed from here.',
};

/** For a code that we do not know. */
export const serviceUnknownSentence = 'Microsoft Entra refused the person.';
