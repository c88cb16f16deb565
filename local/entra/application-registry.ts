// Applications, their service principals, who owns them, and the permissions granted to identities.
import { makeGuid } from './chance';
import type { JobTarget } from './job';

/** appId of Microsoft Graph. [GRANT] */
export const GRAPH_APP_ID = '00000003-0000-0000-c000-000000000000';

/** The template of an application that is not in the gallery. microsoft-graph-docs-contrib applicationtemplate-instantiate.md */
const NON_GALLERY_TEMPLATE = '8adf8e6e-67b2-4cf2-a259-e3dc5476c621';

/** Permissions with their role ids, as the reference lists them; the last five from Graph's permissions reference, 2026. */
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
  'Application.ReadWrite.All': '1bfefb4e-e0b5-418b-a88f-73c46d2cc8e9',
  'Directory.Read.All': '7ab1d382-f21e-4acd-a863-ba3e13f7da61',
  'User.Read.All': 'df021288-bdef-4463-88db-98f22de89214',
  'Organization.Read.All': '498476ce-e0fe-48b0-b801-37ba7e2685c6',
  'RoleManagement.Read.Directory': '483bed4a-2ad3-4361-a73b-c83ccdbdc53c',
};

/** The name of an application that the simulator had to make up, because only its job was named. */
export const UNNAMED_APP = 'API-driven provisioning';

/** A template of the gallery. */
export interface ApplicationTemplate {
  readonly id: string;
  readonly displayName: string;
  /** Where an API-driven job of it writes to; undefined if it has no such job. */
  readonly target: JobTarget | undefined;
}

/** Owners: appIds of applications and ids of users. */
export type Owners = Map<string, 'application' | 'user'>;

/** An application: the object that others are instances of. */
export interface Application {
  readonly id: string;
  readonly appId: string;
  readonly displayName: string;
  readonly templateId: string | undefined;
  readonly owners: Owners;
  /** Unit: ms since 1970. */
  readonly createdAt: number;
}

/** A service principal. */
export interface ServicePrincipal {
  readonly id: string;
  readonly appId: string;
  readonly displayName: string;
  readonly type: 'Application' | 'ManagedIdentity';
  /** The target that its jobs write to; undefined if it has no jobs. */
  readonly target: JobTarget | undefined;
  readonly owners: Owners;
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
  /** Unit: ms since 1970. */
  readonly createdAt: number;
}

/** The applications of the tenant. */
export class ApplicationRegistry {
  readonly templates: readonly ApplicationTemplate[];
  /** By object id. */
  readonly applications = new Map<string, Application>();
  /** By object id. */
  readonly servicePrincipals = new Map<string, ServicePrincipal>();
  readonly assignments: AppRoleAssignment[] = [];

  constructor(private readonly seed: number) {
    const template = (displayName: string, target: JobTarget) => ({
      id: makeGuid(seed, 'template', target),
      displayName,
      target,
    });
    this.templates = [
      template('API-driven provisioning to Microsoft Entra ID', 'entra'),
      template('API-driven provisioning to on-premises Active Directory', 'active-directory'),
      { id: NON_GALLERY_TEMPLATE, displayName: 'Custom', target: undefined },
    ];
    const appRoles = Object.entries(GRAPH_ROLES).map(([value, id]) => ({ id, value }));
    this.addPrincipal({ appId: GRAPH_APP_ID, displayName: 'Microsoft Graph', appRoles });
  }

  /** Adds an application. */
  addApplication(application: Application): void {
    this.applications.set(application.id, application);
  }

  /** Adds a service principal; what is not given is as for one without jobs that has always been there. */
  addPrincipal(given: Pick<ServicePrincipal, 'appId' | 'displayName'> & Partial<ServicePrincipal>): ServicePrincipal {
    const servicePrincipal: ServicePrincipal = {
      id: makeGuid(this.seed, 'service-principal', given.appId),
      type: 'Application',
      target: undefined,
      owners: new Map(),
      createdAt: 0,
      appRoles: [],
      ...given,
    };
    this.servicePrincipals.set(servicePrincipal.id, servicePrincipal);
    return servicePrincipal;
  }

  /** The service principal of a job that was named before it existed, made up with its application if necessary. */
  openPrincipal(id: string, target: JobTarget): ServicePrincipal {
    const known = this.servicePrincipals.get(id);
    if (known) return known;
    const appId = makeGuid(this.seed, 'application', id);
    const named = { appId, displayName: UNNAMED_APP, owners: new Map(), createdAt: 0 };
    const templateId = this.templates.find((template) => template.target === target)?.id;
    this.addApplication({ ...named, id: makeGuid(this.seed, 'application-object', id), templateId });
    return this.addPrincipal({ ...named, owners: new Map(), id, target });
  }

  /** The service principal of an application. */
  findByAppId(appId: string): ServicePrincipal | undefined {
    return [...this.servicePrincipals.values()].find((servicePrincipal) => servicePrincipal.appId === appId);
  }

  /** Removes a service principal with everything that was granted to it or by it. */
  removePrincipal(id: string): void {
    this.servicePrincipals.delete(id);
    const kept = this.assignments.filter(({ principalId, resourceId }) => principalId !== id && resourceId !== id);
    this.assignments.splice(0, Infinity, ...kept);
  }
}
