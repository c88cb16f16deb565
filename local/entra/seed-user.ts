// Users that existed before Rollcall: created by hand, or synced from an on-premises directory.
import type { SeedUser } from './directory';
import type { Tenant } from './tenant';

/** Adds a user to the directory. Returns its id. */
export function addSeedUser(tenant: Tenant, user: SeedUser): string {
  const now = tenant.clock.now();
  const id = tenant.nextGuid('seed-user');
  tenant.directory.add({
    id,
    employeeId: user.employeeId,
    userPrincipalName: user.userPrincipalName,
    accountEnabled: user.accountEnabled ?? true,
    manager: undefined,
    attributes: new Map(Object.entries(user.attributes ?? {})),
    onPremisesSyncEnabled: user.onPremisesSyncEnabled ?? false,
    createdAt: now,
    updatedAt: now,
  });
  return id;
}
