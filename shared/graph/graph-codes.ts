// What can go wrong on the service's side: answers of `bulkUpload` and of the provisioning log, and URLs that must not be used. The
// English is in graph-messages.ts.
import { fault, halt, rejection } from '../core/codes';

/** Codes of answers (delivery/answers.ts), of the log (provisioning-log.ts), of the job (job-status.ts) and of the URL (graph-url.ts). */
export const graphCodes = {
  'graph-url-invalid': halt(),
  'graph-url-refused': halt(),
  'graph-request-astray': halt(),
  'graph-no-token': halt(),
  'graph-token-refused': halt(),
  'graph-forbidden': halt(),
  'graph-job-not-found': halt(),
  'graph-refuses-everything': halt(),
  'graph-refused-content-type': halt(),
  'graph-redirected': halt(),
  'graph-unexpected-answer': halt(),
  'graph-conflict': fault(),
  'graph-bucket-full': fault(),
  'graph-unavailable': fault(),
  'graph-server-error': fault(),
  'graph-timeout': fault(),
  'graph-connection-cut': fault(),
  'graph-unreachable': fault(),
  'graph-refused-operation': rejection(),
  'graph-request-too-large': rejection(),
  'graph-log-unavailable': fault(),
  'graph-log-misleading': fault(),
  'graph-log-forbidden': halt(),
  'job-is-paused': halt(),
  'job-in-quarantine': halt(),
  'job-never-started': halt(),
  'job-is-gone': halt(),
  'job-not-readable': halt(),
};
