// What is said beside a verdict, in English, and the sentence of each verdict; for HR.
import type { MessagesOf } from '../core/codes';
import type { Verdict } from './verdict';
import type { verdictCodes } from './verdict-codes';

/** English. */
export const verdictMessages: MessagesOf<typeof verdictCodes> = {
  'manager-not-resolved': {
    sentence: () => 'The manager could not be set: they are not in Microsoft Entra.',
    cause:
      'The person was written, but not their manager: the service does not know the id in the manager column (yet). It was tried again three times.',
    cure: 'Check that the manager is in a file that was sent, under the same id. If so, the next file that contains the person sets it.',
  },
  'verdict-missing': {
    sentence: () => 'A row has no verdict, so the run is not settled.',
    cause: 'A row of a run that is about to be settled has no verdict. It is never filled in: the run stays unsettled.',
    cure: 'This is a fault in the program. Keep the entities and files of the run, and report it.',
  },
};

/** The sentence of each verdict. */
export const verdictSentences: Readonly<Record<Verdict, string>> = {
  created: 'The account was created.',
  updated: 'The account was updated.',
  unchanged: 'The account already had these values.',
  disabled: 'The account was disabled.',
  skipped: 'Microsoft Entra left this person out: the rules of the provisioning job exclude them.',
  failed: 'Microsoft Entra could not apply this row.',
  rejected: 'The row was not sent.',
  held: 'The whole file is held: nothing was sent.',
  superseded: 'A newer file has replaced this row: its values count.',
  'not-seen':
    'Microsoft Entra accepted the row but has not said what became of it. Please ask your identity team to check.',
};
