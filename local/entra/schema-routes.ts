// The schema of a job: read, replaced as a whole, reset, and what it may be made of. Unknown members survive a round trip.
import { readMappedPaths } from './attribute-mapping';
import { makeDefaultSchema } from './default-schema';
import { listFilterOperators, listFunctions } from './expression-functions';
import { parseExpression, type MappingSource } from './expression-parser';
import { GraphRefusal, type Answer } from './graph-answer';
import type { Call } from './http-call';
import type { Job } from './job';
import { readJsonBody, requireJob } from './job-routes';
import { answerCollection } from './list-answer';
import { isRecord } from './scim-attributes';
import type { Tenant } from './tenant';

/** Values of the members that are enumerations; names are compared with case. [CSDL], O answers/questions/1160711 */
const ENUMERATIONS: Readonly<Record<string, readonly string[]>> = {
  flowBehavior: ['FlowWhenChanged', 'FlowAlways'],
  flowType: ['Always', 'ObjectAddOnly', 'MultiValueAddOnly', 'ValueAddOnly', 'AttributeAddOnly'],
  mutability: ['ReadWrite', 'ReadOnly', 'Immutable', 'WriteOnly'],
};

/** GET schema. */
export function getSchema(tenant: Tenant, call: Call): Answer {
  const job = requireJob(tenant, call);
  const schema = job.schema ?? makeDefaultSchema(job, tenant.settings);
  return { status: 200, body: { '@odata.context': `${contextOf(call, job)}/$entity`, ...schema } };
}

/** PUT schema: a full replacement, after which the service restarts the job. [QUAR] */
export function putSchema(tenant: Tenant, call: Call): Answer {
  const job = requireJob(tenant, call);
  const members = Object.entries(readJsonBody(call)).filter(([name]) => name !== '@odata.context');
  const schema: Readonly<Record<string, unknown>> = Object.fromEntries(members);
  if (!Array.isArray(schema.directories) || !Array.isArray(schema.synchronizationRules))
    throw new GraphRefusal(400, 'BadRequest', 'A schema needs directories and synchronizationRules.');
  requireKnownValues(schema);
  job.schema = schema;
  job.mappedPaths = readMappedPaths(schema);
  restartIfStarted(tenant, job);
  return { status: 204 };
}

/** DELETE schema: resets it to the template's. */
export function deleteSchema(tenant: Tenant, call: Call): Answer {
  const job = requireJob(tenant, call);
  job.schema = undefined;
  job.mappedPaths = undefined;
  restartIfStarted(tenant, job);
  return { status: 204 };
}

/** GET schema/directories. */
export function listDirectories(tenant: Tenant, call: Call): Answer {
  const job = requireJob(tenant, call);
  const { directories } = job.schema ?? makeDefaultSchema(job, tenant.settings);
  return answerCollection(call, `${nameOf(job)}/directories`, Array.isArray(directories) ? directories : []);
}

/** GET schema/functions. */
export function getFunctions(tenant: Tenant, call: Call): Answer {
  requireJob(tenant, call);
  return answerCollection(call, 'functions', listFunctions());
}

/** GET schema/filterOperators. */
export function getFilterOperators(tenant: Tenant, call: Call): Answer {
  requireJob(tenant, call);
  return answerCollection(call, 'filterOperators', listFilterOperators());
}

/** POST schema/parseExpression: an expression that cannot be parsed is no failed call. Nothing but attributes is evaluated. */
export function parseExpressionOf(tenant: Tenant, call: Call): Answer {
  requireJob(tenant, call);
  const { expression, testInputObject } = readJsonBody(call);
  if (typeof expression !== 'string') throw new GraphRefusal(400, 'BadRequest', 'expression is required.');
  const context = `${call.origin}/${call.version}/$metadata#microsoft.graph.parseExpressionResponse`;
  try {
    const parsedExpression = parseExpression(expression);
    const evaluationResult = evaluate(parsedExpression, testInputObject);
    const evaluationSucceeded = evaluationResult !== null;
    const result = { error: null, evaluationSucceeded, evaluationResult, parsedExpression, parsingSucceeded: true };
    return { status: 200, body: { '@odata.context': context, ...result } };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const failed = {
      error: { code: 'InvalidExpression', message, tenantActionable: true },
      evaluationSucceeded: false,
    };
    const body = { '@odata.context': context, ...failed, evaluationResult: null, parsedExpression: null };
    return { status: 200, body: { ...body, parsingSucceeded: false } };
  }
}

function evaluate({ type, name }: MappingSource, input: unknown): readonly unknown[] | null {
  if (type === 'Constant') return [name];
  const properties = isRecord(input) && Array.isArray(input.properties) ? input.properties.filter(isRecord) : [];
  const found = type === 'Attribute' ? properties.find(({ key }) => key === name) : undefined;
  return found === undefined ? null : [found.value];
}

function requireKnownValues(value: unknown): void {
  if (Array.isArray(value)) for (const item of value) requireKnownValues(item);
  if (!isRecord(value)) return;
  for (const [name, member] of Object.entries(value)) {
    const known = ENUMERATIONS[name];
    if (known && typeof member === 'string' && !known.includes(member))
      throw new GraphRefusal(400, 'RequestParameterInvalid', `schema : Requested value '${member}' was not found.`);
    requireKnownValues(member);
  }
}

function restartIfStarted(tenant: Tenant, job: Job): void {
  if (job.code === 'Active' || job.code === 'Quarantine')
    job.restart(tenant.clock.now(), new Set(['QuarantineState', 'Watermark', 'Escrows']));
}

function nameOf({ servicePrincipalId, id }: Job): string {
  return `servicePrincipals('${servicePrincipalId}')/synchronization/jobs('${id}')/schema`;
}

function contextOf(call: Call, job: Job): string {
  return `${call.origin}/${call.version}/$metadata#${nameOf(job)}`;
}
