// Rebuilding a roster that is damaged or lost from the runs that have ended: their files and batches say again what they said when they settled.
// It is built aside, oldest run first, and shown at once: a roster that lacks the newest runs would call somebody unchanged whom they changed.
// May be repeated, and may run beside the app: what other runs write meanwhile is joined with it.
import { RollcallError } from '../../core/errors';
import type { DatedPerson } from '../../roster/dated-person';
import { mergeDates, type DatesOfRun } from '../../roster/merge-dates';
import { emptyRoster, mergeTables } from '../../roster/merge-roster';
import { isLost, restoreRoster } from '../../roster/update-roster';
import type { Run, RunState } from '../../run/run';
import { isLive } from '../../run/run';
import type { LearnedByRun, RosterPorts } from '../reconcile/note-in-roster';
import { gatherRun, noteInRoster } from '../reconcile/note-in-roster';

const ENDED_STATES: readonly RunState[] = ['settled', 'parked'];

/** What became of it. Runs are named oldest first. */
export interface Rebuilt {
  readonly source: string;
  /** People whom these runs know; the roster may have more, of runs that settled meanwhile. */
  readonly people: number;
  /** The runs that it rests on. */
  readonly used: readonly string[];
  /** Ended runs of which a file is gone. */
  readonly gone: readonly string[];
  /**
   * Runs that were not used, because a run after them is gone: it may have sent their people something else, which nobody knows any more.
   * Whoever is in no other run is sent as new.
   */
  readonly passedOver: readonly string[];
  /** The roster that was there could not be read. */
  readonly replacedLost: boolean;
  /** False if there was nothing to write: no roster, and no run to make one of. */
  readonly isWritten: boolean;
}

/** Is told before each run is read: its place from 1, and how many there are. */
export type RebuildProgress = (run: string, place: number, of: number) => Promise<void>;

/** Rebuilds the roster of a source. In memory: twice the size of the roster, and what the largest run learned. */
export async function rebuildRoster(
  pipeline: RosterPorts,
  source: string,
  progress: RebuildProgress,
): Promise<Rebuilt> {
  const { ledger, rosters } = pipeline;
  const current = await rosters.current(source);
  // Also tells before the work, not after it, that the roster is of a newer version, or that storage refuses the caller.
  const wasLost = current !== null && (await isLost(rosters, source, current));
  const ended = await endedRuns(ledger, source);
  let roster = emptyRoster(source);
  let used: string[] = [];
  let dates: DatesOfRun[] = [];
  const gone: string[] = [];
  const passedOver: string[] = [];
  for (const [at, run] of ended.entries()) {
    await progress(run.run, at + 1, ended.length);
    const learned = await gatherIfThere(pipeline, run);
    if (learned === 'gone') {
      gone.push(run.run);
      passedOver.push(...used);
      used = [];
      roster = emptyRoster(source);
      dates = [];
      continue;
    }
    if (learned !== null) roster = await mergeTables(roster, learned.part, learned.seen);
    if (learned?.dates) dates.push(learned.dates);
    used.push(run.run);
  }
  const isWritten = wasLost || used.length > 0;
  const replacedLost = isWritten && (await restoreRoster(rosters, roster, datesAfter(dates)));
  // A run that settled meanwhile may have been noted in the roster that is lost.
  for (const run of await endedRuns(ledger, source)) {
    if (!isWritten || ended.some((known) => known.run === run.run)) continue;
    await noteInRoster(pipeline, run);
    used.push(run.run);
  }
  return { source, people: roster.size, used, gone, passedOver, replacedLost, isWritten };
}

/** The dates after these runs, oldest first. */
const datesAfter =
  (runs: readonly DatesOfRun[]) =>
  (old: AsyncIterable<DatedPerson>): AsyncIterable<DatedPerson> =>
    runs.reduce(mergeDates, old);

const endedRuns = async ({ runs }: RosterPorts['ledger'], source: string): Promise<readonly Run[]> =>
  (await runs.ofSource(source, ENDED_STATES)).map(({ value }) => value).filter(isLive);

async function gatherIfThere(pipeline: RosterPorts, run: Run): Promise<LearnedByRun | 'gone' | null> {
  try {
    const counts = await pipeline.ledger.batches.countStates(run.run);
    // Without its batches a run looks like one that sent nothing.
    if (run.batches > 0 && Object.values(counts).every((count) => count === 0)) return 'gone';
    return await gatherRun(pipeline, run, true);
  } catch (error) {
    if (error instanceof RollcallError && error.code === 'run-file-missing') return 'gone';
    throw error;
  }
}
