// Encodings in which one byte is one character: their tables.
import iconv from 'iconv-lite';

const tables = new Map<string, string | null>();

const makeTable = (encoding: string): string | null => {
  const bytes = Array.from({ length: 256 }, (_, byte) => byte);
  // In a multi-byte encoding, some bytes form one character with the next.
  if (bytes.some((byte) => iconv.decode(Buffer.from([byte, 0x40]), encoding).length !== 2)) return null;
  const table = bytes.map((byte) => iconv.decode(Buffer.from([byte]), encoding));
  return table.map((character) => (/[\x80-\x9f]/.test(character) ? '\ufffd' : character)).join('');
};

/** The 256 characters of a single-byte encoding, or `null` for any other. Undefined bytes and C1 controls are `U+FFFD`. */
export const singleByteTable = (encoding: string): string | null => {
  const known = tables.get(encoding);
  if (known !== undefined) return known;
  const table = makeTable(encoding);
  tables.set(encoding, table);
  return table;
};

/** The text of bytes, written as Latin-1, by such a table. */
export const readByTable = (bytes: string, table: string): string => {
  let text = '';
  for (let at = 0; at < bytes.length; at++) text += table[bytes.charCodeAt(at)] ?? '';
  return text;
};
