// The names of encodings: what people write in settings → the one name used here. Which encodings are detected: legacy-encoding.ts.
import { quote } from '../../core/message';
import iconv from 'iconv-lite';
import { holdFile } from '../hold-file';

/** Keyed by letters and digits alone, so that `ISO_8859-1`, `iso8859-1` and `iso88591` are one name. */
const sameAs: Readonly<Record<string, string>> = {
  utf8: 'utf-8',
  utf8sig: 'utf-8',
  utf8bom: 'utf-8',
  ascii: 'utf-8',
  usascii: 'utf-8',
  utf16: 'utf-16le',
  utf16le: 'utf-16le',
  utf16be: 'utf-16be',
  ucs2: 'utf-16le',
  unicode: 'utf-16le',
  cp1252: 'windows-1252',
  win1252: 'windows-1252',
  windows1252: 'windows-1252',
  ansi: 'windows-1252',
  cp1250: 'windows-1250',
  win1250: 'windows-1250',
  windows1250: 'windows-1250',
  // WHATWG reads ISO-8859-1 as Windows-1252, and so does every browser and mail program, so files that declare it contain Windows-1252.
  latin1: 'windows-1252',
  l1: 'windows-1252',
  iso88591: 'windows-1252',
  latin2: 'iso-8859-2',
  iso88592: 'iso-8859-2',
  latin9: 'iso-8859-15',
  iso885915: 'iso-8859-15',
};

// Node's own notations for bytes, not encodings of text files.
const notations = ['base64', 'hex', 'binary'];

/** The lower-case name of a declared encoding, or `null` for one that cannot be read. */
export const findEncoding = (declared: string): string | null => {
  const written = declared.trim().toLowerCase();
  const key = written.replace(/[^0-9a-z]/g, '');
  if (Object.hasOwn(sameAs, key)) return sameAs[key] ?? null;
  return !notations.includes(key) && iconv.encodingExists(written) ? written : null;
};

/** The lower-case name of a declared encoding; throws a hold for one that cannot be read. */
export const nameEncoding = (declared: string): string => {
  const name = findEncoding(declared);
  if (name !== null) return name;
  throw holdFile('encoding-unsupported', { declared: quote(declared) });
};
