// A zip archive with one file → the bytes of that file. Read front to back, so that nothing is kept: entries, each a local header and its
// data, then the central directory. Source: PKWARE APPNOTE.TXT 6.3.10, sections 4.3.7 to 4.3.16.
import type { ArchiveDamage } from '../export-codes';
import { crc32, createInflateRaw } from 'node:zlib';
import { holdFile } from '../hold-file';
import { createInflationGuard, inflateParts, type InflateRest } from './inflate';
import { createUnreadBytes, type UnreadBytes } from './unread-bytes';

const localHeaderBytes = 30;
const centralHeaderBytes = 46;
const endBytes = 22;
/** With signature, checksum and two sizes of zip64. */
const maxDescriptorBytes = 24;
const signatureBytes = 4;
const flags = { encrypted: 0x1, descriptorFollows: 0x8 } as const;
const methods = { stored: 0, deflated: 8 } as const;
const signatures = { localFile: 0x04034b50, descriptor: 0x08074b50, centralFile: 0x02014b50 } as const;
/** A 32-bit size that means "see the zip64 field". */
const inZip64 = 0xffffffff;

/** Entries of an archive with one file, counting folders and what macOS adds. Our choice, 2026-11. */
const maxEntries = 100;
/** Unpacked bytes of all entries that macOS adds, together. Our choice, 2026-11; some kilobytes are usual. */
const maxExtraBytes = 1_048_576;
/** Largest central directory that is read, bytes. */
const maxDirectoryBytes = 262_144;

const damaged = (damage: ArchiveDamage): Error => holdFile('archive-damaged', damage);
const cut = (): Error => holdFile('file-truncated', { within: 'archive' });
const manyFiles = (): Error => holdFile('archive-of-many-files', { files: 'many' });

type Guard = (inflated: number, compressed: number) => void;

interface Entry {
  readonly name: string;
  readonly method: number;
  readonly size: number;
  readonly crc: number;
  readonly hasDescriptor: boolean;
}

const isFolder = (name: string): boolean => name.endsWith('/');

/** Folders, and the entries that Finder adds to an archive. */
const isExtra = (name: string): boolean =>
  isFolder(name) || name.startsWith('__MACOSX/') || /(?:^|\/)\.DS_Store$/.test(name);

const readHeader = async (from: UnreadBytes): Promise<Entry> => {
  const fixed = await from.peek(localHeaderBytes);
  if (fixed.length < localHeaderBytes) throw cut();
  const nameBytes = fixed.readUInt16LE(26);
  const dataAt = localHeaderBytes + nameBytes + fixed.readUInt16LE(28);
  const header = await from.peek(dataAt);
  if (header.length < dataAt) throw cut();
  from.skip(dataAt);
  const bits = header.readUInt16LE(6);
  if ((bits & flags.encrypted) !== 0) throw damaged({ damage: 'encrypted' });
  return {
    name: header.toString('latin1', localHeaderBytes, localHeaderBytes + nameBytes),
    method: header.readUInt16LE(8),
    crc: header.readUInt32LE(14),
    size: header.readUInt32LE(18),
    hasDescriptor: (bits & flags.descriptorFollows) !== 0,
  };
};

async function* copyStored(from: UnreadBytes, size: number, guard: Guard): AsyncGenerator<Buffer> {
  for (let left = size; left > 0;) {
    const next = await from.take();
    if (next === null) throw cut();
    const taken = next.subarray(0, left);
    from.putBack(next.subarray(left));
    left -= taken.length;
    guard(taken.length, size);
    yield taken;
  }
}

async function* inflate(from: UnreadBytes, guard: Guard): AsyncGenerator<Buffer> {
  const rest: InflateRest = { bytes: Buffer.alloc(0) };
  yield* inflateParts(from.all(), createInflateRaw(), guard, rest);
  from.putBack(rest.bytes);
}

const readData = (from: UnreadBytes, entry: Entry, guard: Guard): AsyncGenerator<Buffer> => {
  const { name, method, size, hasDescriptor } = entry;
  if (method === methods.deflated) return inflate(from, guard);
  // The length of a stored file is unknown if its size comes after its data; a folder has no data.
  if (method === methods.stored && (!hasDescriptor || isFolder(name)) && size !== inZip64)
    return copyStored(from, size, guard);
  throw damaged({ damage: 'method', method });
};

/** The checksum that the archive gives, in the header or after the data. */
const readCrc = async (from: UnreadBytes, entry: Entry): Promise<number> => {
  if (!entry.hasDescriptor) return entry.crc;
  const descriptor = await from.peek(maxDescriptorBytes + signatureBytes);
  if (descriptor.length < 16) throw cut();
  const signed = descriptor.readUInt32LE(0) === signatures.descriptor ? 4 : 0;
  // Two sizes of 4 bytes, or of 8 in zip64: the next signature tells which.
  const end = [signed + 12, signed + 20].find(
    (at) =>
      descriptor.length >= at + signatureBytes &&
      [signatures.centralFile, signatures.localFile].some((sign) => sign === descriptor.readUInt32LE(at)),
  );
  from.skip(end ?? descriptor.length);
  return descriptor.readUInt32LE(signed);
};

const hasMore = async (from: UnreadBytes): Promise<boolean> => {
  const next = await from.peek(signatureBytes);
  return next.length >= signatureBytes && next.readUInt32LE(0) === signatures.localFile;
};

/** The central directory must list the entries that were read, and the end record must be there. */
const checkDirectory = (directory: Buffer, entries: number): void => {
  const isEntry = (at: number): boolean =>
    directory.length >= at + signatureBytes && directory.readUInt32LE(at) === signatures.centralFile;
  if (directory.length < centralHeaderBytes) throw cut();
  if (!isEntry(0)) throw damaged({ damage: 'no-directory' });
  let at = 0;
  let listed = 0;
  for (; isEntry(at); listed++) {
    if (directory.length < at + centralHeaderBytes) throw cut();
    at +=
      centralHeaderBytes +
      directory.readUInt16LE(at + 28) +
      directory.readUInt16LE(at + 30) +
      directory.readUInt16LE(at + 32);
  }
  const end = directory.indexOf('PK\x05\x06', at, 'latin1');
  if (
    end === -1 ||
    directory.length < end + endBytes ||
    directory.length < end + endBytes + directory.readUInt16LE(end + 20)
  )
    throw cut();
  if (listed > entries) throw manyFiles();
  // An entry that was deleted or replaced stays in the archive, but not in its directory.
  if (listed < entries) throw damaged({ damage: 'other-directory' });
};

/**
 * Unpacks the one file of a zip archive, which may also contain folders and what macOS adds; throws holds for many files or none,
 * encryption, damage, a truncated archive, or too many bytes inside.
 */
export async function* unpackZip(bytes: AsyncIterable<Buffer>, maxInflatedBytes: number): AsyncGenerator<Buffer> {
  const from = createUnreadBytes(bytes);
  try {
    const guardFile = createInflationGuard(maxInflatedBytes);
    let extraBytes = 0;
    const guardExtras: Guard = (inflated) => {
      extraBytes += inflated;
      if (extraBytes > maxExtraBytes) throw manyFiles();
    };
    let files = 0;
    let entries = 0;
    do {
      const entry = await readHeader(from);
      entries++;
      const isFile = !isExtra(entry.name);
      if (isFile) files++;
      if (files > 1 || entries > maxEntries) throw manyFiles();
      let crc = 0;
      for await (const part of readData(from, entry, isFile ? guardFile : guardExtras)) {
        crc = crc32(part, crc);
        if (isFile) yield part;
      }
      if (crc !== (await readCrc(from, entry))) throw damaged({ damage: 'checksum' });
    } while (await hasMore(from));
    if (files === 0) throw holdFile('archive-of-many-files', { files: 'none' });
    const directory = await from.peek(maxDirectoryBytes + 1);
    if (directory.length > maxDirectoryBytes) throw manyFiles();
    checkDirectory(directory, entries);
  } finally {
    await from.close();
  }
}
