// The accounts of a tenant, page by page, with what matching asks of each. Source: Learn, "List users" (`$top` at most 999), "List directoryRoles" and "List
// unifiedRoleAssignments" (2026).
import type { JsonObject } from '../core/json-value';
import { isObject } from '../graph/loose-json';
import { ManagementTrouble, type GraphManagement } from '../graph/management';
import { pageOfPath } from '../graph/next-page';
import type { TenantUser, TenantUsers } from './match-person';

/** The least permissions, as Graph names them. */
export const MATCHING_PERMISSIONS = ['User.Read.All', 'RoleManagement.Read.Directory'] as const;

const USERS_PATH = '/v1.0/users';
const MEMBERS = 'id,employeeId,userPrincipalName,accountEnabled,onPremisesSyncEnabled';
/** Accounts of one page, at most. */
const PAGE_USERS = 999;

/** `origin` of Graph: pages elsewhere are not followed. `seen` is told of accounts read so far. Rejects with `ManagementTrouble`. */
export async function readTenantUsers(
  graph: Pick<GraphManagement, 'get' | 'list'>,
  origin: string,
  seen: (users: number) => void,
): Promise<TenantUsers> {
  const byEmployeeId = new Map<string, TenantUser[]>();
  const byUserName = new Map<string, TenantUser>();
  let count = 0;
  for await (const user of usersOf(graph, origin)) {
    if (user.employeeId !== null) {
      const key = user.employeeId.toLowerCase();
      const found = byEmployeeId.get(key);
      if (found === undefined) byEmployeeId.set(key, [user]);
      else found.push(user);
    }
    byUserName.set(user.userName.toLowerCase(), user);
    if (++count % PAGE_USERS === 0) seen(count);
  }
  const holders = await roleHolders(graph);
  return {
    withEmployeeId: (id) => byEmployeeId.get(id.toLowerCase()) ?? [],
    withUserName: (name) => byUserName.get(name.toLowerCase()) ?? null,
    holdsRole: ({ id }) => holders?.has(id) ?? null,
  };
}

async function* usersOf(graph: Pick<GraphManagement, 'get'>, origin: string): AsyncGenerator<TenantUser> {
  let path: string | null = `${USERS_PATH}?$select=${MEMBERS}&$top=${PAGE_USERS}`;
  while (path !== null) {
    const page: JsonObject = await graph.get(path);
    const { value } = page;
    if (!Array.isArray(value)) throw unreadable();
    for (const one of value as readonly unknown[]) if (isObject(one)) yield userOf(one);
    const link = page['@odata.nextLink'];
    path = typeof link === 'string' ? pageOfPath(link, origin, USERS_PATH, unreadable) : null;
  }
}

const unreadable = (): ManagementTrouble =>
  new ManagementTrouble('tenant-unreadable', {
    operation: 'read-users',
    permission: 'User.Read.All',
    role: null,
    status: 200,
    graphCode: null,
    words: { quote: '' },
    clientRequestId: '',
  });

const textOf = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);

const userOf = (user: JsonObject): TenantUser => ({
  id: textOf(user['id']) ?? '',
  employeeId: textOf(user['employeeId']),
  userName: textOf(user['userPrincipalName']) ?? '',
  isEnabled: user['accountEnabled'] === true,
  isSynchronised: user['onPremisesSyncEnabled'] === true,
});

/** The ids of all who hold a role that somebody holds, directly; null if that may not be read. Members of groups that hold one are not seen. */
async function roleHolders(graph: Pick<GraphManagement, 'list'>): Promise<ReadonlySet<string> | null> {
  try {
    const holders = new Set<string>();
    for (const role of await graph.list('/v1.0/directoryRoles')) {
      const filter = encodeURIComponent(`roleDefinitionId eq '${textOf(role['roleTemplateId']) ?? ''}'`);
      const assignments = await graph.list(`/v1.0/roleManagement/directory/roleAssignments?$filter=${filter}`);
      for (const { principalId } of assignments) holders.add(textOf(principalId) ?? '');
    }
    return holders;
  } catch (error) {
    if (error instanceof ManagementTrouble && error.code === 'tenant-forbidden') return null;
    throw error;
  }
}
