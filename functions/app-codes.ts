// What can be wrong with the app itself: its settings, its credential, its messages. The English is in app-messages.ts.
import { fault, halt } from '../shared/core/codes';

/** Codes of settings.ts, azure-credential.ts, ready-app.ts and queue-message.ts. */
export const appCodes = {
  'settings-invalid': halt(),
  'credential-not-for-this-host': halt(),
  'jobs-not-listed': halt(),
  'message-invalid': fault(),
};
