// What HR reads about somebody who has no row in a full file, in English.
import type { MessagesOf } from '../core/codes';
import type { missingCodes } from './missing-codes';

const IF_LEFT = 'If the person has left, drop a file with a row that says so.';

/** English. */
export const missingMessages: MessagesOf<typeof missingCodes> = {
  'missing-disabled': {
    sentence: ({ run }) =>
      `The account is being disabled, by run ${run}. If the person has not left, put the row back into the file: that enables the account again.`,
    cause:
      'The person has had no row in any full file for as many days as `missingPeople.disableAfterDays` says, so a run of records disables the account: Entra gets the record that it was last confirmed to hold, with `active` = false.',
    cure: 'Nothing if the person has left. Otherwise find out why the export lacks the person, and drop a file with the row.',
  },
  'missing-not-yet': {
    sentence: ({ from }) =>
      `Nothing happens yet. The first full file from ${from} on that has no row for the person disables the account.`,
    cause:
      'The person has no row in the file, but has not been missing for as many days as `missingPeople.disableAfterDays` says.',
    cure: 'Nothing if the person has left. Otherwise put the row into the next file.',
  },
  'missing-kept': {
    sentence: () => `Nothing happens: the account stays as it is. ${IF_LEFT}`,
    cause: 'The person has no row in the file, and `missingPeople` of the source is "nothing".',
    cure: 'If the person has left, drop a file with a row that says so, or have your identity team run `rollcall disable`.',
  },
  'missing-on-hold': {
    sentence: ({ until }) =>
      `Nothing happens until the end of ${until}, because the person is on the hold list. The next full file after that decides.`,
    cause: 'The person is missing for long enough to be disabled, but the hold list of the source names the person.',
    cure: 'Nothing. If it surprises you, look at `hold.csv`.',
  },
  'missing-tried-again': {
    sentence: ({ nextTry }) =>
      `Disabling the account failed. It is tried again with the first full file from ${nextTry} on.`,
    cause: 'The record that disables the account was sent, and Entra did not confirm it.',
    cure: 'Look for the person in the reports of the run that sent it; if it keeps failing, disable the account in Entra.',
  },
  'missing-never-confirmed': {
    sentence: () =>
      `Nothing happens: Microsoft Entra never confirmed a row of this person, so there may be no account. ${IF_LEFT}`,
    cause: 'The person has no row in the file, and every record that was sent for the person failed.',
    cure: 'If there is an account and the person has left, drop a file with a row that says so.',
  },
  'missing-in-other-job': {
    sentence: () =>
      `Nothing happens: the person was last sent through another provisioning job, so the account may be elsewhere. ${IF_LEFT}`,
    cause:
      'The job of the source was changed after the person had disappeared from the files, so nothing was sent for the person through the new job.',
    cure: 'If the person has left, drop a file with a row that says so, or run `rollcall disable`.',
  },
  'missing-record-gone': {
    sentence: () =>
      'Nothing happens: the record of this person, and with it the id, is no longer kept here, so the account cannot be disabled from here. Look for people of your folder who have left and still have an account.',
    cause:
      'The roster points to the record that was sent last, and somebody has deleted it. A record with `active` alone would clear values, so none is sent.',
    cure: 'Compare the accounts in Entra with the HR system, and disable by hand whoever has left.',
  },
  'missing-behind-older-file': {
    sentence: () =>
      'Nothing happens yet, because an older file is not finished and may have a row for the person. The next full file decides.',
    cause: 'When the full file was finished, an older file of the source was still being read or sent.',
    cure: 'Nothing. If this happens every day, look in `rollcall status` for the file that does not end.',
  },
  'missing-left-to-newer-file': {
    sentence: () =>
      'This file decides nothing about the person, because a newer full file has arrived. That one decides.',
    cause: 'A newer full file of the source was read before this one was finished.',
    cure: 'Nothing: look at the list of the newer file.',
  },
};
