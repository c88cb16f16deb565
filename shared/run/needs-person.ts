// Which runs a person must look at, as long as nothing newer has made up for them.
import { DAY_MS } from '../core/clock';
import { isLive, isOrder, waitsForPerson, type Run } from './run';

/** A held or parked run of so long ago is history. Our choice, 2026-11: HR has dropped many files since. */
export const HISTORY_AFTER_MS = 30 * DAY_MS;

/**
 * True if a run is held or parked, and nothing has made up for it. A later file does if it is the same file again, or one with everybody in it; for
 * an operator's order, only the same order again. `runs`: at least all newer ones of its source; `now` in ms.
 */
export function needsPerson(run: Run, runs: readonly Run[], now: number): boolean {
  if (!waitsForPerson(run)) return false;
  // It waits for a decision, however old it is, and whatever came later.
  if (run.stop !== null) return true;
  if (run.arrivedAt < now - HISTORY_AFTER_MS) return false;
  return !runs.some(
    (later) =>
      later.source === run.source &&
      later.run > run.run &&
      isLive(later) &&
      later.state !== 'parked' &&
      (later.blobName === run.blobName || (later.content === 'full' && !isOrder(run))),
  );
}
