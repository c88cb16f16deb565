// Who holds a role of the directory: GET /directoryRoles, and the same as role assignments.
import { makeGuid } from './chance';
import { DIRECTORY_ROLES } from './directory-roles';
import { GraphRefusal, type Answer } from './graph-answer';
import type { Call } from './http-call';
import { answerList, type Document } from './list-answer';
import type { Tenant } from './tenant';

/** GET /directoryRoles: only roles that somebody holds are there. directoryrole-list.md, 2026 */
export function listDirectoryRoles(tenant: Tenant, call: Call): Answer {
  const expand = readExpand(call, ['members']);
  const roles = Object.entries(DIRECTORY_ROLES).map(([name, roleTemplateId]) => ({
    id: makeGuid(tenant.settings.seed, 'directory-role', name),
    deletedDateTime: null,
    description: name,
    displayName: name,
    roleTemplateId,
    members: holdersOf(tenant, name).map((id) => ({
      '@odata.type': '#microsoft.graph.user',
      ...renderHolder(tenant, id),
    })),
  }));
  return answerList(call, {
    name: expand.has('members') ? 'directoryRoles(members())' : 'directoryRoles',
    type: 'microsoft.graph.directoryRole',
    members: ['id', 'deletedDateTime', 'description', 'displayName', 'roleTemplateId'],
    documents: roles
      .filter(({ members }) => members.length > 0)
      .map(({ members, ...role }) => (expand.has('members') ? { ...role, members } : role)),
    filterable: {
      displayName: { kind: 'text', documented: ['eq'] },
      roleTemplateId: { kind: 'text', documented: ['eq'] },
    },
    options: ['$expand'],
    strict: tenant.settings.strictFilter,
  });
}

/** GET /roleManagement/directory/roleAssignments: `$filter` is required. rbacapplication-list-roleassignments.md, 2026 */
export function listRoleAssignments(tenant: Tenant, call: Call): Answer {
  const expand = readExpand(call, ['principal', 'roleDefinition']);
  const documents = Object.entries(DIRECTORY_ROLES).flatMap(([name, roleDefinitionId]) =>
    holdersOf(tenant, name).map((principalId): Document => ({
      id: makeGuid(tenant.settings.seed, 'role-assignment', name, principalId),
      principalId,
      directoryScopeId: '/',
      roleDefinitionId,
      ...(expand.has('principal')
        ? { principal: { '@odata.type': '#microsoft.graph.user', ...renderHolder(tenant, principalId) } }
        : {}),
      ...(expand.has('roleDefinition') ? { roleDefinition: { id: roleDefinitionId, displayName: name } } : {}),
    })),
  );
  return answerList(call, {
    name: 'roleManagement/directory/roleAssignments',
    type: 'microsoft.graph.unifiedRoleAssignment',
    documents,
    filterable: {
      principalId: { kind: 'text', documented: ['eq'] },
      roleDefinitionId: { kind: 'text', documented: ['eq'] },
    },
    maxTop: 999,
    options: ['$expand'],
    strict: tenant.settings.strictFilter,
  });
}

/** GET /roleManagement/directory/roleDefinitions. */
export function listRoleDefinitions(tenant: Tenant, call: Call): Answer {
  return answerList(call, {
    name: 'roleManagement/directory/roleDefinitions',
    type: 'microsoft.graph.unifiedRoleDefinition',
    documents: Object.entries(DIRECTORY_ROLES).map(([displayName, id]) => ({
      id,
      description: displayName,
      displayName,
      isBuiltIn: true,
      isEnabled: true,
      templateId: id,
    })),
    filterable: {
      id: { kind: 'text', documented: ['eq'] },
      displayName: { kind: 'text', documented: ['eq', 'startswith'] },
      isBuiltIn: { kind: 'boolean', documented: ['eq'] },
    },
    strict: tenant.settings.strictFilter,
  });
}

function holdersOf({ directory }: Tenant, role: string): string[] {
  const holders = directory.stored().filter(({ directoryRoles = [] }) => directoryRoles.includes(role));
  return holders.map(({ id }) => id);
}

function renderHolder({ directory }: Tenant, id: string) {
  const userPrincipalName = directory.findById(id)?.userPrincipalName ?? null;
  return { id, displayName: userPrincipalName, userPrincipalName };
}

function readExpand({ url }: Call, known: readonly string[]): ReadonlySet<string> {
  const names = (url.searchParams.get('$expand') ?? '').split(',').map((name) => name.trim().replace(/\(.*$/, ''));
  const unknown = names.find((name) => name !== '' && !known.includes(name));
  if (unknown !== undefined) throw new GraphRefusal(400, 'BadRequest', `Could not find a property named '${unknown}'.`);
  return new Set(names);
}
