// The settings of sources in memory.
import { readSettingsText } from '../../../shared/source/json-text';
import { MAX_HOLD_LIST_BYTES } from '../../../shared/holdlist/hold-list';
import { MAX_SETTINGS_BYTES_READ } from '../../../shared/source/settings-limits';
import type { HoldListFile, SourceStore } from '../../../shared/source/source-store';
import { RecordedCalls } from './recorded-calls';

/** Keys of its calls: the source. */
export class MemorySourceStore implements SourceStore {
  readonly calls = new RecordedCalls();
  private readonly settings = new Map<string, Buffer>();
  private readonly lists = new Map<string, HoldListFile>();
  private versions = 0;

  /** Writes the source.json: text or bytes as they are, an object as JSON; not a call. */
  put(source: string, settings: string | Buffer | object): void {
    const isContent = typeof settings === 'string' || Buffer.isBuffer(settings);
    this.settings.set(source, Buffer.from(isContent ? settings : JSON.stringify(settings)));
  }

  /** Not a call. */
  remove(source: string): void {
    this.settings.delete(source);
  }

  /** Writes the hold.csv, or removes it; not a call. */
  putHoldList(source: string, content: string | Buffer | null): void {
    if (content === null) this.lists.delete(source);
    else this.lists.set(source, { content: Buffer.from(content), etag: `"list ${++this.versions}"` });
  }

  async readHoldList(source: string): Promise<HoldListFile | null> {
    await this.calls.enter('readHoldList', source);
    const found = this.lists.get(source);
    return found === undefined
      ? null
      : { content: Buffer.from(found.content.subarray(0, MAX_HOLD_LIST_BYTES + 1)), etag: found.etag };
  }

  async read(source: string): Promise<string | null> {
    await this.calls.enter('read', source);
    const content = this.settings.get(source);
    return content === undefined ? null : readSettingsText(content.subarray(0, MAX_SETTINGS_BYTES_READ));
  }
}
