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
