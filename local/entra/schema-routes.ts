// The schema of a job: read, replaced as a whole, reset. Unknown members survive a round trip.
import { listDefaultMappings, readMappedPaths } from './attribute-mapping';
import { GraphRefusal, type Answer } from './graph-answer';
import type { Call } from './http-call';
import type { Job } from './job';
import { readJsonBody, requireJob } from './job-routes';
import type { Tenant } from './tenant';

/** GET schema. */
export function getSchema(tenant: Tenant, call: Call): Answer {
  const job = requireJob(tenant, call);
  return { status: 200, body: job.schema ?? makeDefaultSchema(job) };
}

/** PUT schema: a full replacement, after which the service restarts the job. [QUAR] */
export function putSchema(tenant: Tenant, call: Call): Answer {
  const job = requireJob(tenant, call);
  const schema = readJsonBody(call);
  if (!Array.isArray(schema.directories) || !Array.isArray(schema.synchronizationRules))
    throw new GraphRefusal(400, 'BadRequest', 'A schema needs directories and synchronizationRules.');
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

function restartIfStarted(tenant: Tenant, job: Job): void {
  if (job.code === 'Active' || job.code === 'Quarantine')
    job.restart(tenant.clock.now(), new Set(['QuarantineState', 'Watermark', 'Escrows']));
}

function makeDefaultSchema(job: Job) {
  const mappings = listDefaultMappings();
  const attribute = (name: string) => ({
    name,
    type: name === 'active' ? 'Boolean' : 'String',
    anchor: name === 'externalId',
    caseExact: false,
    defaultValue: null,
    flowNullValues: false,
    multivalued: false,
    mutability: 'ReadWrite',
    required: name === 'externalId',
    apiExpressions: [],
    metadata: [],
    referencedObjects: [],
  });
  const objectName = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
  return {
    id: job.id,
    version: '1',
    directories: [
      {
        id: 'source',
        name: 'API',
        objects: [{ name: objectName, attributes: mappings.map(([path]) => attribute(path)) }],
      },
      {
        id: 'target',
        name: 'Microsoft Entra ID',
        objects: [{ name: 'User', attributes: mappings.map(([, target]) => attribute(target)) }],
      },
    ],
    synchronizationRules: [
      {
        id: 'rule',
        name: 'Users',
        sourceDirectoryName: 'API',
        targetDirectoryName: 'Microsoft Entra ID',
        objectMappings: [
          {
            enabled: true,
            flowTypes: 'Add, Update, Delete',
            sourceObjectName: objectName,
            targetObjectName: 'User',
            attributeMappings: mappings.map(([path, target]) => ({
              defaultValue: null,
              exportMissingReferences: false,
              flowBehavior: 'FlowWhenChanged',
              flowType: 'Always',
              matchingPriority: path === 'externalId' ? 1 : 0,
              targetAttributeName: target,
              source: { expression: `[${path}]`, name: path, type: 'Attribute', parameters: [] },
            })),
          },
        ],
      },
    ],
  };
}
