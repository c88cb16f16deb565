// A deployment in which everything is right, and the documents that Graph gives of it, for tests that break one thing each.
import { enterpriseUserUrn } from '../../../shared/scim/scim-schema';
import { jobPicture, licenceOf, provisioningSettings } from '../../../shared/doctor/job-picture';
import { schemaPicture } from '../../../shared/doctor/schema-picture';
import { read, type Part, type TenantPicture } from '../../../shared/doctor/tenant-picture';
import { parseSourceSettings, type SourceSettings } from '../../../shared/source/source-settings';

type Json = Record<string, unknown>;

/** Settings of a source; `change` goes over those of a plain one. */
export function settingsOf(change: Json = {}): SourceSettings {
  const settings = {
    name: 'contoso-hr',
    file: { format: 'csv' },
    job: { servicePrincipalId: 'sp-1', jobId: 'API2AAD.1' },
    id: 'Id',
    active: { column: 'Status', active: ['A'], inactive: ['X'] },
    mapping: { userName: 'Login', title: 'Title' },
    ...change,
  };
  const parsed = parseSourceSettings(JSON.stringify(settings), 'contoso-hr');
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  return parsed.settings;
}

/** One mapping of a schema; `change` goes over a direct one. */
export const mapped = (source: string, target: string, change: Json = {}): Json => ({
  flowType: 'Always',
  matchingPriority: 0,
  targetAttributeName: target,
  source: { expression: `[${source}]`, name: source, type: 'Attribute', parameters: [] },
  ...change,
});
/** The source of a mapping that is an expression. */
export const expression = (text: string): Json => ({
  source: { expression: text, name: 'F', type: 'Function', parameters: [] },
});

export const attribute = (name: string, change: Json = {}): Json => ({
  name,
  type: 'String',
  multivalued: false,
  flowNullValues: false,
  ...change,
});

export const goodMappings: readonly Json[] = [
  mapped('externalId', 'employeeId', { matchingPriority: 1 }),
  mapped('userName', 'userPrincipalName'),
  mapped('active', 'accountEnabled'),
  mapped('title', 'jobTitle'),
];
export const goodAttributes: readonly Json[] = ['externalId', 'userName', 'active', 'title'].map((name) =>
  attribute(name),
);

/** A schema of Graph's form. */
export const schemaOf = (
  mappings: readonly Json[] = goodMappings,
  attributes: readonly Json[] = goodAttributes,
  objectMapping: Json = {},
): Json => ({
  directories: [
    { name: 'Entra', objects: [{ name: 'User', attributes: [attribute('employeeId')] }] },
    { name: 'API', objects: [{ name: enterpriseUserUrn, attributes }] },
  ],
  synchronizationRules: [
    {
      sourceDirectoryName: 'API',
      targetDirectoryName: 'Entra',
      objectMappings: [
        {
          enabled: true,
          flowTypes: 'Add, Update, Delete',
          sourceObjectName: enterpriseUserUrn,
          targetObjectName: 'User',
          scope: null,
          attributeMappings: mappings,
          ...objectMapping,
        },
      ],
    },
  ],
});

/** A job of Graph's form. */
export const jobOf = (code: string, change: Json = {}, status: Json = {}): Json => ({
  id: 'API2AAD.1',
  templateId: '6f2c1d0a',
  schedule: { interval: 'PT40M', state: 'Active' },
  status: { code, quarantine: null, lastExecution: null, ...status },
  ...change,
});

/** The pairs of `synchronization/secrets`. */
export const secretsOf = (notification: Json | null, pairs: Record<string, string> = {}): Json => ({
  value: [
    ...(notification === null ? [] : [{ key: 'SyncNotificationSettings', value: JSON.stringify(notification) }]),
    ...Object.entries(pairs).map(([key, value]) => ({ key, value })),
  ],
});
export const goodNotification = {
  Enabled: true,
  Recipients: 'ops@contoso.example',
  DeleteThresholdEnabled: true,
  DeleteThresholdValue: 500,
};

/** A subscription with service plans. */
export const skuWith = (
  plans: readonly string[],
  capabilityStatus = 'Enabled',
  provisioningStatus = 'Success',
): Json => ({
  capabilityStatus,
  servicePlans: plans.map((servicePlanName) => ({ servicePlanName, provisioningStatus })),
});

/** A document through its reader, which must understand it. */
export function part<T>(value: T | null): Part<T> {
  if (value === null) throw new Error('the document was not understood');
  return read(value);
}
export const jobPart = (document: unknown): TenantPicture['job'] => part(jobPicture(document));
export const schemaPart = (document: unknown): TenantPicture['schema'] => part(schemaPicture(document));
export const secretsPart = (document: unknown): TenantPicture['provisioning'] => part(provisioningSettings(document));
export const licencePart = (...skus: readonly Json[]): TenantPicture['licence'] => part(licenceOf({ value: skus }));

export const goodRoles = ['SynchronizationData-User.Upload', 'ProvisioningLog.Read.All', 'Synchronization.Read.All'];

/** Everything right. */
export const goodPicture = (): TenantPicture => ({
  storage: read({ refusal: null, missing: { containers: [], queues: [], tables: [] } }),
  token: read({ refusal: null }),
  grants: read({ roles: goodRoles }),
  owners: read(['owner-1']),
  identity: 'identity-1',
  job: jobPart(jobOf('Active')),
  schema: schemaPart(schemaOf()),
  provisioning: secretsPart(secretsOf(goodNotification)),
  clock: read(0),
  licence: licencePart(skuWith(['AAD_PREMIUM'])),
  callsPerDay: read(2_000),
  gate: read({ callsInADay: 0, refusals: 0 }),
  activePeople: read(1_000),
});
