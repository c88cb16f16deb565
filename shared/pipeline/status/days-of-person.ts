// The days of a person that are still to come, as the roster of a source keeps them (ADR 0036). Reads only, and keeps nothing of other people.
import type { StatusSwitches } from '../../columns/status-switches';
import { readDates } from '../../roster/dates-file';
import type { RosterStore } from '../../roster/roster-store';
import type { RunStore } from '../../run/ledger';
import type { RosterTrouble } from '../roster/look-at-rosters';
import { eachRoster } from '../roster/look-at-rosters';

/** What is read. Nothing here can write. */
export interface DaysPorts {
  readonly runs: Pick<RunStore, 'sources'>;
  readonly rosters: Pick<RosterStore, 'current' | 'read'>;
}

/** What the newest row of a person says of the days to come; one that has passed is not confirmed yet. */
export interface DaysToCome {
  /** The run of the file that says so. */
  readonly run: string;
  readonly switches: StatusSwitches;
}

/** The days of a person in one source; both null if there are none. `trouble`: why the roster cannot be read. */
export interface DaysOfPerson {
  readonly days: DaysToCome | null;
  readonly trouble: RosterTrouble | null;
}

/** Looks for the days of a person in one source. Reads the dates of the source to their end: until then they may be damaged. */
export async function daysOfPerson(ports: DaysPorts, source: string, idHash: bigint): Promise<DaysOfPerson> {
  const [found] = await eachRoster<DaysToCome>(ports, source, async (_, { dates }) => {
    let days: DaysToCome | null = null;
    for await (const person of readDates(ports.rosters, dates))
      if (person.idHash === idHash) days = { run: person.run, switches: person.switches };
    return days;
  });
  return { days: found?.value ?? null, trouble: found?.trouble ?? null };
}
