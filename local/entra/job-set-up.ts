// Setting up a job: templates, create, secrets, credentials, delete.
import { requireServicePrincipal } from './principal-routes';
import { GraphRefusal, type Answer } from './graph-answer';
import type { Call } from './http-call';
import type { Job } from './job';
import { answerCollection } from './list-answer';
import { JOB_PREFIXES, nameTemplate, renderJob } from './job-document';
import { nameJobContext, readJsonBody, requireJob } from './job-routes';
import { isRecord } from './scim-attributes';
import type { Tenant } from './tenant';

/** Keys whose value is a credential; how the service hides it is not documented. */
const SECRET_KEYS = new Set(['Password', 'SecretToken', 'ClientSecret', 'Oauth2AccessToken']);

/** GET …/synchronization/templates. */
export function listTemplates(tenant: Tenant, call: Call): Answer {
  const { id, target } = requireServicePrincipal(tenant, principalOf(call));
  const value =
    target === undefined
      ? []
      : [
          {
            id: nameTemplate(target, tenant.settings),
            applicationId: id,
            factoryTag: nameTemplate(target, tenant.settings),
          },
        ];
  return answerCollection(call, `servicePrincipals('${id}')/synchronization/templates`, value);
}

/** GET …/synchronization/jobs. */
export function listJobs(tenant: Tenant, call: Call): Answer {
  const jobs = jobsOf(tenant, call);
  if (jobs.length === 0) requireServicePrincipal(tenant, principalOf(call));
  const value = jobs.map((job) => renderJob(job, tenant));
  return answerCollection(call, `servicePrincipals('${principalOf(call)}')/synchronization/jobs`, value);
}

/** POST …/synchronization/jobs: a disabled job that is not configured. */
export function createJob(tenant: Tenant, call: Call): Answer {
  const { id, target } = requireServicePrincipal(tenant, principalOf(call));
  const { templateId } = readJsonBody(call);
  if (target === undefined || templateId !== nameTemplate(target, tenant.settings))
    throw new GraphRefusal(400, 'BadRequest', 'The template does not exist.');
  const tenantHex = tenant.settings.tenantId.replaceAll('-', '');
  const job = tenant.addJob(id, `${JOB_PREFIXES[target]}.${tenantHex}.${tenant.nextGuid('job')}`, target);
  return { status: 201, body: { '@odata.context': nameJobContext(call), ...renderJob(job, tenant) } };
}

/** DELETE job. */
export function deleteJob(tenant: Tenant, call: Call): Answer {
  tenant.removeJob(requireJob(tenant, call));
  return { status: 204 };
}

/** PUT …/synchronization/secrets: replaces every pair, of every job of the application. */
export function putSecrets(tenant: Tenant, call: Call): Answer {
  const jobs = jobsOf(tenant, call);
  if (jobs.length === 0) requireServicePrincipal(tenant, principalOf(call));
  const pairs = readPairs(readJsonBody(call).value);
  for (const job of jobs) {
    job.secrets.clear();
    for (const [key, value] of pairs) job.secrets.set(key, value);
    job.configure();
  }
  return { status: 204 };
}

/**
 * GET …/synchronization/secrets. Documented as the way to keep the other pairs when one is added; what is secret among
 * them is not shown. MicrosoftDocs/entra-docs docs/identity/app-provisioning/skip-out-of-scope-deletions.md
 */
export function getSecrets(tenant: Tenant, call: Call): Answer {
  return answerCollection(
    call,
    `servicePrincipals('${principalOf(call)}')/synchronization/secrets`,
    readSecrets(tenant, call),
  );
}

/** GET …/synchronization. */
export function getSynchronization(tenant: Tenant, call: Call): Answer {
  const context = `${call.origin}/${call.version}/$metadata#servicePrincipals('${principalOf(call)}')/synchronization/$entity`;
  return { status: 200, body: { '@odata.context': context, secrets: readSecrets(tenant, call) } };
}

function readSecrets(tenant: Tenant, call: Call) {
  const jobs = jobsOf(tenant, call);
  if (jobs.length === 0) requireServicePrincipal(tenant, principalOf(call));
  return [...(jobs[0]?.secrets ?? [])].map(([key, text]) => ({ key, value: SECRET_KEYS.has(key) ? '*' : text }));
}

/** POST validateCredentials: an API-driven job has no credentials that could be refused. */
export function validateCredentials(tenant: Tenant, call: Call): Answer {
  requireJob(tenant, call);
  return { status: 204 };
}

function readPairs(value: unknown): readonly (readonly [string, string])[] {
  if (!Array.isArray(value)) throw new GraphRefusal(400, 'BadRequest', 'value must be a list of pairs.');
  return value.map((pair: unknown) => {
    if (!isRecord(pair) || typeof pair.key !== 'string' || typeof pair.value !== 'string')
      throw new GraphRefusal(400, 'BadRequest', 'A pair needs a key and a value, both text.');
    if (pair.key === 'SyncNotificationSettings' && !isJsonObject(pair.value))
      throw new GraphRefusal(400, 'BadRequest', 'SyncNotificationSettings must be a JSON string.');
    return [pair.key, pair.value] as const;
  });
}

function isJsonObject(text: string): boolean {
  try {
    return isRecord(JSON.parse(text));
  } catch {
    // A body that is not JSON is a valid result here, not a fault.
    return false;
  }
}

function jobsOf(tenant: Tenant, call: Call): Job[] {
  return [...tenant.jobs.values()].filter((job) => job.servicePrincipalId === principalOf(call));
}

function principalOf(call: Call): string {
  return call.params.servicePrincipalId ?? '';
}
