// Every simulated Graph route: method, path, permissions (one of them is needed) and handler.
import type { Answer } from './graph-answer';
import type { Call } from './http-call';
import { createJob, deleteJob, listJobs, listTemplates, putSecrets, validateCredentials } from './job-set-up';
import { getJob, pauseJob, restartJob, startJob } from './job-routes';
import { listLogs } from './log-list';
import type { RouteName } from './route-names';
import { deleteSchema, getSchema, putSchema } from './schema-routes';
import {
  assignAppRole,
  findServicePrincipals,
  getServicePrincipal,
  instantiateTemplate,
  listApplicationTemplates,
} from './application-routes';
import type { Tenant } from './tenant';
import { acceptUpload } from './upload';

/** One route. */
export interface Route {
  readonly name: RouteName;
  readonly method: string;
  readonly path: RegExp;
  /** Application permissions; one of them is enough. [PERM] Aug 2026. */
  readonly permissions: readonly string[];
  readonly answer: (tenant: Tenant, call: Call) => Answer;
}

const UPLOAD = ['SynchronizationData-User.Upload', 'SynchronizationData-User.Upload.OwnedBy'];
const READ_LOGS = ['ProvisioningLog.Read.All', 'AuditLog.Read.All', 'Directory.Read.All'];
const WRITE_JOB = ['Synchronization.ReadWrite.All', 'Application.ReadWrite.OwnedBy'];
const READ_JOB = ['Synchronization.Read.All', ...WRITE_JOB];

const WRITE_APP = ['Application.ReadWrite.OwnedBy', 'Application.ReadWrite.All'];
const READ_APP = ['Application.Read.All', 'Directory.Read.All', ...WRITE_APP];

const PRINCIPAL = String.raw`/servicePrincipals/(?<servicePrincipalId>[^/()]+)`;
const JOB = String.raw`${PRINCIPAL}/synchronization/jobs/(?<jobId>[^/]+)`;

/** The table of routes. */
export const ROUTES: readonly Route[] = [
  route('bulkUpload', 'POST', `${JOB}/bulkUpload`, UPLOAD, acceptUpload),
  route('logs', 'GET', '/auditLogs/provisioning/?', READ_LOGS, listLogs),
  route('getJob', 'GET', JOB, READ_JOB, getJob),
  route('start', 'POST', `${JOB}/start`, WRITE_JOB, startJob),
  route('pause', 'POST', `${JOB}/pause`, WRITE_JOB, pauseJob),
  route('restart', 'POST', `${JOB}/restart`, WRITE_JOB, restartJob),
  route('listJobs', 'GET', `${PRINCIPAL}/synchronization/jobs`, READ_JOB, listJobs),
  route('createJob', 'POST', `${PRINCIPAL}/synchronization/jobs`, WRITE_JOB, createJob),
  route('deleteJob', 'DELETE', JOB, WRITE_JOB, deleteJob),
  route('validateCredentials', 'POST', `${JOB}/validateCredentials`, WRITE_JOB, validateCredentials),
  route('putSecrets', 'PUT', `${PRINCIPAL}/synchronization/secrets`, WRITE_JOB, putSecrets),
  route('templates', 'GET', `${PRINCIPAL}/synchronization/templates`, READ_JOB, listTemplates),
  route('getSchema', 'GET', `${JOB}/schema`, READ_JOB, getSchema),
  route('putSchema', 'PUT', `${JOB}/schema`, WRITE_JOB, putSchema),
  route('deleteSchema', 'DELETE', `${JOB}/schema`, WRITE_JOB, deleteSchema),
  route('applicationTemplates', 'GET', '/applicationTemplates', READ_APP, listApplicationTemplates),
  route(
    'instantiate',
    'POST',
    '/applicationTemplates/(?<templateId>[^/]+)/instantiate',
    WRITE_APP,
    instantiateTemplate,
  ),
  route('findServicePrincipals', 'GET', '/servicePrincipals', READ_APP, findServicePrincipals),
  route('getServicePrincipal', 'GET', PRINCIPAL, READ_APP, getServicePrincipal),
  route(
    'getServicePrincipal',
    'GET',
    String.raw`/servicePrincipals\(appId='(?<appId>[^']+)'\)`,
    READ_APP,
    getServicePrincipal,
  ),
  route(
    'appRoleAssignments',
    'POST',
    `${PRINCIPAL}/appRoleAssignments`,
    ['AppRoleAssignment.ReadWrite.All'],
    assignAppRole,
  ),
];

function route(
  name: RouteName,
  method: string,
  path: string,
  permissions: readonly string[],
  answer: Route['answer'],
): Route {
  return { name, method, path: new RegExp(`^${path}$`, 'i'), permissions, answer };
}
