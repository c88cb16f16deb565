// Rights that end in .OwnedBy: they hold for the applications that the caller owns, and no others. [PERM] Aug 2026
import { ACCESS, isLimitedToOwned, type Access } from './access';
import { refusePrivilege } from './access-token';
import type { Owners } from './application-registry';
import type { Call } from './http-call';
import type { Tenant } from './tenant';

/** Throws a GraphRefusal (403) if the call is about an application that a caller with such rights does not own. */
export function requireOwnership(tenant: Tenant, call: Call, access: Access): void {
  // Reading applications is not limited: a caller finds its own among all.
  if (access === ACCESS.readApps || call.caller === 'anyone' || !isLimitedToOwned(call.caller, access)) return;
  const owners = findOwners(tenant, call);
  if (owners && !owners.has(call.caller.appId)) throw refusePrivilege('the caller does not own the application');
}

/** The owners of what the path names; undefined: it names nothing that exists. */
function findOwners(tenant: Tenant, { params }: Call): Owners | undefined {
  const { servicePrincipalId, jobId, applicationId } = params;
  const { applications, servicePrincipals } = tenant.applications;
  if (applicationId !== undefined) return applications.get(applicationId)?.owners;
  if (servicePrincipalId === undefined) return undefined;
  // With autoCreateJobs the job and its application may only come to be now.
  if (jobId !== undefined) tenant.findJob(servicePrincipalId, jobId);
  return servicePrincipals.get(servicePrincipalId)?.owners;
}
