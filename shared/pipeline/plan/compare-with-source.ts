// What a file that is only looked at is compared with: what storage holds of its source at this moment. Reads only.
import { RollcallError } from '../../core/errors';
import type { Hash64 } from '../../core/hash';
import type { RosterStore } from '../../roster/roster-store';
import type { RosterTable } from '../../roster/roster-table';
import type { RunStore } from '../../run/ledger';
import type { PeopleIndexes } from '../../run/people-indexes';
import type { Run, RunState } from '../../run/run';
import { INTAKE_STATES, OPEN_STATES } from '../../run/run';
import type { RunFiles } from '../../run/run-files';
import { loadPinned } from '../read/pin-roster';
import type { KnownPeople } from '../read/known-people';
import { NOBODY_KNOWN, readKnownPeople } from '../read/known-people';
import { lookAtPreviousRuns } from '../read/previous-runs';
import { NO_OLD_RECORDS, oldRecords, type OldRecords } from '../records/old-records';

/** What is read. Nothing here can write. */
export interface ComparePorts {
  readonly ledger: { readonly runs: Pick<RunStore, 'ofSource'> };
  readonly files: Pick<RunFiles, 'read' | 'readWhole' | 'exists' | 'readRange'>;
  readonly indexes: Pick<PeopleIndexes, 'of'>;
  readonly rosters: Pick<RosterStore, 'current' | 'read' | 'keptRecords'>;
  readonly hash: Hash64;
}

/** What is known of a source before the file. */
export interface Compared extends KnownPeople {
  readonly oldRecords: OldRecords;
  /** Files that are still on their way: the roster does not know yet what becomes of them. */
  readonly unsettled: number;
}

/** Nothing is known: everybody is new. */
export const NOTHING_KNOWN: Compared = { ...NOBODY_KNOWN, oldRecords: NO_OLD_RECORDS, unsettled: 0 };

/** An id that sorts after those of all runs, whatever the clocks of storage and of this computer say. */
export const AFTER_ALL_RUNS = '~';

const UNSETTLED: readonly RunState[] = [...INTAKE_STATES, ...OPEN_STATES];

/** Reads what storage holds of a source. Throws `RollcallError` (`roster-…`) if its roster cannot be used. */
export async function compareWithSource(ports: ComparePorts, source: string): Promise<Compared> {
  const { ledger, rosters } = ports;
  const next: Pick<Run, 'source' | 'run'> = { source, run: AFTER_ALL_RUNS };
  // Before the roster: a run that settles in between is in it, and at worst counted as unsettled too.
  const unsettled = await ledger.runs.ofSource(source, UNSETTLED);
  const previous = await lookAtPreviousRuns(ports, next);
  return {
    ...(await readKnownPeople(ports, source, await loadCurrent(rosters, source), previous)),
    oldRecords: oldRecords(ports, source),
    unsettled: unsettled.length,
  };
}

/** The current roster; null if there is none. */
async function loadCurrent(rosters: ComparePorts['rosters'], source: string): Promise<RosterTable | null> {
  let pin = (await rosters.current(source))?.value ?? null;
  for (;;) {
    try {
      return await loadPinned({ rosters }, source, pin);
    } catch (error) {
      if (!(error instanceof RollcallError) || error.code !== 'roster-missing') throw error;
      // A merge has replaced it meanwhile, and keeps only what a run has pinned.
      const now = (await rosters.current(source))?.value ?? null;
      if (now?.name === pin?.name) throw error;
      pin = now;
    }
  }
}
