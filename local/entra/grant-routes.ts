// App roles granted to service principals: list, grant, take back.
import { printTime } from './application-documents';
import { notFound } from './application-routes';
import type { AppRoleAssignment } from './application-registry';
import { GraphRefusal, type Answer } from './graph-answer';
import type { Call } from './http-call';
import { readJsonBody } from './job-routes';
import { answerList } from './list-answer';
import { requireServicePrincipal } from './principal-routes';
import type { Tenant } from './tenant';

const NO_ASSIGNMENT: AppRoleAssignment = { id: '', principalId: '', resourceId: '', appRoleId: '', createdAt: 0 };

/** GET appRoleAssignments. */
export function listAppRoleAssignments(tenant: Tenant, call: Call): Answer {
  const { id } = requireServicePrincipal(tenant, call.params.servicePrincipalId ?? '');
  const granted = tenant.applications.assignments.filter(({ principalId }) => principalId === id);
  return answerList(call, {
    name: 'appRoleAssignments',
    type: 'microsoft.graph.appRoleAssignment',
    documents: granted.map((assignment) => renderAssignment(tenant, assignment)),
    members: Object.keys(renderAssignment(tenant, NO_ASSIGNMENT)),
    filterable: {
      resourceId: { kind: 'text', documented: ['eq'] },
      appRoleId: { kind: 'text', documented: [] },
    },
    maxTop: 999,
    options: ['$orderby'],
    strict: tenant.settings.strictFilter,
  });
}

/** POST appRoleAssignments. With autoCreateJobs an identity that is not known is made up. */
export function assignAppRole(tenant: Tenant, call: Call): Answer {
  const { principalId, resourceId, appRoleId } = readJsonBody(call);
  if (principalId !== call.params.servicePrincipalId || typeof principalId !== 'string')
    throw new GraphRefusal(400, 'Request_BadRequest', 'principalId must be the identity of the path.');
  if (tenant.settings.autoCreateJobs) tenant.openIdentity(principalId);
  requireServicePrincipal(tenant, principalId);
  const { assignments, servicePrincipals } = tenant.applications;
  const resource = typeof resourceId === 'string' ? servicePrincipals.get(resourceId) : undefined;
  if (!resource) throw notFound(String(resourceId));
  const role = resource.appRoles.find(({ id }) => id === appRoleId);
  if (!role)
    throw new GraphRefusal(400, 'Request_BadRequest', 'Permission being assigned was not found on application.');
  if (assignments.some((other) => other.principalId === principalId && other.appRoleId === role.id))
    throw new GraphRefusal(400, 'Request_BadRequest', 'Permission being assigned already exists on the object.');
  const assignment = {
    id: tenant.nextGuid('assignment'),
    principalId,
    resourceId: resource.id,
    appRoleId: role.id,
    createdAt: tenant.clock.now(),
  };
  assignments.push(assignment);
  const context = `${call.origin}/${call.version}/$metadata#appRoleAssignments/$entity`;
  return { status: 201, body: { '@odata.context': context, ...renderAssignment(tenant, assignment) } };
}

/** DELETE appRoleAssignments/{id}. */
export function removeAppRole(tenant: Tenant, call: Call): Answer {
  const { servicePrincipalId = '', assignmentId = '' } = call.params;
  const { id } = requireServicePrincipal(tenant, servicePrincipalId);
  const { assignments } = tenant.applications;
  const place = assignments.findIndex((candidate) => candidate.id === assignmentId && candidate.principalId === id);
  if (place < 0) throw notFound(assignmentId);
  assignments.splice(place, 1);
  return { status: 204 };
}

/** serviceprincipal-list-approleassignments.md, 2026 */
function renderAssignment({ applications }: Tenant, assignment: AppRoleAssignment) {
  const { id, principalId, resourceId, appRoleId, createdAt } = assignment;
  return {
    id,
    deletedDateTime: null,
    appRoleId,
    createdDateTime: printTime(createdAt),
    principalDisplayName: applications.servicePrincipals.get(principalId)?.displayName ?? null,
    principalId,
    principalType: 'ServicePrincipal',
    resourceDisplayName: applications.servicePrincipals.get(resourceId)?.displayName ?? null,
    resourceId,
  };
}
