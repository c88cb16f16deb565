// Writing runs together with their entries in the index. Storage has no transaction over two partitions, so a crash may leave an entry too many,
// and never one too few (ADR 0042):
//
//   into a list     entry ──► run          a crash in between: an entry of a run that is not in the list
//   out of a list   entry is read ──► run ──► that version of the entry is removed
//
// Whoever puts the entry back has read the run before the entry is written, and swaps the run after it. Whoever removes it has read the entry
// before the run is swapped. So of two who do both at once, either the swap of one fails, or the entry is no longer the version that is removed.
import { RollcallError } from '../core/errors';
import type { Versioned } from '../storage/versioned';
import type { Run } from './run';
import type { NotedEntry, RunIndex } from './run-index';
import { entriesOf, keyOfEntry, without } from './run-index';

/** The table of runs alone. */
export interface RunEntities {
  insert(run: Run): Promise<boolean>;
  read(source: string, run: string): Promise<Versioned<Run> | null>;
  replace(read: Versioned<Run>, next: Run): Promise<boolean>;
}

/** Inserts the run; false if it exists already. */
export async function insertIndexed(runs: RunEntities, index: RunIndex, run: Run): Promise<boolean> {
  const entries = entriesOf(run);
  const noted = entries.length === 0 ? [] : await index.note(entries);
  if (await runs.insert(run)) return true;
  // An event that comes again, perhaps for a run that has ended long ago.
  for (const one of noted) await dropIfStale(runs, index, one);
  return false;
}

/** Swaps the run; false if it changed since it was read. */
export async function replaceIndexed(
  runs: RunEntities,
  index: RunIndex,
  read: Versioned<Run>,
  next: Run,
): Promise<boolean> {
  const before = entriesOf(read.value);
  const entering = without(entriesOf(next), before);
  // A run that is in a list has its entry, and nobody can remove it without swapping the run.
  if (entering.length > 0) await index.note(entering);
  const leaving: NotedEntry[] = [];
  for (const entry of without(before, entriesOf(next))) {
    // When a run ended stays true: such an entry is removed when it is old.
    const noted = entry.list === 'ended' ? null : await index.read(entry);
    if (noted !== null) leaving.push(noted);
  }
  if (!(await runs.replace(read, next))) return false;
  for (const one of leaving) await dropUnlessFault(index, one);
  return true;
}

/** Removes an entry of a run that is not in the list any more. The run is swapped for itself, so that whoever is about to put it back must begin again. */
export async function dropIfStale(runs: RunEntities, index: RunIndex, noted: NotedEntry): Promise<void> {
  const { entry } = noted;
  const read = await runs.read(entry.source, entry.run);
  if (read === null || entriesOf(read.value).some((one) => keyOfEntry(one) === keyOfEntry(entry))) return;
  if (await runs.replace(read, read.value)) await dropUnlessFault(index, noted);
}

/** The run has moved, whatever becomes of the entry: one that stays is stale, and `mendIndex` finds it. */
async function dropUnlessFault(index: RunIndex, noted: NotedEntry): Promise<void> {
  try {
    await index.drop(noted);
  } catch (error) {
    if (!(error instanceof RollcallError)) throw error;
  }
}
