// A zip archive with one file → the bytes of that file. Read front to back, so that nothing is kept: the local header, the data, then the
// central directory, which must list just this one. Source: PKWARE APPNOTE.TXT 6.3.10, sections 4.3.7 to 4.3.16.
import { crc32, createInflateRaw } from 'node:zlib';
import { holdFile } from '../intake-hold';
import { createInflationGuard, inflateParts, type InflateRest } from './inflate';

const localHeaderBytes = 30;
const centralHeaderBytes = 46;
const endBytes = 22;
const flags = { encrypted: 0x1, descriptorFollows: 0x8 } as const;
const methods = { stored: 0, deflated: 8 } as const;
const signatures = { localFile: 0x04034b50, descriptor: 0x08074b50, centralFile: 0x02014b50 } as const;
/** A 32-bit size that stands for "see the zip64 field". */
const inZip64 = 0xffffffff;

const damaged = (what: string): Error => holdFile('archive-damaged', `The zip archive cannot be unpacked: ${what}.`);
const cut = (): Error =>
  holdFile('file-truncated', 'The zip archive ends in the middle. Please upload the whole file again.');

const readAtLeast = async (parts: AsyncIterator<Buffer>, have: Buffer, bytes: number): Promise<Buffer> => {
  let all = have;
  while (all.length < bytes) {
    const next = await parts.next();
    if (next.done === true) break;
    all = Buffer.concat([all, next.value]);
  }
  return all;
};

async function* startWith(first: Buffer, parts: AsyncIterator<Buffer>): AsyncGenerator<Buffer> {
  if (first.length > 0) yield first;
  for (;;) {
    const next = await parts.next();
    if (next.done === true) return;
    yield next.value;
  }
}

async function* copyStored(parts: AsyncIterator<Buffer>, size: number, rest: InflateRest): AsyncGenerator<Buffer> {
  for (let left = size; left > 0;) {
    const next = await parts.next();
    if (next.done === true) throw cut();
    const taken = next.value.subarray(0, left);
    rest.bytes = next.value.subarray(left);
    left -= taken.length;
    yield taken;
  }
}

/** The central directory must list one file, and the end record must be there. `at` is where the data descriptor or directory begins. */
const checkDirectory = (tail: Buffer, hasDescriptor: boolean, crcInHeader: number, crc: number): void => {
  let at = 0;
  let expectedCrc = crcInHeader;
  if (hasDescriptor) {
    if (tail.length < 16) throw cut();
    const signed = tail.readUInt32LE(0) === signatures.descriptor ? 4 : 0;
    expectedCrc = tail.readUInt32LE(signed);
    // Two sizes of 4 bytes, or of 8 in zip64: the directory's signature tells which.
    const [short, long] = [signed + 12, signed + 20];
    const isNext = (from: number): boolean =>
      tail.length >= from + 4 &&
      [signatures.centralFile, signatures.localFile].some((sign) => sign === tail.readUInt32LE(from));
    at = isNext(short) ? short : isNext(long) ? long : tail.length;
  }
  if (crc !== expectedCrc) throw damaged('its checksum is wrong');
  if (tail.length < at + centralHeaderBytes) throw cut();
  if (tail.readUInt32LE(at) === signatures.localFile) {
    throw holdFile('archive-of-many-files', 'The zip archive holds more than one file; it must hold exactly one.');
  }
  if (tail.readUInt32LE(at) !== signatures.centralFile) throw damaged('its directory is missing');
  const behind =
    at + centralHeaderBytes + tail.readUInt16LE(at + 28) + tail.readUInt16LE(at + 30) + tail.readUInt16LE(at + 32);
  if (tail.length >= behind + 4 && tail.readUInt32LE(behind) === signatures.centralFile) {
    throw holdFile('archive-of-many-files', 'The zip archive holds more than one file; it must hold exactly one.');
  }
  const end = tail.indexOf('PK\x05\x06', behind, 'latin1');
  if (end === -1 || tail.length < end + endBytes || tail.length < end + endBytes + tail.readUInt16LE(end + 20))
    throw cut();
};

/** Bytes behind the data that are looked at: one directory entry, its names and comments of 64 KiB each at most. */
const maxTailBytes = 262_144;

/** Unpacks the one file of a zip archive; throws holds for many files, encryption, damage, a cut archive, or too much inside. */
export async function* unpackZip(bytes: AsyncIterable<Buffer>, maxInflatedBytes: number): AsyncGenerator<Buffer> {
  const source = bytes[Symbol.asyncIterator]();
  try {
    let head = await readAtLeast(source, Buffer.alloc(0), localHeaderBytes);
    if (head.length < localHeaderBytes) throw cut();
    const dataAt = localHeaderBytes + head.readUInt16LE(26) + head.readUInt16LE(28);
    head = await readAtLeast(source, head, dataAt);
    if (head.length < dataAt) throw cut();
    const bits = head.readUInt16LE(6);
    const method = head.readUInt16LE(8);
    const size = head.readUInt32LE(18);
    if ((bits & flags.encrypted) !== 0) throw damaged('it is encrypted');
    if (head.toString('latin1', localHeaderBytes, dataAt).startsWith('__MACOSX/'))
      throw damaged('it begins with files of macOS');
    const hasDescriptor = (bits & flags.descriptorFollows) !== 0;
    const guard = createInflationGuard(maxInflatedBytes);
    const rest: InflateRest = { bytes: Buffer.alloc(0) };
    const parts = startWith(head.subarray(dataAt), source);
    let crc = 0;
    let data: AsyncGenerator<Buffer>;
    if (method === methods.deflated) data = inflateParts(parts, createInflateRaw(), guard, rest);
    else if (method === methods.stored && !hasDescriptor && size !== inZip64) data = copyStored(parts, size, rest);
    else throw damaged(`its method (${method}) is not known here`);
    for await (const part of data) {
      if (method === methods.stored) guard(part.length, size);
      crc = crc32(part, crc);
      yield part;
    }
    const tail: Buffer[] = [rest.bytes];
    let tailBytes = rest.bytes.length;
    for (;;) {
      const next = await parts.next();
      if (next.done === true) break;
      tailBytes += next.value.length;
      if (tailBytes > maxTailBytes) {
        throw holdFile('archive-of-many-files', 'The zip archive holds more than one file; it must hold exactly one.');
      }
      tail.push(next.value);
    }
    checkDirectory(Buffer.concat(tail), hasDescriptor, head.readUInt32LE(14), crc);
  } finally {
    await source.return?.();
  }
}
