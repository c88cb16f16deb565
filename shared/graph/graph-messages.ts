// What Microsoft Graph did, in English: for the operator, and for HR where it refused a row.
import type { MessagesOf } from '../core/codes';
import type { graphCodes } from './graph-codes';

/** English. */
export const graphMessages: MessagesOf<typeof graphCodes> = {
  'graph-url-invalid': {
    sentence: () => 'The app setting ROLLCALL_GRAPH_URL is not a URL.',
    cause: '`ROLLCALL_GRAPH_URL` is not a URL.',
    cure: 'Correct the app setting.',
  },
  'graph-url-not-loopback': {
    sentence: () => 'The app setting ROLLCALL_GRAPH_URL does not name this machine, so nothing is sent.',
    cause:
      '`ROLLCALL_GRAPH_URL` names a host other than this machine. This version has no guard against a file that disables too many people, so it refuses to send anywhere else.',
    cure: 'Use a simulator on loopback. There is no switch that lifts this (ADR 0012).',
  },
  'graph-no-token': {
    sentence: () => 'There is no token for Microsoft Graph, so sending waits.',
    cause:
      'The credential gave no token for Graph: the managed identity or Key Vault does not answer, or is not set up.',
    cure: 'Check the identity of the function app (and Key Vault, if a client secret is used). Nothing was sent; sending goes on by itself.',
  },
  'graph-token-refused': {
    sentence: () => 'Microsoft Graph refused a fresh token, so sending waits.',
    cause: 'The service answered 401, and 401 again to a fresh token.',
    cure: 'Check the identity: is it in the right tenant, is the application disabled, does a conditional access policy block it?',
  },
  'graph-forbidden': {
    sentence: () => 'The identity may not upload to Microsoft Entra, so sending waits.',
    cause: 'The service answered 403: the identity may not upload.',
    cure: 'Grant the application permission SynchronizationData-User.Upload with admin consent, and check that there is a licence.',
  },
  'graph-job-not-found': {
    sentence: () => 'The provisioning job does not exist, so its batches wait.',
    cause:
      'The service answered 404 or 410: there is no such enterprise application or provisioning job. Other jobs go on.',
    cure: 'Correct `job.servicePrincipalId` (the object id of the enterprise application) and `job.jobId` in the source.json, or create the job again.',
  },
  'graph-refuses-everything': {
    sentence: () => 'Microsoft Entra refused every request of this job, so its batches wait.',
    cause:
      'A hundred requests in a row were refused for their content (400, 413), down to single rows, so no row can be blamed for it. Other jobs go on.',
    cure: 'Check what the last change to the mapping in `source.json` writes; the evidence of the run keeps the words of the service. Fix it and drop the file again: it takes over from the one that waits.',
  },
  'graph-refused-content-type': {
    sentence: () => 'Microsoft Graph refused the content type, so sending waits.',
    cause:
      'The service answered 415: it does not accept our content type. That is a fault in this program, or in something between us and Graph.',
    cure: 'Look for a proxy that rewrites requests; otherwise report it.',
  },
  'graph-redirected': {
    sentence: () => 'Microsoft Graph answered with a redirect, which is never followed, so sending waits.',
    cause:
      'The service answered with a redirect. It is never followed: it would send the people of the company wherever it points.',
    cure: 'Check `ROLLCALL_GRAPH_URL` and proxies between us and Graph.',
  },
  'graph-unexpected-answer': {
    sentence: () => 'Microsoft Graph answered with an undocumented status.',
    cause:
      'The service answered with a status that is not documented. (A success other than 202 halts nothing: it may have been accepted, so the batch is sent once more and then waits for its log entries.)',
    cure: 'Check proxies between us and Graph, and the announcements of the service; otherwise report it.',
  },
  'graph-conflict': {
    sentence: () => 'Another change of the same job is in progress; sending goes on in a few seconds.',
    cause: 'The service answered 409: another change of the same job is in progress.',
    cure: 'None needed: this job is paused for some seconds.',
  },
  'graph-bucket-full': {
    sentence: () => 'The job has more to process than it can hold; sending goes on in some minutes.',
    cause: 'The service answered that the bucket of the job is full: it has more to process than it can hold.',
    cure: 'None needed: this job is paused for 5 to 10 minutes. If it lasts, check that the job is running and not in quarantine.',
  },
  'graph-unavailable': {
    sentence: () => 'Microsoft Graph was unavailable; the batch is sent once more.',
    cause: 'The service answered 503 without a time. The request may have been accepted.',
    cure: 'None needed: the batch is sent once more, then waits for its log entries.',
  },
  'graph-server-error': {
    sentence: () => 'Microsoft Graph had a server error; the batch is sent once more.',
    cause: 'The service, or a gateway before it, answered with a server error. The request may have been accepted.',
    cure: 'None needed: the batch is sent once more, then waits for its log entries.',
  },
  'graph-timeout': {
    sentence: () => 'Microsoft Graph did not answer in time; the batch is sent once more.',
    cause: 'No answer came in time (`ROLLCALL_GRAPH_TIMEOUT_SECONDS`). The request may have been accepted.',
    cure: 'None needed: the batch is sent once more, then waits for its log entries.',
  },
  'graph-connection-cut': {
    sentence: () => 'The connection to Microsoft Graph was cut; the batch is sent once more.',
    cause: 'The connection ended before there was a complete answer. The request may have been accepted.',
    cure: 'None needed: the batch is sent once more, then waits for its log entries.',
  },
  'graph-unreachable': {
    sentence: () => 'Microsoft Graph could not be reached; sending goes on by itself.',
    cause: 'No connection to Graph could be made (name resolution, network, firewall): nothing was sent.',
    cure: 'None if it is transient. If it lasts, check DNS, network and firewall of the function app.',
  },
  'graph-refused-operation': {
    sentence: () => 'Microsoft Entra does not accept the form of this row.',
    cause:
      'The service refuses the form of this row (400 or 422). It does not say which row of a request it means, so the request was halved until the row was alone.',
    cure: 'Correct the values of the row; if they look right, the mapping may write an attribute in a form that the service does not accept.',
  },
  'graph-request-too-large': {
    sentence: () => 'The row is too large for Microsoft Entra.',
    cause: 'The row alone is too large for the service (413).',
    cure: 'Shorten the values of the row, or map fewer attributes.',
  },
  'graph-log-unavailable': {
    sentence: () => 'The provisioning log did not answer; it is read again.',
    cause: 'The provisioning log did not answer, asked for a pause, or sent something that is not a page of a log.',
    cure: 'None needed: it is read at the next tick, and no row counts as silent until then.',
  },
  'graph-log-forbidden': {
    sentence: () => 'The identity may not read the provisioning log, so no row gets its verdict.',
    cause: 'Reading the provisioning log is not permitted (403). Sending goes on, but no row gets its verdict.',
    cure: 'Grant the application permission ProvisioningLog.Read.All with admin consent.',
  },
  'job-is-paused': {
    sentence: () => 'The provisioning job is paused, so its batches wait.',
    cause: 'The provisioning job is paused: it would accept uploads and not process them.',
    cure: 'Start the job in the portal (Start provisioning). Sending goes on by itself within a minute.',
  },
  'job-in-quarantine': {
    sentence: () => 'The provisioning job is in quarantine, so its batches wait.',
    cause:
      'The provisioning job is in quarantine: too much failed, or its set-up is broken. Uploads would not be processed, and the restart that lifts it purges them.',
    cure: 'Read the reason in the portal, fix it, restart the job. Sending goes on by itself within a minute.',
  },
  'job-never-started': {
    sentence: () => 'The provisioning job was never started, so its batches wait.',
    cause: 'The provisioning job was never started, or is not set up.',
    cure: 'Set a notification address, then start the job in the portal.',
  },
  'job-is-gone': {
    sentence: () => 'The provisioning job no longer exists, so its batches wait.',
    cause: 'There is no such provisioning job or enterprise application.',
    cure: 'Correct `job.servicePrincipalId` and `job.jobId` in the source.json, or create the job again. Files that were read with the old settings must be dropped again.',
  },
};
