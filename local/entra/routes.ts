// Every simulated Graph route: method, path, what it asks of its caller, and handler.
import { ACCESS, type Access } from './access';
import {
  deleteApplication,
  findApplications,
  getApplication,
  getApplicationTemplate,
  instantiateTemplate,
  listApplicationTemplates,
} from './application-routes';
import { assignAppRole, listAppRoleAssignments, removeAppRole } from './grant-routes';
import type { Answer } from './graph-answer';
import type { Call } from './http-call';
import { getJob, patchJob, pauseJob, restartJob, startJob } from './job-routes';
import {
  createJob,
  deleteJob,
  getSecrets,
  getSynchronization,
  listJobs,
  listTemplates,
  putSecrets,
  validateCredentials,
} from './job-set-up';
import { listSubscribedSkus } from './licence-routes';
import { listLogs } from './log-list';
import {
  addOwner,
  deleteServicePrincipal,
  findServicePrincipals,
  getServicePrincipal,
  listOwners,
  removeOwner,
} from './principal-routes';
import { listDirectoryRoles, listRoleAssignments, listRoleDefinitions } from './role-routes';
import type { RouteName } from './route-names';
import {
  deleteSchema,
  getFilterOperators,
  getFunctions,
  getSchema,
  listDirectories,
  parseExpressionOf,
  putSchema,
} from './schema-routes';
import type { Tenant } from './tenant';
import { acceptUpload } from './upload';
import { getMyself, getUser, listUsers } from './user-routes';

/** One route. */
export interface Route {
  readonly name: RouteName;
  readonly method: string;
  readonly path: RegExp;
  readonly access: Access;
  readonly answer: (tenant: Tenant, call: Call) => Answer;
}

const TEMPLATE = '/applicationTemplates/(?<templateId>[^/]+)';
const APPLICATION = '/applications/(?<applicationId>[^/()]+)';
const PRINCIPAL = String.raw`/servicePrincipals/(?<servicePrincipalId>[^/()]+)`;
const BY_APP_ID = String.raw`\(appId='(?<appId>[^']+)'\)`;
const SYNC = `${PRINCIPAL}/synchronization`;
const JOB = `${SYNC}/jobs/(?<jobId>[^/]+)`;
const { readJob, writeJob, readApps, writeApps, readRoles, readUsers } = ACCESS;

/** The table of routes. */
export const ROUTES: readonly Route[] = [
  route('bulkUpload', 'POST', `${JOB}/bulkUpload`, ACCESS.upload, acceptUpload),
  route('logs', 'GET', '/auditLogs/provisioning/?', ACCESS.readLogs, listLogs),
  // Its permissions are those of the requests in it; wire.ts takes it apart.
  route('batch', 'POST', String.raw`/\$batch`, { application: [], delegated: [] }, () => ({ status: 200 })),
  route('getJob', 'GET', JOB, readJob, getJob),
  route('patchJob', 'PATCH', JOB, writeJob, patchJob),
  route('start', 'POST', `${JOB}/start`, writeJob, startJob),
  route('pause', 'POST', `${JOB}/pause`, writeJob, pauseJob),
  route('restart', 'POST', `${JOB}/restart`, writeJob, restartJob),
  route('listJobs', 'GET', `${SYNC}/jobs`, readJob, listJobs),
  route('createJob', 'POST', `${SYNC}/jobs`, writeJob, createJob),
  route('deleteJob', 'DELETE', JOB, writeJob, deleteJob),
  route('validateCredentials', 'POST', `${JOB}/validateCredentials`, writeJob, validateCredentials),
  route('synchronization', 'GET', SYNC, readJob, getSynchronization),
  route('getSecrets', 'GET', `${SYNC}/secrets`, readJob, getSecrets),
  route('putSecrets', 'PUT', `${SYNC}/secrets`, writeJob, putSecrets),
  route('templates', 'GET', `${SYNC}/templates`, readJob, listTemplates),
  route('getSchema', 'GET', `${JOB}/schema`, readJob, getSchema),
  route('putSchema', 'PUT', `${JOB}/schema`, writeJob, putSchema),
  route('deleteSchema', 'DELETE', `${JOB}/schema`, writeJob, deleteSchema),
  route('listDirectories', 'GET', `${JOB}/schema/directories`, readJob, listDirectories),
  route('functions', 'GET', `${JOB}/schema/functions`, readJob, getFunctions),
  route('filterOperators', 'GET', `${JOB}/schema/filterOperators`, readJob, getFilterOperators),
  route('parseExpression', 'POST', `${JOB}/schema/parseExpression`, readJob, parseExpressionOf),
  route('applicationTemplates', 'GET', '/applicationTemplates', readApps, listApplicationTemplates),
  route('getApplicationTemplate', 'GET', TEMPLATE, readApps, getApplicationTemplate),
  route('instantiate', 'POST', `${TEMPLATE}/instantiate`, writeApps, instantiateTemplate),
  route('findApplications', 'GET', '/applications', readApps, findApplications),
  route('getApplication', 'GET', APPLICATION, readApps, getApplication),
  route('getApplication', 'GET', `/applications${BY_APP_ID}`, readApps, getApplication),
  route('deleteApplication', 'DELETE', APPLICATION, writeApps, deleteApplication),
  route('findServicePrincipals', 'GET', '/servicePrincipals', readApps, findServicePrincipals),
  route('getServicePrincipal', 'GET', PRINCIPAL, readApps, getServicePrincipal),
  route('getServicePrincipal', 'GET', `/servicePrincipals${BY_APP_ID}`, readApps, getServicePrincipal),
  route('deleteServicePrincipal', 'DELETE', PRINCIPAL, writeApps, deleteServicePrincipal),
  route('listOwners', 'GET', `${PRINCIPAL}/owners`, readApps, listOwners),
  route('addOwner', 'POST', String.raw`${PRINCIPAL}/owners/\$ref`, writeApps, addOwner),
  route('removeOwner', 'DELETE', String.raw`${PRINCIPAL}/owners/(?<ownerId>[^/]+)/\$ref`, writeApps, removeOwner),
  route('listAppRoleAssignments', 'GET', `${PRINCIPAL}/appRoleAssignments`, ACCESS.readGrants, listAppRoleAssignments),
  route('appRoleAssignments', 'POST', `${PRINCIPAL}/appRoleAssignments`, ACCESS.writeGrants, assignAppRole),
  route(
    'removeAppRoleAssignment',
    'DELETE',
    `${PRINCIPAL}/appRoleAssignments/(?<assignmentId>[^/]+)`,
    ACCESS.writeGrants,
    removeAppRole,
  ),
  route('subscribedSkus', 'GET', '/subscribedSkus', ACCESS.readLicences, listSubscribedSkus),
  route('listUsers', 'GET', '/users', readUsers, listUsers),
  route('getUser', 'GET', '/users/(?<userId>[^/]+)', readUsers, getUser),
  route('me', 'GET', '/me', ACCESS.readMyself, getMyself),
  route('directoryRoles', 'GET', '/directoryRoles', readRoles, listDirectoryRoles),
  route('roleAssignments', 'GET', '/roleManagement/directory/roleAssignments', readRoles, listRoleAssignments),
  route('roleDefinitions', 'GET', '/roleManagement/directory/roleDefinitions', readRoles, listRoleDefinitions),
];

function route(name: RouteName, method: string, path: string, access: Access, answer: Route['answer']): Route {
  return { name, method, path: new RegExp(`^${path}$`, 'i'), access, answer };
}
