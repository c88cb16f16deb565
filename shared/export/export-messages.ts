// What reading a file says, in English: for HR, and for the engineer where the settings are the cause.
import type { MessagesOf, ValuesOf } from '../core/codes';
import { agree, counted, listed, quoted, sentences } from '../core/english';
import type {
  ArchiveDamage,
  EncodingDoubt,
  exportCodes,
  FileContent,
  JsonMistake,
  TextDamage,
  Truncation,
} from './export-codes';

const ENCODING_NAMES: Readonly<Record<string, string>> = {
  'utf-8': 'UTF-8',
  'utf-16le': 'UTF-16 (little-endian)',
  'utf-16be': 'UTF-16 (big-endian)',
  'utf-32le': 'UTF-32',
};
const nameOf = (encoding: string): string => ENCODING_NAMES[encoding] ?? encoding;

function describeCut(cut: Truncation): string {
  switch (cut.within) {
    case 'upload':
      return `Only ${cut.received} of ${counted(cut.announced, 'byte')} arrived.`;
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
      return `The file ends in the middle of the row on line ${cut.line}, after ${cut.cells} of ${counted(cut.expected, 'cell')}.`;
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
      return 'The zip archive is damaged: its directory is missing.';
    case 'other-directory':
      return 'The zip archive is damaged: its directory does not list what it contains.';
    case 'method':
      return `The zip archive uses a compression method (${at.method}) that cannot be read.`;
  }
}

function describeDoubt(at: EncodingDoubt): string {
  switch (at.doubt) {
    case 'no-words':
      return `The file is not UTF-8, and its accented letters make no sense in any European encoding${at.guess === null ? '' : ` (it may be ${at.guess})`}.`;
    case 'two-readings':
      return `The file is not UTF-8, and ${quoted(at.first)} in ${nameOf(at.firstEncoding)} could just as well be ${quoted(at.second)} in ${nameOf(at.secondEncoding)}.`;
    case 'turns-later':
      return `The file starts like ${nameOf(at.firstEncoding)} but as a whole reads like ${nameOf(at.secondEncoding)}: it contains ${quoted(at.first)} or ${quoted(at.second)}.`;
    case 'odd-later':
      return `The file starts like ${nameOf(at.encoding)}, but read that way it later contains ${quoted(at.value)}.`;
  }
}

function describeTextDamage(at: TextDamage): string {
  switch (at.damage) {
    case 'letter-lost':
      return `On line ${at.line}, column ${quoted(at.column)}, a letter was lost: ${quoted(at.value)}.`;
    case 'letters-split':
      return `On line ${at.line}, column ${quoted(at.column)}, accented letters are broken: ${quoted(at.value)}.`;
    case 'noncharacters':
      return 'The file contains code points that are not characters.';
  }
}

const JSON_MISTAKES: Readonly<Record<JsonMistake, string>> = {
  unopened: 'a bracket closes that was never opened',
  'after-end': 'something follows the end of the document',
  colon: 'a ":" is missing',
  comma: 'a "," is missing',
  key: 'a key in quotes is missing',
  'key-text': 'a key is not a valid JSON string',
  value: 'a value is missing',
};

function describeRecords(at: ValuesOf<typeof exportCodes, 'json-records-missing'>): string {
  if ('path' in at) {
    const place = at.path === null ? 'at the top of the file' : `at ${quoted(at.path)}`;
    return at.found === 'none' ? `There is no list of people ${place}.` : `There is more than one list ${place}.`;
  }
  return at.found === 'object'
    ? 'The file is one JSON object. Set "file.records" of the source to the path of the list of people in it.'
    : 'The records have no members that could be columns. Give the path of the list of people, for example --records export.employees.';
}

/** English. */
export const exportMessages: MessagesOf<typeof exportCodes> = {
  'file-empty': {
    sentence: ({ content }) =>
      ({
        'no-bytes': 'The file is empty: it has 0 bytes.',
        'no-bytes-unpacked': 'The compressed file contains an empty file.',
        blank: 'The file is empty: it contains only blank lines.',
        'no-rows': 'The file is empty: it has neither a header nor rows.',
      })[content],
    cause: 'The file has no content: 0 bytes, blank lines only, or an empty JSON document.',
    cure: 'Export the file again. A broken export is more likely than an empty company, so nothing was sent.',
  },
  'file-without-rows': {
    sentence: ({ format }) =>
      format === 'csv' ? 'The file has a header but no rows.' : 'The list in the file is empty: it contains nobody.',
    cause: 'The file has a header (or an empty JSON array) but not one record.',
    cure: 'Export the file again, and check that the filter of the export still finds people.',
  },
  'file-too-large': {
    sentence: ({ maxBytes }) => `The file is larger than ${counted(maxBytes, 'byte')}, the limit of this source.`,
    cause: 'The file is larger than the source allows (`file.maxBytes`).',
    cure: 'Check that the right file was exported; if so, raise `file.maxBytes` of the source.',
  },
  'file-truncated': {
    sentence: (cut) => `${describeCut(cut)} Upload the whole file again.`,
    cause:
      'The file ends in the middle of a row, a quoted cell, a character or a JSON value, or has fewer bytes than announced.',
    cure: 'The upload or the export broke off. Upload the whole file again.',
  },
  'file-length-differs': {
    sentence: ({ read, announced }) =>
      `The file changed while it was read: ${counted(read, 'byte')} arrived, ${counted(announced, 'byte')} ${agree(announced, 'was', 'were')} expected. Upload it again.`,
    cause: 'More bytes were read than the storage announced for this file.',
    cure: 'The file changed while it was read. Upload it again under a new name.',
  },
  'file-is-spreadsheet': {
    sentence: () =>
      'The file is an Excel workbook or another Office file. Open it in Excel, choose File > Save As > "CSV UTF-8 (Comma delimited)", and upload that file.',
    cause: 'The file is an Excel or OpenDocument workbook, whatever its name says.',
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
    cure: 'Upload the declared format, or change `file.format` of the source.',
  },
  'archive-damaged': {
    sentence: (damage) => `${describeDamage(damage)} Compress the file again, without a password.`,
    cause: 'The compressed file cannot be unpacked: its data or its checksum is wrong, or it is encrypted.',
    cure: 'Compress the file again without a password, or upload it uncompressed.',
  },
  'archive-of-many-files': {
    sentence: ({ files }) =>
      files === 'many'
        ? 'The zip archive contains more than one file. Put one file into each archive.'
        : 'The zip archive contains no file.',
    cause:
      'The zip archive does not hold exactly one file; folders, and what macOS adds (`__MACOSX`, `.DS_Store`), do not count.',
    cure: 'Put one export into each archive, or upload the files one by one.',
  },
  'inflated-too-large': {
    sentence: ({ limit, max }) =>
      limit === 'bytes'
        ? `Uncompressed, the file is larger than ${counted(max, 'byte')}, the limit of this source.`
        : `Uncompressed, the file is more than ${counted(max, 'time')} as large as its archive, so it was not read further.`,
    cause:
      'The unpacked content is larger than the source allows (`file.maxInflatedBytes`), or hugely larger than the archive.',
    cure: 'Check that the right file was compressed; if so, raise `file.maxInflatedBytes` of the source.',
  },
  'manifest-invalid': {
    sentence: ({ mistake }) =>
      ({
        missing: 'This source requires a manifest next to the file, and there is none.',
        'not-object': 'The manifest of the file is not a JSON object.',
        members: 'The manifest of the file must contain "rows" (a number), "sha256" (64 hex digits), or both.',
      })[mistake],
    cause:
      'The source requires a manifest next to the file; there is none, or it is not of the form { "rows": number, "sha256": "64 hex digits" }.',
    cure: 'Let the export write the manifest again.',
  },
  'manifest-differs': {
    sentence: (difference) =>
      difference.what === 'rows'
        ? `The manifest announces ${counted(difference.announced, 'row')}, but the file has ${counted(difference.found, 'row')}.`
        : 'The SHA-256 of the file is not the one in its manifest.',
    cause: 'The number of rows or the SHA-256 of the file is not the one in its manifest.',
    cure: 'The file is not the one that was exported. Upload file and manifest again, together.',
  },
  'encoding-unsupported': {
    sentence: ({ declared }) => `The encoding ${quoted(declared)}, which the source declares, is unknown.`,
    cause: 'The declared encoding (`file.encoding`) is unknown.',
    cure: 'Use one of utf-8, utf-16le, utf-16be, windows-1252, windows-1250, iso-8859-15, iso-8859-2.',
  },
  'encoding-contradicted': {
    sentence: ({ declared, mark }) =>
      `The source declares ${nameOf(declared)}, but the byte order mark of the file says ${nameOf(mark)}.`,
    cause:
      'The byte order mark at the start of the file names another encoding than the source declares (`file.encoding`).',
    cure: 'Save the file in the declared encoding, or change `file.encoding`.',
  },
  'encoding-doubtful': {
    sentence: (doubt) => `${describeDoubt(doubt)} Save it as "CSV UTF-8".`,
    cause:
      'The accented letters can be read in more than one way, or in none that makes sense, and the source declares no encoding.',
    cure: 'Declare `file.encoding` of the source (Excel in Western Europe writes windows-1252), or save the file as "CSV UTF-8".',
  },
  'byte-undecodable': {
    sentence: ({ encoding, line, isExact, byte }) =>
      `${isExact ? `Line ${line}` : `The file, on or after line ${line},`} contains a character that is not valid ${nameOf(encoding)}${byte === null ? '' : ` (byte ${byte})`}.`,
    cause: 'A byte has no meaning in the encoding of the file.',
    cure: 'Save the file as "CSV UTF-8", or declare the right `file.encoding`.',
  },
  'text-damaged': {
    sentence: (damage) => `${describeTextDamage(damage)} Export the file again as "CSV UTF-8".`,
    cause:
      'The text was damaged before it arrived: it contains the replacement character U+FFFD, or an accented letter became two signs, such as Ã©.',
    cure: 'Some program between the HR system and this file read it in the wrong encoding. Export it again as "CSV UTF-8".',
  },
  'column-missing': {
    sentence: (at) =>
      at.format === 'json'
        ? `No record in the file has the member ${quoted(at.member)}.`
        : sentences(
            `The header on line ${at.line} lacks the ${agree(at.missing.length, 'column', 'columns')} ${listed(at.missing)}.`,
            `The file has: ${listed(at.found)}.`,
            at.isSingle ? 'It may use another delimiter.' : null,
          ),
    cause: 'A column that `id`, `active` or `userName` needs is not in the file.',
    cure: 'Add the column to the export, or name it in `file.aliases` of the source if it was renamed.',
  },
  'column-doubled': {
    sentence: (at) =>
      'first' in at
        ? `The columns ${quoted(at.first)} and ${quoted(at.second)} both mean ${quoted(at.column)}. Remove or rename one of them.`
        : `The column ${quoted(at.column)} appears twice in the header on line ${at.line}. Remove or rename one of them.`,
    cause: 'Two columns of the file have the same name, or two mean the same column of the settings.',
    cure: 'Remove or rename one of the two columns.',
  },
  'header-too-large': {
    sentence: ({ columns }) => `The header has ${counted(columns, 'column')}, more than any list of people.`,
    cause: 'The header row has more columns or characters than any export of people has.',
    cure: 'Check that the file is a table with one header row and line ends.',
  },
  'quotes-misplaced': {
    sentence: ({ spoiled, rows, line }) =>
      `Up to line ${line}, ${spoiled} of ${counted(rows, 'row')} ${agree(spoiled, 'has', 'have')} a quote in the middle of a cell. Double each quote that belongs to the text ("").`,
    cause:
      'More than 5,000 rows, and more than half of all, have a quote in the middle of a cell, so it is unclear where their cells end.',
    cure: 'Let the export put cells in quotes and double each quote inside them (""); Excel and every CSV library do so.',
  },
  'quote-never-closed': {
    sentence: ({ line, lines }) =>
      `A quoted cell in the row that starts on line ${line} runs over ${counted(lines, 'line')} and is never closed properly. Double each quote that belongs to the text ("").`,
    cause:
      'A quoted cell opens, runs over several lines and never closes properly, so the rows in between cannot be told apart.',
    cure: 'Double every quote that belongs to the text (""), or let the HR system quote its cells.',
  },
  'record-too-large': {
    sentence: ({ line, maxChars }) =>
      maxChars === null
        ? `The row that starts on line ${line} does not end: a line end or a closing quote is missing.`
        : `The record that starts on line ${line} has more than ${counted(maxChars, 'character')}.`,
    cause: 'One record is larger or nested more deeply than any person is.',
    cure: 'Check that the file has line ends and closes its quotes and brackets.',
  },
  'id-pattern-slow': {
    sentence: ({ pattern, maxMs, times }) =>
      `Comparing an id with its declared form ${quoted(pattern)} took more than ${maxMs} ms, ${counted(times, 'time')}. Simplify "id.pattern".`,
    cause: 'Comparing ids with their declared form (`id.pattern`) takes so long that the file would never end.',
    cure: 'Simplify `id.pattern` of the source: no repetition of something that is itself repeated, such as (\\d+)*.',
  },
  'json-broken': {
    sentence: ({ line, mistake }) => `The JSON is malformed on line ${line}: ${JSON_MISTAKES[mistake]}.`,
    cause: 'The JSON document is malformed between its records.',
    cure: 'Let a program write the JSON, not a text template; check the file with a JSON validator.',
  },
  'json-records-missing': {
    sentence: (at) => describeRecords(at),
    cause: 'There is no array of people where the source says (`file.records`), or there is more than one.',
    cure: 'Set `file.records` of the source to the path of the array, for example `export.employees`.',
  },
  'row-ragged': {
    sentence: ({ cells, expected }) =>
      `The row has ${counted(cells, 'cell')} instead of ${expected}. Put cells that contain the delimiter in quotes, and add missing delimiters.`,
    cause: 'The row has more or fewer cells than the header.',
    cure: 'Put cells that contain the delimiter in quotes, and add missing delimiters.',
  },
  'quote-misplaced': {
    sentence: () =>
      'There is a quote in the middle of a cell, so it is unclear where the cell ends. Put the whole cell in quotes and double the quotes inside it ("").',
    cause: 'There is a quote in the middle of a cell, so it is unclear where the cell ends.',
    cure: 'Put the whole cell in quotes and double each quote inside it ("").',
  },
  'cell-too-long': {
    sentence: ({ column, chars, maxChars }) =>
      `Column ${quoted(column)} has ${counted(chars, 'character')}; the limit is ${maxChars}. Shorten it.`,
    cause: 'A cell is longer than the longest cell of Excel (32,767 characters).',
    cure: 'Shorten the cell; check that a quote before it is closed.',
  },
  'control-character': {
    sentence: ({ column, character, value }) =>
      `Column ${quoted(column)} contains the control character ${character}: ${quoted(value)}. Type the value again.`,
    cause: 'A cell contains a control character, such as NUL, or half a character, which no name or address has.',
    cure: 'Remove the character in the HR system; it is never removed silently.',
  },
  'invisible-character': {
    sentence: ({ column, character, value }) =>
      `Column ${quoted(column)} contains the invisible character ${character}: ${quoted(value)}. Type the value again.`,
    cause: 'A cell contains an invisible character (zero width, or one that changes the direction of writing).',
    cure: 'Type the value again in the HR system; such characters come from copying out of web pages.',
  },
  'id-in-scientific-notation': {
    sentence: ({ id }) =>
      `Excel changed the id to scientific notation, ${quoted(id)}, and lost digits. Take the id from the HR system.`,
    cause: 'Excel turned the id into scientific notation, such as 1.23E+05; its digits are lost.',
    cure: 'Format the id column as text before the export, and do not open the CSV in Excel.',
  },
  'id-as-formula': {
    sentence: ({ id }) => `The id ${quoted(id)} is an Excel formula. Write the id itself.`,
    cause: 'The id is written as an Excel formula, such as ="00123".',
    cure: 'Write the id itself. If Excel would remove its zeros, format the column as text.',
  },
  'excel-error-value': {
    sentence: ({ column, value }) =>
      `Column ${quoted(column)} contains ${quoted(value)}, which Excel writes when it has no value to show. Correct the value.`,
    cause:
      'A column that the settings read contains an Excel error such as #N/A or #REF!, or ##### from a column that was too narrow.',
    cure: 'Correct the formula, or make the column wider, and save the file again; or leave the cell blank.',
  },
  'id-lost-zeros': {
    sentence: ({ id, restored }) =>
      `The id ${quoted(id)} has lost its leading zeros; it was probably ${quoted(restored)}.`,
    cause: 'The id lacks the leading zeros that its declared form (`id.pattern`) asks for; Excel removes them.',
    cure: 'Format the id column as text before the export, and do not open the CSV in Excel.',
  },
  'id-of-wrong-form': {
    sentence: ({ id, pattern }) => `The id ${quoted(id)} does not match the declared form ${quoted(pattern)}.`,
    cause: 'The id does not have the form that the source declares (`id.pattern`).',
    cure: 'Correct the id in the HR system, or `id.pattern` of the source.',
  },
  'json-record-broken': {
    sentence: () => 'The record is not valid JSON.',
    cause: 'The record is not valid JSON.',
    cure: 'Let a program write the JSON, not a text template.',
  },
  'json-record-not-object': {
    sentence: ({ value }) => `The record is ${quoted(value)}, not a JSON object.`,
    cause: 'The record is a text, a number or a list where an object with members was expected.',
    cure: 'Write each person as one JSON object.',
  },
  'json-record-too-deep': {
    sentence: ({ depth, maxDepth }) =>
      `The record is nested ${counted(depth, 'level')} deep; the limit is ${maxDepth}.`,
    cause: 'The record nests objects and arrays more deeply than any person does.',
    cure: 'Check which program wrote the record; export the members that are needed, flat.',
  },
  'json-key-doubled': {
    sentence: (at) =>
      'key' in at
        ? `The key ${quoted(at.key)} appears twice in one object, with different values. Keep the right one.`
        : `Two members of the record mean ${quoted(at.column)}, with different values. Keep the right one.`,
    cause:
      'One JSON object has the same key twice with different values, or two keys that mean one column of the settings.',
    cure: 'Keep the one that is right.',
  },
  'encoding-detected': {
    sentence: ({ encoding, samples }) =>
      samples.length === 0
        ? `The file was read as ${nameOf(encoding)}.`
        : `The file was read as ${nameOf(encoding)}, for example: ${listed(samples)}.`,
    cause:
      'The source declares no encoding; it was recognised by the accented letters. Sample values show how they were read.',
    cure: 'If the samples look right, declare this encoding in `file.encoding`, so that it is never guessed again.',
  },
  'column-renamed': {
    sentence: ({ written, column }) => `Column ${quoted(written)} is read as ${quoted(column)}.`,
    cause: 'A column was recognised although its name is written differently from the settings.',
    cure: 'Nothing to do; or write the name as in the settings.',
  },
  'column-unknown': {
    sentence: ({ count, columns }) =>
      `The settings do not use ${counted(count, 'column')}: ${listed(columns)}${columns.length < count ? ' …' : ''}.`,
    cause: 'The file has columns that the settings do not use.',
    cure: 'Nothing to do; leave columns that nobody needs out of the export.',
  },
  'column-absent': {
    sentence: ({ format, column }) =>
      format === 'csv'
        ? `Column ${quoted(column)} is mapped, but the file does not have it.`
        : `The member ${quoted(column)} is mapped, but no record in the file has it.`,
    cause: 'A column that the mapping reads is not in the file; its attributes are left as whenEmpty says.',
    cure: 'Add the column to the export, or name it in `file.aliases` if it was renamed.',
  },
  'header-changed': {
    sentence: ({ gone, added }) =>
      `The header has changed since the previous file: ${[...(gone.length > 0 ? [`gone: ${listed(gone)}`] : []), ...(added.length > 0 ? [`new: ${listed(added)}`] : []), ...(gone.length + added.length === 0 ? ['the order of the columns'] : [])].join('; ')}.`,
    cause: 'The header differs from that of the previous file of this source.',
    cure: 'Check that the change was intended.',
  },
  'preamble-skipped': {
    sentence: ({ lines, headerLine }) =>
      `Above the header on line ${headerLine}, ${counted(lines, 'line')} ${agree(lines, 'was', 'were')} skipped.`,
    cause: 'Lines above the header were skipped, because the header was recognised below them.',
    cure: 'Declare their number in `file.skipLines`, or leave them out of the export.',
  },
  'accents-composed': {
    sentence: ({ values, line }) =>
      `In ${counted(values, 'value')}, letters and their accents were joined into one character; the first is on line ${line}.`,
    cause:
      'Letters and their accents were stored as two characters each; they were joined into one (Unicode NFC), which looks the same.',
    cure: 'Nothing to do.',
  },
};
