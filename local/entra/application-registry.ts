// Applications, their service principals and the permissions granted to identities, as set-up scripts need them.
import { makeGuid } from './chance';
import type { JobTarget } from './job';

/** appId of Microsoft Graph. [GRANT] */
export const GRAPH_APP_ID = '00000003-0000-0000-c000-000000000000';

/** Permissions with their role ids, as the reference lists them. */
const GRAPH_ROLES: Readonly<Record<string, string>> = {
  'SynchronizationData-User.Upload': 'db31e92a-b9ea-4d87-bf6a-75a37a9ca35a',
  'SynchronizationData-User.Upload.OwnedBy': '25c32ff3-849a-494b-b94f-20a8ac4e6774',
  'ProvisioningLog.Read.All': '091937d3-3e38-47a1-8649-b2f99d3035f1',
  'AuditLog.Read.All': 'b0afded3-3588-46d8-8b3d-9842eff778da',
  'Synchronization.Read.All': '5ba43d2f-fa88-4db2-bd1c-a67c5f0fb1ce',
  'Synchronization.ReadWrite.All': '9b50c33d-700f-43b1-b2eb-87e89b703581',
  'Application.ReadWrite.OwnedBy': '18a4783c-866b-4cc7-a460-3d5e5662c884',
  'Application.Read.All': '9a5d68dd-52b0-4cc2-bd40-abcf44ac3a30',
  'AppRoleAssignment.ReadWrite.All': '06b708a9-e830-4db3-a914-8e69da51d44f',
};

/** A gallery template of an API-driven job. */
export interface ApplicationTemplate {
  readonly id: string;
  readonly displayName: string;
  readonly target: JobTarget;
}

/** A service principal. */
export interface ServicePrincipal {
  readonly id: string;
  readonly appId: string;
  readonly displayName: string;
  /** The target that its jobs write to; undefined if it has no jobs. */
  readonly target: JobTarget | undefined;
  /** appId of the caller that created it. */
  readonly owner: string | undefined;
  /** Unit: ms since 1970. */
  readonly createdAt: number;
  readonly appRoles: readonly { readonly id: string; readonly value: string }[];
}

/** A permission granted to an identity. */
export interface AppRoleAssignment {
  readonly id: string;
  readonly principalId: string;
  readonly resourceId: string;
  readonly appRoleId: string;
}

/** The applications of the tenant. */
export class ApplicationRegistry {
  readonly templates: readonly ApplicationTemplate[];
  readonly servicePrincipals = new Map<string, ServicePrincipal>();
  readonly assignments: AppRoleAssignment[] = [];

  constructor(seed: number) {
    const entra = { displayName: 'API-driven provisioning to Microsoft Entra ID', target: 'entra' } as const;
    const onPremises = {
      displayName: 'API-driven provisioning to on-premises Active Directory',
      target: 'active-directory',
    } as const;
    this.templates = [entra, onPremises].map((template) => ({
      ...template,
      id: makeGuid(seed, 'template', template.target),
    }));
    this.add({
      id: makeGuid(seed, 'service-principal', GRAPH_APP_ID),
      appId: GRAPH_APP_ID,
      displayName: 'Microsoft Graph',
      target: undefined,
      owner: undefined,
      createdAt: 0,
      appRoles: Object.entries(GRAPH_ROLES).map(([value, id]) => ({ id, value })),
    });
  }

  /** Adds a service principal. */
  add(servicePrincipal: ServicePrincipal): void {
    this.servicePrincipals.set(servicePrincipal.id, servicePrincipal);
  }

  /** The service principal of an application. */
  findByAppId(appId: string): ServicePrincipal | undefined {
    return [...this.servicePrincipals.values()].find((servicePrincipal) => servicePrincipal.appId === appId);
  }
}
