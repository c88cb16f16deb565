// The app roles of Graph that the identity of the app needs, looked up at run time. Source: docs/reference/graph-provisioning.md §5.
import { isObject, textOf } from '../graph/loose-json';
import { grantsPath, principalPath } from './job-paths';
import { say } from './say';
import type { Look, SetupContext, SetupStep } from './setup-step';
import { unlessGone } from './until-there';

/** The application id of Microsoft Graph, the same in every tenant. */
const GRAPH_APP_ID = '00000003-0000-0000-c000-000000000000';

const UPLOAD = 'SynchronizationData-User.Upload';
const UPLOAD_OWNED = 'SynchronizationData-User.Upload.OwnedBy';
const READING = ['ProvisioningLog.Read.All', 'Synchronization.Read.All'] as const;

interface AppRole {
  readonly value: string;
  readonly id: string;
}

interface Granting {
  /** Object id of Graph's service principal. */
  readonly resourceId: string;
  readonly missing: readonly AppRole[];
  readonly wanted: readonly string[];
  /** The first role that Graph does not have; null if it has all. */
  readonly unknown: string | null;
}

/** Null if there is no such identity. */
async function lookUp(context: SetupContext): Promise<Granting | null> {
  const { graph, order } = context;
  const grants = await unlessGone(() => graph.list(grantsPath(order.identity)));
  if (grants === null) return null;
  const resource = await graph.get(`/v1.0/servicePrincipals(appId='${GRAPH_APP_ID}')?$select=id,appRoles`);
  const resourceId = textOf(resource['id']);
  const roles = Array.isArray(resource['appRoles'])
    ? (resource['appRoles'] as readonly unknown[]).filter(isObject)
    : [];
  const idOf = new Map(roles.map((role) => [textOf(role['value']), textOf(role['id'])]));
  const granted = new Set(
    grants.filter((grant) => textOf(grant['resourceId']) === resourceId).map((grant) => textOf(grant['appRoleId'])),
  );
  const has = (value: string): boolean => granted.has(idOf.get(value) ?? '');
  // Whoever owns the application needs no right over all others.
  const isOwner = !has(UPLOAD) && (has(UPLOAD_OWNED) || (await ownsApplication(context)));
  const wanted = [isOwner ? UPLOAD_OWNED : UPLOAD, ...READING];
  const missing = wanted.filter((value) => !has(value)).map((value) => ({ value, id: idOf.get(value) ?? '' }));
  return { resourceId, wanted, missing, unknown: missing.find(({ id }) => id === '')?.value ?? null };
}

async function ownsApplication({ graph, order, servicePrincipalId }: SetupContext): Promise<boolean> {
  if (servicePrincipalId === null) return false;
  const owners = (await unlessGone(() => graph.list(`${principalPath(servicePrincipalId)}/owners`))) ?? [];
  return owners.some((owner) => textOf(owner['id']) === order.identity);
}

/** The step. */
export const permissionsStep: SetupStep = {
  name: 'permissions',
  isNeeded: false,
  async look(context) {
    const found = await lookUp(context);
    if (found === null)
      return { state: 'failed', say: () => say('setup-identity-unknown', { id: context.order.identity }) };
    const { resourceId, missing, wanted, unknown } = found;
    if (unknown !== null) return { state: 'failed', say: () => say('setup-role-unknown', { role: unknown }) };
    const roles = missing.length === 0 ? wanted : missing.map(({ value }) => value);
    const request = { principalId: context.order.identity, resourceId, roles: missing };
    return {
      state: missing.length === 0 ? 'unchanged' : 'planned',
      say: (state) => say('setup-permissions', { state, roles }),
      ...(missing.length === 0 ? {} : { request }),
    } satisfies Look;
  },
  async make(context) {
    const { graph, order, record } = context;
    const { resourceId = '', missing = [] } = (await lookUp(context)) ?? {};
    for (const { value, id } of missing) {
      const noted = record.of('permissions')?.['roles'];
      await record.note('permissions', {
        identity: order.identity,
        roles: { ...(isObject(noted) ? noted : {}), [value]: id },
      });
      await graph.post(grantsPath(order.identity), { principalId: order.identity, resourceId, appRoleId: id });
    }
  },
  async takeBack({ graph }, made) {
    const identity = textOf(made['identity']);
    const roles = new Set(Object.values(isObject(made['roles']) ? made['roles'] : {}));
    const grants = (await unlessGone(() => graph.list(grantsPath(identity)))) ?? [];
    for (const grant of grants.filter(({ appRoleId }) => appRoleId !== undefined && roles.has(appRoleId)))
      await unlessGone(() => graph.delete(`${grantsPath(identity)}/${encodeURIComponent(textOf(grant['id']))}`));
    return true;
  },
};
