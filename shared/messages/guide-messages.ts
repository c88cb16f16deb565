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
    meaning: 'The row does not say whom it means.',
    action: 'Fill in the id.',
  },
  {
    codes: ['id-of-wrong-form', 'id-lost-zeros', 'id-in-scientific-notation', 'id-as-formula'],
    meaning: 'The id does not look like your ids. Often Excel took away zeros, or wrote `1.23E+05` or `="00123"`.',
    action: 'Take the id from the HR system again, the column as *Text*.',
  },
  {
    codes: ['duplicate-id'],
    meaning: 'Two rows have the same id and say different things, or one of them was rejected.',
    action: 'Leave the right one in the file.',
  },
  {
    codes: ['duplicate-user-name'],
    meaning: 'Two people have the same sign-in name.',
    action: 'Give each their own.',
  },
  {
    codes: ['status-missing', 'status-unknown'],
    meaning: 'No status, or a word that nobody agreed on.',
    action: 'Write an agreed word, or have the new word added.',
  },
  {
    codes: ['excel-error-value'],
    meaning: 'Excel has no value to show (`#N/A`, `#REF!`, `#NV`), or `#####` because the column was too narrow.',
    action: 'Correct the formula or widen the column, and save again.',
  },
  {
    codes: ['value-missing'],
    meaning: 'A cell that must be filled in is blank.',
    action: 'Fill it in.',
  },
  {
    codes: ['value-not-in-table', 'country-unknown', 'value-not-boolean', 'value-not-integer'],
    meaning: 'The value is not one of those that are expected.',
    action: 'Correct it, or have the new value added.',
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
    meaning: 'The date has another form, does not exist, can be read in two ways, or is a number from Excel.',
    action: 'Write it in the agreed form.',
  },
  {
    codes: ['phone-unreadable', 'phone-extension'],
    meaning: 'The value is not a telephone number that can exist, or it has an extension.',
    action: 'Write the whole number with `+` and the country.',
  },
  {
    codes: ['row-ragged', 'quote-misplaced'],
    meaning: 'The row has too many or too few cells, mostly because of a comma or a quotation mark in a text.',
    action: 'Save with Excel or the HR system, not by hand.',
  },
  {
    codes: ['control-character', 'invisible-character'],
    meaning: 'An invisible character came in by copy and paste.',
    action: 'Type the value again.',
  },
  {
    codes: ['graph-refused-operation', 'graph-request-too-large'],
    meaning: 'Microsoft Entra did not take this one row.',
    action: 'Tell your identity team.',
  },
  {
    codes: ['manager-not-resolved'],
    meaning: 'The account is fine; its manager was not found.',
    action: 'Make sure that the manager is in a file, with the same id.',
  },
  {
    codes: ['user-not-scim', 'value-not-single', 'number-imprecise', 'expression-failed', 'expression-limit'],
    meaning: 'The row does not fit the settings.',
    action: 'Tell your identity team.',
  },
  {
    codes: ['json-record-broken', 'json-record-not-object', 'json-record-too-deep', 'json-key-doubled'],
    meaning: 'Only for JSON: the record of this person is malformed.',
    action: 'Tell the people who run the HR system.',
  },
];

/** The whole file is held. */
export const guideToFiles: readonly GuideRow[] = [
  {
    codes: ['file-empty', 'file-without-rows'],
    meaning: 'There is nobody in the file.',
    action: 'Export again, and check the filter.',
  },
  {
    codes: ['file-truncated', 'file-length-differs', 'archive-damaged'],
    meaning: 'The file is incomplete or damaged.',
    action: 'Upload it again.',
  },
  {
    codes: ['file-is-spreadsheet'],
    meaning: 'It is an Excel workbook.',
    action: 'Save as *CSV UTF-8*.',
  },
  {
    codes: ['file-of-wrong-kind', 'file-in-other-format'],
    meaning: 'It is something else: a PDF, a web page, an image, the other format.',
    action: 'Export again, and check what you uploaded.',
  },
  {
    codes: ['file-too-large', 'inflated-too-large', 'header-too-large', 'record-too-large'],
    meaning: 'It is far too large for a list of people.',
    action: 'Check what you exported.',
  },
  {
    codes: ['encoding-doubtful', 'encoding-contradicted', 'encoding-unsupported', 'byte-undecodable', 'text-damaged'],
    meaning: 'Letters such as é, ü or ñ cannot be read reliably, or are already broken (`Ã©`).',
    action: 'Save as *CSV UTF-8*.',
  },
  {
    codes: ['column-missing', 'column-doubled'],
    meaning: 'A required column is missing, or two columns have the same name.',
    action: 'Correct the header; rename or remove one of the two.',
  },
  {
    codes: ['quote-never-closed', 'quotes-misplaced'],
    meaning: 'A quotation mark opens and never closes, or most rows have one in the middle of a text.',
    action: 'Save with Excel or the HR system, not by hand.',
  },
  {
    codes: ['corrected-row-shifted'],
    meaning: 'In a corrected file, rows were mixed up.',
    action: 'Take the file from the reports again, and correct cells only.',
  },
  {
    codes: ['file-not-expected', 'source-unknown'],
    meaning: 'The name of the file, or the folder, is not the agreed one.',
    action: 'Rename or move it.',
  },
  {
    codes: ['older-file-again'],
    meaning: 'You dropped an old file again, and a newer file has newer values for the same people.',
    action: 'Nothing, if it was by mistake. If the old values are right, export them again.',
  },
  {
    codes: ['export-replaced'],
    meaning: 'The file was replaced or deleted before it was read.',
    action: 'Nothing, if there is a newer one.',
  },
  {
    codes: ['manifest-invalid', 'manifest-differs'],
    meaning: 'The file is not the one that its manifest announces.',
    action: 'Upload both again, together.',
  },
  {
    codes: ['archive-of-many-files'],
    meaning: 'The zip holds more than one file, or none.',
    action: 'One export in one zip.',
  },
  {
    codes: ['json-broken', 'json-records-missing', 'source-invalid', 'expression-always-slow', 'id-pattern-slow'],
    meaning: 'The settings or the output of the HR system must be fixed.',
    action: 'Tell your identity team.',
  },
];

/** Only worth knowing. */
export const guideToFindings: readonly GuideRow[] = [
  {
    codes: ['encoding-detected'],
    meaning: 'The accented letters of the file were read in this encoding.',
    action: 'Check that the samples look right.',
  },
  {
    codes: ['column-absent'],
    meaning: 'A column of the settings is not in the file.',
    action: 'Nothing, if it was removed on purpose.',
  },
  {
    codes: ['column-renamed', 'column-unknown', 'header-changed'],
    meaning: 'The header is not what it was, or has columns that nobody needs.',
    action: 'Nothing, if that is intended.',
  },
  {
    codes: ['row-collapsed'],
    meaning: 'The same row is in the file twice and counts once.',
    action: 'Nothing.',
  },
  {
    codes: ['preamble-skipped'],
    meaning: 'Lines above the header were skipped.',
    action: 'Nothing.',
  },
  {
    codes: ['accents-composed'],
    meaning: 'Letters and their accents were joined; they look the same.',
    action: 'Nothing.',
  },
  {
    codes: ['user-name-missing'],
    meaning: 'A new person without a sign-in name cannot get an account.',
    action: 'Fill in the sign-in name of new people.',
  },
  {
    codes: ['id-longer-than-employee-id'],
    meaning: 'The id may be too long for Microsoft Entra.',
    action: 'Ask your identity team.',
  },
];
