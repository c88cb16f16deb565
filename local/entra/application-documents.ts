// Templates, applications and service principals in Graph's form, as the examples of their pages print them:
// microsoft-graph-docs-contrib applicationtemplate-list.md, applicationtemplate-instantiate.md, application-get.md,
// serviceprincipal-get.md, 2026. Members that a provisioning client has no use for are left out.
import type { Application, ApplicationTemplate, ServicePrincipal } from './application-registry';
import type { Tenant } from './tenant';
import { inventMember } from './undocumented';

/** A time as the directory prints it. */
export function printTime(ms: number): string {
  return new Date(ms).toISOString().replace(/\.000Z$/, 'Z');
}

/** Graph's applicationTemplate. */
export function renderTemplate({ id, displayName, target }: ApplicationTemplate, seed: number) {
  return {
    id,
    displayName,
    homePageUrl: null,
    supportedSingleSignOnModes: [],
    supportedProvisioningTypes: target === undefined ? [] : ['sync'],
    logoUrl: null,
    categories: ['humanResources'],
    publisher: 'Microsoft Corporation',
    description: null,
    ...inventMember(seed, 'template'),
  };
}

/** The members of an application. */
export const APPLICATION_MEMBERS = Object.keys(
  renderApplication({ id: '', appId: '', displayName: '', templateId: undefined, owners: new Map(), createdAt: 0 }, 0),
);

/** Graph's application. */
export function renderApplication({ id, appId, displayName, templateId, createdAt }: Application, seed: number) {
  return {
    id,
    deletedDateTime: null,
    appId,
    applicationTemplateId: templateId ?? null,
    createdDateTime: printTime(createdAt),
    displayName,
    identifierUris: [],
    publisherDomain: 'contoso.example',
    signInAudience: 'AzureADMyOrg',
    tags: [],
    appRoles: [],
    keyCredentials: [],
    passwordCredentials: [],
    requiredResourceAccess: [],
    ...inventMember(seed, 'application'),
  };
}

/** Graph's servicePrincipal. */
export function renderPrincipal(servicePrincipal: ServicePrincipal, { applications, settings }: Tenant) {
  const { id, appId, displayName, type, createdAt, appRoles } = servicePrincipal;
  const application = [...applications.applications.values()].find((candidate) => candidate.appId === appId);
  return {
    id,
    deletedDateTime: null,
    accountEnabled: true,
    alternativeNames: [],
    appDisplayName: displayName,
    appId,
    applicationTemplateId: application?.templateId ?? null,
    appOwnerOrganizationId: settings.tenantId,
    appRoleAssignmentRequired: false,
    createdDateTime: printTime(createdAt),
    displayName,
    servicePrincipalNames: [appId],
    servicePrincipalType: type,
    tags: application ? ['WindowsAzureActiveDirectoryIntegratedApp'] : [],
    appRoles: appRoles.map((role) => ({
      ...role,
      allowedMemberTypes: ['Application'],
      description: role.value,
      displayName: role.value,
      isEnabled: true,
      origin: 'Application',
    })),
    oauth2PermissionScopes: [],
    keyCredentials: [],
    passwordCredentials: [],
    ...inventMember(settings.seed, 'principal'),
  };
}
