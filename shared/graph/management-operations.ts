// Which operation of Graph's management a call is, with the least permission that whoever signs in needs for it, and the role in Entra that lets
// somebody use that permission. Sources: docs/reference/graph-provisioning.md §4, §5 (permissions of August 2026); Learn, "Microsoft Entra built-in
// roles" and the page of each operation (2025, 2026).

/** What a call is for. */
export type ManagementOperation =
  | 'list-application-templates'
  | 'create-application'
  | 'delete-application'
  | 'read-applications'
  | 'change-application'
  | 'read-job'
  | 'change-job'
  | 'read-schema'
  | 'change-schema'
  | 'read-job-settings'
  | 'change-job-settings'
  | 'read-grants'
  | 'grant-role'
  | 'take-back-role'
  | 'read-licences'
  | 'read-log'
  | 'read-users'
  | 'send-person'
  | 'other';

/** What an operation needs. */
export interface OperationNeeds {
  readonly operation: ManagementOperation;
  /** The least delegated permission; null if the operation is unknown. */
  readonly permission: string | null;
  /** The least role in Entra; null if the operation is unknown. */
  readonly role: string | null;
}

interface KnownOperation extends OperationNeeds {
  readonly method: RegExp;
  readonly path: RegExp;
}

/** Either does; Graph knows both. The second is what the pages of provisioning name first. */
const APPLICATION_ROLE = 'Application Administrator or Cloud Application Administrator';
/** An app role of Graph can be granted by nobody else but a Global Administrator. [GRANT] */
const GRANTING_ROLE = 'Privileged Role Administrator';
const READING_ROLE = 'Global Reader';

const known = (
  operation: ManagementOperation,
  method: string,
  path: string,
  permission: string,
  role: string,
): KnownOperation => ({
  operation,
  method: new RegExp(`^(?:${method})$`),
  path: new RegExp(`^/(?:v1[.]0|beta)${path}$`, 'i'),
  permission,
  role,
});

const JOBS = '/servicePrincipals/[^/]+/synchronization';
const [READ_JOB, WRITE_JOB] = ['Synchronization.Read.All', 'Synchronization.ReadWrite.All'];
const [READ_APP, WRITE_APP] = ['Application.Read.All', 'Application.ReadWrite.All'];
const GRANT = 'AppRoleAssignment.ReadWrite.All';
const GRANTS = '/servicePrincipals/[^/]+/appRole(?:Assignments|AssignedTo)';

/** The first that fits counts. */
const OPERATIONS: readonly KnownOperation[] = [
  known('list-application-templates', 'GET', '/applicationTemplates(?:/.*)?', READ_APP, READING_ROLE),
  known('create-application', 'POST', '/applicationTemplates/[^/]+/instantiate', WRITE_APP, APPLICATION_ROLE),
  known('delete-application', 'DELETE', '/(?:applications|servicePrincipals)/[^/]+', WRITE_APP, APPLICATION_ROLE),
  known('read-grants', 'GET', GRANTS, READ_APP, READING_ROLE),
  known('grant-role', 'POST', GRANTS, GRANT, GRANTING_ROLE),
  known('take-back-role', 'DELETE', `${GRANTS}/[^/]+`, GRANT, GRANTING_ROLE),
  known(
    'send-person',
    'POST',
    `${JOBS}/jobs/[^/]+/bulkUpload`,
    'SynchronizationData-User.Upload',
    'User Administrator',
  ),
  known('read-schema', 'GET', `${JOBS}/(?:jobs|templates)/[^/]+/schema(?:/.*)?`, READ_JOB, READING_ROLE),
  known('change-schema', 'PUT|DELETE', `${JOBS}/jobs/[^/]+/schema(?:/.*)?`, WRITE_JOB, APPLICATION_ROLE),
  known('read-job-settings', 'GET', `${JOBS}/secrets`, READ_JOB, READING_ROLE),
  known('change-job-settings', 'PUT|PATCH', `${JOBS}/secrets`, WRITE_JOB, APPLICATION_ROLE),
  known('read-job', 'GET', `${JOBS}/(?:jobs|templates)(?:/[^/]+)?`, READ_JOB, READING_ROLE),
  known('change-job', 'POST|PATCH|DELETE', `${JOBS}/jobs(?:/.*)?`, WRITE_JOB, APPLICATION_ROLE),
  known('read-applications', 'GET', '/(?:applications|servicePrincipals)(?:[/(].*)?', READ_APP, READING_ROLE),
  known('change-application', 'POST|PATCH', '/(?:applications|servicePrincipals)(?:/.*)?', WRITE_APP, APPLICATION_ROLE),
  known('read-licences', 'GET', '/subscribedSkus', 'LicenseAssignment.Read.All', READING_ROLE),
  known('read-log', 'GET', '/auditLogs/provisioning', 'ProvisioningLog.Read.All', 'Reports Reader'),
  known('read-users', 'GET', '/users(?:/.*)?', 'User.Read.All', READING_ROLE),
];

/** What the call of a path needs; the query of the path does not count. */
export function needsOf(method: string, path: string): OperationNeeds {
  const [plain = ''] = path.split('?');
  const found = OPERATIONS.find((one) => one.method.test(method) && one.path.test(plain));
  if (found === undefined) return { operation: 'other', permission: null, role: null };
  const { operation, permission, role } = found;
  return { operation, permission, role };
}
