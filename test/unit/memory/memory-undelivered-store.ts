// What Event Grid could not deliver, in memory: a test puts blobs there as Event Grid does.
import type { UndeliveredStore } from '../../../shared/export/undelivered-store';
import { isBlobName } from '../../../shared/core/names';
import { RecordedCalls } from './recorded-calls';

/** Keys of its calls: the blob's name, or ''. */
export class MemoryUndeliveredStore implements UndeliveredStore {
  readonly calls = new RecordedCalls();
  private readonly blobs = new Map<string, Buffer>();

  /** Event Grid gives up; not a call. */
  put(name: string, text: string): void {
    this.blobs.set(name, Buffer.from(text));
  }

  /** Another process was faster; not a call. */
  forget(name: string): void {
    this.blobs.delete(name);
  }

  /** What is there; not a call. */
  names(): readonly string[] {
    return [...this.blobs.keys()].sort();
  }

  async list(most: number): Promise<readonly string[]> {
    await this.calls.enter('list', '');
    return this.names().filter(isBlobName).slice(0, most);
  }

  async readText(name: string, maxBytes: number): Promise<string | null> {
    await this.calls.enter('readText', name);
    return this.blobs.get(name)?.toString('utf8', 0, maxBytes) ?? null;
  }

  async remove(name: string): Promise<void> {
    await this.calls.enter('remove', name);
    this.blobs.delete(name);
  }
}
