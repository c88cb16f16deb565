// docs/hr-guide.md groups the codes that HR can meet: what the codes of a group mean in plain words, and what to do. In English; the guide's
// tables are made from it.

/** Codes that mean the same to HR. */
export interface GuideRow {
  readonly codes: readonly string[];
  readonly meaning: string;
  readonly action: string;
}

/** One row comes back, all others go on. */
export const guideToRows: readonly GuideRow[] = [
  {
    codes: ['id-missing'],
    meaning: 'The id is blank, so it is unclear whom the row means.',
    action: 'Fill in the id.',
  },
  {
    codes: ['id-of-wrong-form', 'id-lost-zeros', 'id-in-scientific-notation', 'id-as-formula', 'id-as-number'],
    meaning: 'The id does not look like your ids. Often Excel took away zeros, or wrote `1.23E+05` or `="00123"`.',
    action: 'Take the id from the HR system again, with the column formatted as *Text*.',
  },
  {
    codes: ['id-with-control-characters'],
    meaning: 'The id has a line end, a tab or another character in it that nobody sees.',
    action: 'Take the id from the HR system again.',
  },
  {
    codes: ['id-too-long'],
    meaning: 'The id is much longer than any id. Often a quote is missing, or the wrong column was exported as the id.',
    action: 'Take the id from the HR system again.',
  },
  {
    codes: ['duplicate-id'],
    meaning: 'Two rows have the same id and say different things, or one of them was rejected.',
    action: 'Leave only the right one in the file; or have a rule added that says which one counts.',
  },
  {
    codes: ['duplicate-user-name'],
    meaning: 'Two people have the same sign-in name, and both may be active.',
    action: 'Give each person a different one.',
  },
  {
    codes: ['status-missing', 'status-unknown'],
    meaning: 'The status is blank, or is not an agreed word.',
    action: 'Write an agreed word, or have the new word added to the settings.',
  },
  {
    codes: ['status-days-crossed'],
    meaning: 'The last day is before the first day. Often somebody who was hired again still has their old last day.',
    action: 'Correct the days; if the person was hired again, remove the old last day.',
  },
  {
    codes: ['excel-error-value'],
    meaning: 'Excel has no value to show (`#N/A`, `#REF!`, `#NV`), or `#####` because the column was too narrow.',
    action: 'Correct the formula or widen the column, and save again; or leave the cell blank.',
  },
  {
    codes: ['object-in-place-of-text'],
    meaning: 'The export writes the name of an object of its program (`System.Object[]`) where a text is expected.',
    action: 'Tell the people who run the HR system; or leave the cell blank.',
  },
  {
    codes: ['blank-word'],
    meaning: 'The id, the status or the sign-in name is a word that programs write for no value (`NULL`, `nan`).',
    action: 'Fill in the value.',
  },
  {
    codes: ['value-missing'],
    meaning: 'A cell that must be filled in is blank.',
    action: 'Fill it in.',
  },
  {
    codes: ['value-not-in-table', 'country-unknown', 'country-ambiguous', 'value-not-boolean', 'value-not-integer'],
    meaning: 'The value is not one of those that are expected.',
    action: 'Correct it, or have the new value added to the settings.',
  },
  {
    codes: ['value-too-long', 'cell-too-long'],
    meaning: 'The text is too long.',
    action: 'Shorten it.',
  },
  {
    codes: ['user-name-form'],
    meaning: 'The sign-in name must look like `name@company.example`, without accents and spaces.',
    action: 'Correct it.',
  },
  {
    codes: ['date-unreadable', 'date-impossible', 'date-ambiguous', 'date-excel-serial'],
    meaning: 'The date is not in the agreed form, does not exist, can be read in two ways, or is a number from Excel.',
    action: 'Write it in the agreed form.',
  },
  {
    codes: ['phone-unreadable', 'phone-extension'],
    meaning: 'The value is not a possible phone number, can be read in two ways, or has an extension.',
    action: 'Write the full direct number with `+` and the country code.',
  },
  {
    codes: ['row-ragged', 'quote-misplaced'],
    meaning:
      'The row has too many or too few cells, usually because of a comma or a quotation mark in a text; or the line is not a person, such as `(3 rows affected)`.',
    action: 'Save with Excel or the HR system, not by hand. Have lines that are not people declared in the settings.',
  },
  {
    codes: ['control-character', 'invisible-character'],
    meaning: 'A cell contains an invisible character, usually from copy and paste.',
    action: 'Type the value again.',
  },
  {
    codes: ['value-left-out'],
    meaning:
      'A value cannot be read, and the row goes without it: it does not decide about the person, or the person is inactive.',
    action: 'Correct the value and drop the row again.',
  },
  {
    codes: ['last-value-kept'],
    meaning: 'A value of an inactive person cannot be read; the one that Entra already has is sent again.',
    action: 'Nothing, or correct the value.',
  },
  {
    codes: ['graph-refused-operation', 'graph-request-too-large'],
    meaning: 'Microsoft Entra refused this one row.',
    action: 'Check its values; if they look right, tell your identity team.',
  },
  {
    codes: ['manager-id-damaged'],
    meaning:
      'The id of the manager is written as a number (`5003.0`), as a formula, without its zeros, or with an invisible character.',
    action: 'Take the id from the HR system again, with the column formatted as *Text*.',
  },
  {
    codes: ['manager-not-resolved'],
    meaning: 'The account is as your row says, but its manager could not be set.',
    action: 'Check the id of the manager, and that the manager is in a file with the same id.',
  },
  {
    codes: ['on-hold-list'],
    meaning: 'The person is on the hold list: nothing is sent until the day that the sentence names.',
    action: 'Nothing. If it surprises you, ask your identity team.',
  },
  {
    codes: ['turned-on-again'],
    meaning:
      'Somebody had disabled the account in Entra. Your file says that the person is active, so it is enabled again.',
    action:
      'If it should stay disabled, tell your identity team at once: they disable it and put the person on the hold list.',
  },
  {
    codes: ['inactive-and-unknown'],
    meaning: 'The person is inactive, and nothing was ever sent for them, so there should be no account to disable.',
    action: 'Nothing. If the person still has an account, tell your identity team.',
  },
  {
    codes: ['not-yet'],
    meaning: 'The first day of the person is still to come, so nothing was sent yet. The sentence names the day.',
    action: 'Nothing. If the day is wrong, correct it.',
  },
  {
    codes: ['not-for-this-source'],
    meaning: 'The settings leave rows with this value out, such as contractors; an account that exists stays as it is.',
    action: 'Nothing. If it surprises you, ask your identity team.',
  },
  {
    codes: ['other-row-counts'],
    meaning: 'The person has several rows, and another one counts. The sentence names its line.',
    action: 'Nothing. If the wrong one counts, tell your identity team.',
  },
  {
    codes: ['user-name-held'],
    meaning: 'Somebody who has left has the same sign-in name under another id, and may still hold it in Entra.',
    action:
      'If the row failed: give the one who has left another sign-in name; if both are one person, ask your identity team to move the account.',
  },
  {
    codes: ['tried-again-later'],
    meaning: 'The row has not changed since it last failed; it is sent again on the day that the sentence names.',
    action: 'Correct the row: then it is sent at once.',
  },
  {
    codes: ['newer-row-rejected'],
    meaning: 'The row was on hold, and a newer row for the person has been rejected since, or is not for this source.',
    action: 'Look at the newer row, and correct it.',
  },
  {
    codes: [
      'user-not-scim',
      'value-not-single',
      'filter-value-not-single',
      'number-imprecise',
      'expression-failed',
      'expression-limit',
    ],
    meaning: 'The settings cannot use a value of this row.',
    action: 'Tell your identity team.',
  },
  {
    codes: [
      'json-record-broken',
      'json-record-not-object',
      'json-record-too-deep',
      'json-record-too-wide',
      'json-key-doubled',
    ],
    meaning: 'JSON only: the record of this person is malformed.',
    action: 'Tell the people who run the HR system.',
  },
];

/** The whole file is held. */
export const guideToFiles: readonly GuideRow[] = [
  {
    codes: ['file-empty', 'file-without-rows'],
    meaning: 'The file contains nobody.',
    action: 'Check the filter of the export, and export again.',
  },
  {
    codes: ['file-truncated', 'file-length-differs', 'archive-damaged'],
    meaning: 'The file is incomplete or damaged, or its zip archive cannot be read.',
    action:
      'Upload it again; if it is compressed, without a password. If the sentence shows a last line that is not a person, have it declared in the settings.',
  },
  {
    codes: ['file-is-spreadsheet'],
    meaning: 'It is an Excel workbook or another Office file.',
    action: 'Save it as *CSV UTF-8*.',
  },
  {
    codes: ['file-of-wrong-kind', 'file-in-other-format'],
    meaning: 'It is not what is expected: a PDF, a web page, an image, or JSON instead of CSV.',
    action: 'Export again, and check what you uploaded.',
  },
  {
    codes: [
      'file-too-large',
      'inflated-too-large',
      'file-of-too-many-rows',
      'header-too-large',
      'record-too-large',
      'row-too-wide',
    ],
    meaning: 'The file, its header or one of its rows is far larger than expected.',
    action: 'Check what you exported; if it is right, tell your identity team.',
  },
  {
    codes: ['encoding-doubtful', 'encoding-contradicted', 'encoding-unsupported', 'byte-undecodable', 'text-damaged'],
    meaning: 'Letters such as é, ü or ñ cannot be read reliably, or are already broken (`Ã©`, `M?ller`).',
    action: 'Save it as *CSV UTF-8*; if that does not help, tell your identity team.',
  },
  {
    codes: ['column-missing', 'column-doubled'],
    meaning: 'A required column is missing, or two columns have the same name.',
    action: 'Correct the header; rename or remove one of the two.',
  },
  {
    codes: ['quote-never-closed', 'quotes-misplaced'],
    meaning: 'A quotation mark is never closed, or most rows have one in the middle of a text.',
    action: 'Save with Excel or the HR system, not by hand.',
  },
  {
    codes: ['corrected-row-shifted'],
    meaning: 'In a corrected file, rows seem to be mixed up.',
    action: 'Take the file from the reports again, and correct cells only.',
  },
  {
    codes: ['file-name-unusable'],
    meaning: 'The name of the file or of its folder has characters that no program handles safely.',
    action: 'Rename it to letters, digits, spaces, full stops, hyphens and underscores, and drop it again.',
  },
  {
    codes: ['manifest-alone'],
    meaning: 'A manifest came, but the file that it announces did not.',
    action: 'Drop the file beside it, under exactly the announced name; or delete the manifest.',
  },
  {
    codes: ['quota-exceeded'],
    meaning: 'More came from your source in a day than is read of it.',
    action: 'Drop the file again the next day, or ask your identity team to approve it.',
  },
  {
    codes: ['rows-repeated'],
    meaning: 'Most rows only repeat other rows.',
    action: 'Export each person once.',
  },
  {
    codes: ['file-not-expected', 'source-unknown'],
    meaning: 'The name of the file, or the folder, is not the agreed one.',
    action: 'Rename the file, or move it to your folder.',
  },
  {
    codes: ['job-not-allowed'],
    meaning: 'Your folder was set up for accounts that this installation may not change.',
    action: 'Tell whoever set up your folder.',
  },
  {
    codes: ['job-of-another-source'],
    meaning: 'Two folders were set up for the same accounts; yours came second.',
    action: 'Tell whoever set up your folder: one of the two has to be given a provisioning job of its own.',
  },
  {
    codes: ['guard-tripped'],
    meaning:
      'The file would change, disable or add far more people than usual, or nothing from your folder has been sent before.',
    action:
      'Check the numbers and lines that the sentence names. If the file is right, ask your identity team to approve it; if not, drop a corrected one.',
  },
  {
    codes: ['older-file-again'],
    meaning: 'You dropped an old file again, and a newer file has replaced values in it.',
    action:
      'Nothing if it was a mistake. If the old values are right, export them again; an exact copy would be held again.',
  },
  {
    codes: ['refused-by-person'],
    meaning: 'The file was held, and your identity team refused it. The sentence says why.',
    action: 'Correct the data in the HR system, export again, and drop the new file.',
  },
  {
    codes: ['run-parked', 'run-abandoned'],
    meaning: 'Your identity team stopped the file, or gave it up, before all of it was sent. The sentence says why.',
    action: 'If it was given up, export the people whose rows are held again, and drop a new file.',
  },
  {
    codes: ['held-replaced'],
    meaning: 'The file was held, and a newer full file of yours has taken its place.',
    action: 'Nothing. Look at the report of the newer file.',
  },
  {
    codes: ['order-overtaken'],
    meaning:
      'Your identity team ordered that somebody is disabled; the order was held, and a newer full file has come since.',
    action: 'Tell your identity team, and make sure that your next file lists the person as inactive.',
  },
  {
    codes: ['approval-void', 'held-too-long'],
    meaning: 'The file was held, and can no longer be approved: the settings changed, or nobody decided in time.',
    action: 'Drop a new export of the data.',
  },
  {
    codes: ['export-replaced'],
    meaning: 'The file was replaced or deleted before it was read.',
    action: 'Nothing if there is a newer one; otherwise drop it again.',
  },
  {
    codes: ['dates-outdated'],
    meaning: 'The settings were changed at the moment at which the day of some people came.',
    action: 'Nothing: they are looked at again a day later, or sent with your next file.',
  },
  {
    codes: ['intake-poisoned', 'delivery-poisoned'],
    meaning: 'Rollcall could not finish with the file, or with some of its rows.',
    action: 'Tell your identity team; drop the file again when they say so.',
  },
  {
    codes: ['file-of-one-page'],
    meaning: 'The file has only one page of the people: it links to another page, which is not in it.',
    action: 'Tell the people who run the HR system: the export must hold all pages.',
  },
  {
    codes: ['trailer-missing', 'trailer-differs'],
    meaning:
      'The closing line of the file is missing, or gives a different number of rows from the number in the file.',
    action: 'Export and upload the whole file again. If the export has changed, tell your identity team.',
  },
  {
    codes: ['manifest-invalid', 'manifest-differs'],
    meaning: 'The file does not match its manifest, or the manifest is missing or malformed.',
    action: 'Export both again, and upload them together.',
  },
  {
    codes: ['archive-of-many-files'],
    meaning: 'The zip archive contains more than one file, or none.',
    action: 'Put one file into each archive.',
  },
  {
    codes: [
      'json-broken',
      'json-lines-with-commas',
      'json-records-missing',
      'source-invalid',
      'hold-list-broken',
      'guard-off-not-here',
      'expression-always-slow',
      'id-pattern-slow',
      'line-pattern-slow',
    ],
    meaning: 'The settings or the output of the HR system must be fixed.',
    action: 'Tell your identity team.',
  },
];

/** Only worth knowing. */
export const guideToFindings: readonly GuideRow[] = [
  {
    codes: ['encoding-detected'],
    meaning: 'The accented letters of the file were read in this encoding.',
    action: 'Check that the values shown look right.',
  },
  {
    codes: ['column-absent'],
    meaning: 'A column that the settings read is not in the file.',
    action: 'Nothing if that is intended; otherwise put it back.',
  },
  {
    codes: ['column-renamed', 'column-unknown', 'header-changed'],
    meaning: 'The header has changed, has columns that nobody reads, or writes a name differently.',
    action: 'Nothing if that is intended.',
  },
  {
    codes: ['json-list-found'],
    meaning: 'JSON only: the list of people was found where nobody had said that it is.',
    action: 'Nothing; your identity team can write its place into the settings.',
  },
  {
    codes: ['people-on-hold'],
    meaning: 'Some people in the file are on the hold list, so nothing would be sent for them.',
    action: 'Nothing. If it surprises you, ask your identity team.',
  },
  {
    codes: ['guard-warned'],
    meaning: 'The file does more than usual, but not so much that it was held.',
    action: 'Check whether that is intended; if not, drop a corrected file soon.',
  },
  {
    codes: ['people-not-yet'],
    meaning: 'Some people in the file have their first day still to come; nothing is sent for them yet.',
    action: 'Nothing.',
  },
  {
    codes: ['inactive-values-left-out'],
    meaning: 'Some inactive people were sent without values that cannot be read, and Entra is not known to hold those.',
    action: 'Correct the values; tell your identity team, who know whether the job clears what is left out.',
  },
  {
    codes: ['inactive-people-unknown'],
    meaning: 'Some people in the file are inactive; nothing is sent for those who were never sent before.',
    action: 'Nothing.',
  },
  {
    codes: ['rows-to-correct-left-out'],
    meaning: 'More rows are wrong than the file of rows to correct can hold.',
    action: 'Correct the export itself.',
  },
  {
    codes: ['row-collapsed'],
    meaning: 'The same row is in the file more than once and counts once.',
    action: 'Nothing.',
  },
  {
    codes: ['people-set-aside'],
    meaning: 'People whom earlier files sent are not for this source now; their accounts stay as they are.',
    action:
      'Check that this is intended. Somebody who has left needs a row that is for this source, with the status word for leavers.',
  },
  {
    codes: ['lines-ignored'],
    meaning: 'Lines that are not people were ignored, as the settings say.',
    action: 'Nothing, unless there are more than usual.',
  },
  {
    codes: ['rows-without-anybody'],
    meaning: 'Rows in which every cell is blank, or the line of dashes under the header, were passed over.',
    action: 'Nothing.',
  },
  {
    codes: ['preamble-skipped'],
    meaning: 'Lines above the header were skipped.',
    action: 'Nothing, unless they contain people.',
  },
  {
    codes: ['ids-of-other-form'],
    meaning: 'A few ids look unlike all others.',
    action: 'Check that they are ids of persons, and correct them.',
  },
  {
    codes: ['blank-words-undeclared'],
    meaning: 'Cells of a column say `NULL`, `nan` or `-`, words that programs write for no value.',
    action: 'If they mean that the cell is blank, have the word declared in the settings.',
  },
  {
    codes: ['names-of-question-marks'],
    meaning: 'Names are question marks only, and the file has not one accented letter: letters may have been lost.',
    action: 'Look at these people. If the HR system has their names, export again as *CSV UTF-8*.',
  },
  {
    codes: ['accents-composed', 'spaces-made-plain', 'direction-marks-trimmed'],
    meaning:
      'Letters and accents were joined, special spaces made plain, invisible marks removed; everything looks the same.',
    action: 'Nothing.',
  },
  {
    codes: ['user-names-without-domain'],
    meaning: 'The sign-in names have no domain (`name@domain`).',
    action: 'Nothing; your identity team lets the provisioning job add it.',
  },
  {
    codes: ['manager-not-found'],
    meaning:
      'A manager was left out: nobody in the file, or more than one person, has the value that names the manager.',
    action: 'Correct the value that the sentence shows, or the row of the manager.',
  },
  {
    codes: ['managers-are-nobody'],
    meaning: 'No manager in the file is the id of a person in it.',
    action: 'Tell your identity team; nothing if all managers are in the files of another source.',
  },
  {
    codes: ['user-name-missing'],
    meaning: 'The sign-in name is blank; a new person cannot get an account without one.',
    action: 'Fill in the sign-in name of new people.',
  },
  {
    codes: ['id-longer-than-employee-id'],
    meaning: 'The id may be too long for Microsoft Entra.',
    action: 'Ask your identity team.',
  },
];

/** Who has no row in a full file. */
export const guideToMissing: readonly GuideRow[] = [
  {
    codes: ['missing-disabled'],
    meaning: 'The person has been missing for the agreed number of days, so the account is being disabled.',
    action: 'Nothing if the person has left. If not, put the row back into the file: that enables the account again.',
  },
  {
    codes: ['missing-not-yet'],
    meaning:
      'The person is missing, but not yet for the agreed number of days. The sentence names the day from which a full file disables the account.',
    action: 'Nothing if the person has left. If not, put the row back before that day.',
  },
  {
    codes: ['missing-kept', 'missing-never-confirmed', 'missing-in-other-job'],
    meaning: 'The person is missing, and the account stays as it is. The sentence says why.',
    action: 'If the person has left, drop a file with a row that has the status word for leavers.',
  },
  {
    codes: ['missing-on-hold'],
    meaning: 'The person is missing and on the hold list, so nothing happens until the day in the sentence is over.',
    action: 'Nothing. If it surprises you, ask your identity team.',
  },
  {
    codes: ['missing-tried-again'],
    meaning: 'The account should be disabled, but that failed. It is tried again; the sentence names the day.',
    action: 'If you see it again after that day, tell your identity team.',
  },
  {
    codes: ['missing-record-gone'],
    meaning:
      'Somebody is missing whose record is no longer kept, so there is no id to show and nothing can be disabled.',
    action: 'Tell your identity team: they look for the account of somebody who has left.',
  },
  {
    codes: ['missing-behind-older-file', 'missing-left-to-newer-file'],
    meaning: 'Another file of yours must be finished first; the list of a later file decides.',
    action: 'Nothing.',
  },
];
