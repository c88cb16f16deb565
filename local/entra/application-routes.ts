// Templates of the gallery and applications: what a set-up script calls before there is a job, and what takes it back.
import { APPLICATION_MEMBERS, renderApplication, renderPrincipal, renderTemplate } from './application-documents';
import { answerList, answerObject, type List } from './list-answer';
import { GraphRefusal, type Answer } from './graph-answer';
import type { Application, Owners } from './application-registry';
import type { Call } from './http-call';
import { readJsonBody } from './job-routes';
import type { Tenant } from './tenant';

const TEXT = { kind: 'text', documented: ['eq', 'ne', 'in', 'startswith', 'endswith'] } as const;
/** `contains` is documented for templates, and for no object of the directory. filter-query-parameter.md, 2026 */
const TEMPLATE_TEXT = { kind: 'text', documented: ['eq', 'contains', 'startswith'] } as const;

/** GET /applicationTemplates. */
export function listApplicationTemplates(tenant: Tenant, call: Call): Answer {
  return answerList(call, {
    name: 'applicationTemplates',
    type: 'microsoft.graph.applicationTemplate',
    documents: tenant.applications.templates.map((template) => renderTemplate(template, tenant.settings.seed)),
    filterable: { id: TEMPLATE_TEXT, displayName: TEMPLATE_TEXT, publisher: TEMPLATE_TEXT },
    maxTop: 999,
    options: ['$orderby', '$skip'],
    strict: tenant.settings.strictFilter,
  });
}

/** GET /applicationTemplates/{id}. */
export function getApplicationTemplate(tenant: Tenant, call: Call): Answer {
  const list = { name: 'applicationTemplates', type: 'microsoft.graph.applicationTemplate' };
  return answerObject(call, list, renderTemplate(requireTemplate(tenant, call), tenant.settings.seed));
}

/** POST instantiate: creates the application and its service principal, which may take a while to become visible. */
export function instantiateTemplate(tenant: Tenant, call: Call): Answer {
  const template = requireTemplate(tenant, call);
  const { displayName } = readJsonBody(call);
  if (typeof displayName !== 'string' || displayName === '')
    throw new GraphRefusal(400, 'BadRequest', 'displayName is required.');
  const { applications, clock } = tenant;
  const common = { appId: tenant.nextGuid('application'), displayName, createdAt: clock.now() };
  const servicePrincipal = applications.addPrincipal({
    ...common,
    id: tenant.nextGuid('service-principal'),
    target: template.target,
    owners: ownedBy(call),
  });
  const id = tenant.nextGuid('application-object');
  const application = { ...common, id, templateId: template.id, owners: ownedBy(call) };
  applications.addApplication(application);
  const context = `${call.origin}/${call.version}/$metadata#microsoft.graph.applicationServicePrincipal`;
  return {
    status: 201,
    body: {
      '@odata.context': context,
      application: renderApplication(application, tenant.settings.seed),
      servicePrincipal: renderPrincipal(servicePrincipal, tenant),
    },
  };
}

/** GET /applications. */
export function findApplications(tenant: Tenant, call: Call): Answer {
  const visible = [...tenant.applications.applications.values()].filter((candidate) => tenant.isReplicated(candidate));
  return answerList(call, {
    ...APPLICATIONS,
    documents: visible.map((application) => renderApplication(application, tenant.settings.seed)),
    members: APPLICATION_MEMBERS,
    filterable: { id: TEXT, appId: TEXT, displayName: TEXT, applicationTemplateId: TEXT },
    maxTop: 999,
    options: ['$orderby', '$search', '$expand'],
    strict: tenant.settings.strictFilter,
  });
}

/** GET /applications/{id} and /applications(appId='…'). */
export function getApplication(tenant: Tenant, call: Call): Answer {
  return answerObject(call, APPLICATIONS, renderApplication(requireApplication(tenant, call), tenant.settings.seed));
}

/** DELETE /applications/{id}: its service principal goes with it. application-delete.md, 2026 */
export function deleteApplication(tenant: Tenant, call: Call): Answer {
  const { id, appId } = requireApplication(tenant, call);
  tenant.applications.applications.delete(id);
  const servicePrincipal = tenant.applications.findByAppId(appId);
  if (servicePrincipal) tenant.removePrincipal(servicePrincipal.id);
  return { status: 204 };
}

/** A 404 of the directory. */
export function notFound(id: string): GraphRefusal {
  const message = `Resource '${id}' does not exist or one of its queried reference-property objects are not present.`;
  return new GraphRefusal(404, 'Request_ResourceNotFound', message);
}

const APPLICATIONS: Pick<List, 'name' | 'type'> = { name: 'applications', type: 'microsoft.graph.application' };

function requireTemplate({ applications }: Tenant, { params }: Call) {
  const template = applications.templates.find(({ id }) => id === params.templateId);
  if (!template) throw notFound(params.templateId ?? '');
  return template;
}

function requireApplication(tenant: Tenant, { params }: Call): Application {
  const { applicationId, appId } = params;
  const all = [...tenant.applications.applications.values()];
  const found = all.find((candidate) => candidate.id === applicationId || candidate.appId === appId);
  if (!found || !tenant.isReplicated(found)) throw notFound(applicationId ?? appId ?? '');
  return found;
}

/** Who creates an application owns it. */
function ownedBy({ caller }: Call): Owners {
  if (caller === 'anyone') return new Map();
  return new Map([caller.userId === undefined ? [caller.appId, 'application'] : [caller.userId, 'user']]);
}
