// What is wrong with the app, in English, for the operator.
import type { MessagesOf } from '../shared/core/codes';
import type { appCodes } from './app-codes';

/** English. */
export const appMessages: MessagesOf<typeof appCodes> = {
  'settings-invalid': {
    sentence: () => 'The app settings cannot be used, so no function starts.',
    cause: 'The app settings cannot be used; the message names every mistake. No function starts.',
    cure: 'Correct the settings; local.settings.sample.json is a complete example, and the schema in functions/settings.ts explains each.',
  },
  'credential-not-for-this-host': {
    sentence: () => 'The local credential is for a simulator on this machine only.',
    cause:
      '`ROLLCALL_CREDENTIAL` is `local`, which makes tokens that only a simulator accepts, and Graph is not on this machine.',
    cure: 'Set `ROLLCALL_CREDENTIAL` to `managed-identity` or `client-secret`.',
  },
  'message-invalid': {
    sentence: () => 'A queue message does not have the form that this version reads.',
    cause:
      'A message on a queue does not have the form that this version reads: it was put by hand, or by another version.',
    cure: 'Look at the message in the poison queue. The sweep puts a correct one for every batch and export that needs one.',
  },
};
