// The names of encodings: what people write in settings → the one name used here.
import iconv from 'iconv-lite';
import { holdFile } from '../intake-hold';

const sameAs: Readonly<Record<string, string>> = {
  utf8: 'utf-8',
  'utf-8-sig': 'utf-8',
  utf8bom: 'utf-8',
  'utf-16': 'utf-16le',
  utf16: 'utf-16le',
  utf16le: 'utf-16le',
  utf16be: 'utf-16be',
  'ucs-2': 'utf-16le',
  unicode: 'utf-16le',
  ascii: 'utf-8',
  'us-ascii': 'utf-8',
  cp1252: 'windows-1252',
  win1252: 'windows-1252',
  'windows 1252': 'windows-1252',
  ansi: 'windows-1252',
  cp1250: 'windows-1250',
  win1250: 'windows-1250',
  // WHATWG reads ISO-8859-1 as Windows-1252, and so does every browser and mail program: the files mean that.
  latin1: 'windows-1252',
  'iso-8859-1': 'windows-1252',
  'iso8859-1': 'windows-1252',
  latin2: 'iso-8859-2',
  latin9: 'iso-8859-15',
  'iso8859-2': 'iso-8859-2',
  'iso8859-15': 'iso-8859-15',
};

/** The lower-case name of a declared encoding; throws a hold for one that cannot be read. */
export const nameEncoding = (declared: string): string => {
  const written = declared.trim().toLowerCase();
  const dashed = written.replaceAll('_', '-');
  const known = Object.hasOwn(sameAs, dashed) ? sameAs[dashed] : undefined;
  const name = known ?? (/^(?:windows|iso|utf)-/.test(dashed) ? dashed : written);
  if (!iconv.encodingExists(name)) {
    throw holdFile('encoding-unsupported', `The source declares the encoding "${declared}", which does not exist.`);
  }
  return name;
};
