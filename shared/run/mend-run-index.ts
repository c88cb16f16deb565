// The index of runs is made once, and compared with all runs once a day: what an app of an older version has written is in no list, and a process that
// died may have left an entry too many. Until it is whole, its readers look through all runs.
//
//   (none) ──made──► not trusted ──an hour later, compared──► whole ──each day, compared──► whole
//      └──the table has no run: nobody else has written to it──────►
import { DAY_MS, HOUR_MS } from '../core/clock';
import type { RunEntities } from './indexed-runs';
import { dropIfStale } from './indexed-runs';
import type { Run } from './run';
import type { IndexEntry, NotedEntry, RunIndex } from './run-index';
import { entriesOf, INDEX_LISTS, keyOfEntry } from './run-index';

/** While an app is replaced, instances of the version before may work on, and they write no entries; longer than `functionTimeout` and the time in which an instance must end. Our choice, 2026-11. */
const TRUSTED_AFTER_MS = HOUR_MS;
const COMPARED_EVERY_MS = DAY_MS;
/** An entry without a run is of an intake that is about to write it; one that is so old never will. Longer than any function may take. */
const ABANDONED_AFTER_MS = DAY_MS;
/**
 * How long the list of ended runs goes back: a run may be held for 30 days, and then asks what ended in the week before it arrived. Whoever asks for
 * more looks through the runs of the source.
 */
const ENDED_KEPT_MS = 40 * DAY_MS;

/** All runs, page by page. */
export type EveryRun = () => AsyncIterable<readonly Run[]>;

/** What is due at `now`, ms. */
export async function mendRunIndex(runs: RunEntities, index: RunIndex, everyRun: EveryRun, now: number): Promise<void> {
  const made = await index.made();
  const isTrusted = made !== null && made.lastAt - made.firstAt >= TRUSTED_AFTER_MS;
  if (made !== null && now - made.lastAt < (isTrusted ? COMPARED_EVERY_MS : TRUSTED_AFTER_MS)) return;
  const since = now - ENDED_KEPT_MS;
  const isEmpty = await compare(runs, index, everyRun, since, now);
  const firstAt = made?.firstAt ?? (isEmpty ? now - TRUSTED_AFTER_MS : now);
  if (now - firstAt >= TRUSTED_AFTER_MS) {
    // First it is said, and then it is true: whoever asks for older ones looks through the runs.
    await index.setWhole(since);
    await index.forgetEnded(since);
  }
  await index.setMade({ firstAt, lastAt: now });
}

/** Notes what is missing and removes what is stale. True if there is no run at all. */
async function compare(
  runs: RunEntities,
  index: RunIndex,
  everyRun: EveryRun,
  since: number,
  now: number,
): Promise<boolean> {
  // The entries are read before the runs: see `dropIfStale`.
  const noted = await entriesBefore(index, since);
  let isEmpty = true;
  for await (const page of everyRun()) {
    const missing: IndexEntry[] = [];
    for (const run of page) {
      isEmpty = false;
      for (const entry of entriesOf(run))
        if (!noted.delete(keyOfEntry(entry)) && (entry.list !== 'ended' || entry.at > since)) missing.push(entry);
    }
    if (missing.length > 0) await index.note(missing);
  }
  for (const one of noted.values()) {
    if (one.entry.list === 'ended') continue;
    const read = await runs.read(one.entry.source, one.entry.run);
    if (read !== null) await dropIfStale(runs, index, one);
    else if (one.notedAt < now - ABANDONED_AFTER_MS) await index.drop(one);
  }
  return isEmpty;
}

/** All entries, by their keys. */
async function entriesBefore(index: RunIndex, since: number): Promise<Map<string, NotedEntry>> {
  const found = new Map<string, NotedEntry>();
  for (const list of INDEX_LISTS)
    for (const one of (await index.list(list, list === 'ended' ? since : 0)).entries)
      found.set(keyOfEntry(one.entry), one);
  return found;
}
