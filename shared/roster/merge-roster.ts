// Merging what a run knows into a roster, as a stream: both are sorted, so a few megabytes besides the run's part are enough for any number of
// people. Everybody who is in one of the two is in the result.
import { EntryCopier, EntryView, keyAt, markSeen, writeEntry } from './entry-bytes';
import { dayOf, joinEntries } from './roster-entry';
import type { Epoch, RosterHeader } from './roster-file';
import { crcOf, entryBytesOf, headerLine, MAX_EPOCHS, placeOfEpoch, TRAILER_BYTES, trailerOf } from './roster-file';
import type { OpenRoster } from './read-roster';
import { loadRoster } from './read-roster';
import { RosterTable } from './roster-table';
import type { SeenIds } from './run-part';

/** Days for which full files are remembered. Who is missing for longer is missing since then. Our choice, 2026-11. */
const MAX_FULL_FILES = 400;

const SECONDS_MS = 1_000;

function joinFullFiles(a: readonly number[], b: readonly number[]): readonly number[] {
  // The last one of a day: who had a row in an earlier one and none in this is missing since this day.
  const byDay = new Map<number, number>();
  for (const at of [...a, ...b].sort((x, y) => x - y)) byDay.set(dayOf(at * SECONDS_MS), at);
  return [...byDay.values()].slice(-MAX_FULL_FILES);
}

/** The run's come last: a mapping that was changed and changed back is the newest again. */
function joinEpochs(old: readonly Epoch[], run: readonly Epoch[]): readonly Epoch[] {
  return [...old.filter((epoch) => placeOfEpoch({ epochs: run }, epoch) === 0), ...run].slice(-MAX_EPOCHS);
}

const joinHeaders = (old: RosterHeader, run: RosterHeader): RosterHeader => ({
  source: old.source,
  epochs: joinEpochs(old.epochs, run.epochs),
  attributes: [...new Set([...old.attributes, ...run.attributes])],
  fullFiles: joinFullFiles(old.fullFiles, run.fullFiles),
  doubtfulFullAt: Math.max(old.doubtfulFullAt, run.doubtfulFullAt),
  newestAt: Math.max(old.newestAt, run.newestAt),
});

/** Bytes that the merge gives at a time. Our choice, 2026-11. */
const CHUNK_BYTES = 1024 * 1024;

/** The new file, chunk by chunk; each is valid until the next is asked for. */
class ChunkedFile {
  private readonly chunk: Buffer;
  private filled = 0;
  private count = 0;
  private crc = 0;

  constructor(readonly entryBytes: number) {
    this.chunk = Buffer.allocUnsafeSlow(Math.max(CHUNK_BYTES, entryBytes));
  }

  get isFull(): boolean {
    return this.filled + this.entryBytes > this.chunk.length;
  }

  /** Adds an entry, which `write` writes into the bytes. */
  add(write: (bytes: Buffer, at: number) => void): void {
    write(this.chunk, this.filled);
    this.filled += this.entryBytes;
    this.count++;
  }

  begin(line: Buffer): Buffer {
    this.crc = crcOf(line);
    return line;
  }

  take(): Buffer {
    const taken = this.chunk.subarray(0, this.filled);
    this.crc = crcOf(taken, this.crc);
    this.filled = 0;
    return taken;
  }

  end(): Buffer {
    return trailerOf(this.count, this.crc);
  }
}

/** The people of one file, of several, or of none. */
type Seen = SeenIds | readonly SeenIds[] | null;

/**
 * The bytes of the roster that holds what `old` and the run's part hold; `seen` are the people of the run's file, or of each file that the part is
 * of. Each chunk is valid until the next one is asked for. Throws `RollcallError` at the end if `old` is damaged: nothing of the result may be kept then.
 */
export async function* mergeRoster(old: OpenRoster | null, part: RosterTable, seen: Seen): AsyncGenerator<Uint8Array> {
  const header = old === null ? joinHeaders(part.header, part.header) : joinHeaders(old.header, part.header);
  const file = new ChunkedFile(entryBytesOf(header));
  yield file.begin(headerLine(header));
  const merge = new EntryMerge(header, old, part, [seen ?? []].flat());
  for await (const block of old?.blocks ?? []) {
    const blockEntryBytes = entryBytesOf(old?.header ?? header);
    for (let at = 0; at < block.length; at += blockEntryBytes) {
      while (merge.partKey !== null && merge.partKey < keyAt(block, at)) {
        if (file.isFull) yield file.take();
        file.add((bytes, to) => merge.addNew(bytes, to));
      }
      if (file.isFull) yield file.take();
      file.add((bytes, to) => merge.addOld(block, at, bytes, to));
    }
  }
  while (merge.partKey !== null) {
    if (file.isFull) yield file.take();
    file.add((bytes, to) => merge.addNew(bytes, to));
  }
  yield file.take();
  yield file.end();
}

/** A roster that holds nobody. */
export const emptyRoster = (source: string): RosterTable =>
  new RosterTable(
    { source, epochs: [], attributes: [], fullFiles: [], doubtfulFullAt: 0, newestAt: 0 },
    Buffer.alloc(0),
  );

/** The same merge in memory: resolves to a new table, and leaves `old` as it is. */
export async function mergeTables(old: RosterTable, part: RosterTable, seen: Seen): Promise<RosterTable> {
  const open = { header: old.header, blocks: blocksOf(old) };
  const header = joinHeaders(old.header, part.header);
  const most = headerLine(header).length + (old.size + part.size) * entryBytesOf(header) + TRAILER_BYTES;
  return loadRoster(mergeRoster(open, part, seen), part.header.source, most);
}

async function* blocksOf({ entries }: RosterTable): AsyncGenerator<Buffer> {
  await Promise.resolve();
  yield entries;
}

/** The entries of a merge, one after the other in the order of their keys. */
class EntryMerge {
  private readonly fromOld: EntryCopier | null;
  private readonly fromPart: EntryCopier;
  private readonly partEntryBytes: number;
  private readonly seen: { readonly ids: BigUint64Array; readonly at: number; next: number }[];
  private readonly newestAt: number;
  private readonly mine: Buffer;
  private readonly joined: Buffer;
  private nextPart = 0;
  /** The key of the part's next entry; null after the last one. */
  partKey: bigint | null;

  constructor(
    private readonly header: RosterHeader,
    old: OpenRoster | null,
    private readonly part: RosterTable,
    seen: readonly SeenIds[],
  ) {
    this.fromOld = old === null ? null : new EntryCopier(old.header, header);
    this.fromPart = new EntryCopier(part.header, header);
    this.partEntryBytes = entryBytesOf(part.header);
    this.seen = seen.map((file) => ({ ids: file.sorted(), at: file.at, next: 0 }));
    this.newestAt = old?.header.newestAt ?? 0;
    this.mine = Buffer.alloc(entryBytesOf(header));
    this.joined = Buffer.alloc(entryBytesOf(header));
    this.partKey = this.keyOfPart();
  }

  private keyOfPart(): bigint | null {
    return this.nextPart < this.part.size ? this.part.keyOf(this.nextPart) : null;
  }

  private takePart(to: Buffer, at: number): void {
    this.fromPart.copy(this.part.entries, this.nextPart * this.partEntryBytes, to, at);
    this.nextPart++;
    this.partKey = this.keyOfPart();
  }

  /** Writes the part's next entry, whose person the old roster does not have. */
  addNew(to: Buffer, at: number): void {
    this.takePart(to, at);
    // If a newer file was settled before this run, whether the person was in it was noted nowhere, so the person is not missing yet.
    markSeen(to, at, this.newestAt);
    this.markIfSeen(to, at);
  }

  /** Writes an entry of the old roster, joined with the part's if both have the person. */
  addOld(block: Buffer, from: number, to: Buffer, at: number): void {
    const key = keyAt(block, from);
    this.fromOld?.copy(block, from, to, at);
    if (this.partKey === key) {
      this.takePart(this.mine, 0);
      const { length } = this.header.attributes;
      writeEntry(this.joined, 0, joinEntries(new EntryView(to, at, length), new EntryView(this.mine, 0, length)));
      this.joined.copy(to, at);
    }
    this.markIfSeen(to, at);
  }

  private markIfSeen(to: Buffer, at: number): void {
    const key = keyAt(to, at);
    for (const file of this.seen) {
      while ((file.ids[file.next] ?? key) < key) file.next++;
      if (file.ids[file.next] === key) markSeen(to, at, file.at);
    }
  }
}
