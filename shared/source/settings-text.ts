// The bytes of a source.json as text.
import iconv from 'iconv-lite';

/** Decodes settings: UTF-8, or UTF-16 by its byte order mark, as Windows PowerShell writes with `>`. */
export function readSettingsText(bytes: Buffer): string {
  const start = bytes.toString('latin1', 0, 2);
  if (start === '\xff\xfe') return iconv.decode(bytes, 'utf-16le');
  if (start === '\xfe\xff') return iconv.decode(bytes, 'utf-16be');
  return bytes.toString('utf8').replace(/^\uFEFF/, '');
}
