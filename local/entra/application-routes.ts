// Templates, applications, service principals and grants: what a set-up script calls before there is a job.
import { GraphRefusal, type Answer } from './graph-answer';
import type { ServicePrincipal } from './application-registry';
import type { Call } from './http-call';
import { readJsonBody } from './job-routes';
import type { Tenant } from './tenant';

/** GET /applicationTemplates, with a filter on displayName. */
export function listApplicationTemplates(tenant: Tenant, call: Call): Answer {
  const wanted = readEqualsFilter(call, 'displayName');
  const templates = tenant.applications.templates.filter(({ displayName }) => displayName === (wanted ?? displayName));
  return { status: 200, body: { value: templates.map(({ id, displayName }) => ({ id, displayName })) } };
}

/** POST instantiate: creates the application and its service principal, which may take a while to become visible. */
export function instantiateTemplate(tenant: Tenant, call: Call): Answer {
  const template = tenant.applications.templates.find(({ id }) => id === call.params.templateId);
  if (!template) throw notFound('The application template does not exist.');
  const { displayName } = readJsonBody(call);
  if (typeof displayName !== 'string' || displayName === '')
    throw new GraphRefusal(400, 'BadRequest', 'displayName is required.');
  const appId = tenant.nextGuid('application');
  const servicePrincipal: ServicePrincipal = {
    id: tenant.nextGuid('service-principal'),
    appId,
    displayName,
    target: template.target,
    owner: call.caller === 'anyone' ? undefined : call.caller.appId,
    createdAt: tenant.clock.now(),
    appRoles: [],
  };
  tenant.applications.add(servicePrincipal);
  const application = { id: tenant.nextGuid('application-object'), appId, displayName };
  return { status: 201, body: { application, servicePrincipal: render(servicePrincipal) } };
}

/** GET /servicePrincipals, with a filter on appId or displayName. */
export function findServicePrincipals(tenant: Tenant, call: Call): Answer {
  const appId = readEqualsFilter(call, 'appId');
  const displayName = appId === undefined ? readEqualsFilter(call, 'displayName') : undefined;
  const found = [...tenant.applications.servicePrincipals.values()].filter(
    (candidate) =>
      isReplicated(tenant, candidate) &&
      candidate.appId === (appId ?? candidate.appId) &&
      candidate.displayName === (displayName ?? candidate.displayName),
  );
  return { status: 200, body: { value: found.map(render) } };
}

/** GET /servicePrincipals/{id} and /servicePrincipals(appId='…'). */
export function getServicePrincipal(tenant: Tenant, call: Call): Answer {
  const { appId, servicePrincipalId = '' } = call.params;
  const found = appId === undefined ? undefined : tenant.applications.findByAppId(appId);
  return { status: 200, body: render(found ?? requireServicePrincipal(tenant, servicePrincipalId)) };
}

/** POST appRoleAssignments: grants a permission. Any identity in the path is accepted: managed identities are not simulated. */
export function assignAppRole(tenant: Tenant, call: Call): Answer {
  const { principalId, resourceId, appRoleId } = readJsonBody(call);
  const resource = typeof resourceId === 'string' ? tenant.applications.servicePrincipals.get(resourceId) : undefined;
  if (principalId !== call.params.servicePrincipalId || typeof principalId !== 'string')
    throw new GraphRefusal(400, 'Request_BadRequest', 'principalId must be the identity of the path.');
  if (!resource) throw notFound('The resource does not exist.');
  const role = resource.appRoles.find(({ id }) => id === appRoleId);
  if (!role)
    throw new GraphRefusal(400, 'Request_BadRequest', 'Permission being assigned was not found on application.');
  const { assignments } = tenant.applications;
  if (assignments.some((other) => other.principalId === principalId && other.appRoleId === role.id))
    throw new GraphRefusal(400, 'Request_BadRequest', 'Permission being assigned already exists on the object.');
  const assignment = { id: tenant.nextGuid('assignment'), principalId, resourceId: resource.id, appRoleId: role.id };
  assignments.push(assignment);
  return { status: 201, body: { ...assignment, principalType: 'ServicePrincipal' } };
}

/** The service principal, once it is replicated. Throws a GraphRefusal (404). */
export function requireServicePrincipal(tenant: Tenant, id: string): ServicePrincipal {
  const found = tenant.applications.servicePrincipals.get(id);
  if (!found || !isReplicated(tenant, found)) throw notFound('The service principal does not exist.');
  return found;
}

function isReplicated({ clock, settings }: Tenant, { createdAt }: ServicePrincipal): boolean {
  return createdAt + settings.replicationDelayMs / settings.speed <= clock.now();
}

function readEqualsFilter(call: Call, property: string): string | undefined {
  const filter = call.url.searchParams.get('$filter');
  if (filter === null) return undefined;
  const match = /^\s*(\w+)\s+eq\s+'((?:[^']|'')*)'\s*$/.exec(filter);
  if (!match) throw new GraphRefusal(400, 'BadRequest', 'Invalid filter clause.');
  return match[1] === property ? match[2]?.replaceAll("''", "'") : undefined;
}

function render({ id, appId, displayName, appRoles }: ServicePrincipal) {
  return { id, appId, displayName, servicePrincipalType: 'Application', appRoles };
}

function notFound(message: string): GraphRefusal {
  return new GraphRefusal(404, 'Request_ResourceNotFound', message);
}
