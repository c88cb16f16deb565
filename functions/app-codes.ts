// What can be wrong with the app itself: its settings, its credential, its messages.
import { defineCodes } from '../shared/core/catalogue';

/** Codes of settings.ts, azure-credential.ts and queue-message.ts. */
export const appCodes = defineCodes({
  'settings-invalid': {
    kind: 'halt',
    cause: 'The app settings cannot be used; the message names every mistake. No function starts.',
    cure: 'Correct the settings; local.settings.sample.json is a complete example, the schema in functions/settings.ts explains each.',
  },
  'credential-not-for-this-host': {
    kind: 'halt',
    cause:
      '`ROLLCALL_CREDENTIAL` is `local`, which makes tokens that only a simulator takes, and Graph is not on this machine.',
    cure: 'Set `ROLLCALL_CREDENTIAL` to `managed-identity` or `client-secret`.',
  },
  'message-invalid': {
    kind: 'fault',
    cause:
      'A message on a queue does not have the form that this version reads: it was put by hand, or by another version.',
    cure: 'Look at the message in the poison queue. The sweep puts a right one for every batch and export that needs one.',
  },
} as const);
