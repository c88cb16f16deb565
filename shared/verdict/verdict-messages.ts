// What is said beside a verdict, in English, and the sentence of each verdict; for HR.
import type { MessagesOf } from '../core/codes';
import { quoted, sentences } from '../core/english';
import type { UnconfirmedReason } from '../roster/roster-entry';
import type { Verdict } from './verdict';
import type { verdictCodes } from './verdict-codes';

const TRIED: Readonly<Record<UnconfirmedReason, string>> = {
  failed: 'Entra could not take these values from an earlier file.',
  skipped: 'Entra left this person out of an earlier file.',
  'not-seen': 'Entra has not said what became of these values, which an earlier file had.',
  'manager-not-resolved': 'The account has these values, but its manager could not be set.',
};

const thisValue = (troubles: readonly unknown[]): string => (troubles.length === 1 ? 'this value' : 'these values');

/** English. */
export const verdictMessages: MessagesOf<typeof verdictCodes> = {
  'manager-not-resolved': {
    sentence: () =>
      'The manager was not set, because Microsoft Entra could not resolve the id that this row gives for the manager. Check that it is the id of that person, and not a name or an e-mail address.',
    cause:
      'The person was written, but the service could not set their manager. Either it knows nobody by this id (yet), or the rules of the job exclude the manager. The row is sent again up to three times.',
    cure: 'Check that the manager is in a file that was sent, under the same id, then drop the row again. If the column has names or e-mail addresses, have them looked up (`lookup`). If the manager is there, check the scoping rules of the job.',
  },
  'on-hold-list': {
    sentence: ({ until, why, isLeaver }) =>
      sentences(
        `Nothing was sent: this person is on the hold list until the end of ${until}.`,
        why.quote === '' ? null : `The reason given is ${quoted(why)}.`,
        isLeaver ? 'This is a leaver, whose account was not disabled.' : null,
      ),
    cause:
      'The person is on the hold list of the source (`hold.csv`), so no row of theirs is sent until the end of the day given there, in UTC. Then the newest row goes by itself.',
    cure: 'Nothing if that is intended. To end the hold earlier, your identity team takes the person off the list.',
  },
  'newer-row-rejected': {
    sentence: () =>
      'This row had to wait, and a newer row for the person was rejected meanwhile, or was not for this source, so this one was not sent. Look at the newer row, and correct it.',
    cause:
      'The row was kept back, by the hold list or until an approval. A newer file has a row for the person that was rejected or set aside (`file.only`, `file.except`), so the older values may be wrong.',
    cure: 'Correct the newer row and drop it again. One that is not for this source is right as it is.',
  },
  'turned-on-again': {
    sentence: () =>
      'Somebody had disabled this account in Entra. This file says that the person is active, so the account is enabled again. If it should stay disabled, ask your identity team to put the person on the hold list.',
    cause:
      'Entra’s log says that the account was disabled and is enabled now. HR’s word had not changed: the person was active in the file before. So somebody disabled the account in Entra, and the next row that was sent enabled it, because every record says whether the person is active.',
    cure: 'Find out who disabled the account and why. If that was right: disable it again and put the person on the hold list, or correct the status of the person in the HR system.',
  },
  'inactive-and-unknown': {
    sentence: () =>
      'Nothing was sent: this person is inactive, and no earlier file was sent for them, so there should be no account to disable.',
    cause:
      'The settings of the source say that inactive people for whom nothing was ever sent are skipped (`unknownInactive`), so that people who left years ago get no disabled accounts. In a first run that needs a leave date that is old enough. Or somebody else in the file who is active has the same sign-in name, often the same person under a new id: then a disabled account with that name would only be in the way.',
    cure: 'Nothing. If the person has an account all the same, tell your identity team: it has to be disabled there. A person who becomes active is sent with the next file.',
  },
  'not-yet': {
    sentence: ({ goesOn }) =>
      `Nothing was sent yet: this person's first day is still to come. The row goes from ${goesOn} on.`,
    cause:
      'The settings of the source let rows wait for the first day (`active.from` with `"before": "not-yet"`), so that nobody has an account too early.',
    cure: 'Nothing. If the day is wrong, correct it in the HR system.',
  },
  'other-row-counts': {
    sentence: ({ otherLine }) => `For this person the row on line ${otherLine} counts, so this one was not sent.`,
    cause:
      'Several rows have the id. By the rules that the settings give for that (`rowsPerPerson`), the row that the sentence names counts; or all of them say that the person has left, and one of them was sent. If the row that counts was rejected, nothing is sent for the person until it is corrected.',
    cure: 'Nothing. If the wrong row counts, correct the columns by which the rows are told apart, or have the rules changed.',
  },
  'user-name-held': {
    sentence: ({ line, id }) =>
      `The person with the id ${quoted(id)} (line ${line}) has the same sign-in name, is inactive, and was sent before, so their account may hold the name. If this row fails because of it, change the sign-in name of that person in the HR system; or, if both are one person, ask your identity team to move the account to the new id.`,
    cause:
      'Two ids have one sign-in name: one is inactive, and an earlier file was sent for it, the other one is active. Entra lets no two accounts have one name, and disabling an account does not free its name. Both rows are sent.',
    cure: 'Give the person who has left another sign-in name in the HR system. If both ids are one person who was hired again, your identity team can give the old account the new id (`employeeId`) in Entra: then it is enabled and updated, and no second one is needed.',
  },
  'value-left-out': {
    sentence: ({ troubles, isChecked }, tell) =>
      sentences(
        ...troubles.map(tell),
        isChecked
          ? `The person is inactive, so the row goes all the same: with what Entra was last confirmed to hold, otherwise without ${thisValue(troubles)}.`
          : `The row goes without ${thisValue(troubles)}.`,
      ),
    cause:
      'A value of the row cannot be read, and the row goes without it: because the settings say so for this attribute (`"onUnreadable": "omit"`), or because the person is inactive and nobody stays enabled for a phone number. Nothing is sent in its place, so Entra keeps what it has, unless the job lets null flow for the attribute.',
    cure: 'Correct the value and drop the row again; the row is in the file of rows to correct.',
  },
  'last-value-kept': {
    sentence: ({ troubles }, tell) =>
      sentences(
        ...troubles.map(tell),
        `The person is inactive, so the row goes all the same, with ${troubles.length === 1 ? 'the value' : 'the values'} that Entra already has.`,
      ),
    cause:
      'A value of an inactive person cannot be read. The row goes all the same, with the value of the record that Entra was last confirmed to hold, so that the account is disabled and nothing is cleared.',
    cure: 'Correct the value if it matters, and drop the row again; the row is in the file of rows to correct.',
  },
  'tried-again-later': {
    sentence: ({ why, nextTry }) =>
      `${TRIED[why]} Nothing was sent now, because the row has not changed since. It is sent again with the first file from ${nextTry} on, or as soon as its values change.`,
    cause:
      'The same values were sent in vain before, by an earlier file. They are tried again after 1, 2, 4 … days, at most 32, so that a lasting failure does not use up the calls of every day.',
    cure: 'Correct the row: a changed row is sent at once. If the cause was in Entra and is gone, nothing: the row goes by itself on the day given.',
  },
  'verdict-missing': {
    sentence: () => 'A row has no verdict, so the run cannot be settled.',
    cause:
      'The batches of a finished run do not answer for one of its rows. A verdict is never made up, so the run stays open and its reports are not written.',
    cure: 'This is a fault in the program. Keep the entities and files of the run, and report it.',
  },
};

/** The sentence of each verdict. */
export const verdictSentences: Readonly<Record<Verdict, string>> = {
  created: 'The account was created.',
  updated: 'The account was updated.',
  unchanged: 'The account already had these values.',
  disabled: 'The account was disabled.',
  skipped:
    'Microsoft Entra skipped this person, usually because a rule of the provisioning job excludes them. Ask your identity team.',
  failed: 'Microsoft Entra could not apply this row.',
  rejected: 'The row was not sent.',
  held: 'The whole file is held: nothing was sent.',
  superseded: 'A newer file has replaced this row: its values count.',
  'not-seen': 'The row was sent, but Microsoft Entra has not said what became of it. Ask your identity team to check.',
};
