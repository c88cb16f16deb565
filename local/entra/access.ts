// Who may call what: for each kind of route the application permissions, the delegated scopes, and the directory roles
// that a signed-in user needs besides. [PERM] Aug 2026 and the pages of each call; docs/reference/graph-provisioning.md §5.
import { refusePrivilege, type Caller } from './access-token';

/** What a route asks of its caller; of each list one is enough. */
export interface Access {
  readonly application: readonly string[];
  readonly delegated: readonly string[];
  /** Names of directory roles; without the member any user will do. Global Administrator always will. */
  readonly directoryRoles?: readonly string[];
}

const APP_ADMINISTRATORS = ['Application Administrator', 'Cloud Application Administrator'];
const WRITE_SYNC = ['Synchronization.ReadWrite.All'];
const DIRECTORY = ['Directory.Read.All', 'Directory.ReadWrite.All'];
const APPS = ['Application.Read.All', 'Application.ReadWrite.All', ...DIRECTORY];
const ROLES = ['RoleManagement.Read.Directory', 'RoleManagement.Read.All', 'RoleManagement.ReadWrite.Directory'];
const USERS = ['User.Read.All', 'User.ReadWrite.All', ...DIRECTORY];

/** The kinds of access. */
export const ACCESS = {
  upload: {
    application: ['SynchronizationData-User.Upload', 'SynchronizationData-User.Upload.OwnedBy'],
    delegated: ['SynchronizationData-User.Upload'],
    directoryRoles: ['User Administrator'],
  },
  readLogs: {
    application: ['ProvisioningLog.Read.All', 'AuditLog.Read.All', 'Directory.Read.All'],
    delegated: ['ProvisioningLog.Read.All', 'AuditLog.Read.All', 'Directory.Read.All'],
    directoryRoles: [
      'Reports Reader',
      'Security Reader',
      'Security Operator',
      'Security Administrator',
      'Global Reader',
      ...APP_ADMINISTRATORS,
    ],
  },
  readJob: {
    application: ['Synchronization.Read.All', 'Application.ReadWrite.OwnedBy', ...WRITE_SYNC],
    delegated: ['Synchronization.Read.All', ...WRITE_SYNC],
    directoryRoles: [...APP_ADMINISTRATORS, 'Hybrid Identity Administrator', 'Global Reader'],
  },
  writeJob: {
    application: ['Application.ReadWrite.OwnedBy', ...WRITE_SYNC],
    delegated: WRITE_SYNC,
    directoryRoles: [...APP_ADMINISTRATORS, 'Hybrid Identity Administrator'],
  },
  readApps: { application: [...APPS, 'Application.ReadWrite.OwnedBy'], delegated: APPS },
  writeApps: {
    application: ['Application.ReadWrite.OwnedBy', 'Application.ReadWrite.All', 'Directory.ReadWrite.All'],
    delegated: ['Application.ReadWrite.All', 'Directory.ReadWrite.All'],
    directoryRoles: APP_ADMINISTRATORS,
  },
  readGrants: { application: [...APPS, 'AppRoleAssignment.ReadWrite.All'], delegated: APPS },
  /** App roles of Graph itself: less than Privileged Role Administrator is not enough. */
  writeGrants: {
    application: ['AppRoleAssignment.ReadWrite.All'],
    delegated: ['AppRoleAssignment.ReadWrite.All'],
    directoryRoles: ['Privileged Role Administrator'],
  },
  readLicences: {
    application: ['LicenseAssignment.Read.All', 'Organization.Read.All', 'Organization.ReadWrite.All', ...DIRECTORY],
    delegated: ['LicenseAssignment.Read.All', 'Organization.Read.All', 'Organization.ReadWrite.All', ...DIRECTORY],
  },
  readUsers: { application: USERS, delegated: USERS },
  readMyself: { application: USERS, delegated: ['User.Read', 'User.ReadWrite', 'User.ReadBasic.All', ...USERS] },
  readRoles: { application: [...ROLES, ...DIRECTORY], delegated: [...ROLES, ...DIRECTORY] },
} as const satisfies Readonly<Record<string, Access>>;

/** Throws a GraphRefusal (403) unless the caller has one of the permissions, and as a user one of the roles. */
export function requireAccess(caller: Caller | 'anyone', access: Access): void {
  if (caller === 'anyone') return;
  const permissions = caller.userId === undefined ? access.application : access.delegated;
  const held = permissions.filter((permission) => caller.permissions.includes(permission));
  if (held.length === 0) throw refusePrivilege(`none of ${permissions.join(', ')}`);
  if (caller.userId === undefined || access.directoryRoles === undefined) return;
  const roles = ['Global Administrator', ...access.directoryRoles];
  if (!caller.directoryRoles.some((role) => roles.includes(role)))
    throw refusePrivilege(`none of the roles ${roles.join(', ')}`);
}

/** Whether an application has these rights only over what it owns. [PERM] */
export function isLimitedToOwned(caller: Caller | 'anyone', { application }: Access): boolean {
  if (caller === 'anyone' || caller.userId !== undefined) return false;
  return application.filter((name) => caller.permissions.includes(name)).every((name) => name.endsWith('.OwnedBy'));
}
