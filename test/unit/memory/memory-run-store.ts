// The table `runs` in memory.
import { runEntity } from '../../../shared/run/azure-run-table';
import type { RunRange, RunStore } from '../../../shared/run/ledger';
import type { Run, RunState } from '../../../shared/run/run';
import { assertMoving, ENDED_STATES, hasEnded, isPending, OPEN_STATES, runStampOf } from '../../../shared/run/run';
import type { Versioned } from '../../../shared/storage/versioned';
import { MemoryTable } from './memory-table';
import { RecordedCalls } from './recorded-calls';

// '\0' sorts before every letter, so that keys sort by source, then by run.
const keyOf = (source: string, run: string): string => `${source}\0${run}`;
/** The column of the heartbeat holds whole milliseconds. */
const stored = (run: Run): Run => ({ ...run, heartbeatAt: Math.trunc(run.heartbeatAt) });

/** Keys of its calls: the run's id, or the source, or ''. */
export class MemoryRunStore implements RunStore {
  readonly calls = new RecordedCalls();
  private readonly table = new MemoryTable<Run>(stored, runEntity);

  /** Stores a run as it is, without any rule; not a call. */
  put(run: Run): void {
    this.table.set(keyOf(run.source, run.run), run);
  }

  /** What is stored; not a call. */
  peek(key: Pick<Run, 'source' | 'run'>): Run | null {
    return this.table.get(keyOf(key.source, key.run))?.value ?? null;
  }

  /** Deletes a run, as retention does; not a call. */
  remove(key: Pick<Run, 'source' | 'run'>): void {
    this.table.delete(keyOf(key.source, key.run));
  }

  async insert(run: Run): Promise<boolean> {
    await this.calls.enter('insert', run.run);
    if (this.table.has(keyOf(run.source, run.run))) return false;
    this.put(run);
    return true;
  }

  async read(source: string, run: string): Promise<Versioned<Run> | null> {
    await this.calls.enter('read', run);
    return this.table.get(keyOf(source, run));
  }

  async replace(read: Versioned<Run>, next: Run): Promise<boolean> {
    await this.calls.enter('replace', next.run);
    if (!this.table.isCurrent(keyOf(next.source, next.run), read.etag)) return false;
    this.put(next);
    return true;
  }

  async beat(key: Pick<Run, 'source' | 'run'>, at: number): Promise<void> {
    await this.calls.enter('beat', key.run);
    const found = this.peek(key);
    if (found !== null) this.put({ ...found, heartbeatAt: at });
  }

  async ofSource(
    source: string,
    states: readonly RunState[],
    range: RunRange = {},
  ): Promise<readonly Versioned<Run>[]> {
    await this.calls.enter('ofSource', source);
    const { from, after, before, most } = range;
    const found = this.table.all(
      (run) =>
        run.source === source &&
        states.includes(run.state) &&
        (from === undefined || run.run >= from) &&
        (after === undefined || run.run > after) &&
        (before === undefined || run.run < before),
    );
    return found.slice(0, most);
  }

  async inStates(states: readonly RunState[], source?: string): Promise<readonly Versioned<Run>[]> {
    await this.calls.enter('inStates', source ?? '');
    assertMoving(states);
    return this.table.all((run) => states.includes(run.state) && (source ?? run.source) === run.source);
  }

  async pending(source?: string): Promise<readonly Versioned<Run>[]> {
    await this.calls.enter('pending', source ?? '');
    return this.table.all((run) => isPending(run) && (source ?? run.source) === run.source);
  }

  async firstInPlay(source: string, since: number): Promise<string | null> {
    await this.calls.enter('firstInPlay', source);
    const inPlay = this.table.all(
      (run) => run.source === source && (OPEN_STATES.includes(run.state) || (hasEnded(run) && run.settledAt > since)),
    );
    return inPlay[0]?.value.run ?? null;
  }

  async endedSince(since: number): Promise<readonly Versioned<Run>[]> {
    await this.calls.enter('endedSince', '');
    return this.table.all((run) => hasEnded(run) && Math.trunc(run.settledAt) > Math.trunc(since));
  }

  /** There is no index: every question looks through all runs. */
  async mendIndex(): Promise<void> {
    await this.calls.enter('mendIndex', '');
  }

  async endedBefore(source: string, at: number, after: string, most: number): Promise<readonly Versioned<Run>[]> {
    await this.calls.enter('endedBefore', source);
    const found = this.table.all(
      (run) =>
        run.source === source &&
        run.run > after &&
        run.run < runStampOf(at) &&
        ENDED_STATES.includes(run.state) &&
        run.settledAt > 0 &&
        Math.trunc(run.settledAt) < Math.trunc(at),
    );
    return found.slice(0, most);
  }

  async delete({ value, etag }: Versioned<Run>): Promise<boolean> {
    await this.calls.enter('delete', value.run);
    const key = keyOf(value.source, value.run);
    if (this.table.has(key) && !this.table.isCurrent(key, etag)) return false;
    this.table.delete(key);
    return true;
  }

  async sources(): Promise<readonly string[]> {
    await this.calls.enter('sources', '');
    return [...new Set(this.table.all().map(({ value }) => value.source))];
  }

  async onHold(): Promise<readonly Versioned<Run>[]> {
    await this.calls.enter('onHold', '');
    return this.table.all((run) => run.onHold !== null);
  }

  async all(): Promise<readonly Versioned<Run>[]> {
    await this.calls.enter('all', '');
    return this.table.all();
  }
}
