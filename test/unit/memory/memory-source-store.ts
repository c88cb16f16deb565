// The settings of sources in memory.
import { readSettingsText } from '../../../shared/source/json-text';
import type { SourceStore } from '../../../shared/source/source-store';
import { RecordedCalls } from './recorded-calls';

/** Keys of its calls: the source. */
export class MemorySourceStore implements SourceStore {
  readonly calls = new RecordedCalls();
  private readonly settings = new Map<string, Buffer>();

  /** Writes the source.json: text or bytes as they are, an object as JSON; not a call. */
  put(source: string, settings: string | Buffer | object): void {
    const isContent = typeof settings === 'string' || Buffer.isBuffer(settings);
    this.settings.set(source, Buffer.from(isContent ? settings : JSON.stringify(settings)));
  }

  /** Not a call. */
  remove(source: string): void {
    this.settings.delete(source);
  }

  async read(source: string): Promise<string | null> {
    await this.calls.enter('read', source);
    const content = this.settings.get(source);
    return content === undefined ? null : readSettingsText(content);
  }
}
