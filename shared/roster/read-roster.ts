// Reading a roster: as a stream of entries, or whole for look-ups. What is damaged is told, never used.
import { viewOf } from './entry-bytes';
import type { RosterHeader } from './roster-file';
import { crcOf, damaged, entryBytesOf, readHeader, TRAILER_BYTES, trailerOf } from './roster-file';
import { RosterTable } from './roster-table';

/** A roster whose header has been read. */
export interface OpenRoster {
  readonly header: RosterHeader;
  /** Whole entries, some at a time. Ends with `RollcallError` if the file is damaged: nothing may rest on it before it has ended. */
  readonly blocks: AsyncIterable<Buffer>;
}

/** Longest header that is looked for, bytes: far more than any mapping has attributes. */
const MAX_HEADER_BYTES = 4 * 1024 * 1024;
const LF = 10;

/** Reads the header of a source's roster. Throws `RollcallError` if it is no roster of the source. */
export async function openRoster(chunks: AsyncIterable<Uint8Array>, source: string): Promise<OpenRoster> {
  const pieces = chunks[Symbol.asyncIterator]();
  let begin: Buffer = Buffer.alloc(0);
  let end = -1;
  try {
    while (end < 0) {
      const next = await pieces.next();
      if (next.done === true || begin.length > MAX_HEADER_BYTES) throw damaged('it has no header');
      begin = Buffer.concat([begin, next.value]);
      end = begin.indexOf(LF);
    }
    const line = begin.subarray(0, end + 1);
    const header = readHeader(line, source);
    return { header, blocks: readBlocks(entryBytesOf(header), crcOf(line), begin.subarray(end + 1), pieces) };
  } catch (error) {
    await pieces.return?.();
    throw error;
  }
}

async function* readBlocks(
  entryBytes: number,
  headerCrc: number,
  begin: Buffer,
  pieces: AsyncIterator<Uint8Array>,
): AsyncGenerator<Buffer> {
  let crc = headerCrc;
  let count = 0;
  let rest = begin;
  let last = BEFORE_ALL;
  try {
    for (let isOver = false; !isOver;) {
      // The last bytes of a chunk may be the trailer.
      const whole = Math.max(0, Math.floor((rest.length - TRAILER_BYTES) / entryBytes));
      if (whole > 0) {
        const block = rest.subarray(0, whole * entryBytes);
        rest = rest.subarray(block.length);
        crc = crcOf(block, crc);
        count += whole;
        last = lastKeyOf(block, entryBytes, last);
        yield block;
      }
      const next = await pieces.next();
      isOver = next.done === true;
      if (next.done !== true) rest = Buffer.concat([rest, next.value]);
    }
  } finally {
    await pieces.return?.();
  }
  checkEnd(rest, count, crc);
}

function checkEnd(rest: Buffer, count: number, crc: number): void {
  if (!rest.equals(trailerOf(count, crc))) throw damaged('its end is missing or its checksum is wrong');
}

/** A key in two halves: whoever looks at all of them would otherwise make a bigint of each. */
interface Halves {
  readonly upper: number;
  readonly lower: number;
}

/** Less than any key. */
const BEFORE_ALL: Halves = { upper: -1, lower: 0 };

/** The greatest key of a block; throws if its entries, the one before them included, are not in order. */
function lastKeyOf(block: Buffer, entryBytes: number, before: Halves): Halves {
  const view = viewOf(block);
  let { upper, lower } = before;
  for (let at = 0; at < block.length; at += entryBytes) {
    const [nextUpper, nextLower] = [view.getUint32(at), view.getUint32(at + 4)];
    if (nextUpper < upper || (nextUpper === upper && nextLower <= lower)) throw damaged('its entries are not in order');
    upper = nextUpper;
    lower = nextLower;
  }
  return { upper, lower };
}

/**
 * Loads a whole roster for look-ups; `most` is the length of its file, or more. It is read into its place and checked there, since copies of so much
 * would be most of what a nightly intake takes. Throws `RollcallError` if it is damaged.
 */
export async function loadRoster(
  chunks: AsyncIterable<Uint8Array>,
  source: string,
  most: number,
): Promise<RosterTable> {
  const file = Buffer.allocUnsafeSlow(most);
  let end = 0;
  for await (const chunk of chunks) {
    if (end + chunk.length > most) throw damaged('it is longer than it was written');
    file.set(chunk, end);
    end += chunk.length;
  }
  return checkWhole(file.subarray(0, end), source);
}

function checkWhole(file: Buffer, source: string): RosterTable {
  const line = file.subarray(0, file.indexOf(LF) + 1);
  if (line.length === 0) throw damaged('it has no header');
  const header = readHeader(line, source);
  const entryBytes = entryBytesOf(header);
  const count = Math.max(0, Math.floor((file.length - line.length - TRAILER_BYTES) / entryBytes));
  const entries = file.subarray(line.length, line.length + count * entryBytes);
  lastKeyOf(entries, entryBytes, BEFORE_ALL);
  checkEnd(file.subarray(line.length + entries.length), count, crcOf(entries, crcOf(line)));
  return new RosterTable(header, entries);
}
