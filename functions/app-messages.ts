// What is wrong with the app, in English, for the operator.
import type { MessagesOf } from '../shared/core/codes';
import type { appCodes } from './app-codes';

/** English. */
export const appMessages: MessagesOf<typeof appCodes> = {
  'settings-invalid': {
    sentence: () => 'The app settings have mistakes, so the functions do nothing but say so.',
    cause: 'A setting is missing, unknown or malformed; the exception of each invocation names every mistake.',
    cure: 'Correct the settings; `local.settings.sample.json` is a complete example, and the schema in `functions/settings.ts` explains each. What arrived meanwhile waits and is then processed.',
  },
  'credential-not-for-this-host': {
    sentence: () => 'ROLLCALL_CREDENTIAL is "local", which works only with a simulator on this machine.',
    cause: '`local` makes tokens that only a simulator accepts, and `ROLLCALL_GRAPH_URL` names another machine.',
    cure: 'Set `ROLLCALL_CREDENTIAL` to `managed-identity`, `client-secret` or `client-certificate`.',
  },
  'jobs-not-listed': {
    sentence: () => 'ROLLCALL_JOBS is empty, so the functions do nothing but say so.',
    cause:
      'Without a list of jobs, a source.json could aim at any provisioning job of the tenant that the identity may upload to. That is allowed with a simulator on this machine only.',
    cure: 'Set `ROLLCALL_JOBS` to the jobs of your sources: `servicePrincipalId/jobId`, or `servicePrincipalId` for all jobs of one application, with commas between them. What arrived meanwhile waits and is then processed.',
  },
  'message-invalid': {
    sentence: () => 'A queue message cannot be read by this version.',
    cause: 'The message does not have the expected form: it was put on the queue by hand or by another version.',
    cure: 'None needed: the sweep puts a correct message on the queue for every batch and export that needs one. After its last attempt the message is kept in the container `evidence`, folder `_poison`.',
  },
};
