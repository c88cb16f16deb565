// The ledger: reads and moves the state of runs and batches. Every write is a compare-and-swap on what was read.
import { RollcallError } from '../core/errors';
import type { Versioned } from '../storage/versioned';
import type { Batch, BatchState } from './batch';
import type { Run, RunState } from './run';

/** The table `runs`. Faults are `RollcallError` with disposition `retry`. */
export interface RunStore {
  /** The receipt: inserts the run; false if it exists already. */
  insert(run: Run): Promise<boolean>;
  read(source: string, run: string): Promise<Versioned<Run> | null>;
  /** Compare-and-swap; false if the run changed since it was read. */
  replace(read: Versioned<Run>, next: Run): Promise<boolean>;
  /** Notes the time of the run's last sign of life, ms, and nothing else, whatever the run has become; one request. */
  beat(key: Pick<Run, 'source' | 'run'>, at: number): Promise<void>;
  /** Runs of a source in the given states, oldest first, and only those in the range. */
  ofSource(source: string, states: readonly RunState[], range?: RunRange): Promise<readonly Versioned<Run>[]>;
  /**
   * Runs in the given states, which must be states of a run on its way (`MOVING_STATES`), oldest first within a source; of one source, where
   * given. Throws `TypeError` for other states: there is no list of such runs.
   */
  inStates(states: readonly RunState[], source?: string): Promise<readonly Versioned<Run>[]>;
  /** Runs that were never sent and for which something is to be done (`isPending`), oldest first within a source; of one source, where given. */
  pending(source?: string): Promise<readonly Versioned<Run>[]>;
  /**
   * The first run of a source that is open or ended after `since`, ms: none with a lesser id is or did. Null if there is none. It may be less than
   * that, and is less than all ids if nobody knows.
   */
  firstInPlay(source: string, since: number): Promise<string | null>;
  /** Runs that settled or were parked after `since`, ms: late evidence may belong to them. */
  endedSince(since: number): Promise<readonly Versioned<Run>[]>;
  /**
   * Runs of a source that ended before `at`, ms, and are newer than `after`: settled, refused or parked, and reported. The `most` oldest of them, oldest
   * first. Reads no run that arrived later than `at`.
   */
  endedBefore(source: string, at: number, after: string, most: number): Promise<readonly Versioned<Run>[]>;
  /** Deletes the run, with it the receipt of its export; false if it changed since it was read. True if it is gone already. */
  delete(read: Versioned<Run>): Promise<boolean>;
  /** The sources that have a run, in order of their names; one query each. */
  sources(): Promise<readonly string[]>;
  /** Runs with rows that the hold list keeps back, oldest first within a source. */
  onHold(): Promise<readonly Versioned<Run>[]>;
  /** All runs, oldest first within a source. */
  all(): Promise<readonly Versioned<Run>[]>;
  /** Makes the index of runs, if there is none, and looks once a day whether it is right; one request at all other times. `now` in ms. */
  mendIndex(now: number): Promise<void>;
}

/** Ids of runs: from `from` on, newer than `after`, older than `before`, and only the first `most` of them, each where given. */
export interface RunRange {
  readonly from?: string;
  readonly after?: string;
  readonly before?: string;
  readonly most?: number;
}

/** A staged batch without its rows. */
export type Releasable = Pick<Batch, 'source' | 'run' | 'batch' | 'leavers' | 'notBefore'>;

/** The table `batches`. */
export interface BatchStore {
  /** Inserts batches of one run; existing ones are left as they are. */
  insertNew(batches: readonly Batch[]): Promise<void>;
  read(run: string, batch: string): Promise<Versioned<Batch> | null>;
  /** Those of the batches that exist, in order of their number. Neighbours cost one request together. */
  readMany(run: string, batches: readonly string[]): Promise<readonly Versioned<Batch>[]>;
  /** Compare-and-swap. Resolves to what is now stored; null if the batch changed since it was read. */
  replace(read: Versioned<Batch>, next: Batch): Promise<Versioned<Batch> | null>;
  /** Parent and child of a split in one transaction (*atomicSplit*); false if the parent changed since it was read. */
  replaceAndInsert(read: Versioned<Batch>, next: Batch, child: Batch): Promise<boolean>;
  /** A batch and everything that was split off it. */
  family(run: string, packedBatch: string): Promise<readonly Versioned<Batch>[]>;
  /** Batches of a run in the given states, page by page, in order of their number. */
  inStates(run: string, states: readonly BatchState[]): AsyncIterable<Versioned<Batch>>;
  /** Sent batches of a run that may be ready to close: an open row was noted by `notedBefore` (ms), or has all its answers. */
  closable(run: string, notedBefore: number): AsyncIterable<Versioned<Batch>>;
  /** When a run's oldest delivery with a row that is not done was noted, ms; null if there is none. Reads no rows. */
  oldestOpenNote(run: string): Promise<number | null>;
  /** Up to `most` staged batches, in order, that may go by `by` and have no pointer put on the queue after `lostBefore`; ms. */
  releasable(run: string, by: number, lostBefore: number, most: number): Promise<readonly Releasable[]>;
  /** How many batches of a run have a pointer that was put on the queue at or after `since` (ms) and is not done with; `most` stands for more. */
  countReleased(run: string, since: number, most: number): Promise<number>;
  /** Batches of a run with a row that the hold list keeps back, in order of their number. */
  keptBack(run: string): AsyncIterable<Versioned<Batch>>;
  /** How many batches of a run are in each state. */
  countStates(run: string): Promise<Readonly<Record<BatchState, number>>>;
  /** All batches of a run, page by page, in order of their number. */
  all(run: string): AsyncIterable<readonly Versioned<Batch>[]>;
  /** Deletes all batches of a run. */
  deleteAll(run: string): Promise<void>;
}

/** Both tables, as the stories take them. */
export interface Ledger {
  readonly runs: RunStore;
  readonly batches: BatchStore;
}

/** Attempts at a compare-and-swap. After that it fails, so that the next tick or message repeats the step: silence would count as done. */
const MAX_SWAPS = 20;

interface Slot<T> {
  read(): Promise<Versioned<T> | null>;
  replace(read: Versioned<T>, next: T): Promise<boolean>;
}

/**
 * Reads, changes, writes; starts over if the entity changed in between. `change` returns null to leave it as it is. Resolves to what is
 * now stored, or null if nothing changed; rejects with `ledger-contended` (retry).
 */
async function swap<T>(slot: Slot<T>, change: (value: T) => T | null): Promise<T | null> {
  for (let tries = 0; tries < MAX_SWAPS; tries++) {
    const read = await slot.read();
    const next = read && change(read.value);
    if (!read || next === null) return null;
    if (await slot.replace(read, next)) return next;
  }
  throw new RollcallError('ledger-contended', 'retry', 'an entity of the ledger changed at every try to swap it');
}

export const changeRun = (
  runs: RunStore,
  key: Pick<Run, 'source' | 'run'>,
  change: (run: Run) => Run | null,
): Promise<Run | null> =>
  swap({ read: () => runs.read(key.source, key.run), replace: (read, next) => runs.replace(read, next) }, change);

export const changeBatch = (
  batches: BatchStore,
  key: Pick<Batch, 'run' | 'batch'>,
  change: (batch: Batch) => Batch | null,
): Promise<Batch | null> =>
  swap(
    {
      read: () => batches.read(key.run, key.batch),
      replace: async (read, next) => (await batches.replace(read, next)) !== null,
    },
    change,
  );

/** Replaces a batch together with what was split off it, if anything; false if it changed since it was read. */
export const replaceWithChild = async (
  batches: BatchStore,
  read: Versioned<Batch>,
  next: Batch,
  child: Batch | null,
): Promise<boolean> =>
  child === null ? (await batches.replace(read, next)) !== null : batches.replaceAndInsert(read, next, child);
