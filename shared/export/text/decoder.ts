// Bytes → text in a known encoding, part by part; an invalid byte holds the file.
import { isAscii, isUtf8 } from 'node:buffer';
import iconv from 'iconv-lite';
import { holdFile } from '../hold-file';
import { createAppendedTextSearch } from './appended-text';
import { singleByteTable } from './single-byte';

/** Decodes text in parts. Throws `byte-undecodable`, or `file-truncated` if the text ends within a character. */
export interface TextDecoderOfParts {
  decode(part: Buffer): string;
  end(): string;
}

const countLines = (bytes: Buffer, end: number): number => {
  let lines = 0;
  for (let at = bytes.indexOf(10); at !== -1 && at < end; at = bytes.indexOf(10, at + 1)) lines++;
  return lines;
};

const countLineFeeds = (text: string): number => {
  let lines = 0;
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) lines++;
  return lines;
};

const hexByte = (byte: number): string => `0x${byte.toString(16).toUpperCase().padStart(2, '0')}`;

/** `byte` is null if it is not known; `isExact` is false if the byte may also be on a later line. */
const undecodable = (encoding: string, line: number, byte: number | null, isExact = true): Error =>
  holdFile('byte-undecodable', { encoding, line, isExact, byte: byte === null ? null : hexByte(byte) }, { line });

/** Number of bytes at the end that begin a UTF-8 character without completing it. */
export const unfinishedUtf8 = (bytes: Buffer): number => {
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes.readUInt8(bytes.length - back);
    if ((byte & 0xc0) === 0x80) continue;
    const length =
      byte >= 0xf0 && byte <= 0xf4 ? 4 : byte >= 0xe0 && byte < 0xf0 ? 3 : byte >= 0xc2 && byte < 0xe0 ? 2 : 1;
    return length > back ? back : 0;
  }
  return 0;
};

/** Length of the longest prefix that is valid UTF-8. */
export const validUtf8Length = (bytes: Buffer): number => {
  let low = 0;
  let high = bytes.length;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    const part = bytes.subarray(0, middle);
    if (isUtf8(part.subarray(0, middle - unfinishedUtf8(part)))) low = middle;
    else high = middle - 1;
  }
  return low - unfinishedUtf8(bytes.subarray(0, low));
};

const createUtf8Decoder = (): TextDecoderOfParts => {
  let rest: Buffer = Buffer.alloc(0);
  let line = 1;
  const lineOf = (bytes: Buffer, end: number): number => line + countLines(bytes, end);
  return {
    decode(part) {
      if (rest.length === 0 && isAscii(part)) {
        line += countLines(part, part.length);
        return part.toString('latin1');
      }
      const bytes = rest.length === 0 ? part : Buffer.concat([rest, part]);
      const whole = bytes.subarray(0, bytes.length - unfinishedUtf8(bytes));
      if (!isUtf8(whole)) {
        const valid = validUtf8Length(whole);
        throw undecodable('utf-8', lineOf(whole, valid), whole.readUInt8(valid));
      }
      rest = Buffer.from(bytes.subarray(whole.length));
      line += countLines(whole, whole.length);
      return whole.toString('utf8');
    },
    end() {
      if (rest.length > 0) throw holdFile('file-truncated', { within: 'character', line }, { line });
      return '';
    },
  };
};

// By code, not by class: the class of the error differs between realms.
const isUndecodable = (cause: unknown): boolean =>
  typeof cause === 'object' && cause !== null && 'code' in cause && cause.code === 'ERR_ENCODING_INVALID_ENCODED_DATA';

const createUtf16Decoder = (encoding: 'utf-16le' | 'utf-16be'): TextDecoderOfParts => {
  const decoder = new TextDecoder(encoding, { fatal: true, ignoreBOM: true });
  const findAppended = createAppendedTextSearch();
  let line = 1;
  let count = 0;
  return {
    decode(part) {
      count += part.length;
      try {
        const text = decoder.decode(part, { stream: true });
        const appended = findAppended(text);
        line += countLineFeeds(appended === -1 ? text : text.slice(0, appended));
        if (appended !== -1) throw holdFile('text-damaged', { damage: 'encoding-changes', line }, { line });
        return text;
      } catch (cause) {
        if (!isUndecodable(cause)) throw cause;
        throw undecodable(encoding, line, null, false);
      }
    },
    end() {
      try {
        return decoder.decode();
      } catch (cause) {
        if (!isUndecodable(cause)) throw cause;
        throw count % 2 === 1
          ? holdFile('file-truncated', { within: 'character', line }, { line })
          : undecodable(encoding, line, null);
      }
    },
  };
};

const createTableDecoder = (encoding: string): TextDecoderOfParts => {
  const table = singleByteTable(encoding);
  const decoder = iconv.getDecoder(encoding);
  const undefinedBytes =
    table === null ? [] : Array.from(table).flatMap((character, byte) => (character === '\ufffd' ? [byte] : []));
  let line = 1;
  return {
    decode(part) {
      if (table !== null && isAscii(part)) {
        line += countLines(part, part.length);
        return part.toString('latin1');
      }
      for (const byte of undefinedBytes) {
        const at = part.indexOf(byte);
        if (at !== -1) throw undecodable(encoding, line + countLines(part, at), byte);
      }
      const text = decoder.write(part);
      if (text.includes('\ufffd')) throw undecodable(encoding, line, null, false);
      line += countLines(part, part.length);
      return text;
    },
    end() {
      const text = decoder.end() ?? '';
      if (text.includes('\ufffd')) throw holdFile('file-truncated', { within: 'character', line }, { line });
      return text;
    },
  };
};

/** Makes a strict decoder for a name from `nameEncoding`. The byte order mark must already be removed. */
export const createDecoder = (encoding: string): TextDecoderOfParts => {
  if (encoding === 'utf-8') return createUtf8Decoder();
  if (encoding === 'utf-16le' || encoding === 'utf-16be') return createUtf16Decoder(encoding);
  return createTableDecoder(encoding);
};
