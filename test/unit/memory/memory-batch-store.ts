// The table `batches` in memory.
import type { Batch, BatchRow, BatchState } from '../../../shared/run/batch';
import { batchEntity } from '../../../shared/run/azure-batch-table';
import { isKeptBack } from '../../../shared/run/batch';
import type { BatchStore, Releasable } from '../../../shared/run/ledger';
import type { Versioned } from '../../../shared/storage/versioned';
import { answersOf } from '../../../shared/verdict/judge-row';
import { MemoryTable } from './memory-table';
import { RecordedCalls } from './recorded-calls';

/** The adapter's page size: a listing is read page by page, and sees what is written meanwhile. */
const PAGE_ENTITIES = 200;

const keyOf = (run: string, batch: string): string => `${run}\0${batch}`;

/** The columns of times hold whole milliseconds. */
const stored = (batch: Batch): Batch => ({
  ...batch,
  notBefore: Math.trunc(batch.notBefore),
  releasedAt: Math.trunc(batch.releasedAt),
  sendingAt: Math.trunc(batch.sendingAt),
});

const openNotes = (batch: Batch): readonly number[] =>
  batch.rows.filter((row) => row.work !== 'done').flatMap((row) => row.sentAt.map(Math.trunc));
const isAnswered = (row: BatchRow): boolean => row.work === 'open' && answersOf(row) >= row.deliveries;

/** Keys of its calls: `<run>/<batch>`, or the run's id for calls about all batches of a run. */
export class MemoryBatchStore implements BatchStore {
  readonly calls = new RecordedCalls();
  private readonly table = new MemoryTable<Batch>(stored, batchEntity);

  /** Stores batches as they are, without any rule; not a call. */
  put(...batches: readonly Batch[]): void {
    for (const batch of batches) this.table.set(keyOf(batch.run, batch.batch), batch);
  }

  /** What is stored; not a call. */
  peek(run: string, batch: string): Batch | null {
    return this.table.get(keyOf(run, batch))?.value ?? null;
  }

  /** All batches of a run in order; not a call. */
  peekAll(run: string): readonly Batch[] {
    return [...this.of(run)];
  }

  /** What is stored, in order. */
  private of(run: string): Generator<Batch> {
    return this.table.values(keyOf(run, ''));
  }

  /** Deletes the batches of a run, as retention does; not a call. */
  remove(run: string): void {
    for (const { batch } of [...this.of(run)]) this.table.delete(keyOf(run, batch));
  }

  async insertNew(batches: readonly Batch[]): Promise<void> {
    await this.calls.enter('insertNew', batches[0]?.run ?? '');
    // A transaction is all or nothing.
    for (const batch of batches) batchEntity(batch);
    for (const batch of batches) if (!this.table.has(keyOf(batch.run, batch.batch))) this.put(batch);
  }

  async read(run: string, batch: string): Promise<Versioned<Batch> | null> {
    await this.calls.enter('read', `${run}/${batch}`);
    return this.table.get(keyOf(run, batch));
  }

  async readMany(run: string, batches: readonly string[]): Promise<readonly Versioned<Batch>[]> {
    await this.calls.enter('readMany', run);
    return [...new Set(batches)].sort().flatMap((batch) => this.table.get(keyOf(run, batch)) ?? []);
  }

  async replace(read: Versioned<Batch>, next: Batch): Promise<Versioned<Batch> | null> {
    await this.calls.enter('replace', `${next.run}/${next.batch}`);
    const key = keyOf(next.run, next.batch);
    if (!this.table.isCurrent(key, read.etag)) return null;
    return { value: next, etag: this.table.set(key, next) };
  }

  async replaceAndInsert(read: Versioned<Batch>, next: Batch, child: Batch): Promise<boolean> {
    await this.calls.enter('replaceAndInsert', `${next.run}/${next.batch}`);
    if (!this.table.isCurrent(keyOf(next.run, next.batch), read.etag)) return false;
    if (this.table.has(keyOf(child.run, child.batch))) return false;
    batchEntity(child);
    this.put(next, child);
    return true;
  }

  async family(run: string, packedBatch: string): Promise<readonly Versioned<Batch>[]> {
    await this.calls.enter('family', `${run}/${packedBatch}`);
    const key = keyOf(run, packedBatch);
    const all = this.table.page('', Number.POSITIVE_INFINITY, () => true, key);
    return all.flatMap(([found, batch]) => (found === key || found.startsWith(`${key}.`) ? [batch] : []));
  }

  inStates(run: string, states: readonly BatchState[]): AsyncIterable<Versioned<Batch>> {
    return this.stream('inStates', run, (batch) => states.includes(batch.state));
  }

  closable(run: string, notedBefore: number): AsyncIterable<Versioned<Batch>> {
    return this.stream(
      'closable',
      run,
      (batch) =>
        batch.state === 'sent' &&
        (openNotes(batch).some((at) => at <= Math.trunc(notedBefore)) || batch.rows.some(isAnswered)),
    );
  }

  async oldestOpenNote(run: string): Promise<number | null> {
    await this.calls.enter('oldestOpenNote', run);
    const notes = [...this.of(run)].flatMap(openNotes);
    return notes.length === 0 ? null : notes.reduce((least, at) => Math.min(least, at));
  }

  async releasable(run: string, by: number, lostBefore: number, most: number): Promise<readonly Releasable[]> {
    await this.calls.enter('releasable', run);
    return [...this.of(run)]
      .filter(
        ({ state, notBefore, releasedAt }) =>
          state === 'staged' && notBefore <= Math.trunc(by) && releasedAt < Math.trunc(lostBefore),
      )
      .slice(0, most)
      .map(({ source, batch, leavers, notBefore }) => ({ source, run, batch, leavers, notBefore }));
  }

  async countReleased(run: string, since: number, most: number): Promise<number> {
    await this.calls.enter('countReleased', run);
    const released = [...this.of(run)].filter(
      ({ state, releasedAt }) => (state === 'staged' || state === 'sending') && releasedAt >= Math.trunc(since),
    );
    return Math.min(released.length, most);
  }

  keptBack(run: string): AsyncIterable<Versioned<Batch>> {
    return this.stream('keptBack', run, isKeptBack);
  }

  async countStates(run: string): Promise<Readonly<Record<BatchState, number>>> {
    await this.calls.enter('countStates', run);
    const counts: Record<BatchState, number> = { staged: 0, sending: 0, sent: 0, settled: 0 };
    for (const { state } of this.of(run)) counts[state]++;
    return counts;
  }

  all(run: string): AsyncIterable<readonly Versioned<Batch>[]> {
    return this.pages('all', run, () => true);
  }

  async deleteAll(run: string): Promise<void> {
    await this.calls.enter('deleteAll', run);
    this.remove(run);
  }

  private async *pages(
    method: string,
    run: string,
    fits: (batch: Batch) => boolean,
  ): AsyncGenerator<readonly Versioned<Batch>[]> {
    await this.calls.enter(method, run);
    for (let after = ''; ;) {
      const page = this.table.page(after, PAGE_ENTITIES, fits, keyOf(run, ''));
      const last = page.at(-1);
      if (last === undefined) return;
      [after] = last;
      yield page.map(([, found]) => found);
    }
  }

  private async *stream(
    method: string,
    run: string,
    fits: (batch: Batch) => boolean,
  ): AsyncGenerator<Versioned<Batch>> {
    for await (const page of this.pages(method, run, fits)) yield* page;
  }
}
