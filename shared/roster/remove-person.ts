// Taking one person out of a roster and its dates: a new file without the entry takes the place of the current one, unless another process was faster.
import { RollcallError } from '../core/errors';
import { keyAt } from './entry-bytes';
import type { DatedPerson } from './dated-person';
import { readDates, writeDates } from './dates-file';
import { openRoster } from './read-roster';
import { crcOf, entryBytesOf, headerLine, trailerOf } from './roster-file';
import type { RosterStore, RosterWriter } from './roster-store';
import { MAX_ROSTER_ATTEMPTS } from './update-roster';

/**
 * Removes the entry of a person, and the days to come. False if there is neither; then nothing is changed. Throws `RollcallError` (retry) if other processes were faster
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
    const isDated = await isAmong(readDates(store, current.value.dates), idHash);
    if (!copied.isFound && !isDated) return false;
    const others = allBut(readDates(store, current.value.dates), idHash);
    const dates = isDated ? await writeDates(store, source, current, others) : undefined;
    await writer.append(trailerOf(copied.count, copied.crc));
    if ((await writer.commit(dates)) !== null) return true;
  }
  throw new RollcallError('roster-contended', 'retry', 'the roster changed at every attempt to replace it');
}

async function isAmong(people: AsyncIterable<DatedPerson>, idHash: bigint): Promise<boolean> {
  for await (const one of people) if (one.idHash === idHash) return true;
  return false;
}

async function* allBut(people: AsyncIterable<DatedPerson>, idHash: bigint): AsyncGenerator<DatedPerson> {
  for await (const one of people) if (one.idHash !== idHash) yield one;
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
