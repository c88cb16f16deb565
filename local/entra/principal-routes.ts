// Service principals and their owners.
import { notFound } from './application-routes';
import { renderPrincipal } from './application-documents';
import type { ServicePrincipal } from './application-registry';
import { makeGuid } from './chance';
import { GraphRefusal, type Answer } from './graph-answer';
import type { Call } from './http-call';
import { readJsonBody } from './job-routes';
import { answerList, answerObject, type Document, type List } from './list-answer';
import type { Tenant } from './tenant';

const PRINCIPALS: Pick<List, 'name' | 'type'> = {
  name: 'servicePrincipals',
  type: 'microsoft.graph.servicePrincipal',
};
const ID = { kind: 'text', documented: ['eq', 'ne', 'in'] } as const;
const TEXT = { kind: 'text', documented: ['eq', 'ne', 'in', 'startswith', 'endswith'] } as const;

/** GET /servicePrincipals. */
export function findServicePrincipals(tenant: Tenant, call: Call): Answer {
  const all = [...tenant.applications.servicePrincipals.values()];
  return answerList(call, {
    ...PRINCIPALS,
    documents: all
      .filter((candidate) => tenant.isReplicated(candidate))
      .map((candidate) => renderPrincipal(candidate, tenant)),
    filterable: {
      id: ID,
      appId: ID,
      displayName: TEXT,
      servicePrincipalType: ID,
      applicationTemplateId: ID,
      accountEnabled: { kind: 'boolean', documented: ['eq', 'ne'] },
    },
    maxTop: 999,
    options: ['$orderby', '$search', '$expand'],
    strict: tenant.settings.strictFilter,
  });
}

/** GET /servicePrincipals/{id} and /servicePrincipals(appId='…'). */
export function getServicePrincipal(tenant: Tenant, call: Call): Answer {
  return answerObject(call, PRINCIPALS, renderPrincipal(findPrincipal(tenant, call), tenant));
}

/** DELETE /servicePrincipals/{id}: its jobs and grants go, its application stays. serviceprincipal-delete.md, 2026 */
export function deleteServicePrincipal(tenant: Tenant, call: Call): Answer {
  tenant.removePrincipal(findPrincipal(tenant, call).id);
  return { status: 204 };
}

/** GET owners. */
export function listOwners(tenant: Tenant, call: Call): Answer {
  const { owners } = findPrincipal(tenant, call);
  return answerList(call, {
    name: 'directoryObjects',
    type: 'microsoft.graph.directoryObject',
    documents: [...owners].map(([key, kind]) => renderOwner(tenant, key, kind)),
    filterable: {},
    maxTop: 999,
    strict: tenant.settings.strictFilter,
  });
}

/** POST owners/$ref: an application's service principal or a user becomes an owner. */
export function addOwner(tenant: Tenant, call: Call): Answer {
  const { owners } = findPrincipal(tenant, call);
  const reference = readJsonBody(call)['@odata.id'];
  const id = typeof reference === 'string' ? (/[^/]+$/.exec(reference)?.[0] ?? '') : '';
  const principal = tenant.applications.servicePrincipals.get(id);
  const user = tenant.directory.findById(id);
  if (!principal && !user) throw notFound(id);
  const key = principal?.appId ?? id;
  if (owners.has(key))
    throw new GraphRefusal(
      400,
      'Request_BadRequest',
      "One or more added object references already exist for the following modified properties: 'owners'.",
    );
  owners.set(key, principal ? 'application' : 'user');
  return { status: 204 };
}

/** DELETE owners/{id}/$ref. */
export function removeOwner(tenant: Tenant, call: Call): Answer {
  const { owners } = findPrincipal(tenant, call);
  const id = call.params.ownerId ?? '';
  const key = tenant.applications.servicePrincipals.get(id)?.appId ?? id;
  if (!owners.delete(key)) throw notFound(id);
  return { status: 204 };
}

/** The service principal, once it is replicated. Throws a GraphRefusal (404). */
export function requireServicePrincipal(tenant: Tenant, id: string): ServicePrincipal {
  const found = tenant.applications.servicePrincipals.get(id);
  if (!found || !tenant.isReplicated(found)) throw notFound(id);
  return found;
}

function findPrincipal(tenant: Tenant, { params }: Call): ServicePrincipal {
  const { appId, servicePrincipalId } = params;
  const found = appId === undefined ? undefined : tenant.applications.findByAppId(appId);
  return requireServicePrincipal(tenant, found?.id ?? servicePrincipalId ?? appId ?? '');
}

function renderOwner(
  { applications, directory, settings }: Tenant,
  key: string,
  kind: 'application' | 'user',
): Document {
  if (kind === 'user') {
    const user = directory.findById(key);
    const name = user?.userPrincipalName ?? null;
    return { '@odata.type': '#microsoft.graph.user', id: key, displayName: name, userPrincipalName: name };
  }
  const owner = applications.findByAppId(key);
  return {
    '@odata.type': '#microsoft.graph.servicePrincipal',
    id: owner?.id ?? makeGuid(settings.seed, 'service-principal', key),
    appId: key,
    displayName: owner?.displayName ?? null,
  };
}
