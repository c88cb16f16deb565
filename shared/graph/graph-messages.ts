// What Microsoft Graph did, in English: for the operator, and for HR where it refused a row.
import type { MessagesOf } from '../core/codes';
import type { graphCodes } from './graph-codes';

/** English. */
export const graphMessages: MessagesOf<typeof graphCodes> = {
  'graph-url-invalid': {
    sentence: () => 'The app setting ROLLCALL_GRAPH_URL is not a URL, so the functions do nothing but say so.',
    cause: '`ROLLCALL_GRAPH_URL` cannot be parsed as a URL, or has a user name or a password in it.',
    cure: 'Correct the app setting: a whole URL, with `http://` or `https://`.',
  },
  'graph-url-refused': {
    sentence: () =>
      'The app setting ROLLCALL_GRAPH_URL is not an address of Microsoft Graph, so the functions do nothing but say so.',
    cause:
      'A token is sent only to the published hosts of Microsoft Graph, written exactly as they are published: `https://graph.microsoft.com`, `https://graph.microsoft.us`, `https://dod-graph.microsoft.us`. China is not among them, because its provisioning log is not documented.',
    cure: 'Write the address of your cloud without port and path.',
  },
  'graph-request-astray': {
    sentence: () => 'A request would have gone to another address than that of Microsoft Graph, so it was not made.',
    cause:
      'The address of a request is made of the settings of a source and of what Graph answered. Once it was put together it was not an address on Graph, or had another path than was meant, so no token was sent to it.',
    cure: 'Check `job` in the source.json: an id cannot have a path in it. Otherwise this is a fault in the program: report it.',
  },
  'graph-no-token': {
    sentence: () => 'No token for Microsoft Graph could be obtained, so sending waits.',
    cause:
      'The managed identity does not answer, or is not set up; or the sign-in of the application does not answer, or refused it for a reason that has no code of its own.',
    cure: 'Check the identity of the function app; with an application, look up the number in the exception (`AADSTS…`). Nothing was sent; sending resumes by itself.',
  },
  'graph-token-refused': {
    sentence: () => 'Microsoft Graph refused a fresh token, so sending waits.',
    cause: 'The service answered 401 twice, the second time to a fresh token.',
    cure: 'Check the identity: is it in the right tenant, is the application disabled, does a conditional access policy block it?',
  },
  'graph-forbidden': {
    sentence: () => 'Microsoft Graph does not allow the identity to upload, so sending waits.',
    cause: 'The service answered 403: a permission or a licence is missing, or consent was withdrawn.',
    cure: 'Grant the application permission SynchronizationData-User.Upload with admin consent, and check that the licence has not expired. A managed identity may get its old token for up to 24 hours more; sending resumes by itself.',
  },
  'graph-job-not-found': {
    sentence: () => 'The provisioning job was not found, so its batches wait.',
    cause:
      'The service answered 404 or 410: there is no such enterprise application or provisioning job. Other jobs continue.',
    cure: 'Correct `job.servicePrincipalId` (the object id of the enterprise application) and `job.jobId` in the source.json, or create the job again. Then have the file dropped again: a run keeps the settings it began with.',
  },
  'graph-refuses-everything': {
    sentence: () => 'Microsoft Entra refused a hundred requests of this job in a row, so its batches wait.',
    cause:
      'The requests were refused for their content (400, 413), down to single rows, so the mapping is more likely at fault than the rows. Other jobs continue.',
    cure: 'Read the words of the service in `evidence/<source>/<run>.refused/`, and check the last change to the mapping in `source.json`. Fix it and have the file dropped again: it takes over what is waiting.',
  },
  'graph-refused-content-type': {
    sentence: () => 'Microsoft Graph refused the content type of the request, so sending waits.',
    cause: 'The service answered 415. Something between us and Graph rewrites requests, or this program has a fault.',
    cure: 'Look for a proxy that rewrites requests; otherwise report it.',
  },
  'graph-redirected': {
    sentence: () => 'Microsoft Graph answered with a redirect, which is never followed, so sending waits.',
    cause:
      'The service, or something between us and Graph, answered with a redirect. Following it would send personal data to wherever it points.',
    cure: 'Check `ROLLCALL_GRAPH_URL` and proxies between us and Graph.',
  },
  'graph-unexpected-answer': {
    sentence: () => 'Microsoft Graph answered with an undocumented status, so sending waits.',
    cause:
      'The service, or something between us and Graph, answered with a status that its documentation does not name. (A success other than 202 halts nothing: the request may have been accepted, so the batch is sent once more and then waits for its log entries.)',
    cure: 'Check proxies between us and Graph, and the service health page; otherwise report it with `requestId` and time.',
  },
  'graph-conflict': {
    sentence: () => 'The provisioning job is busy with another change; sending resumes in a few seconds.',
    cause: 'The service answered 409 for this job.',
    cure: 'None needed. If it lasts, look for another program that uploads to this job.',
  },
  'graph-bucket-full': {
    sentence: () => 'The queue of the provisioning job is full; sending resumes in 5 to 10 minutes.',
    cause: 'The service answered that the bucket of the job is full: it has more to process than it can hold.',
    cure: 'None needed. If it lasts, check that the job is running and not in quarantine.',
  },
  'graph-unavailable': {
    sentence: () => 'Microsoft Graph was unavailable; the batch is sent once more.',
    cause: 'The service answered 503 without a time. The request may have been accepted.',
    cure: 'None needed: the batch is sent once more, then waits for its log entries.',
  },
  'graph-server-error': {
    sentence: () => 'Microsoft Graph had a server error; the batch is sent once more.',
    cause:
      'The service, or a gateway in front of it, answered with a server error. The request may have been accepted.',
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
    sentence: () => 'Microsoft Graph could not be reached; sending resumes by itself.',
    cause: 'No connection could be made (name resolution, network, firewall), so nothing was sent.',
    cure: 'None if it is transient. If it lasts, check DNS, network and firewall of the function app.',
  },
  'graph-refused-operation': {
    sentence: () => 'Microsoft Entra refused the values of this row.',
    cause:
      'The service answered 400 or 422 to a request with this row alone. It does not say which row of a request it means, so the request was halved until then.',
    cure: 'Check the values of the row; if they look right, the mapping may write an attribute in a form that the service does not accept.',
  },
  'graph-request-too-large': {
    sentence: () => 'The row is too large for Microsoft Entra. Shorten its values.',
    cause: 'The service answered 413 to a request with this row alone.',
    cure: 'Shorten the values of the row, or map fewer attributes.',
  },
  'graph-log-unavailable': {
    sentence: () => 'The provisioning log could not be read; it is tried again.',
    cause: 'The log did not answer, asked us to wait, or answered with something that is not a page of a log.',
    cure: 'None needed: the next tick reads it again, and no row counts as silent until then.',
  },
  'graph-log-misleading': {
    sentence: () =>
      'The provisioning log sent us to a page that is not its next one, so its reading ended there; it is tried again.',
    cause:
      'The log named a next page on another host or of another path, or one that had been read already. Nothing was asked there, and no token left Graph. Something between us and Graph rewrites its answers, or Graph has a fault.',
    cure: 'None if it is transient: the next tick reads the log again, and no row counts as silent until then. If it lasts, check `ROLLCALL_GRAPH_URL` and proxies between us and Graph.',
  },
  'graph-log-forbidden': {
    sentence: () =>
      'Microsoft Graph does not allow the identity to read the provisioning log, so no sent row gets its verdict.',
    cause: 'The log answered 403. Sending continues, and no row counts as silent meanwhile.',
    cure: 'Grant the application permission ProvisioningLog.Read.All with admin consent. A managed identity may get its old token for up to 24 hours more; verdicts then come by themselves.',
  },
  'job-is-paused': {
    sentence: () => 'The provisioning job is paused, so its batches wait.',
    cause: 'Somebody or the service paused the job. It would accept uploads but not process them.',
    cure: 'Start the job in the portal (Start provisioning). Sending resumes by itself within a minute.',
  },
  'job-in-quarantine': {
    sentence: () => 'The provisioning job is in quarantine, so its batches wait.',
    cause:
      'Too many changes failed, or the set-up of the job is broken. Uploads would not be processed, and the restart that lifts the quarantine purges them.',
    cure: 'Read the reason in the portal (or `waitsDetail` of the run), fix it, and restart the job. Sending resumes by itself within a minute.',
  },
  'job-never-started': {
    sentence: () => 'The provisioning job was never started or is not set up, so its batches wait.',
    cause: 'The job would not process uploads: it is new, or its set-up is not complete.',
    cure: 'Complete the set-up in the portal, with a notification address, then start the job. Sending resumes by itself within a minute.',
  },
  'job-is-gone': {
    sentence: () => 'The provisioning job was not found, so its batches wait.',
    cause:
      'Before the first call, its state was looked up, and there is no such provisioning job or enterprise application.',
    cure: 'Correct `job.servicePrincipalId` and `job.jobId` in the source.json, or create the job again. Then have the file dropped again: a run keeps the settings it began with.',
  },
  'job-not-readable': {
    sentence: () =>
      'Microsoft Graph does not allow the identity to read the state of the provisioning job, so its batches wait.',
    cause:
      'Before the first call, its state was looked up, and the service answered 403. A job that is paused, in quarantine or new accepts uploads and never processes them, so nothing is sent unseen.',
    cure: 'Grant the application permission Synchronization.Read.All with admin consent. A managed identity may get its old token for up to 24 hours more; sending resumes by itself.',
  },
};
