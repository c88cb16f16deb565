// A run adds what it knows to the roster of its source: read, merge, replace, and again if another process was faster.
import { RollcallError } from '../core/errors';
import type { Versioned } from '../storage/versioned';
import type { DatedPerson } from './dated-person';
import { readDates, writeDates } from './dates-file';
import { mergeDates, type DatesOfRun } from './merge-dates';
import { mergeRoster } from './merge-roster';
import type { OpenRoster } from './read-roster';
import { openRoster } from './read-roster';
import type { DatesPin, RosterPin, RosterStore } from './roster-store';
import type { RosterTable } from './roster-table';
import type { SeenIds } from './run-part';

/** How often a change begins again when another process was faster. Our choice, 2026-11. */
export const MAX_ROSTER_ATTEMPTS = 5;

/**
 * Merges what a run knows into the roster of its source; `seen` are the people of its file, `dates` what it says of days to come: asked after each
 * reading of the roster (*lookInSwap*). May be repeated: a second time changes nothing. Throws `RollcallError` (retry) if other processes were
 * faster every time, or if the roster is damaged.
 */
export async function updateRoster(
  store: RosterStore,
  part: RosterTable,
  seen: SeenIds | null,
  dates: DatesOfRun | null = null,
): Promise<Versioned<RosterPin>> {
  const { source } = part.header;
  return mergeInto(
    store,
    part,
    seen,
    (current) => openCurrent(store, source, current),
    async (current) => {
      const old = current?.value.dates;
      if (dates === null || (old === undefined && dates.kind === 'dates')) return undefined;
      return writeDates(store, source, current, mergeDates(readDates(store, old), dates));
    },
  );
}

/**
 * As `updateRoster`, but a current roster that is damaged or gone is replaced by the part, and so are its dates; its file stays where it is until the
 * next merge. `datesFrom` gives the dates after those that can be read, as of now. Resolves to whether there was such a one.
 */
export async function restoreRoster(
  store: RosterStore,
  part: RosterTable,
  datesFrom: (old: AsyncIterable<DatedPerson>) => AsyncIterable<DatedPerson>,
): Promise<boolean> {
  const { source } = part.header;
  let wasLost = false;
  await mergeInto(
    store,
    part,
    null,
    async (current) => {
      wasLost = current !== null && (await isLost(store, source, current));
      return wasLost ? null : openCurrent(store, source, current);
    },
    (current) =>
      writeDates(store, source, current, datesFrom(readDates(store, wasLost ? undefined : current?.value.dates))),
  );
  return wasLost;
}

type Current = Versioned<RosterPin> | null;

const openCurrent = async (store: RosterStore, source: string, current: Current): Promise<OpenRoster | null> =>
  current === null ? null : openRoster(await store.read(current.value), source);

/** True if nothing can be read from it. One of a newer version can be read, by that version. */
export async function isLost(store: RosterStore, source: string, { value }: Versioned<RosterPin>): Promise<boolean> {
  try {
    const blocks = (await openRoster(await store.read(value), source)).blocks[Symbol.asyncIterator]();
    while ((await blocks.next()).done !== true);
    const people = readDates(store, value.dates);
    while ((await people.next()).done !== true);
    return false;
  } catch (error) {
    if (error instanceof RollcallError && (error.code === 'roster-damaged' || error.code === 'roster-missing'))
      return true;
    throw error;
  }
}

async function mergeInto(
  store: RosterStore,
  part: RosterTable,
  seen: SeenIds | null,
  open: (current: Current) => Promise<OpenRoster | null>,
  datesAfter: (current: Current) => Promise<DatesPin | null | undefined>,
): Promise<Versioned<RosterPin>> {
  const { source } = part.header;
  for (let attempt = 0; attempt < MAX_ROSTER_ATTEMPTS; attempt++) {
    const current = await store.current(source);
    const old = await open(current);
    const dates = await datesAfter(current);
    const writer = store.replace(source, current);
    for await (const chunk of mergeRoster(old, part, seen)) await writer.append(chunk);
    const written = await writer.commit(dates);
    if (written !== null) return written;
  }
  throw new RollcallError('roster-contended', 'retry', 'the roster changed at every attempt to replace it');
}
