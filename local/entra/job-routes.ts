// Reading and controlling a job: GET, start, pause, restart, secrets, schema.
import { GraphRefusal, type Answer } from './graph-answer';
import type { Call } from './http-call';
import type { Job } from './job';
import { renderJob } from './job-document';
import { isRecord } from './scim-attributes';
import type { Tenant } from './tenant';

const RESTART_SCOPES = [
  'None',
  'ConnectorDataStore',
  'Escrows',
  'Watermark',
  'QuarantineState',
  'Full',
  'ForceDeletes',
];
const NO_CONTENT: Answer = { status: 204 };

/** The job of the path. Throws a GraphRefusal (404) if it is not known. */
export function requireJob(tenant: Tenant, call: Call): Job {
  const job = tenant.findJob(call.params.servicePrincipalId ?? '', call.params.jobId ?? '');
  if (!job) throw new GraphRefusal(404, 'Request_ResourceNotFound', 'The synchronization job does not exist.');
  return job;
}

/** The body as a JSON object; an empty body is an empty object. Throws a GraphRefusal (400). */
export function readJsonBody(call: Call): Record<string, unknown> {
  if (call.body.trim() === '') return {};
  try {
    const body: unknown = JSON.parse(call.body);
    if (isRecord(body)) return body;
  } catch (error) {
    throw new GraphRefusal(400, 'BadRequest', 'Unable to read JSON request payload.', String(error));
  }
  throw new GraphRefusal(400, 'BadRequest', 'Unable to read JSON request payload.');
}

/** `@odata.context` of one job. */
export function nameJobContext({ origin, version, params }: Call): string {
  return `${origin}/${version}/$metadata#servicePrincipals('${params.servicePrincipalId ?? ''}')/synchronization/jobs/$entity`;
}

/** GET job. */
export function getJob(tenant: Tenant, call: Call): Answer {
  const job = requireJob(tenant, call);
  return { status: 200, body: { '@odata.context': nameJobContext(call), ...renderJob(job, tenant) } };
}

/**
 * PATCH job. It stands in the metadata only [CSDL], so that its answer is not documented; what it can change here is the
 * schedule's state and the settings, and anything else is refused.
 */
export function patchJob(tenant: Tenant, call: Call): Answer {
  const job = requireJob(tenant, call);
  const { schedule, synchronizationJobSettings, ...rest } = readJsonBody(call);
  const unknown = Object.keys(rest).find((name) => !name.startsWith('@odata.'));
  if (unknown !== undefined) throw new GraphRefusal(400, 'BadRequest', `The property ${unknown} cannot be changed.`);
  const settings = synchronizationJobSettings === undefined ? job.settings : readSettings(synchronizationJobSettings);
  const state = isRecord(schedule) ? (schedule.state ?? 'Active') : undefined;
  if (schedule !== undefined && state !== 'Active' && state !== 'Paused' && state !== 'Disabled')
    throw new GraphRefusal(400, 'BadRequest', 'Invalid value for schedule.');
  job.settings = settings;
  if (state === 'Paused' && job.code === 'Active') job.pause();
  if (state === 'Active' && job.code === 'Paused') job.start(tenant.clock.now());
  if (state === 'Disabled') job.scheduleDisabled = true;
  return NO_CONTENT;
}

/** POST start. */
export function startJob(tenant: Tenant, call: Call): Answer {
  requireJob(tenant, call).start(tenant.clock.now());
  return NO_CONTENT;
}

/** POST pause. */
export function pauseJob(tenant: Tenant, call: Call): Answer {
  requireJob(tenant, call).pause();
  return NO_CONTENT;
}

/** POST restart with its scopes; without criteria everything is reset. */
export function restartJob(tenant: Tenant, call: Call): Answer {
  const job = requireJob(tenant, call);
  const { criteria } = readJsonBody(call);
  const text = isRecord(criteria) && typeof criteria.resetScope === 'string' ? criteria.resetScope : 'Full';
  const scopes = text.split(',').map((scope) => scope.trim());
  const unknown = scopes.find((scope) => !RESTART_SCOPES.includes(scope));
  if (unknown !== undefined) throw new GraphRefusal(400, 'BadRequest', 'Invalid value for resetScope.');
  job.restart(tenant.clock.now(), new Set(scopes));
  return NO_CONTENT;
}

function readSettings(value: unknown): readonly { readonly name: string; readonly value: string }[] {
  if (Array.isArray(value) && value.every(isSetting))
    return value.map(({ name, value: text }) => ({ name, value: text }));
  throw new GraphRefusal(400, 'BadRequest', 'Invalid value for synchronizationJobSettings.');
}

function isSetting(item: unknown): item is { name: string; value: string } {
  return isRecord(item) && typeof item.name === 'string' && typeof item.value === 'string';
}
