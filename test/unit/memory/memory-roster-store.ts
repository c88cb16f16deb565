// Rosters in memory.
import type { Clock } from '../../../shared/core/clock';
import { RollcallError } from '../../../shared/core/errors';
import type {
  DatesWriter,
  FilePin,
  KeptRecordsWriter,
  RosterPin,
  RosterStore,
  RosterWriter,
} from '../../../shared/roster/roster-store';
import type { Versioned } from '../../../shared/storage/versioned';
import { HandClock } from './hand-clock';
import { MemoryBlockWriter } from './memory-block-writer';
import { RecordedCalls } from './recorded-calls';
import { storedCopy } from './stored-copy';

/** Bytes that a stream yields at a time: no whole number of entries, so that no reader can rely on that. */
const CHUNK_BYTES = 101;

function* chunksOf(content: Buffer, chunkBytes: number): Generator<Uint8Array> {
  for (let at = 0; at < content.length; at += chunkBytes) yield content.subarray(at, at + chunkBytes);
}

/** Keys of its calls: the source, and for `read` the name of the file. */
export class MemoryRosterStore implements RosterStore {
  readonly calls = new RecordedCalls();
  private readonly files = new Map<string, { readonly content: Buffer; readonly etag: string; readonly at: number }>();
  private readonly pointers = new Map<string, Versioned<RosterPin>>();
  /** The kept records of each source. */
  private readonly kept = new Map<string, Versioned<Buffer>>();
  private writes = 0;

  constructor(
    private readonly clock: Clock = new HandClock(),
    private readonly chunkBytes = CHUNK_BYTES,
  ) {}

  /** Changes the bytes of a file; not a call. */
  spoil(pin: FilePin, change: (content: Buffer) => Buffer): void {
    const file = this.files.get(pin.name);
    if (file !== undefined) this.files.set(pin.name, { ...file, content: change(file.content) });
  }

  /** Names of all files; not a call. */
  names(): readonly string[] {
    return [...this.files.keys()].sort();
  }

  async current(source: string): Promise<Versioned<RosterPin> | null> {
    await this.calls.enter('current', source);
    const found = this.pointers.get(source);
    return found === undefined ? null : storedCopy(found);
  }

  async nextDay(source: string): Promise<number | null> {
    await this.calls.enter('nextDay', source);
    return this.pointers.get(source)?.value.dates?.next ?? null;
  }

  /** Deletes a file, as somebody with too many rights might; not a call. */
  lose(pin: FilePin): void {
    this.files.delete(pin.name);
  }

  private fileOf(pin: FilePin): { readonly content: Buffer; readonly at: number } {
    const file = this.files.get(pin.name);
    if (file?.etag !== pin.etag)
      throw new RollcallError('roster-missing', 'retry', 'the pinned roster no longer exists');
    return file;
  }

  async writtenAt(pin: FilePin): Promise<number> {
    await this.calls.enter('writtenAt', pin.name);
    return this.fileOf(pin).at;
  }

  async read(pin: FilePin): Promise<AsyncIterable<Uint8Array>> {
    await this.calls.enter('read', pin.name);
    const file = this.fileOf(pin);
    const { chunkBytes } = this;
    return (async function* () {
      await Promise.resolve();
      yield* chunksOf(file.content, chunkBytes);
    })();
  }

  replace(source: string, old: Versioned<RosterPin> | null): RosterWriter {
    let written: Versioned<RosterPin> | null = null;
    let withDates: RosterPin['dates'] = old?.value.dates;
    const writer = new MemoryBlockWriter(async (content) => {
      await this.calls.enter('commit', source);
      if ((this.pointers.get(source)?.etag ?? null) !== (old?.etag ?? null)) {
        if (withDates !== undefined && withDates.name !== old?.value.dates?.name) this.files.delete(withDates.name);
        return false;
      }
      const number = ++this.writes;
      const pin = {
        name: `${source}/${String(number).padStart(8, '0')}.roster`,
        etag: `"f${number}"`,
        bytes: content.length,
        ...(withDates && { dates: withDates }),
      };
      this.files.set(pin.name, { content, etag: pin.etag, at: this.clock.now() });
      written = { value: pin, etag: `"p${number}"` };
      this.pointers.set(source, written);
      return true;
    });
    return {
      append: (bytes) => writer.append(bytes),
      commit: async (dates) => {
        if (dates !== undefined) withDates = dates ?? undefined;
        await writer.commit(false);
        return storedCopy(written);
      },
    };
  }

  writeDates(source: string): DatesWriter {
    const number = ++this.writes;
    const pin = { name: `${source}/${String(number).padStart(8, '0')}.dates`, etag: `"d${number}"` };
    let bytes = 0;
    const writer = new MemoryBlockWriter(async (content) => {
      await this.calls.enter('writeDates', source);
      bytes = content.length;
      this.files.set(pin.name, { content, etag: pin.etag, at: this.clock.now() });
      return true;
    });
    return {
      append: (more) => writer.append(more),
      commit: async () => {
        await writer.commit(false);
        return { ...pin, bytes };
      },
    };
  }

  /** The kept records of a source as text; not a call. */
  peekKeptRecords(source: string): string | null {
    return this.kept.get(source)?.value.toString('utf8') ?? null;
  }

  async keptRecords(source: string): Promise<Versioned<AsyncIterable<Uint8Array>> | null> {
    await this.calls.enter('keptRecords', source);
    const found = this.kept.get(source);
    if (found === undefined) return null;
    const { chunkBytes } = this;
    const value = (async function* () {
      await Promise.resolve();
      yield* chunksOf(found.value, chunkBytes);
    })();
    return { value, etag: found.etag };
  }

  keepRecords(source: string, old: Pick<Versioned<unknown>, 'etag'> | null): KeptRecordsWriter {
    const writer = new MemoryBlockWriter(async (content) => {
      await this.calls.enter('keepRecords', source);
      if ((this.kept.get(source)?.etag ?? null) !== (old?.etag ?? null)) return false;
      this.kept.set(source, { value: content, etag: `"k${++this.writes}"` });
      return true;
    });
    return { append: (text) => writer.append(text), commit: () => writer.commit(false) };
  }

  async removeBefore(source: string, pin: FilePin, { dates }: Pick<RosterPin, 'dates'>): Promise<void> {
    await this.calls.enter('removeBefore', source);
    for (const name of this.names())
      if (name.startsWith(`${source}/`) && name < pin.name && name !== dates?.name) this.files.delete(name);
  }
}
