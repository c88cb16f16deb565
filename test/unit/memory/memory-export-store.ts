// The inbound container in memory: a test drops files into it as HR does.
import type { Clock } from '../../../shared/core/clock';
import { isBlobName } from '../../../shared/core/names';
import type { ExportStore, ExportVersion } from '../../../shared/export/export-store';
import { RecordedCalls } from './recorded-calls';

/** Keys of its calls: the blob's name, or ''. */
export class MemoryExportStore implements ExportStore {
  readonly calls = new RecordedCalls();
  private readonly blobs = new Map<string, { readonly version: ExportVersion; readonly content: Buffer }>();
  private drops = 0;

  constructor(private readonly clock: Pick<Clock, 'now'>) {}

  /** Drops a file, or a new version of it; not a call. Its last change is in whole seconds, as in HTTP. */
  drop(name: string, content: string | Uint8Array): ExportVersion {
    const bytes = Buffer.from(content);
    const version = {
      name,
      etag: `"0x${(++this.drops).toString(16)}"`,
      lastModified: Math.floor(this.clock.now() / 1_000) * 1_000,
      bytes: bytes.length,
    };
    this.blobs.set(name, { version, content: bytes });
    return version;
  }

  /** HR deletes a file; not a call. */
  remove(name: string): void {
    this.blobs.delete(name);
  }

  /** The bytes of a version, or null if it no longer exists; not a call. */
  bytesOf(name: string, etag: string): Buffer | null {
    const found = this.blobs.get(name);
    return found?.version.etag === etag ? found.content : null;
  }

  async head(name: string): Promise<ExportVersion | null> {
    await this.calls.enter('head', name);
    return this.named(name)?.version ?? null;
  }

  async readText(name: string, maxBytes: number): Promise<string | null> {
    await this.calls.enter('readText', name);
    return this.named(name)?.content.toString('utf8', 0, maxBytes) ?? null;
  }

  async delete({ name, etag }: Pick<ExportVersion, 'name' | 'etag'>): Promise<void> {
    await this.calls.enter('delete', name);
    if (this.named(name)?.version.etag === etag) this.blobs.delete(name);
  }

  private named(name: string): ReturnType<typeof this.blobs.get> {
    return isBlobName(name) ? this.blobs.get(name) : undefined;
  }

  async *list(): AsyncGenerator<ExportVersion> {
    await this.calls.enter('list', '');
    for (const name of [...this.blobs.keys()].sort()) {
      const found = this.blobs.get(name);
      if (found !== undefined) yield found.version;
    }
  }
}
