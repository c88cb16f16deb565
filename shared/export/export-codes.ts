// Everything the file doctor can say, with cause and cure. docs/errors.md is generated from this table.
import { defineCodes } from '../core/catalogue';

/** The codes of intake: holds of the whole file, rejections of one record, findings. */
export const exportCodes = defineCodes({
  'file-empty': {
    kind: 'hold',
    cause: 'The file has no content: 0 bytes, blank lines only, or an empty JSON document.',
    cure: 'Export the file again. A broken export is likelier than an empty company, so nothing was sent.',
  },
  'file-without-rows': {
    kind: 'hold',
    cause: 'The file has a header (or an empty JSON array) but not one record.',
    cure: 'Export the file again and look whether the filter of the export still finds people.',
  },
  'file-too-large': {
    kind: 'hold',
    cause: 'The file is larger than the source allows (`file.maxBytes`).',
    cure: 'Look whether the right file was exported; if so, raise `file.maxBytes` of the source.',
  },
  'file-truncated': {
    kind: 'hold',
    cause:
      'The file ends in the middle of a row, a quoted cell, a character or a JSON value, or has fewer bytes than announced.',
    cure: 'The upload or the export broke off. Upload the whole file again.',
  },
  'file-length-differs': {
    kind: 'hold',
    cause: 'More bytes were read than the storage announced for this file.',
    cure: 'The file changed while it was read. Upload it again under a new name.',
  },
  'file-is-spreadsheet': {
    kind: 'hold',
    cause: 'The file is an Excel or OpenDocument workbook, whatever its name says.',
    cure: 'Open it in Excel, choose File > Save As > "CSV UTF-8 (Comma delimited)", and upload that file.',
  },
  'file-of-wrong-kind': {
    kind: 'hold',
    cause:
      'The content is no table of people: a PDF, a web page, an image, a program, an archive or other binary data.',
    cure: 'Export the people as CSV (UTF-8) or JSON. A web page in place of a table is often the error page of the HR system.',
  },
  'file-in-other-format': {
    kind: 'hold',
    cause:
      'The source declares one format (`file.format`), and the content has the other: JSON in place of CSV, or CSV in place of JSON.',
    cure: 'Upload the declared format, or change `file.format` of the source.',
  },
  'archive-damaged': {
    kind: 'hold',
    cause: 'The compressed file cannot be unpacked: its data or its checksum is wrong, or it is encrypted.',
    cure: 'Compress the file again without a password, or upload it uncompressed.',
  },
  'archive-of-many-files': {
    kind: 'hold',
    cause:
      'The zip archive does not hold exactly one file; folders, and what macOS adds (`__MACOSX`, `.DS_Store`), do not count.',
    cure: 'Put one export into one archive, or upload the files one by one.',
  },
  'inflated-too-large': {
    kind: 'hold',
    cause:
      'The unpacked content is larger than the source allows (`file.maxInflatedBytes`), or hugely larger than the archive.',
    cure: 'Look whether the right file was compressed; if so, raise `file.maxInflatedBytes` of the source.',
  },
  'manifest-invalid': {
    kind: 'hold',
    cause:
      'The source requires a manifest beside the file; there is none, or it is not of the form { "rows": number, "sha256": "64 hex digits" }.',
    cure: 'Let the export write the manifest again.',
  },
  'manifest-differs': {
    kind: 'hold',
    cause: 'The file has another number of rows or another SHA-256 than its manifest announces.',
    cure: 'The file is not the one that was exported. Upload file and manifest again, together.',
  },
  'encoding-unsupported': {
    kind: 'hold',
    cause: 'The declared encoding (`file.encoding`) is unknown.',
    cure: 'Use one of utf-8, utf-16le, utf-16be, windows-1252, windows-1250, iso-8859-15, iso-8859-2.',
  },
  'encoding-contradicted': {
    kind: 'hold',
    cause:
      'The byte order mark at the start of the file names another encoding than the source declares (`file.encoding`).',
    cure: 'Save the file in the declared encoding, or change `file.encoding`.',
  },
  'encoding-doubtful': {
    kind: 'hold',
    cause:
      'The accented letters can be read in more than one way, or in none that makes sense, and the source declares no encoding.',
    cure: 'Declare `file.encoding` of the source (Excel in Western Europe writes windows-1252), or save the file as "CSV UTF-8".',
  },
  'byte-undecodable': {
    kind: 'hold',
    cause: 'A byte has no meaning in the encoding of the file.',
    cure: 'Save the file as "CSV UTF-8", or declare the right `file.encoding`.',
  },
  'text-damaged': {
    kind: 'hold',
    cause:
      'The text was damaged before it came here: it holds the replacement character U+FFFD, or an accented letter became two signs, such as Ã©.',
    cure: 'Some program between the HR system and this file read it in the wrong encoding. Export it again as "CSV UTF-8".',
  },
  'column-missing': {
    kind: 'hold',
    cause: 'A column that `id`, `active` or `userName` needs is not in the file.',
    cure: 'Add the column to the export, or name it in `file.aliases` of the source if it was renamed.',
  },
  'column-doubled': {
    kind: 'hold',
    cause: 'Two columns of the file have the same name, or two stand for the same column of the settings.',
    cure: 'Remove or rename one of the two columns.',
  },
  'header-too-large': {
    kind: 'hold',
    cause: 'The header row has more columns or characters than any export of people has.',
    cure: 'Look whether the file is a table with one header row and line ends.',
  },
  'quotes-misplaced': {
    kind: 'hold',
    cause:
      'More than 5,000 rows, and more than half of all, have a quote in the middle of a cell, so it is unclear where their cells end.',
    cure: 'Let the export put cells into quotes and double each quote inside them (""); Excel and every CSV library do so.',
  },
  'quote-never-closed': {
    kind: 'hold',
    cause:
      'A quoted cell opens, runs over several lines and never closes properly, so the rows in between cannot be told apart.',
    cure: 'Double every quote that belongs to the text (""), or let the HR system quote its cells.',
  },
  'record-too-large': {
    kind: 'hold',
    cause: 'One record is larger or nested deeper than any person is.',
    cure: 'Look whether the file has line ends and closes its quotes and brackets.',
  },
  'id-pattern-slow': {
    kind: 'hold',
    cause: 'Comparing ids with their declared form (`id.pattern`) takes so long that the file would never end.',
    cure: 'Simplify `id.pattern` of the source: no repetition of something that is itself repeated, such as (\\d+)*.',
  },
  'json-broken': {
    kind: 'hold',
    cause: 'The JSON document is malformed between its records.',
    cure: 'Let a program write the JSON, not a text template; check the file with a JSON validator.',
  },
  'json-records-missing': {
    kind: 'hold',
    cause: 'There is no array of people where the source says (`file.records`), or there is more than one.',
    cure: 'Set `file.records` of the source to the path of the array, for example `export.employees`.',
  },
  'row-ragged': {
    kind: 'rejection',
    cause: 'The row has more or fewer cells than the header.',
    cure: 'Put cells that hold the delimiter into quotes, and fill in missing delimiters.',
  },
  'quote-misplaced': {
    kind: 'rejection',
    cause: 'A quote stands where none may stand, so it is unclear where the cell ends.',
    cure: 'Put the whole cell into quotes and double each quote inside it ("").',
  },
  'cell-too-long': {
    kind: 'rejection',
    cause: 'A cell is longer than the longest cell of Excel (32,767 characters).',
    cure: 'Shorten the cell; look whether a quote before it is not closed.',
  },
  'control-character': {
    kind: 'rejection',
    cause: 'A cell holds a control character, such as NUL, or half a character, which no name or address has.',
    cure: 'Remove the character in the HR system; it is never taken away in silence.',
  },
  'invisible-character': {
    kind: 'rejection',
    cause: 'A cell holds an invisible character (zero width, or one that turns the direction of writing).',
    cure: 'Type the value anew in the HR system; such characters come from copying out of web pages.',
  },
  'id-in-scientific-notation': {
    kind: 'rejection',
    cause: 'Excel turned the id into scientific notation, such as 1.23E+05; its digits are lost.',
    cure: 'Format the id column as text before the export, and do not open the CSV in Excel in between.',
  },
  'id-as-formula': {
    kind: 'rejection',
    cause: 'The id is written as a formula of Excel, such as ="00123".',
    cure: 'Write the id itself. If Excel would take its zeros, format the column as text.',
  },
  'excel-error-value': {
    kind: 'rejection',
    cause:
      'A column that the settings read holds an error of Excel, such as #N/A or #REF!, or ##### of a column that was too narrow.',
    cure: 'Correct the formula, or make the column wider, and save the file again; or leave the cell blank.',
  },
  'id-lost-zeros': {
    kind: 'rejection',
    cause: 'The id lacks the leading zeros that its declared form (`id.pattern`) asks for; Excel takes them away.',
    cure: 'Format the id column as text before the export, and do not open the CSV in Excel in between.',
  },
  'id-of-wrong-form': {
    kind: 'rejection',
    cause: 'The id does not have the form that the source declares (`id.pattern`).',
    cure: 'Correct the id in the HR system, or `id.pattern` of the source.',
  },
  'json-record-broken': {
    kind: 'rejection',
    cause: 'The record is not valid JSON.',
    cure: 'Let a program write the JSON, not a text template.',
  },
  'json-record-not-object': {
    kind: 'rejection',
    cause: 'The record is a text, a number or a list where an object with members was expected.',
    cure: 'Write each person as one JSON object.',
  },
  'json-record-too-deep': {
    kind: 'rejection',
    cause: 'The record nests objects and arrays deeper than any person is.',
    cure: 'Look which program wrote the record; export the members that are needed, flat.',
  },
  'json-key-doubled': {
    kind: 'rejection',
    cause:
      'One JSON object holds the same key twice with different values, or two keys that stand for one column of the settings.',
    cure: 'Keep the one that is right.',
  },
  'encoding-detected': {
    kind: 'finding',
    cause:
      'The source declares no encoding; it was told from the accented letters. Sample values show how they were read.',
    cure: 'If the samples look right, declare this encoding in `file.encoding`, so that it is never guessed again.',
  },
  'column-renamed': {
    kind: 'finding',
    cause: 'A column was recognised although its name is written differently from the settings.',
    cure: 'Nothing to do; or write the name as in the settings.',
  },
  'column-unknown': {
    kind: 'finding',
    cause: 'The file has columns that the settings do not use.',
    cure: 'Nothing to do; leave columns out of the export that nobody needs.',
  },
  'column-absent': {
    kind: 'finding',
    cause: 'A column that the mapping reads is not in the file; its attributes are left as whenEmpty says.',
    cure: 'Add the column to the export, or name it in `file.aliases` if it was renamed.',
  },
  'header-changed': {
    kind: 'finding',
    cause: 'The header differs from the one of the previous file of this source.',
    cure: 'Look whether the change was meant.',
  },
  'preamble-skipped': {
    kind: 'finding',
    cause: 'Lines before the header were passed over, because the header was recognised below them.',
    cure: 'Declare their number in `file.skipLines`, or leave them out of the export.',
  },
  'accents-composed': {
    kind: 'finding',
    cause:
      'Letters and their accents were stored as two characters each; they were composed into one (Unicode NFC), which looks the same.',
    cure: 'Nothing to do.',
  },
});

export type ExportCode = keyof typeof exportCodes;
