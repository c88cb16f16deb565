// Identities that exist besides the applications that a client creates: the managed identity of a connector, say.
import type { Tenant } from './tenant';

/** An identity of the tenant. */
export interface SeedIdentity {
  readonly displayName: string;
  /** Object id of its service principal. Default: made up. */
  readonly id?: string;
  readonly appId?: string;
  /** Default ManagedIdentity. */
  readonly type?: 'Application' | 'ManagedIdentity';
}

/** Adds the service principal of an identity. Returns its object id. */
export function addSeedIdentity(tenant: Tenant, identity: SeedIdentity): string {
  const { displayName, type = 'ManagedIdentity' } = identity;
  const id = identity.id ?? tenant.nextGuid('identity');
  const appId = identity.appId ?? tenant.nextGuid('application');
  tenant.applications.addPrincipal({ id, appId, displayName, type, createdAt: tenant.clock.now() });
  return id;
}
