// Evidence in memory.
import type { RunKey } from '../../../shared/core/run-key';
import type { ProvisioningEntry } from '../../../shared/graph/provisioning-log';
import type { EvidenceStore } from '../../../shared/verdict/evidence-store';
import { RecordedCalls } from './recorded-calls';
import { storedCopy } from './stored-copy';

const nameOf = (run: RunKey): string => `${run.source}/${run.run}`;

/** Keys of its calls: `<source>/<run>`, for a refusal `<source>/<run>/<row>`, or '' for a message. */
export class MemoryEvidenceStore implements EvidenceStore {
  readonly calls = new RecordedCalls();
  /** By run, then by the ids of the page. */
  private readonly pages = new Map<string, Map<string, readonly ProvisioningEntry[]>>();
  private readonly refused = new Map<string, Map<number, string>>();
  /** The kept messages of poison queues, by name. */
  readonly messages = new Map<string, string>();

  /** All entries kept for a run; not a call. */
  peek(run: RunKey): readonly ProvisioningEntry[] {
    return storedCopy([...(this.pages.get(nameOf(run))?.values() ?? [])].flat());
  }

  /** Deletes everything kept for a run, as retention does; not a call. */
  remove(run: RunKey): void {
    this.pages.delete(nameOf(run));
    this.refused.delete(nameOf(run));
  }

  async keep(run: RunKey, entries: readonly ProvisioningEntry[]): Promise<void> {
    await this.calls.enter('keep', nameOf(run));
    const pages = this.pages.get(nameOf(run)) ?? new Map<string, readonly ProvisioningEntry[]>();
    pages.set(JSON.stringify(entries.map((entry) => entry.id)), storedCopy(entries));
    this.pages.set(nameOf(run), pages);
  }

  async keepRefusal(run: RunKey, row: number, message: string): Promise<void> {
    await this.calls.enter('keepRefusal', `${nameOf(run)}/${row}`);
    this.refused.set(nameOf(run), new Map([...(this.refused.get(nameOf(run)) ?? []), [row, message]]));
  }

  async refusals(run: RunKey): Promise<ReadonlyMap<number, string>> {
    await this.calls.enter('refusals', nameOf(run));
    return new Map(this.refused.get(nameOf(run)) ?? []);
  }

  async keepMessage(text: string): Promise<string> {
    await this.calls.enter('keepMessage', '');
    const known = [...this.messages].find(([, kept]) => kept === text)?.[0];
    const name = known ?? `_poison/${this.messages.size + 1}.txt`;
    this.messages.set(name, text);
    return name;
  }

  async keptMessages(): Promise<readonly string[]> {
    await this.calls.enter('keptMessages', '');
    return [...this.messages.keys()];
  }

  async forget(
    run: RunKey,
    isForgotten: (entry: ProvisioningEntry) => boolean,
    isForgottenRow: (row: number) => boolean,
  ): Promise<number> {
    await this.calls.enter('forget', nameOf(run));
    const pages = this.pages.get(nameOf(run)) ?? new Map<string, readonly ProvisioningEntry[]>();
    let count = 0;
    for (const [name, entries] of [...pages]) {
      const kept = entries.filter((entry) => !isForgotten(entry));
      count += entries.length - kept.length;
      pages.set(name, kept);
    }
    const refused = this.refused.get(nameOf(run)) ?? new Map<number, string>();
    for (const row of [...refused.keys()].filter(isForgottenRow)) if (refused.delete(row)) count++;
    return count;
  }

  async deleteAll(run: RunKey): Promise<void> {
    await this.calls.enter('deleteAll', nameOf(run));
    this.remove(run);
  }

  async *read(run: RunKey): AsyncGenerator<ProvisioningEntry> {
    await this.calls.enter('read', nameOf(run));
    yield* this.peek(run);
  }
}
