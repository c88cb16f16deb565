// What people do in the directory besides Rollcall: users created by hand or synced from an on-premises directory, accounts disabled by hand.
import type { SeedUser } from './directory';
import type { Tenant } from './tenant';

/** Somebody enables or disables an account by hand. False if nobody has this employeeId. */
export function setEnabled(tenant: Tenant, employeeId: string, accountEnabled: boolean): boolean {
  const found = tenant.directory.findByEmployeeId(employeeId);
  for (const user of found) {
    user.accountEnabled = accountEnabled;
    user.updatedAt = tenant.clock.now();
  }
  return found.length > 0;
}

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
