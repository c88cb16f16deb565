// The files of runs in memory.
import { RollcallError } from '../../../shared/core/errors';
import type { RunKey } from '../../../shared/core/run-key';
import type { RunFile, RunFiles } from '../../../shared/run/run-files';
import type { BlockWriter, Noted } from '../../../shared/storage/block-writer';
import { MemoryBlockWriter } from './memory-block-writer';
import type { MemoryExportStore } from './memory-export-store';
import { RecordedCalls } from './recorded-calls';

/** Bytes that a stream yields at a time: fewer than most lines have, so that no reader can rely on whole lines. */
const CHUNK_BYTES = 100;

const nameOf = (key: RunKey, file: RunFile): string => `${key.source}/${key.run}/${file}`;

function* chunksOf(content: Buffer, chunkBytes: number): Generator<Uint8Array> {
  for (let at = 0; at < content.length; at += chunkBytes) yield content.subarray(at, at + chunkBytes);
}

/** Keys of its calls: `<source>/<run>/<file>`. Writing is the call `commit`. */
export class MemoryRunFiles implements RunFiles {
  readonly calls = new RecordedCalls();
  private readonly blobs = new Map<string, Buffer>();
  private readonly notes = new Map<string, Noted>();
  private versions = 0;

  constructor(
    private readonly exports: Pick<MemoryExportStore, 'bytesOf'>,
    private readonly chunkBytes = CHUNK_BYTES,
  ) {}

  /** Writes a file, whatever is there; not a call. */
  put(key: RunKey, file: RunFile, content: string | Uint8Array): void {
    this.blobs.set(nameOf(key, file), Buffer.from(content));
    this.notes.delete(nameOf(key, file));
  }

  /** Deletes a file, as retention does; not a call. */
  remove(key: RunKey, file: RunFile): void {
    this.blobs.delete(nameOf(key, file));
    this.notes.delete(nameOf(key, file));
  }

  /** Names of all files; not a call. */
  names(): readonly string[] {
    return [...this.blobs.keys()].sort();
  }

  /** The text of a file, or null; not a call. */
  peek(key: RunKey, file: RunFile): string | null {
    return this.blobs.get(nameOf(key, file))?.toString('utf8') ?? null;
  }

  write(key: RunKey, file: RunFile): BlockWriter {
    const name = nameOf(key, file);
    return new MemoryBlockWriter(async (content, { once, over, note }) => {
      await this.calls.enter('commit', name);
      if (once && this.blobs.has(name)) return false;
      if (over !== null && this.notes.get(name)?.etag !== over) return false;
      this.blobs.set(name, content);
      if (note === null) this.notes.delete(name);
      else this.notes.set(name, { note, etag: `"${++this.versions}"` });
      return true;
    });
  }

  async writeWhole(key: RunKey, file: RunFile, content: string | Uint8Array, once: boolean): Promise<boolean> {
    const writer = this.write(key, file);
    await writer.append(content);
    return writer.commit(once);
  }

  async read(key: RunKey, file: RunFile): Promise<AsyncIterable<Uint8Array> | null> {
    await this.calls.enter('read', nameOf(key, file));
    const content = this.blobs.get(nameOf(key, file));
    if (content === undefined) return null;
    const { chunkBytes } = this;
    return (async function* () {
      await Promise.resolve();
      yield* chunksOf(content, chunkBytes);
    })();
  }

  async readWhole(key: RunKey, file: RunFile): Promise<Buffer | null> {
    await this.calls.enter('readWhole', nameOf(key, file));
    const content = this.blobs.get(nameOf(key, file));
    return content === undefined ? null : Buffer.from(content);
  }

  async readRange(key: RunKey, file: RunFile, offset: number, bytes: number): Promise<Buffer> {
    await this.calls.enter('readRange', nameOf(key, file));
    const content = this.blobs.get(nameOf(key, file));
    if (content === undefined || offset + bytes > content.length)
      throw new RollcallError('storage-blob', 'retry', 'blob storage has no such range');
    return Buffer.from(content.subarray(offset, offset + bytes));
  }

  async exists(key: RunKey, file: RunFile): Promise<boolean> {
    await this.calls.enter('exists', nameOf(key, file));
    return this.blobs.has(nameOf(key, file));
  }

  async readNote(key: RunKey, file: RunFile): Promise<Noted | null> {
    await this.calls.enter('readNote', nameOf(key, file));
    return this.notes.get(nameOf(key, file)) ?? null;
  }

  async keepExport(key: RunKey, blobName: string, etag: string): Promise<boolean> {
    const name = nameOf(key, 'export');
    await this.calls.enter('keepExport', name);
    if (this.blobs.has(name)) return true;
    const content = this.exports.bytesOf(blobName, etag);
    if (content === null) return false;
    this.blobs.set(name, content);
    return true;
  }

  async list(key: RunKey): Promise<readonly RunFile[]> {
    const folder = `${key.source}/${key.run}/`;
    await this.calls.enter('list', folder);
    const names = this.names().filter((name) => name.startsWith(folder));
    return names.map((name) => name.slice(folder.length)) as RunFile[];
  }

  async delete(key: RunKey, file: RunFile): Promise<void> {
    await this.calls.enter('delete', nameOf(key, file));
    this.remove(key, file);
  }

  async deleteAll(key: RunKey): Promise<void> {
    const folder = `${key.source}/${key.run}/`;
    await this.calls.enter('deleteAll', folder);
    for (const name of this.names())
      if (name.startsWith(folder)) {
        this.blobs.delete(name);
        this.notes.delete(name);
      }
  }
}
