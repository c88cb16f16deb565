// Setting up a job: templates, create, secrets, credentials, delete.
import { requireServicePrincipal } from './principal-routes';
import { GraphRefusal, type Answer } from './graph-answer';
import type { Call } from './http-call';
import type { Job, JobTarget } from './job';
import { answerCollection } from './list-answer';
import { renderJob } from './job-document';
import { readJsonBody, requireJob } from './job-routes';
import { isRecord } from './scim-attributes';
import type { Tenant } from './tenant';

/** Template ids are inferred from the prefixes of job ids; look them up, do not rely on them. */
const TEMPLATE_IDS: Readonly<Record<JobTarget, string>> = { entra: 'API2AAD', 'active-directory': 'API2AD' };

/** Keys whose value is a credential; how the service hides it is not documented. */
const SECRET_KEYS = new Set(['Password', 'SecretToken', 'ClientSecret', 'Oauth2AccessToken']);

/** GET …/synchronization/templates. */
export function listTemplates(tenant: Tenant, call: Call): Answer {
  const { id, target } = requireServicePrincipal(tenant, principalOf(call));
  const value =
    target === undefined ? [] : [{ id: TEMPLATE_IDS[target], applicationId: id, factoryTag: TEMPLATE_IDS[target] }];
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
  if (target === undefined || templateId !== TEMPLATE_IDS[target])
    throw new GraphRefusal(400, 'BadRequest', 'The template does not exist.');
  const tenantHex = tenant.settings.tenantId.replaceAll('-', '');
  const job = tenant.addJob(id, `${TEMPLATE_IDS[target]}.${tenantHex}.${tenant.nextGuid('job')}`, target);
  return { status: 201, body: renderJob(job, tenant) };
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
  const jobs = jobsOf(tenant, call);
  if (jobs.length === 0) requireServicePrincipal(tenant, principalOf(call));
  const value = [...(jobs[0]?.secrets ?? [])].map(([key, text]) => ({ key, value: SECRET_KEYS.has(key) ? '*' : text }));
  return answerCollection(call, `servicePrincipals('${principalOf(call)}')/synchronization/secrets`, value);
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
