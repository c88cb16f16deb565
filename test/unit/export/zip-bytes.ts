// Writes zip archives byte by byte, so that a test can have each form of an entry, and each mistake in it (PKWARE APPNOTE.TXT 6.3.10).
import { crc32, deflateRawSync } from 'node:zlib';

/** One entry. Checksum and sizes are the right ones unless given. */
export interface ZipEntry {
  readonly name: string;
  readonly content: string | Buffer;
  readonly crc?: number;
  /** `streamed`: checksum and sizes follow the data, as `zip -` and most servers write them; `zip64`: with sizes of 8 bytes. */
  readonly form?: 'stored' | 'deflated' | 'streamed' | 'streamed-unsigned' | 'streamed-zip64';
  /** Length that the header states for stored data. */
  readonly statedSize?: number;
}

const bytesOf = (parts: readonly (readonly [value: number, bytes: 2 | 4 | 8])[]): Buffer =>
  Buffer.concat(
    parts.map(([value, bytes]) => {
      const part = Buffer.alloc(bytes);
      if (bytes === 8) part.writeBigUInt64LE(BigInt(value));
      else part.writeUIntLE(value, 0, bytes);
      return part;
    }),
  );

function localPart({ name, content, form = 'deflated', ...stated }: ZipEntry): Buffer {
  const plain = Buffer.from(content);
  const data = form === 'stored' ? plain : deflateRawSync(plain);
  const crc = stated.crc ?? crc32(plain);
  const isStreamed = form.startsWith('streamed');
  const header = bytesOf([
    [0x04034b50, 4],
    [20, 2],
    [isStreamed ? 8 : 0, 2],
    [form === 'stored' ? 0 : 8, 2],
    [0, 4],
    [isStreamed ? 0 : crc, 4],
    [isStreamed ? 0 : (stated.statedSize ?? data.length), 4],
    [isStreamed ? 0 : plain.length, 4],
    [name.length, 2],
    [0, 2],
  ]);
  const size = form === 'streamed-zip64' ? 8 : 4;
  const descriptor = bytesOf([
    ...(form === 'streamed-unsigned' ? [] : ([[0x08074b50, 4]] as const)),
    [crc, 4],
    [data.length, size],
    [plain.length, size],
  ]);
  return Buffer.concat([header, Buffer.from(name), data, ...(isStreamed ? [descriptor] : [])]);
}

const centralPart = ({ name }: ZipEntry, comment: string): Buffer =>
  Buffer.concat([
    bytesOf([[0x02014b50, 4]]),
    Buffer.alloc(24),
    bytesOf([
      [name.length, 2],
      [0, 2],
      [comment.length, 2],
    ]),
    Buffer.alloc(12),
    Buffer.from(name + comment),
  ]);

/** The archive; every entry in its directory has the comment `entryComment`. */
export function zipBytes(entries: readonly ZipEntry[], entryComment = '', archiveComment = ''): Buffer {
  return Buffer.concat([
    ...entries.map(localPart),
    ...entries.map((entry) => centralPart(entry, entryComment)),
    bytesOf([[0x06054b50, 4]]),
    Buffer.alloc(16),
    bytesOf([[archiveComment.length, 2]]),
    Buffer.from(archiveComment),
  ]);
}
