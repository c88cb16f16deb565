// What can go wrong on the other side: the answers of `bulkUpload` and of the provisioning log, and URLs that must not be used.
import { defineCodes } from '../core/catalogue';

/** Codes of answers (delivery/answers.ts), of the log (provisioning-log.ts) and of the URL (graph-url.ts). */
export const graphCodes = defineCodes({
  'graph-url-invalid': {
    kind: 'halt',
    cause: '`ROLLCALL_GRAPH_URL` is no URL.',
    cure: 'Correct the app setting.',
  },
  'graph-url-not-loopback': {
    kind: 'halt',
    cause:
      '`ROLLCALL_GRAPH_URL` names a host other than this machine. This version has no guard against a file that disables too many people, so it refuses to send anywhere else.',
    cure: 'Use a simulator on loopback. There is no switch that lifts this (ADR 0012).',
  },
  'graph-no-token': {
    kind: 'halt',
    cause:
      'The credential gave no token for Graph: the managed identity or Key Vault does not answer, or is not set up.',
    cure: 'Look at the identity of the function app (and at Key Vault, if a client secret is used). Nothing was sent; sending goes on by itself.',
  },
  'graph-token-refused': {
    kind: 'halt',
    cause: 'The service answered 401, and 401 again to a fresh token.',
    cure: 'Look at the identity: is it the right tenant, is the application disabled, does a conditional access policy block it?',
  },
  'graph-forbidden': {
    kind: 'halt',
    cause: 'The service answered 403: the identity may not upload.',
    cure: 'Grant the application permission SynchronizationData-User.Upload with admin consent, and look whether the licence is there.',
  },
  'graph-job-not-found': {
    kind: 'halt',
    cause:
      'The service answered 404 or 410: there is no such enterprise application or provisioning job. Other jobs go on.',
    cure: 'Correct `job.servicePrincipalId` (the object id of the enterprise application) and `job.jobId` in the source.json, or create the job anew.',
  },
  'graph-refuses-everything': {
    kind: 'halt',
    cause:
      'A hundred requests in a row were refused for what stands in them (400, 413), down to single rows: no row can be blamed for that. Other jobs go on.',
    cure: 'Look at what the last change to the mapping in `source.json` writes; the evidence of the run keeps the words of the service. Mend it and drop the file again: it takes over from the one that waits.',
  },
  'graph-refused-content-type': {
    kind: 'halt',
    cause:
      'The service answered 415: it does not take our content type. That is a fault of this program, or of something between us and Graph.',
    cure: 'Look for a proxy that rewrites requests; else report it.',
  },
  'graph-redirected': {
    kind: 'halt',
    cause:
      'The service answered with a redirect. It is never followed: it would send the people of the company to wherever it points.',
    cure: 'Look at `ROLLCALL_GRAPH_URL` and at proxies between us and Graph.',
  },
  'graph-unexpected-answer': {
    kind: 'halt',
    cause:
      'The service answered with a status that is in no documentation. (One of success other than 202 halts nothing: it may have been accepted, so the batch is sent once more and then waits for its log entries.)',
    cure: 'Look at proxies between us and Graph, and at the announcements of the service; else report it.',
  },
  'graph-conflict': {
    kind: 'fault',
    cause: 'The service answered 409: another change of the same job is going on.',
    cure: 'None needed: this job is paused for some seconds.',
  },
  'graph-bucket-full': {
    kind: 'fault',
    cause: 'The service answered that the bucket of the job is full: it has more to process than it will hold.',
    cure: 'None needed: this job is paused for 5 to 10 minutes. If it lasts, look whether the job is running and not in quarantine.',
  },
  'graph-unavailable': {
    kind: 'fault',
    cause: 'The service answered 503 without a time. The request may have been accepted.',
    cure: 'None needed: the batch is sent once more, then waits for its log entries.',
  },
  'graph-server-error': {
    kind: 'fault',
    cause: 'The service, or a gateway before it, answered with a server error. The request may have been accepted.',
    cure: 'None needed: the batch is sent once more, then waits for its log entries.',
  },
  'graph-timeout': {
    kind: 'fault',
    cause: 'No answer came in time (`ROLLCALL_GRAPH_TIMEOUT_SECONDS`). The request may have been accepted.',
    cure: 'None needed: the batch is sent once more, then waits for its log entries.',
  },
  'graph-connection-cut': {
    kind: 'fault',
    cause: 'The connection ended before there was a whole answer. The request may have been accepted.',
    cure: 'None needed: the batch is sent once more, then waits for its log entries.',
  },
  'graph-unreachable': {
    kind: 'fault',
    cause: 'No connection to Graph came about (name resolution, network, firewall): nothing was sent.',
    cure: 'None if it passes. If it stays: look at DNS, network and firewall of the function app.',
  },
  'graph-refused-operation': {
    kind: 'rejection',
    cause:
      'The service refuses the form of this row (400 or 422). It does not say which row of a request it minds, so the request was halved until the row was alone.',
    cure: 'Correct the values of the row; if they look right, the mapping may write an attribute in a form that the service does not take.',
  },
  'graph-request-too-large': {
    kind: 'rejection',
    cause: 'The row alone is too large for the service (413).',
    cure: 'Shorten the values of the row, or map fewer attributes.',
  },
  'graph-log-unavailable': {
    kind: 'fault',
    cause: 'The provisioning log did not answer, asked for a pause, or sent something that is no page of a log.',
    cure: 'None needed: it is read at the next tick, and no row is taken for silent meanwhile.',
  },
  'graph-log-forbidden': {
    kind: 'halt',
    cause: 'Reading the provisioning log is not permitted (403). Sending goes on, but no row gets its verdict.',
    cure: 'Grant the application permission ProvisioningLog.Read.All with admin consent.',
  },
  'job-is-paused': {
    kind: 'halt',
    cause: 'The provisioning job is paused: it would take uploads and not process them.',
    cure: 'Start the job in the portal (Start provisioning). Sending goes on by itself within a minute.',
  },
  'job-in-quarantine': {
    kind: 'halt',
    cause:
      'The provisioning job is in quarantine: too much failed, or its set-up is broken. Uploads would not be processed, and the restart that lifts it purges them.',
    cure: 'Read the reason in the portal, mend it, restart the job. Sending goes on by itself within a minute.',
  },
  'job-never-started': {
    kind: 'halt',
    cause: 'The provisioning job was never started, or is not set up.',
    cure: 'Set a notification address, then start the job in the portal.',
  },
  'job-is-gone': {
    kind: 'halt',
    cause: 'There is no such provisioning job or enterprise application.',
    cure: 'Correct `job.servicePrincipalId` and `job.jobId` in the source.json, or create the job anew. Files that were read with the old settings must be dropped again.',
  },
} as const);
