// A run adds what it knows to the roster of its source: read, merge, replace, and again if another process was faster.
import { RollcallError } from '../core/errors';
import type { Versioned } from '../storage/versioned';
import { mergeRoster } from './merge-roster';
import { openRoster } from './read-roster';
import type { RosterPin, RosterStore } from './roster-store';
import type { RosterTable } from './roster-table';
import type { SeenIds } from './run-part';

/** How often a merge begins again when another process was faster. Our choice, 2026-11. */
const MAX_ATTEMPTS = 5;

/**
 * Merges what a run knows into the roster of its source; `seen` are the people of its file. May be repeated: a second time changes nothing.
 * Throws `RollcallError` (retry) if other processes were faster every time, or if the roster is damaged.
 */
export async function updateRoster(
  store: RosterStore,
  part: RosterTable,
  seen: SeenIds | null,
): Promise<Versioned<RosterPin>> {
  const { source } = part.header;
  for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
    const current = await store.current(source);
    const old = current === null ? null : await openRoster(await store.read(current.value), source);
    const writer = store.replace(source, current);
    for await (const chunk of mergeRoster(old, part, seen)) await writer.append(chunk);
    const written = await writer.commit();
    if (written !== null) return written;
  }
  throw new RollcallError('roster-contended', 'retry', 'the roster changed at every attempt to replace it');
}
