// Every route of Graph that is played: method, path, the permissions of which one is needed, and who answers.
import type { Answer } from './graph-answer';
import type { Call } from './http-call';
import { getJob, pauseJob, restartJob, startJob } from './job-routes';
import { listLogs } from './log-list';
import type { RouteName } from './route-names';
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

const JOB = String.raw`/servicePrincipals/(?<servicePrincipalId>[^/()]+)/synchronization/jobs/(?<jobId>[^/]+)`;

/** The table of routes. */
export const ROUTES: readonly Route[] = [
  route('bulkUpload', 'POST', `${JOB}/bulkUpload`, UPLOAD, acceptUpload),
  route('logs', 'GET', '/auditLogs/provisioning/?', READ_LOGS, listLogs),
  route('getJob', 'GET', JOB, READ_JOB, getJob),
  route('start', 'POST', `${JOB}/start`, WRITE_JOB, startJob),
  route('pause', 'POST', `${JOB}/pause`, WRITE_JOB, pauseJob),
  route('restart', 'POST', `${JOB}/restart`, WRITE_JOB, restartJob),
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
