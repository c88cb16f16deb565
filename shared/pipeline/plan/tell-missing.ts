// People who are missing from a full file, as the plan tells them: the same whom the guard counts.
import type { PlanNotes } from '../../messages/plan-words';
import type { People } from '../../people/people';
import type { PlanEntry } from '../../plan/plan';
import type { RosterEntry } from '../../roster/roster-entry';
import type { RosterTable } from '../../roster/roster-table';
import type { Candidate } from '../../run/run-files';
import { isNewlyMissing } from '../read/file-changes';
import { nameOf } from './compare-values';
import type { OldRecords } from '../records/old-records';

/** They are told in portions, because their records are read from storage. */
const PORTION = 1_000;

/** Tells them in the order of the roster. */
export async function tellMissing(
  roster: RosterTable,
  people: People<Candidate>,
  oldRecords: OldRecords,
  notes: PlanNotes,
  add: (entries: readonly PlanEntry[]) => Promise<void>,
): Promise<void> {
  let portion: RosterEntry[] = [];
  const flush = async (): Promise<void> => {
    const old = await oldRecords.read(portion);
    await add(
      portion.map(({ recordHash }) => {
        const user = old.get(recordHash);
        const name = user === undefined ? null : nameOf(user);
        const note = user === undefined ? notes.recordGone : null;
        return { kind: 'missing', row: null, line: null, id: user?.externalId ?? null, name, changes: [], note };
      }),
    );
    portion = [];
  };
  for (const entry of roster) {
    if (!isNewlyMissing(entry, roster, people)) continue;
    portion.push(entry);
    if (portion.length === PORTION) await flush();
  }
  await flush();
}
