// What people do in the directory besides Rollcall: users created by hand or synced from an on-premises directory, accounts disabled by hand.
import { DIRECTORY_ROLES } from './directory-roles';
import type { SeedUser } from './directory';
import { GraphRefusal } from './graph-answer';
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

/** Adds a user to the directory. Returns its id. Throws a GraphRefusal (400) for a role that the simulator does not know. */
export function addSeedUser(tenant: Tenant, user: SeedUser): string {
  const unknown = user.directoryRoles?.find((name) => DIRECTORY_ROLES[name] === undefined);
  if (unknown !== undefined) throw new GraphRefusal(400, 'BadRequest', `There is no directory role ${unknown}.`);
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
    ...(user.directoryRoles ? { directoryRoles: user.directoryRoles } : {}),
    createdAt: now,
    updatedAt: now,
  });
  return id;
}
