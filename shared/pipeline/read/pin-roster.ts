// The roster that a run compares its file with: that of its first attempt, on the day of that attempt (*pinnedRoster*). Which people are
// candidates for `unchanged` must not differ between two attempts, or a row would be packed twice or never.
import { compareRecord, compareRules } from '../../roster/compare-record';
import { epochOf } from '../../roster/epoch';
import { loadRoster } from '../../roster/read-roster';
import type { Day } from '../../roster/roster-entry';
import { dayOf } from '../../roster/roster-entry';
import type { RosterPin } from '../../roster/roster-store';
import type { RosterTable } from '../../roster/roster-table';
import type { PinnedRoster } from '../../run/pinned-roster';
import { notePinnedRoster } from '../../run/pinned-roster';
import type { Run } from '../../run/run';
import type { Candidate } from '../../run/run-files';
import type { SourceSettings } from '../../source/source-settings';
import type { Pipeline } from '../pipeline';
import { candidateOf, refreshDaysOf } from './candidate';
import { lookAtPreviousRuns } from './previous-runs';

/** Pins the current roster, unless an attempt has pinned one; resolves to what is pinned. */
export async function pinRoster(
  pipeline: Pick<Pipeline, 'ledger' | 'files' | 'rosters' | 'clock'>,
  run: Run,
): Promise<PinnedRoster> {
  const { files, rosters, clock } = pipeline;
  return notePinnedRoster(files, run, async () => {
    const previous = await lookAtPreviousRuns(pipeline, run);
    const at = clock.now();
    return { pin: (await rosters.current(run.source))?.value ?? null, day: dayOf(at), at, previous };
  });
}

/** Loads a roster; null if there is none. */
export const loadPinned = async (
  { rosters }: { readonly rosters: Pick<Pipeline['rosters'], 'read'> },
  source: string,
  pin: RosterPin | null,
): Promise<RosterTable | null> => (pin === null ? null : loadRoster(await rosters.read(pin), source, pin.bytes));

const NO_ATTRIBUTES: ReadonlyMap<string, number> = new Map();

/** Why a record need not be sent, as far as a roster knows; null if it must be. */
export type FindCandidate = (idHash: bigint, recordHash: bigint) => Candidate | null;

/** Who is a candidate in a run, by a roster on a day. */
export function candidatesBy(
  roster: RosterTable | null,
  day: Day,
  run: Pick<Run, 'run'>,
  settings: SourceSettings,
): FindCandidate {
  if (roster === null) return () => null;
  const rules = compareRules(roster.header, epochOf(settings), day, refreshDaysOf(settings));
  return (idHash, recordHash) => {
    const entry = roster.find(idHash);
    if (entry === null) return null;
    const compared = compareRecord(entry, { recordHash, attributes: () => NO_ATTRIBUTES }, rules);
    return candidateOf(entry, compared, run.run);
  };
}
