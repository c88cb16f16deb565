// Recognises by its first bytes what a file is, whatever its name says.
import type { FileContent } from '../export-codes';
import { holdFile } from '../hold-file';
import { withoutZerosAtTheEnd } from './zero-bytes';

interface Signature {
  readonly what: FileContent;
  readonly startsWith: readonly string[];
}

// Latin-1 text of the first bytes. Sources: the formats' own specifications, as collected in file(1)'s magic.
const binarySignatures: readonly Signature[] = [
  { what: 'pdf', startsWith: ['%PDF-'] },
  { what: 'image', startsWith: ['\x89PNG', '\xff\xd8\xff', 'GIF8', 'II*\0', 'MM\0*', 'RIFF', 'BM'] },
  { what: 'program', startsWith: ['MZ', '\x7fELF', '\xcf\xfa\xed\xfe', '\xca\xfe\xba\xbe', '#!'] },
  {
    what: 'archive',
    startsWith: ['Rar!', '7z\xbc\xaf\x27\x1c', 'BZh', '\xfd7zXZ', '\x28\xb5\x2f\xfd', 'PK\x05\x06', 'PK\x07\x08'],
  },
  { what: 'database', startsWith: ['SQLite format 3', 'PAR1', 'Obj\x01'] },
  { what: 'rich-text', startsWith: ['{\\rtf'] },
];

const spreadsheetEntry = /^(?:\[Content_Types\]\.xml|_rels\/|xl\/|docProps\/|mimetype$)/;
const webPage = /^(?:<!doctype|<html|<head|<body|<script|<!--)/i;
const xmlDocument = /^<(?:\?xml|[a-z][\w:.-]*[\s>/])/i;

/** `gzip` and `zip` are unpacked, `text` is read. */
export type FileKind = 'gzip' | 'zip' | 'text';

/** Share of control bytes above which a file is not text; UTF-16 with many Polish letters has some 5 %. Our choice, 2026-11. */
const maxControlShare = 0.15;

/** Share of NUL at both even and odd positions above which a file is not text: UTF-16 of Latin letters has them at one of the two. */
const maxNulShare = 0.1;

/** Without the Ctrl-Z of DOS at the end, which may fill up a sector. */
const withoutEndMark = (head: Buffer): Buffer => {
  let end = head.length;
  while (end > 0 && head[end - 1] === 0x1a) end--;
  return head.subarray(0, end);
};

const isBinary = (whole: Buffer): boolean => {
  const head = withoutEndMark(whole);
  let controls = 0;
  const nul = { even: 0, odd: 0 };
  head.forEach((byte, at) => {
    if (byte === 0) nul[at % 2 === 0 ? 'even' : 'odd']++;
    else if (byte < 9 || (byte > 13 && byte < 32) || byte === 127) controls++;
  });
  const isUtf32 = head.subarray(0, 4).equals(Buffer.from([0xff, 0xfe, 0, 0]));
  return (
    controls > head.length * maxControlShare || (Math.min(nul.even, nul.odd) > head.length * maxNulShare && !isUtf32)
  );
};

const zipEntryName = (head: Buffer): string => head.toString('latin1', 30, 30 + head.readUInt16LE(26));

/** Recognises the kind by content; throws a hold for a file that can never be a table of people. */
export const recogniseKind = (head: Buffer): FileKind => {
  const start = head.toString('latin1', 0, 64);
  if (start.startsWith('\x1f\x8b')) return 'gzip';
  if (start.startsWith('PK\x03\x04')) {
    if (head.length >= 30 && spreadsheetEntry.test(zipEntryName(head))) {
      throw holdFile('file-is-spreadsheet', {});
    }
    return 'zip';
  }
  if (start.startsWith('\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1')) {
    throw holdFile('file-is-spreadsheet', {});
  }
  const binary = binarySignatures.find((signature) => signature.startsWith.some((bytes) => start.startsWith(bytes)));
  // Two letters are not enough: a header may begin with BM or MZ, but then no control byte follows.
  if (
    binary !== undefined &&
    (!/^(?:BM|MZ|#!|RIFF)/.test(start) || /[\0-\x08]/.test(start) || start.startsWith('#!/'))
  ) {
    throw holdFile('file-of-wrong-kind', { content: binary.what });
  }
  const text = start
    .replace(/^\xef\xbb\xbf/, '')
    .replace(/^(?:\xff\xfe|\xfe\xff)/, '')
    .replaceAll('\0', '')
    .trimStart();
  if (webPage.test(text)) {
    throw holdFile('file-of-wrong-kind', { content: 'web-page' });
  }
  if (xmlDocument.test(text)) throw holdFile('file-of-wrong-kind', { content: 'xml' });
  // What was half written ends in zeros: its reader says so.
  if (isBinary(withoutZerosAtTheEnd(head))) {
    throw holdFile('file-of-wrong-kind', { content: 'binary' });
  }
  return 'text';
};
