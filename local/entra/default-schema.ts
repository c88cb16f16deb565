// The schema that a new job has: the default mapping of its target, as far as the reference documents it.
import { listDefaultMappings } from './attribute-mapping';
import type { Job } from './job';
import type { Settings } from './options';
import { inventMember } from './undocumented';

/** Attributes of Active Directory, where they are called otherwise than in Entra. */
const ACTIVE_DIRECTORY: Readonly<Record<string, string>> = {
  employeeId: 'employeeID',
  accountEnabled: 'accountDisabled',
  surname: 'sn',
  jobTitle: 'title',
  city: 'l',
  state: 'st',
  country: 'co',
};

/** Makes the schema of a job that nobody has changed. */
export function makeDefaultSchema(job: Job, settings: Settings) {
  const isEntra = job.target === 'entra';
  const mappings = listDefaultMappings().map(
    ([path, target]) => [path, isEntra ? target : (ACTIVE_DIRECTORY[target] ?? target)] as const,
  );
  const targetName = isEntra ? 'Microsoft Entra ID' : 'Active Directory';
  const targetObject = isEntra ? 'User' : 'user';
  const unknown = (...key: string[]) => inventMember(settings.seed, ...key);
  return {
    id: job.id,
    version: '1',
    ...unknown('schema'),
    directories: [
      makeDirectory(
        'source',
        'API',
        settings.sourceObject,
        'externalId',
        mappings.map(([path]) => path),
      ),
      makeDirectory(
        'target',
        targetName,
        targetObject,
        mappings[0]?.[1] ?? '',
        mappings.map(([, target]) => target),
      ),
    ],
    synchronizationRules: [
      {
        id: 'rule',
        name: 'Users',
        editable: true,
        priority: 1,
        sourceDirectoryName: 'API',
        targetDirectoryName: targetName,
        metadata: [],
        ...unknown('rule'),
        objectMappings: [
          {
            enabled: true,
            flowTypes: 'Add, Update, Delete',
            metadata: [],
            name: `Provision ${targetObject}`,
            scope: null,
            sourceObjectName: settings.sourceObject,
            targetObjectName: targetObject,
            attributeMappings: mappings.map(([path, target]) => ({
              ...makeMapping(path, target),
              ...unknown('mapping', target),
            })),
          },
        ],
      },
    ],
  };
}

function makeDirectory(id: string, name: string, objectName: string, anchor: string, attributes: readonly string[]) {
  return {
    id,
    name,
    discoverabilities: 'AttributeNames',
    readOnly: false,
    version: '1',
    objects: [
      { name: objectName, metadata: [], attributes: attributes.map((attribute) => makeAttribute(attribute, anchor)) },
    ],
  };
}

function makeAttribute(name: string, anchor: string) {
  return {
    name,
    type: ['active', 'accountEnabled', 'accountDisabled'].includes(name) ? 'Boolean' : 'String',
    anchor: name === anchor,
    caseExact: false,
    defaultValue: null,
    flowNullValues: false,
    multivalued: false,
    mutability: 'ReadWrite',
    required: name === anchor,
    apiExpressions: [],
    metadata: [],
    referencedObjects: [],
  };
}

/** An account of Active Directory has a flag that says the opposite. */
function makeMapping(path: string, target: string) {
  const attribute = { expression: `[${path}]`, name: path, type: 'Attribute', parameters: [] };
  const isOpposite = target === 'accountDisabled';
  return {
    defaultValue: null,
    exportMissingReferences: false,
    flowBehavior: 'FlowWhenChanged',
    flowType: 'Always',
    matchingPriority: path === 'externalId' ? 1 : 0,
    targetAttributeName: target,
    source: isOpposite
      ? {
          expression: `Not([${path}])`,
          name: 'Not',
          type: 'Function',
          parameters: [{ key: 'source', value: attribute }],
        }
      : attribute,
  };
}
