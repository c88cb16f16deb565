// The newest runs of a source. Tables list the oldest first, so ever longer stretches before now are read until there are enough.
import { DAY_MS } from '../core/clock';
import type { RunStore } from './ledger';
import { RUN_STATES, runStampOf, type Run } from './run';

/** Lengths of the stretches, ms: a source with a file a night fills a screen from the second; 0 is everything. Our choice, 2026-11. */
const STRETCHES_MS = [DAY_MS, 10 * DAY_MS, 100 * DAY_MS, 0] as const;

/** Up to `most` runs, newest first. At most one query per stretch; what a stretch holds is in memory at once. */
export async function newestRuns(
  runs: Pick<RunStore, 'ofSource'>,
  source: string,
  most: number,
  now: number,
): Promise<readonly Run[]> {
  let found: readonly Run[] = [];
  for (const stretchMs of STRETCHES_MS) {
    const range = stretchMs === 0 ? {} : { after: runStampOf(now - stretchMs) };
    found = (await runs.ofSource(source, RUN_STATES, range)).map(({ value }) => value);
    if (found.length >= most) break;
  }
  return found.slice(-most).reverse();
}
