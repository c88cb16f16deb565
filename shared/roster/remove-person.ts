// Taking one person out of a roster: a new file without the entry takes the place of the current one, unless another process was faster.
import { RollcallError } from '../core/errors';
import { keyAt } from './entry-bytes';
import { openRoster } from './read-roster';
import { crcOf, entryBytesOf, headerLine, trailerOf } from './roster-file';
import type { RosterStore, RosterWriter } from './roster-store';
import { MAX_ROSTER_ATTEMPTS } from './update-roster';

/**
 * Removes the entry of a person. False if there is none; then nothing is changed. Throws `RollcallError` (retry) if other processes were faster
 * every time, or if the roster is damaged.
 */
export async function removePerson(store: RosterStore, source: string, idHash: bigint): Promise<boolean> {
  for (let attempt = 0; attempt < MAX_ROSTER_ATTEMPTS; attempt++) {
    const current = await store.current(source);
    if (current === null) return false;
    const { header, blocks } = await openRoster(await store.read(current.value), source);
    const writer = store.replace(source, current);
    const line = headerLine(header);
    await writer.append(line);
    const copied = await copyWithout(blocks, idHash, entryBytesOf(header), crcOf(line), writer);
    if (!copied.isFound) return false;
    await writer.append(trailerOf(copied.count, copied.crc));
    if ((await writer.commit()) !== null) return true;
  }
  throw new RollcallError('roster-contended', 'retry', 'the roster changed at every attempt to replace it');
}

interface Copied {
  readonly isFound: boolean;
  readonly count: number;
  readonly crc: number;
}

async function copyWithout(
  blocks: AsyncIterable<Buffer>,
  idHash: bigint,
  entryBytes: number,
  crcOfHeader: number,
  writer: Pick<RosterWriter, 'append'>,
): Promise<Copied> {
  let isFound = false;
  let count = 0;
  let crc = crcOfHeader;
  const take = async (bytes: Buffer): Promise<void> => {
    crc = crcOf(bytes, crc);
    count += bytes.length / entryBytes;
    await writer.append(bytes);
  };
  for await (const block of blocks) {
    let begin = 0;
    for (let at = 0; at < block.length; at += entryBytes) {
      if (keyAt(block, at) !== idHash) continue;
      isFound = true;
      await take(block.subarray(begin, at));
      begin = at + entryBytes;
    }
    await take(block.subarray(begin));
  }
  return { isFound, count, crc };
}
