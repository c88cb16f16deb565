// Rosters in memory.
import type { Clock } from '../../../shared/core/clock';
import { RollcallError } from '../../../shared/core/errors';
import type { RosterPin, RosterStore, RosterWriter } from '../../../shared/roster/roster-store';
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
  private writes = 0;

  constructor(
    private readonly clock: Clock = new HandClock(),
    private readonly chunkBytes = CHUNK_BYTES,
  ) {}

  /** Changes the bytes of a file; not a call. */
  spoil(pin: RosterPin, change: (content: Buffer) => Buffer): void {
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

  /** Deletes a file, as somebody with too many rights might; not a call. */
  lose(pin: RosterPin): void {
    this.files.delete(pin.name);
  }

  private fileOf(pin: RosterPin): { readonly content: Buffer; readonly at: number } {
    const file = this.files.get(pin.name);
    if (file?.etag !== pin.etag)
      throw new RollcallError('roster-missing', 'retry', 'the pinned roster no longer exists');
    return file;
  }

  async writtenAt(pin: RosterPin): Promise<number> {
    await this.calls.enter('writtenAt', pin.name);
    return this.fileOf(pin).at;
  }

  async read(pin: RosterPin): Promise<AsyncIterable<Uint8Array>> {
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
    const writer = new MemoryBlockWriter(async (content) => {
      await this.calls.enter('commit', source);
      if ((this.pointers.get(source)?.etag ?? null) !== (old?.etag ?? null)) return false;
      const number = ++this.writes;
      const pin = {
        name: `${source}/${String(number).padStart(8, '0')}.roster`,
        etag: `"f${number}"`,
        bytes: content.length,
      };
      this.files.set(pin.name, { content, etag: pin.etag, at: this.clock.now() });
      written = { value: pin, etag: `"p${number}"` };
      this.pointers.set(source, written);
      return true;
    });
    return {
      append: (bytes) => writer.append(bytes),
      commit: async () => {
        await writer.commit(false);
        return storedCopy(written);
      },
    };
  }

  async removeBefore(source: string, pin: RosterPin): Promise<void> {
    await this.calls.enter('removeBefore', source);
    for (const name of this.names()) if (name.startsWith(`${source}/`) && name < pin.name) this.files.delete(name);
  }
}
