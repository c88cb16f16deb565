// What reading a file says, in English: for HR, and for the engineer where the settings are the cause.
import type { MessagesOf, ValuesOf } from '../core/codes';
import { agree, counted, grouped, listed, listedOr, quoted, sentences } from '../core/english';
import type {
  ArchiveDamage,
  EncodingDoubt,
  exportCodes,
  FileContent,
  JsonMistake,
  RecordsTrouble,
  TextDamage,
  Truncation,
} from './export-codes';

const ENCODING_NAMES: Readonly<Record<string, string>> = {
  'utf-8': 'UTF-8',
  'utf-16le': 'UTF-16 (little-endian)',
  'utf-16be': 'UTF-16 (big-endian)',
  'utf-32le': 'UTF-32',
};
const andMore = (more: number): string => (more === 0 ? '' : ` and ${grouped(more)} more`);
const nameOf = (encoding: string): string => ENCODING_NAMES[encoding] ?? encoding;

function describeCut(cut: Truncation): string {
  switch (cut.within) {
    case 'upload':
      return `Only ${grouped(cut.received)} of ${counted(cut.announced, 'byte')} arrived.`;
    case 'archive':
      return 'The compressed file ends in the middle.';
    case 'document':
      return `The JSON ends in the middle${cut.line === null ? '' : `, on line ${cut.line}`}.`;
    case 'character':
      return `The file ends in the middle of a character, on line ${cut.line}.`;
    case 'quoted-cell':
      return `The file ends in the middle of a quoted cell of the row that starts on line ${cut.line}.`;
    case 'record':
      return `The file ends in the middle of the record on line ${cut.line}.`;
    case 'row':
      return `The file ends in the middle of the row on line ${cut.line}, after ${grouped(cut.cells)} of ${counted(cut.expected, 'cell')}${cut.text == null ? '' : `: ${quoted(cut.text)}`}.`;
    case 'zeros':
      return `The file is half written: it has ${counted(cut.zeros, 'zero byte')} (NUL) where its text should be.`;
  }
}

const WRONG_KINDS: Readonly<Record<FileContent, string>> = {
  pdf: 'The file is a PDF document, not a table of people.',
  image: 'The file is an image, not a table of people.',
  program: 'The file is a program, not a table of people.',
  archive:
    'The file is an archive of a kind that cannot be read. Upload the table itself, or compress it with zip or gzip.',
  database: 'The file is a database, not a table of people.',
  'rich-text': 'The file is a rich text document, not a table of people.',
  'web-page': 'The file is a web page, not a table of people; often it is an error or login page of the HR system.',
  xml: 'The file is an XML document, not a table of people.',
  binary: 'The file contains binary data, not a table of people.',
  'packed-twice': 'The file is compressed twice. Compress it once, or not at all.',
};

function describeDamage(at: ArchiveDamage): string {
  switch (at.damage) {
    case 'data':
      return 'The compressed file is damaged and cannot be unpacked.';
    case 'checksum':
      return 'The compressed file is damaged: its checksum is wrong.';
    case 'encrypted':
      return 'The zip archive is protected by a password.';
    case 'trailing-data':
      return 'The file contains other data after its compressed content.';
    case 'no-directory':
      return 'The zip archive is damaged: its list of contents is missing.';
    case 'other-directory':
      return 'The zip archive is damaged: its list of contents does not match its contents.';
    case 'method':
      return `The zip archive uses a compression method (number ${at.method}) that cannot be read.`;
  }
}

function describeDoubt(at: EncodingDoubt): string {
  switch (at.doubt) {
    case 'no-words':
      return `The file is not UTF-8, and its accented letters make no sense in any encoding that is recognised${at.guess === null ? '' : ` (it may be ${at.guess})`}.`;
    case 'words-elsewhere':
      return `The file is not UTF-8, and its accented letters make no sense in the encodings that are recognised. Read as ${nameOf(at.encoding)}, they make words: ${quoted(at.value)}.`;
    case 'declared':
      return `The settings declare ${nameOf(at.encoding)}, but read that way the file contains ${quoted(at.value)}, which is no word.${at.other === null ? '' : ` Read as ${nameOf(at.other)}, it is ${quoted(at.otherValue ?? { quote: '' })}.`}`;
    case 'declared-byte':
      return `The settings declare ${nameOf(at.encoding)}, but line ${at.line} contains a byte (${at.byte}) that means nothing there. Read as ${nameOf(at.other)}, the file makes words: ${quoted(at.value)}.`;
    case 'two-readings':
      return `The file is not UTF-8, and the same letters can be read as ${quoted(at.first)} (${nameOf(at.firstEncoding)}) or as ${quoted(at.second)} (${nameOf(at.secondEncoding)}).`;
    case 'turns-later':
      return `The file starts like ${nameOf(at.firstEncoding)} but as a whole reads like ${nameOf(at.secondEncoding)}: it contains ${quoted(at.first)} or ${quoted(at.second)}.`;
    case 'odd-later':
      return `The file starts like ${nameOf(at.encoding)}, but read that way it later contains ${quoted(at.value)}, which does not look like a word.`;
  }
}

function describeTextDamage(at: TextDamage): string {
  switch (at.damage) {
    case 'letter-lost':
      return `On line ${at.line}, column ${quoted(at.column)}, a letter was lost: ${quoted(at.value)}.`;
    case 'letters-split':
      return `On line ${at.line}, column ${quoted(at.column)}, accented letters are broken: ${quoted(at.value)}.`;
    case 'letters-replaced':
      return `The file has not one accented letter, and question marks in place of letters in ${counted(at.values, 'name')}; the first is on line ${at.line}, column ${quoted(at.column)}: ${quoted(at.value)}.`;
    case 'encoding-changes':
      return `On line ${at.line} the file goes on in another encoding: something was appended to it.`;
    case 'noncharacters':
      return 'The file contains code points that are reserved and never part of a text.';
  }
}

const JSON_MISTAKES: Readonly<Record<JsonMistake, string>> = {
  unopened: 'a bracket closes that was never opened',
  'after-end': 'something follows the end of the document',
  colon: 'a ":" is missing',
  comma: 'a "," is missing',
  'comma-at-end': 'a "," comes just before the closing bracket',
  key: 'a key in quotes is missing',
  'key-text': 'a key is not a valid JSON string',
  value: 'a value is missing',
};

function describeRecords(at: RecordsTrouble): string {
  switch (at.found) {
    case 'none':
      return sentences(
        `There is no list of people ${at.path === null ? 'at the top of the file' : `at ${quoted(at.path)}`}.`,
        at.lists.length === 0 ? null : `There is one at ${listedOr(at.lists)}. Tell your identity team.`,
      );
    case 'many':
      return `There is more than one list ${at.path === null ? 'at the top of the file' : `at ${quoted(at.path)}`}.`;
    case 'several':
      return `The file has several lists (${listed(at.lists)}), and the settings do not say which one has the people. Tell your identity team.`;
    case 'object':
      return 'The file is one JSON object without a list of people in it, and it is not one person. Tell your identity team.';
    case 'no-members':
      return 'The records have no members that could be columns. Give the path of the list of people, for example --records export.employees.';
  }
}

/** A count of rows or a mark of the end has one cell or two; a row of a person that lacks one has nearly all. */
const mayBeClosingLine = (row: ValuesOf<typeof exportCodes, 'row-ragged'>): boolean =>
  row.text != null && row.cells * 2 <= row.expected;
const CLOSING_LINE =
  'If this line is not a person, such as a count of rows at the end, your identity team can declare that (file.trailer, file.ignore).';

/** English. */
export const exportMessages: MessagesOf<typeof exportCodes> = {
  'file-empty': {
    sentence: ({ content }) =>
      ({
        'no-bytes': 'The file is empty: it has 0 bytes.',
        'no-bytes-unpacked': 'The file is empty: its compressed content has 0 bytes.',
        blank: 'The file is empty: it contains only blank lines.',
        'no-rows': 'The file is empty: it has neither a header nor rows.',
      })[content],
    cause: 'There is neither a header nor a record: 0 bytes, blank lines only, or an empty JSON document.',
    cure: 'Export the file again. A broken export is more likely than an empty company, so nothing was sent.',
  },
  'file-without-rows': {
    sentence: ({ format }) =>
      format === 'csv' ? 'The file has a header but no rows.' : 'The list of people in the file is empty.',
    cause: 'There is a header, or an empty JSON array, and not one record.',
    cure: 'Export the file again, and check that the filter of the export still finds people.',
  },
  'file-too-large': {
    sentence: ({ maxBytes }) =>
      `The file is larger than ${counted(maxBytes, 'byte')}, the limit of this source. Check that it is the right file.`,
    cause: 'The limit is `file.maxBytes` in the source.json. Reading stops there.',
    cure: 'Check that the right file was exported; if so, raise `file.maxBytes`.',
  },
  'file-of-too-many-rows': {
    sentence: ({ maxRows }) =>
      `The file has more than ${counted(maxRows, 'row')}, the most that is read. Check that it is the right file.`,
    cause: 'The file has more rows than the largest company has people.',
    cure: 'Check what was exported: one row for each person. If they are really so many, divide the file.',
  },
  'file-truncated': {
    sentence: (cut) =>
      cut.within === 'row' && mayBeClosingLine(cut)
        ? `${describeCut(cut)} If a row was cut off there, upload the whole file again. ${CLOSING_LINE}`
        : `${describeCut(cut)} Upload the whole file again.`,
    cause:
      'The upload or the export broke off: the file ends in the middle of a row, a quoted cell, a character or a JSON value, in zero bytes, or has fewer bytes than announced.',
    cure: 'Upload the whole file again. If it happens often, upload under another name and rename the file at the end. A last line that is not a person, such as a count of rows, is declared in `file.trailer` or `file.ignore`.',
  },
  'file-length-differs': {
    sentence: ({ read, announced }) =>
      `The file has more bytes than expected: ${grouped(read)} instead of ${grouped(announced)}. Upload it again.`,
    cause: 'More bytes were read than the storage announced for this file, so it probably changed meanwhile.',
    cure: 'Upload it again under a new name.',
  },
  'file-is-spreadsheet': {
    sentence: () =>
      'The file is an Excel workbook or another Office file. Save it as "CSV UTF-8 (Comma delimited)" in Excel, and upload that file.',
    cause: 'The content is that of an Office file, such as an Excel or OpenDocument workbook, whatever its name says.',
    cure: 'Open it in Excel, choose File > Save As > "CSV UTF-8 (Comma delimited)", and upload that file.',
  },
  'file-of-wrong-kind': {
    sentence: ({ content }) => WRONG_KINDS[content],
    cause:
      'The content is not a table of people: a PDF, a web page, an image, a program, an archive or other binary data.',
    cure: 'Export the people as CSV (UTF-8) or JSON. A web page instead of a table is often the error page of the HR system.',
  },
  'file-in-other-format': {
    sentence: ({ expected }) =>
      expected === 'csv'
        ? 'The file contains JSON, but this source expects CSV.'
        : 'The file is not JSON, which this source expects: it starts with neither "[" nor "{".',
    cause:
      'The source declares one format (`file.format`), and the content has the other: JSON instead of CSV, or CSV instead of JSON.',
    cure: 'Upload the declared format, or change `file.format` in the source.json.',
  },
  'archive-damaged': {
    sentence: (damage) =>
      `${describeDamage(damage)} ${damage.damage === 'encrypted' ? 'Compress the file again without a password.' : 'Compress the file again, or upload it uncompressed.'}`,
    cause:
      'The compressed data, its checksum or the directory of the zip archive is wrong, or the archive is encrypted or uses an unusual method.',
    cure: 'Compress the file again with zip or gzip, without a password, or upload it uncompressed.',
  },
  'archive-of-many-files': {
    sentence: ({ files }) =>
      files === 'many'
        ? 'The zip archive contains more than one file. Put one file into each archive.'
        : 'The zip archive contains no file. Put one file into each archive.',
    cause:
      'The zip archive must contain exactly one file; folders, and what macOS adds (`__MACOSX`, `.DS_Store`), do not count.',
    cure: 'Put one export into each archive, or upload the files one by one.',
  },
  'inflated-too-large': {
    sentence: ({ limit, max }) =>
      limit === 'bytes'
        ? `Uncompressed, the file is larger than ${counted(max, 'byte')}, the limit of this source. Check that it is the right file.`
        : `Uncompressed, the file is more than ${counted(max, 'time')} as large as its archive, so reading was stopped. Upload it uncompressed.`,
    cause:
      'The unpacked content is larger than the source allows (`file.maxInflatedBytes`), or hugely larger than the archive.',
    cure: 'Check that the right file was compressed; if so, raise `file.maxInflatedBytes`, or upload it uncompressed.',
  },
  'manifest-invalid': {
    sentence: ({ mistake }) =>
      ({
        missing: 'This source requires a manifest next to the file, and there is none. Upload both.',
        'not-object': 'The manifest of the file is not a JSON object.',
        members: 'The manifest of the file must contain "rows" (a number), "sha256" (64 hex digits), or both.',
      })[mistake],
    cause:
      'The source requires a manifest next to the file; there is none, or it is not of the form { "rows": number, "sha256": "64 hex digits" }.',
    cure: 'Have the HR system write the manifest again, beside each file.',
  },
  'manifest-differs': {
    sentence: (difference) =>
      difference.what === 'rows'
        ? `The manifest announces ${counted(difference.announced, 'row')}, but the file has ${counted(difference.found, 'row')}.`
        : 'The checksum (SHA-256) of the file is not the one in its manifest.',
    cause: 'The file is not the one for which the manifest was written, or it was changed since.',
    cure: 'Export the file and its manifest again, and upload them together.',
  },
  'trailer-missing': {
    sentence: ({ pattern, text, line }) =>
      `The last line, line ${line}, is not the closing line that the settings announce (${quoted(pattern)}), but ${quoted(text)}. Upload the whole file again.`,
    cause:
      '`file.trailer` declares a closing line that gives the number of rows. The last line of this file that is not blank is a different one, so the file may have been cut off.',
    cure: 'Export and upload the whole file again. If the export has another closing line now, or none, correct `file.trailer`.',
  },
  'trailer-differs': {
    sentence: ({ announced, found, text, line }) =>
      `The closing line, line ${line}, announces ${counted(announced, 'row')} (${quoted(text)}), but the file has ${grouped(found)}. Upload the whole file again.`,
    cause:
      'The closing line (`file.trailer`) gives a different number of rows from the number in the file. Blank rows and ignored lines do not count as rows; all others do.',
    cure: 'Export and upload the whole file again. If the program counts differently, declare the line in `file.ignore` instead.',
  },
  'line-pattern-slow': {
    sentence: ({ seconds, lines }) =>
      `Comparing ${counted(lines, 'line')} with the patterns of file.ignore took more than ${counted(seconds, 'second')}, so reading was stopped. Tell your identity team.`,
    cause: 'The patterns of `file.ignore` are so slow that reading the file would take far too long.',
    cure: 'Write how such lines begin in place of a pattern, or simplify the patterns: without long repetitions of parts that may be missing.',
  },
  'encoding-unsupported': {
    sentence: ({ declared }) =>
      `The settings declare an encoding that cannot be read: ${quoted(declared)}. Tell your identity team.`,
    cause: '`file.encoding` names an encoding that Rollcall cannot read.',
    cure: 'Use one of utf-8, utf-16le, utf-16be, windows-1252, windows-1250, iso-8859-15, iso-8859-2, or those of DOS and the Macintosh: cp850, cp437, macintosh.',
  },
  'encoding-contradicted': {
    sentence: ({ declared, mark }) =>
      `This source expects ${nameOf(declared)}, but the file is marked as ${nameOf(mark)}. Save it as ${nameOf(declared)}.`,
    cause:
      'The byte order mark at the start of the file names another encoding than the source declares (`file.encoding`).',
    cure: 'Save the file in the declared encoding, or change or remove `file.encoding`.',
  },
  'encoding-doubtful': {
    sentence: (doubt) => `${describeDoubt(doubt)} Save it as "CSV UTF-8".`,
    cause:
      'The accented letters can be read in more than one way, or in none that makes sense; or they make no words in the encoding that the source declares.',
    cure: 'Save the file as "CSV UTF-8", or declare `file.encoding` if you know it: Excel in Western Europe writes windows-1252, Excel for Mac macintosh, bcp and DOS programs cp850.',
  },
  'byte-undecodable': {
    sentence: ({ encoding, line, isExact, byte }) =>
      `${isExact ? `Line ${line}` : `The file, on or after line ${line},`} contains a character that is not valid ${nameOf(encoding)}${byte === null ? '' : ` (byte ${byte})`}.`,
    cause: 'The file is not in the encoding that it was read with: some byte has no meaning there.',
    cure: 'Save the file as "CSV UTF-8", or declare the right `file.encoding`.',
  },
  'text-damaged': {
    sentence: (damage) => `${describeTextDamage(damage)} Export the file again as "CSV UTF-8".`,
    cause:
      'The text was damaged before it arrived: it contains the replacement character U+FFFD; or an accented letter became two characters, such as Ã©, or a question mark, such as M?ller; or text in another encoding was appended to it.',
    cure: 'Find the program between the HR system and this file that reads it in the wrong encoding. Export the file again as "CSV UTF-8"; no setting repairs it.',
  },
  'column-missing': {
    sentence: (at) =>
      at.format === 'json'
        ? `No record in the file has the member ${quoted(at.member)}, which is required.`
        : sentences(
            `The header on line ${at.line} lacks the ${agree(at.missing.length, 'column', 'columns')} ${listed(at.missing)}.`,
            `It has: ${listed(at.found)}.`,
            at.isSingle ? 'The file may use another separator.' : null,
          ),
    cause:
      'The settings need this column for `id`, `active` or `userName`, or to look up managers in it (`lookup`), under its own name or one of its aliases.',
    cure: 'Add the column to the export, or add its new name to `file.aliases`.',
  },
  'column-doubled': {
    sentence: (at) =>
      'first' in at
        ? `The columns ${quoted(at.first)} and ${quoted(at.second)} both mean ${quoted(at.column)}. Remove or rename one of them.`
        : `The column ${quoted(at.column)} appears more than once in the header on line ${at.line}. Keep one, and remove or rename the others.`,
    cause:
      'Two columns of the file have the name of one column that the settings read, or two mean the same column of the settings.',
    cure: 'Remove or rename one of them, or remove the alias that makes them equal.',
  },
  'header-too-large': {
    sentence: ({ columns }) =>
      `The header has ${counted(columns, 'column')}, far too many for a list of people. Check what was exported.`,
    cause: 'The first row is not a header, or the file has no line ends.',
    cure: 'Check that the file is a table with one header row and line ends.',
  },
  'quotes-misplaced': {
    sentence: ({ spoiled, rows, line }) =>
      `Up to line ${line}, ${grouped(spoiled)} of ${counted(rows, 'row')} ${agree(spoiled, 'has', 'have')} a quotation mark in the middle of a cell. Double each quotation mark that belongs to the text ("").`,
    cause:
      'More than 5,000 rows, and more than half of all, have a quote in the middle of a cell, so it is unclear where their cells end.',
    cure: 'Have the export put such cells in quotes and double each quote inside them (""), as Excel and CSV libraries do.',
  },
  'quote-never-closed': {
    sentence: ({ line, lines }) =>
      `A quoted cell in the row that starts on line ${line} runs over ${counted(lines, 'line')} and is never closed properly. Double each quotation mark that belongs to the text ("").`,
    cause: 'A quote opens a cell and nothing closes it properly, so it is unclear where the next rows begin.',
    cure: 'Double each quote that belongs to the text (""), or have the HR system quote its cells.',
  },
  'record-too-large': {
    sentence: ({ line, maxChars }) =>
      maxChars === null
        ? `The row that starts on line ${line} does not end: a line end or a closing quotation mark may be missing.`
        : `The record that starts on line ${line} has more than ${counted(maxChars, 'character')}: a closing bracket or quotation mark may be missing.`,
    cause: 'Where one record should end, the file goes on far longer than any record of a person.',
    cure: 'Check that the file has line ends and closes its quotes and brackets.',
  },
  'row-too-wide': {
    sentence: ({ line, cells, maxCells }) =>
      `The row on line ${line} has ${counted(cells, 'cell')}; the limit is ${grouped(maxCells)}. Check what was exported.`,
    cause: 'A row has more cells than any table of people: line ends are missing, or the file is not such a table.',
    cure: 'Check that the file has one row for each person, with line ends between them.',
  },
  'id-pattern-slow': {
    sentence: ({ pattern, seconds, ids }) =>
      `Comparing ${counted(ids, 'id')} with the pattern ${quoted(pattern)} in the settings took more than ${counted(seconds, 'second')}, so reading was stopped. Tell your identity team.`,
    cause: 'The pattern (`id.pattern`) is so slow that reading the file would take far too long.',
    cure: 'Simplify `id.pattern`: write what an id looks like, such as \\d{6}, without long repetitions of parts that may be missing.',
  },
  'json-broken': {
    sentence: ({ line, mistake }) => `The JSON is malformed on line ${line}: ${JSON_MISTAKES[mistake]}.`,
    cause: 'The JSON document is malformed outside its records, so it is unclear where they begin and end.',
    cure: 'Have a JSON library write the file, not a text template; a JSON validator shows the place.',
  },
  'json-lines-with-commas': {
    sentence: ({ line }) =>
      `From line ${grouped(line)} on, a comma follows each record, but no brackets make a list of them. Leave the commas out, or put "[" before the first record and "]" after the last.`,
    cause:
      'The records follow one another with commas between them, as in a JSON array, but the brackets of the array are missing. That is neither JSON nor JSON lines.',
    cure: 'Have a JSON library write the file: one array, or one object per line without commas.',
  },
  'file-of-one-page': {
    sentence: ({ member }) =>
      `The file is one page of several: ${quoted(member)} leads to another page, and its people are missing here. Export all pages into one file.`,
    cause:
      'Beside the list of people is a link to a further page (such as `@odata.nextLink`, `__next` or `paging.next`), or a mark that there is one: somebody saved one response of an API that returns people page by page.',
    cure: 'Have the export follow the links and write the people of all pages into one list, without the link.',
  },
  'json-records-missing': {
    sentence: (at) => describeRecords(at),
    cause:
      'There is no array of people where the source says (`file.records`), or there is more than one; or the source does not say it, and the file leaves a choice.',
    cure: 'Set `file.records` in the source.json (`--records` of `rollcall init`) to the path of the array, for example `export.employees`.',
  },
  'row-ragged': {
    sentence: ({ cells, expected, text }) =>
      sentences(
        `The row has ${counted(cells, 'cell')}, but the header has ${grouped(expected)}${text == null ? '' : `: ${quoted(text)}`}.`,
        cells > expected
          ? 'Put each cell that contains a separator, such as a comma, in quotation marks.'
          : 'Add the missing cells.',
        mayBeClosingLine({ cells, expected, text }) ? CLOSING_LINE : null,
      ),
    cause:
      'A cell that contains the delimiter or a line break is not in quotes, or a delimiter is missing; or the line is not a person, such as a count of rows at the end.',
    cure: 'Put such cells in quotes, and add missing delimiters; Excel and CSV libraries do both. Declare lines that are not people in `file.ignore` or `file.trailer`.',
  },
  'quote-misplaced': {
    sentence: () =>
      'There is a quotation mark in the middle of a cell. Put the whole cell in quotation marks and double those inside it ("").',
    cause: 'A quote in the middle of a cell is not doubled, so it is unclear where the cell ends.',
    cure: 'Put the whole cell in quotes and double each quote inside it ("").',
  },
  'cell-too-long': {
    sentence: ({ column, chars, maxChars }) =>
      `The cell in column ${quoted(column)} has ${counted(chars, 'character')}; the limit is ${grouped(maxChars)}. Shorten it.`,
    cause: 'The limit is that of Excel. Usually a quote before the cell is not closed.',
    cure: 'Close the quote, or shorten the cell.',
  },
  'control-character': {
    sentence: ({ column, character, value }) =>
      `Column ${quoted(column)} contains the control character ${character}: ${quoted(value)}. Type the value again.`,
    cause: 'A control character, such as NUL, or half of a character belongs in no name or address.',
    cure: 'Type the value again in the HR system; the character is never removed silently.',
  },
  'invisible-character': {
    sentence: ({ column, character, value }) =>
      `Column ${quoted(column)} contains the invisible character ${character}: ${quoted(value)}. Type the value again.`,
    cause:
      'The character has zero width or changes the direction of writing. Such characters come from copying out of web pages.',
    cure: 'Type the value again in the HR system; the character is never removed silently.',
  },
  'id-in-scientific-notation': {
    sentence: ({ id }) =>
      `The id ${quoted(id)} is in scientific notation, as Excel writes long numbers. Take the whole id from the HR system.`,
    cause: 'Excel writes long numbers like 1.23E+05, and the digits that it leaves out cannot be restored.',
    cure: 'Format the id column as text before the export, and do not open the CSV in Excel.',
  },
  'id-as-formula': {
    sentence: ({ id }) => `The id ${quoted(id)} is an Excel formula. Write the id itself.`,
    cause: 'A formula such as ="00123" is a way to keep leading zeros in Excel. It is not part of the id.',
    cure: 'Write the id itself, in a column that is formatted as text.',
  },
  'id-as-number': {
    sentence: ({ id, restored }) =>
      `The id ${quoted(id)} is written as a number or an amount. If it is ${quoted(restored)}, write it so.`,
    cause:
      'A program took the id for a number: 5001.0 for 5001, 1,001 for 1001, or an apostrophe before the digits. Sent as it is, it would be another person.',
    cure: 'Export the id as text. If your ids really look like this, declare their form in `id.pattern`.',
  },
  'excel-error-value': {
    sentence: ({ column, value }) =>
      `Column ${quoted(column)} contains ${quoted(value)}, which Excel writes when it has no value to show. Correct the value or leave the cell blank.`,
    cause: 'A formula has failed (#N/A, #REF!), or the column was too narrow when the file was saved (#####).',
    cure: 'Correct the formula, or make the column wider, and save the file again; or leave the cell blank.',
  },
  'object-in-place-of-text': {
    sentence: ({ column, value }) =>
      `Column ${quoted(column)} contains ${quoted(value)}, which a program writes for a value that has no text. Correct the value or leave the cell blank.`,
    cause:
      'The export writes a list or an object of its program where a text is expected, for example `System.Object[]`.',
    cure: 'Tell the people who run the HR system: the export must write a text for this column, or leave the cell blank.',
  },
  'blank-word': {
    sentence: ({ column, word }) =>
      `Column ${quoted(column)} contains ${quoted(word)}, a word that programs write for no value. This column must have a value.`,
    cause:
      'The cell has no value, and the export writes a word for that. Without an id, a status or a sign-in name a row says nothing.',
    cure: 'Add the value in the HR system. If it is a real value of your company, have it added to the settings, as a status word or in `values`.',
  },
  'id-lost-zeros': {
    sentence: ({ id, restored }) =>
      `The id ${quoted(id)} seems to have lost its leading zeros. If it is ${quoted(restored)}, write it so.`,
    cause: 'The id has the declared form (`id.pattern`) only with zeros in front. Excel removes leading zeros.',
    cure: 'Format the id column as text before the export, and do not open the CSV in Excel.',
  },
  'id-of-wrong-form': {
    sentence: ({ id, pattern }) =>
      `The id ${quoted(id)} does not have the agreed form (${quoted(pattern)}). Correct it.`,
    cause: 'The source declares the form of its ids (`id.pattern`), and this one does not match it.',
    cure: 'Correct the id in the HR system, or `id.pattern` in the source.json.',
  },
  'id-with-control-characters': {
    sentence: ({ id }) =>
      `The id ${quoted(id)} has a line end, a tab or another character in it that nobody sees. Write the id alone.`,
    cause: 'An id with a control character was joined with something else, or cut, on its way out of the HR system.',
    cure: 'Take the id from the HR system again, and check how the export joins columns and lines.',
  },
  'id-too-long': {
    sentence: ({ id, chars, maxChars }) =>
      `The id ${quoted(id)} has ${grouped(chars)} characters; the limit is ${grouped(maxChars)}. Write the id alone.`,
    cause: 'No id is that long. Usually a quote is missing, or another column was exported as the id.',
    cure: 'Take the id from the HR system again, and check that the right column is exported.',
  },
  'json-record-broken': {
    sentence: () => 'The record is not valid JSON. Tell the people who run the HR system.',
    cause: 'Inside the record, a quote, comma or bracket is wrong, or a value is not one of JSON.',
    cure: 'Have a JSON library write the file, not a text template.',
  },
  'json-record-not-object': {
    sentence: ({ value }) =>
      `The record is ${quoted(value)}, not a JSON object. Tell the people who run the HR system.`,
    cause: 'The list of people contains a text, a number or a list where an object is expected.',
    cure: 'Export each person as one JSON object.',
  },
  'json-record-too-deep': {
    sentence: ({ depth, maxDepth }) =>
      `The record is nested ${counted(depth, 'level')} deep; the limit is ${grouped(maxDepth)}. Tell the people who run the HR system.`,
    cause: 'The record nests objects and arrays more deeply than any person does.',
    cure: 'Export only the members that are needed, with less nesting.',
  },
  'json-record-too-wide': {
    sentence: ({ parts, maxParts }) =>
      `The record has ${counted(parts, 'member, object or list', 'members, objects and lists')}; the limit is ${grouped(maxParts)}. Tell the people who run the HR system.`,
    cause: 'The record has more members, objects and lists in it than any person does.',
    cure: 'Export only the members that are needed.',
  },
  'json-key-doubled': {
    sentence: (at) =>
      'key' in at
        ? `The key ${quoted(at.key)} appears twice in one object, with different values. Keep the right one.`
        : `Two members of the record mean ${quoted(at.column)}, with different values. Keep the right one.`,
    cause:
      'One JSON object has the same key twice with different values, or two keys that mean one column of the settings.',
    cure: 'Keep the one that is right, and remove the other.',
  },
  'encoding-detected': {
    sentence: ({ encoding, samples }) =>
      samples.length === 0
        ? `The file was read as ${nameOf(encoding)}.`
        : `The file was read as ${nameOf(encoding)}. Check that its values look right: ${listed(samples)}.`,
    cause:
      'The source declares no encoding, so it was recognised by the accented letters. The values show how they were read.',
    cure: 'If the values look right, declare this encoding in `file.encoding`, so that it is never guessed again.',
  },
  'json-list-found': {
    sentence: ({ path }) =>
      `The list of people was found at ${quoted(path)}. Write that into "file.records" of the settings.`,
    cause: 'The file is one JSON object, the settings do not say where in it the people are, and it has one list only.',
    cure: 'Set `file.records` in the source.json, so that a second list never makes a file doubtful.',
  },
  'column-renamed': {
    sentence: ({ written, column }) => `Column ${quoted(written)} is read as ${quoted(column)}.`,
    cause: 'The name in the file differs from that in the settings: in case or spaces, or by an alias.',
    cure: 'Nothing to do.',
  },
  'column-unknown': {
    sentence: ({ count, columns }) =>
      `The settings do not use ${counted(count, 'column')}: ${listed(columns)}${columns.length < count ? ' …' : ''}.`,
    cause: 'No member of the settings reads these columns, so nothing of them is sent.',
    cure: 'Nothing to do; leave columns that nobody needs out of the export.',
  },
  'column-absent': {
    sentence: ({ format, column }) =>
      format === 'csv'
        ? `The settings read the column ${quoted(column)}, but the file does not have it.`
        : `The settings read the member ${quoted(column)}, but no record in the file has it.`,
    cause:
      'The column is not required, so its attributes are treated as blank in every row: `default` or `whenEmpty` decides.',
    cure: 'Add the column to the export, add its new name to `file.aliases`, or remove it from the mapping.',
  },
  'header-changed': {
    sentence: ({ gone, added, moreGone, moreAdded }) =>
      `The header has changed since the previous file: ${[...(gone.length > 0 ? [`gone: ${listed(gone)}${andMore(moreGone)}`] : []), ...(added.length > 0 ? [`new: ${listed(added)}${andMore(moreAdded)}`] : []), ...(gone.length + added.length === 0 ? ['the order of the columns'] : [])].join('; ')}.`,
    cause: 'Columns were added, removed or moved since the previous file of this source.',
    cure: 'Check that the change was intended; a renamed column needs an alias (`file.aliases`).',
  },
  'filter-value-not-single': {
    sentence: ({ column }) =>
      `Column ${quoted(column)} has a list or an object, so it is unclear whether the row is for this source. Tell your identity team.`,
    cause: '`file.only` or `file.except` names a member of JSON records that is a list or an object here.',
    cure: 'Name the member below it that has the value: "type.name" or "types.0".',
  },
  'not-for-this-source': {
    sentence: ({ column, value }) =>
      `Nothing was sent: the settings leave rows with ${value.quote === '' ? 'a blank' : quoted(value)} in column ${quoted(column)} out of this source. If an earlier file gave this person an account, it stays as it is.`,
    cause:
      'The settings say which rows are for this source (`file.only`, `file.except`), and this one is not. It costs no call, and its person does not count as missing.',
    cure: 'Nothing if that is intended. An account that is no longer wanted is disabled with a row that is for the source, or by your identity team.',
  },
  'lines-ignored': {
    sentence: ({ lines, line }) =>
      `As the settings say, ${counted(lines, 'line was', 'lines were')} ignored, the first of them line ${line}.`,
    cause: '`file.ignore` declares lines that are not people.',
    cure: 'Nothing to do, unless there are more of them than usual.',
  },
  'rows-without-anybody': {
    sentence: ({ rows, line }) =>
      rows === 1
        ? `Nobody is on line ${line}, so it was passed over: all cells are blank, or are dashes under the header.`
        : `Nobody is on ${counted(rows, 'line')}, so they were passed over; the first is line ${line}. All cells are blank, or are dashes under the header.`,
    cause:
      'All cells of a row are blank, as Excel leaves them where rows were deleted; or the row directly under the header consists of dashes, as SQL clients write it.',
    cure: 'Nothing to do.',
  },
  'preamble-skipped': {
    sentence: ({ lines, headerLine }) =>
      `Above the header on line ${headerLine}, ${counted(lines, 'line')} ${agree(lines, 'was', 'were')} skipped.`,
    cause: 'The header was recognised below some lines that are not part of the table, such as a title.',
    cure: 'Declare their number in `file.skipLines`, or leave them out of the export.',
  },
  'blank-words-undeclared': {
    sentence: ({ column, words, cells, line, areLeftOut }) =>
      sentences(
        `Column ${quoted(column)} says ${listedOr(words)} in ${counted(cells, 'cell')}${cells === 1 ? ', ' : '; the first is '}on line ${grouped(line)}.`,
        areLeftOut
          ? `${agree(cells, 'It counts', 'They count')} as blank, because that is nobody.`
          : `${agree(cells, 'It counts', 'They count')} as a value.`,
        'If that means blank, declare it in file.blank.',
      ),
    cause: 'Programs write such words for "no value", and the settings do not say whether these are meant so.',
    cure: 'If they mean blank, add them to `file.blank`, or to `blank` of the column; otherwise add them to its `values`.',
  },
  'names-of-question-marks': {
    sentence: ({ column, value, values, line }) =>
      `Column ${quoted(column)} says only ${quoted(value)} in ${counted(values, 'cell')}${values === 1 ? ', ' : '; the first is '}on line ${grouped(line)}. Letters may have been lost.`,
    cause:
      'The file has not one accented letter, and names of question marks only. A program that writes ASCII puts a question mark in place of each letter that it cannot write.',
    cure: 'Look at these people in the HR system. If their names are not question marks there, export the file again as "CSV UTF-8".',
  },
  'accents-composed': {
    sentence: ({ values, line }) =>
      `In ${counted(values, 'value')}, letters and their accents were joined into one character; the first is on line ${line}.`,
    cause:
      'The file stores a letter and its accent as two characters. Joined into one (Unicode NFC) they look the same, and equal names compare as equal.',
    cure: 'Nothing to do.',
  },
  'ids-of-other-form': {
    sentence: ({ column, ids, count, line }) =>
      `Column ${quoted(column)} has ${counted(count, 'id')} unlike all others${count === 1 ? ', ' : '; the first is '}on line ${grouped(line)}: ${listed(ids)}${ids.length < count ? ' …' : ''}. Check that ${agree(count, 'it is an id', 'they are ids')}.`,
    cause:
      'Nearly all ids of the file are built alike (digits, or letters and digits), and these are not. A total, a word, or a damaged id may stand there.',
    cure: 'Correct them in the HR system; or declare the form of an id in `id.pattern`, so that others are rejected.',
  },
  'spaces-made-plain': {
    sentence: ({ values, line }) =>
      `In ${counted(values, 'value')}, special spaces were replaced by plain ones; the first is on line ${grouped(line)}.`,
    cause:
      'The file has no-break, thin or other spaces, often copied from a web page. They look like a space and make equal words differ.',
    cure: 'Nothing to do.',
  },
  'direction-marks-trimmed': {
    sentence: ({ values, line }) =>
      `Around ${counted(values, 'value')}, invisible marks of the direction of writing were removed; the first is on line ${grouped(line)}.`,
    cause:
      'Some systems put such marks around every cell. At its ends they mean nothing; inside a value they reject the row.',
    cure: 'Nothing to do.',
  },
};
