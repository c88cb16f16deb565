// Everything that reading a file can say, with the values that each sentence needs. The English is in export-messages.ts.
import { besideVerdict, finding, hold, rejection } from '../core/codes';
import type { Quote } from '../core/message';

/** Where a file was cut off. */
export type Truncation =
  | { within: 'upload'; received: number; announced: number }
  | { within: 'archive' }
  | { within: 'document'; line: number | null }
  | { within: 'character' | 'quoted-cell' | 'record'; line: number }
  /** `text`: what the row says; files that were held before it was kept have none. */
  | { within: 'row'; line: number; cells: number; expected: number; text: Quote | null }
  /** The end of the file, or a large part of it, was never written. */
  | { within: 'zeros'; zeros: number };

/** The content of a file that is not a table of people. */
export type FileContent =
  'pdf' | 'image' | 'program' | 'archive' | 'database' | 'rich-text' | 'web-page' | 'xml' | 'binary' | 'packed-twice';

/** Why a compressed file cannot be unpacked. */
export type ArchiveDamage =
  | { damage: 'data' | 'checksum' | 'encrypted' | 'trailing-data' | 'no-directory' | 'other-directory' }
  | { damage: 'method'; method: number };

/** Why an encoding is in doubt. */
export type EncodingDoubt =
  | { doubt: 'no-words'; guess: string | null }
  /** No encoding that is detected makes words, but this one does. */
  | { doubt: 'words-elsewhere'; encoding: string; value: Quote }
  /** `value` as declared is no word, or an odd one; the same in the other encoding, if there is one that makes words. */
  | { doubt: 'declared'; encoding: string; value: Quote; other: string | null; otherValue: Quote | null }
  /** A byte that the declared encoding lacks; another makes this word. */
  | { doubt: 'declared-byte'; encoding: string; byte: string; line: number; other: string; value: Quote }
  | {
      doubt: 'two-readings' | 'turns-later';
      first: Quote;
      firstEncoding: string;
      second: Quote;
      secondEncoding: string;
    }
  | { doubt: 'odd-later'; encoding: string; value: Quote };

/** How text was damaged before it reached us. */
export type TextDamage =
  | { damage: 'letter-lost' | 'letters-split'; line: number; column: Quote; value: Quote }
  | { damage: 'letters-replaced'; line: number; column: Quote; value: Quote; values: number }
  | { damage: 'encoding-changes'; line: number }
  | { damage: 'noncharacters' };

/** What is wrong in a JSON document between its records. */
export type JsonMistake = 'unopened' | 'after-end' | 'colon' | 'comma' | 'comma-at-end' | 'key' | 'key-text' | 'value';

/** Why it is unclear where the list of people is. `lists`: paths of lists of objects, the first ones. */
export type RecordsTrouble =
  | { found: 'none'; path: Quote | null; lists: readonly Quote[] }
  | { found: 'many'; path: Quote | null }
  | { found: 'several'; lists: readonly Quote[] }
  | { found: 'object' | 'no-members' };

/** The codes of reading a file: holds of the whole file, rejections of one record, findings. */
export const exportCodes = {
  'file-empty': hold<{ content: 'no-bytes' | 'no-bytes-unpacked' | 'blank' | 'no-rows' }>(),
  'file-without-rows': hold<{ format: 'csv' | 'json' }>(),
  'file-too-large': hold<{ maxBytes: number }>(),
  'file-of-too-many-rows': hold<{ maxRows: number }>(),
  'file-truncated': hold<Truncation>(),
  'file-length-differs': hold<{ read: number; announced: number }>(),
  'file-is-spreadsheet': hold(),
  'file-of-wrong-kind': hold<{ content: FileContent }>(),
  'file-in-other-format': hold<{ expected: 'csv' | 'json' }>(),
  'archive-damaged': hold<ArchiveDamage>(),
  'archive-of-many-files': hold<{ files: 'many' | 'none' }>(),
  'inflated-too-large': hold<{ limit: 'bytes' | 'ratio'; max: number }>(),
  'manifest-invalid': hold<{ mistake: 'missing' | 'not-object' | 'members' }>(),
  'manifest-differs': hold<{ what: 'rows'; announced: number; found: number } | { what: 'sha256' }>(),
  'trailer-missing': hold<{ pattern: Quote; text: Quote; line: number }>(),
  'trailer-differs': hold<{ announced: number; found: number; text: Quote; line: number }>(),
  'line-pattern-slow': hold<{ seconds: number; lines: number }>(),
  'encoding-unsupported': hold<{ declared: Quote }>(),
  'encoding-contradicted': hold<{ declared: string; mark: string }>(),
  'encoding-doubtful': hold<EncodingDoubt>(),
  'byte-undecodable': hold<{ encoding: string; line: number; isExact: boolean; byte: string | null }>(),
  'text-damaged': hold<TextDamage>(),
  'column-missing': hold<
    | { format: 'csv'; missing: readonly Quote[]; line: number; found: readonly Quote[]; isSingle: boolean }
    | { format: 'json'; member: Quote }
  >(),
  'column-doubled': hold<{ column: Quote; line: number } | { column: Quote; first: Quote; second: Quote }>(),
  'header-too-large': hold<{ columns: number }>(),
  'quotes-misplaced': hold<{ spoiled: number; rows: number; line: number }>(),
  'quote-never-closed': hold<{ line: number; lines: number }>(),
  'record-too-large': hold<{ line: number; maxChars: number | null }>(),
  'id-pattern-slow': hold<{ pattern: Quote; seconds: number; ids: number }>(),
  'row-too-wide': hold<{ line: number; cells: number; maxCells: number }>(),
  'json-broken': hold<{ line: number; mistake: JsonMistake }>(),
  'json-lines-with-commas': hold<{ line: number }>(),
  'json-records-missing': hold<RecordsTrouble>(),
  'file-of-one-page': hold<{ member: Quote }>(),
  /** `text`: what a row that is too short says; null for one that is too long. */
  'row-ragged': rejection<{ cells: number; expected: number; text: Quote | null }>(),
  'quote-misplaced': rejection(),
  'cell-too-long': rejection<{ column: Quote; chars: number; maxChars: number }>(),
  'control-character': rejection<{ column: Quote; character: string; value: Quote }>(),
  'invisible-character': rejection<{ column: Quote; character: string; value: Quote }>(),
  'id-in-scientific-notation': rejection<{ id: Quote }>(),
  'id-as-formula': rejection<{ id: Quote }>(),
  'id-as-number': rejection<{ id: Quote; restored: Quote }>(),
  'excel-error-value': rejection<{ column: Quote; value: Quote }>(),
  'object-in-place-of-text': rejection<{ column: Quote; value: Quote }>(),
  'blank-word': rejection<{ column: Quote; word: Quote }>(),
  'id-lost-zeros': rejection<{ id: Quote; restored: Quote }>(),
  'id-of-wrong-form': rejection<{ id: Quote; pattern: Quote }>(),
  'id-with-control-characters': rejection<{ id: Quote }>(),
  'id-too-long': rejection<{ id: Quote; chars: number; maxChars: number }>(),
  'json-record-broken': rejection(),
  'json-record-not-object': rejection<{ value: Quote }>(),
  'json-record-too-deep': rejection<{ depth: number; maxDepth: number }>(),
  'json-record-too-wide': rejection<{ parts: number; maxParts: number }>(),
  'json-key-doubled': rejection<{ key: Quote } | { column: Quote }>(),
  'filter-value-not-single': rejection<{ column: Quote }>(),
  'not-for-this-source': besideVerdict<{ column: Quote; value: Quote }>(),
  'encoding-detected': finding<{ encoding: string; samples: readonly Quote[] }>(),
  'json-list-found': finding<{ path: Quote }>(),
  'column-renamed': finding<{ written: Quote; column: Quote }>(),
  'column-unknown': finding<{ count: number; columns: readonly Quote[] }>(),
  'column-absent': finding<{ format: 'csv' | 'json'; column: Quote }>(),
  'header-changed': finding<{
    gone: readonly Quote[];
    added: readonly Quote[];
    moreGone: number;
    moreAdded: number;
  }>(),
  'lines-ignored': finding<{ lines: number; line: number }>(),
  'rows-without-anybody': finding<{ rows: number; line: number }>(),
  'preamble-skipped': finding<{ lines: number; headerLine: number }>(),
  'blank-words-undeclared': finding<{
    column: Quote;
    words: readonly Quote[];
    cells: number;
    line: number;
    areLeftOut: boolean;
  }>(),
  'names-of-question-marks': finding<{ column: Quote; value: Quote; values: number; line: number }>(),
  'accents-composed': finding<{ values: number; line: number }>(),
  'ids-of-other-form': finding<{ column: Quote; ids: readonly Quote[]; count: number; line: number }>(),
  'spaces-made-plain': finding<{ values: number; line: number }>(),
  'direction-marks-trimmed': finding<{ values: number; line: number }>(),
};

/** A code of this table. */
export type ExportCode = keyof typeof exportCodes;
