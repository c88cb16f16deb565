// The index of runs: which ones a tick must find among all that there ever were (ADR 0042).
import type { Run } from './run';
import { hasEnded, INTAKE_STATES, isPending, OPEN_STATES } from './run';

/**
 * In the order in which a run goes through them. Whoever asks several lists asks them in this order: a run that moves meanwhile is in the next one
 * before it leaves the one.
 *
 * - `intake`   runs that are read
 * - `open`     runs that are sent, or wait for evidence
 * - `pending`  runs that were never sent, and for which something is to be done
 * - `hold`     runs with rows that the hold list keeps back
 * - `ended`    runs by the time of their end: late evidence may belong to them
 */
export const INDEX_LISTS = ['intake', 'open', 'pending', 'hold', 'ended'] as const;
export type IndexList = (typeof INDEX_LISTS)[number];

/** A run's place in a list. */
export interface IndexEntry {
  readonly list: IndexList;
  readonly source: string;
  readonly run: string;
  /** When it ended, ms; 0 in the other lists. */
  readonly at: number;
}

/** An entry as it was read or written; `at`: when the service wrote it, ms, if it was read. */
export interface NotedEntry {
  readonly entry: IndexEntry;
  readonly etag: string;
  readonly notedAt: number;
}

/** What a list holds. */
export interface IndexedRuns {
  /** False if runs may be missing: nobody has made the list yet, or it begins later. */
  readonly isWhole: boolean;
  readonly entries: readonly NotedEntry[];
}

/** When the index was made, and when it was last compared with all runs, ms. */
export interface IndexMade {
  readonly firstAt: number;
  readonly lastAt: number;
}

/** The partition. Faults are `RollcallError` with disposition `retry`. */
export interface RunIndex {
  /** Writes the entries, whether they exist or not, in one transaction if they are few. */
  note(entries: readonly IndexEntry[]): Promise<readonly NotedEntry[]>;
  read(entry: IndexEntry): Promise<NotedEntry | null>;
  /** Removes an entry that has not been written since it was read; else it does nothing. */
  drop(noted: NotedEntry): Promise<void>;
  /** A list in the order of its keys; of `ended`, what ended after `since`, ms; of one source, where given. */
  list(list: IndexList, since?: number, source?: string): Promise<IndexedRuns>;
  /** From now on the lists are whole, and `ended` is for times after `endedSince`, ms. */
  setWhole(endedSince: number): Promise<void>;
  /** Removes what ended before; a page of entries at most. */
  forgetEnded(before: number): Promise<void>;
  made(): Promise<IndexMade | null>;
  setMade(made: IndexMade): Promise<void>;
}

/** The lists that a run is in, as it is. */
export function entriesOf(run: Run): readonly IndexEntry[] {
  const entry = (list: IndexList, at = 0): IndexEntry => ({ list, source: run.source, run: run.run, at });
  return [
    ...(INTAKE_STATES.includes(run.state) ? [entry('intake')] : []),
    ...(OPEN_STATES.includes(run.state) ? [entry('open')] : []),
    ...(isPending(run) ? [entry('pending')] : []),
    ...(run.onHold !== null ? [entry('hold')] : []),
    // Tables keep whole milliseconds.
    ...(hasEnded(run) ? [entry('ended', Math.trunc(run.settledAt))] : []),
  ];
}

/** Between the parts of a key: no name of a source has it, and it sorts after all of them. */
const MARK = '~';

/** The key of an entry: entries of a list are together, those of `ended` in the order of time. */
export const keyOfEntry = ({ list, source, run, at }: IndexEntry): string =>
  [list, ...(list === 'ended' ? [new Date(at).toISOString()] : []), source, run].join(MARK);

/** What `keyOfEntry` wrote. */
export function entryOfKey(key: string): IndexEntry {
  const parts = key.split(MARK);
  const [list = '', time = ''] = parts;
  const [source = '', run = ''] = parts.slice(-2);
  return { list: list as IndexList, source, run, at: list === 'ended' ? Date.parse(time) : 0 };
}

/** After the entries of a list: the key of what is known about the list itself. */
export const keyOfList = (list: IndexList): string => [list, MARK].join(MARK);

/** Before the entries of a list; before those of `ended` after `since`, ms: a key that no entry has. */
export const keyBefore = (list: IndexList, since = 0): string =>
  list === 'ended' && since > 0
    ? [list, new Date(Math.trunc(since)).toISOString(), MARK].join(MARK)
    : [list, ''].join(MARK);

/** The entries of `some` that are not among `others`. */
export function without(some: readonly IndexEntry[], others: readonly IndexEntry[]): readonly IndexEntry[] {
  const known = new Set(others.map(keyOfEntry));
  return some.filter((one) => !known.has(keyOfEntry(one)));
}
