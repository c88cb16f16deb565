// Reads what Graph shows of a job and its tenant, part by part: one that may not be read leaves the others as they are. Changes nothing.
import { RollcallError } from '../core/errors';
import type { JsonObject } from '../core/json-value';
import { jobPath } from '../graph/bulk-upload';
import type { JobKey } from '../graph/job-key';
import { isLacking, ManagementTrouble, type GraphManagement } from '../graph/management';
import { doctorMessage } from './finding';
import { jobPicture, licenceOf, provisioningSettings } from './job-picture';
import { objectsOf, textOf } from '../graph/loose-json';
import { schemaPicture } from './schema-picture';
import { read, type GrantsPicture, type Part, type TenantPicture } from './tenant-picture';

/** The least permissions, as Graph names them, of a person who wants to see everything. */
export const READING_PERMISSIONS = [
  'Synchronization.Read.All',
  'Application.Read.All',
  'LicenseAssignment.Read.All',
] as const;

/** What is read of Graph. */
export type ReadGraph = Pick<GraphManagement, 'get' | 'list'>;

/** The parts of the picture that Graph has. */
export type GraphParts = Pick<
  TenantPicture,
  'token' | 'grants' | 'owners' | 'job' | 'schema' | 'provisioning' | 'clock' | 'licence'
>;

/** `appId` of Microsoft Graph (docs/reference/graph-provisioning.md §5). */
const GRAPH_APP_ID = '00000003-0000-0000-c000-000000000000';

/** `identity`: the object id of the identity that sends, whose permissions are looked up; null if nobody named it. `aheadMs` as in `ServiceClock`. */
export async function readTenant(
  graph: ReadGraph,
  job: JobKey,
  identity: string | null,
  aheadMs: () => number | null,
): Promise<GraphParts> {
  const path = jobPath(job);
  const application = path.slice(0, path.indexOf('/synchronization/'));
  const jobRead = await partOf(async () => jobPicture(await graph.get(path)));
  const isGone = jobRead.kind === 'lacking';
  const schema = isGone ? jobRead : await partOf(async () => schemaPicture(await graph.get(`${path}/schema`)));
  const secrets = isGone
    ? jobRead
    : await partOf(async () => provisioningSettings(await graph.get(`${application}/synchronization/secrets`)));
  const owners = await partOf(async () => idsOf(await graph.list(`${application}/owners?$select=id`)));
  const grants = identity === null ? null : await partOf(() => rolesOf(graph, identity));
  const licence = await partOf(async () => licenceOf({ value: await graph.list('/v1.0/subscribedSkus') }));
  const ahead = aheadMs();
  return {
    token: tokenOf([jobRead, schema, secrets, owners, licence]),
    grants:
      grants === null
        ? { kind: 'unread', why: doctorMessage('check-needs-option', { option: '--identity' }) }
        : known(grants),
    owners: known(owners),
    job: isGone ? read(null) : known(jobRead),
    schema: known(schema),
    provisioning: known(secrets),
    clock: ahead === null ? { kind: 'unread', why: doctorMessage('check-unanswered', { status: null }) } : read(ahead),
    licence: known(licence),
  };
}

/** A part as it was read: there, refused with its reason, or not there. */
type Reading<T> = Part<T> | { readonly kind: 'lacking' } | { readonly kind: 'no-token'; readonly code: string };

/** What is not there has nothing that could be judged. */
function known<T>(reading: Reading<T>): Part<T> {
  if (reading.kind === 'lacking') return { kind: 'unread', why: doctorMessage('check-unanswered', { status: 404 }) };
  if (reading.kind === 'no-token') return { kind: 'unread', why: doctorMessage('check-unanswered', { status: null }) };
  return reading;
}

/** `ask` resolves to null for a document that is not understood. */
async function partOf<T>(ask: () => Promise<T | null>): Promise<Reading<T>> {
  try {
    const value = await ask();
    return value === null ? { kind: 'unread', why: doctorMessage('check-unreadable', {}) } : read(value);
  } catch (error) {
    return refusalOf(error);
  }
}

function refusalOf(error: unknown): Exclude<Reading<never>, { readonly kind: 'read' }> {
  if (!(error instanceof RollcallError)) throw error;
  if (isLacking(error)) return { kind: 'lacking' };
  if (!(error instanceof ManagementTrouble)) return { kind: 'no-token', code: error.code };
  const { permission, role, status } = error.values;
  const code = error.code;
  if (code === 'tenant-signed-out') return { kind: 'no-token', code };
  if (code === 'tenant-forbidden' && permission !== null)
    return { kind: 'unread', why: doctorMessage('check-needs', { permission, role }) };
  const why =
    code === 'tenant-unreadable'
      ? doctorMessage('check-unreadable', {})
      : doctorMessage('check-unanswered', { status });
  return { kind: 'unread', why };
}

/** There is a token as soon as anything was answered for it. */
function tokenOf(readings: readonly Reading<unknown>[]): TenantPicture['token'] {
  const refused = readings.find((one) => one.kind === 'no-token');
  return read({
    refusal:
      refused === undefined
        ? null
        : { path: '', code: refused.code === 'tenant-signed-out' ? 'graph-token-refused' : refused.code, values: {} },
  });
}

const idsOf = (objects: readonly JsonObject[]): readonly string[] => objects.map(({ id }) => textOf(id));

/** The values of Graph's app roles that the identity has. */
async function rolesOf(graph: ReadGraph, identity: string): Promise<GrantsPicture> {
  const assignments = await graph.list(`/v1.0/servicePrincipals/${encodeURIComponent(identity)}/appRoleAssignments`);
  const ofGraph = await graph.get(`/v1.0/servicePrincipals(appId='${GRAPH_APP_ID}')?$select=id,appRoles`);
  const values = new Map(objectsOf(ofGraph['appRoles']).map((role) => [textOf(role['id']), textOf(role['value'])]));
  const granted = assignments.filter(({ resourceId }) => resourceId === ofGraph['id']);
  return { roles: granted.flatMap(({ appRoleId }) => values.get(textOf(appRoleId)) ?? []) };
}
