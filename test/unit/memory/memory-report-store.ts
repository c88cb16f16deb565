// Reports in memory.
import type { RunKey } from '../../../shared/core/run-key';
import type { ReportStore, ReportWriter } from '../../../shared/report/report-store';
import { MemoryBlockWriter } from './memory-block-writer';
import { RecordedCalls } from './recorded-calls';

const keyOf = (run: RunKey, name: string): string => `${run.source}/${run.run}/${name}`;

/** Keys of its calls: `<source>/<run>/<name>`. Writing is the call `commit`. */
export class MemoryReportStore implements ReportStore {
  readonly calls = new RecordedCalls();
  /** The text of every report, by `<source>/<run>/<name>`. */
  readonly reports = new Map<string, string>();

  async exists(run: RunKey, name: string): Promise<boolean> {
    const key = keyOf(run, name);
    await this.calls.enter('exists', key);
    return this.reports.has(key);
  }

  async list(run: RunKey): Promise<readonly string[]> {
    const folder = keyOf(run, '');
    await this.calls.enter('list', folder);
    return [...this.reports.keys()].flatMap((key) => (key.startsWith(folder) ? [key.slice(folder.length)] : []));
  }

  async readText(run: RunKey, name: string): Promise<string | null> {
    await this.calls.enter('readText', keyOf(run, name));
    return this.reports.get(keyOf(run, name)) ?? null;
  }

  async delete(run: RunKey, name: string): Promise<void> {
    await this.calls.enter('delete', keyOf(run, name));
    this.reports.delete(keyOf(run, name));
  }

  async deleteAll(run: RunKey): Promise<void> {
    const folder = keyOf(run, '');
    await this.calls.enter('deleteAll', folder);
    for (const key of [...this.reports.keys()]) if (key.startsWith(folder)) this.reports.delete(key);
  }

  write(run: RunKey, name: string): ReportWriter {
    const key = keyOf(run, name);
    const writer = new MemoryBlockWriter(async (content) => {
      await this.calls.enter('commit', key);
      this.reports.set(key, content.toString('utf8'));
      return true;
    });
    return {
      append: (text) => writer.append(text),
      commit: async () => {
        await writer.commit(false);
      },
    };
  }
}
