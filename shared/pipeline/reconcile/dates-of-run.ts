// What a run says of days to come (docs/design.md §3, Dates): a file names them in its rows, a run of dates has done what its day asked for.
import { foldId } from '../../columns/id';
import { withoutEnabling, type DatedPerson } from '../../roster/dated-person';
import { epochOf, statusOf } from '../../roster/epoch';
import type { DatesOfRun } from '../../roster/merge-dates';
import type { SeenIds } from '../../roster/run-part';
import { unlessGone } from '../../run/kept-files';
import { keptSettingsOrNull } from '../../run/kept-settings';
import { namedInNewerFiles } from '../../run/newer-rows';
import type { SourceRuns } from '../../run/other-runs';
import { lookAtOtherRuns } from '../../run/other-runs';
import type { Run } from '../../run/run';
import { isAbandoned, isOfDates, isOfFile } from '../../run/run';
import { declaresDates } from '../../source/declared-dates';
import type { SourceSettings } from '../../source/source-settings';
import type { Pipeline } from '../pipeline';
import { rowsOfRun } from '../read/rows-of-run';
import { readNoteOfDates } from '../records/note-of-dates';

export type DatesPorts = Pick<Pipeline, 'ledger' | 'files' | 'indexes' | 'rosters' | 'hash'>;

/** True if a file may say something of days to come, or of somebody who has such days; false if its files are gone. */
export async function concernsDates(
  { files, rosters }: Pick<DatesPorts, 'files' | 'rosters'>,
  run: Run,
): Promise<boolean> {
  const settings = isOfFile(run) ? await unlessGone(() => keptSettingsOrNull(files, run)) : null;
  if (settings === null) return false;
  return declaresDates(settings) || (await rosters.current(run.source))?.value.dates !== undefined;
}

/** What was found in the rows of a run that is about to settle. */
export interface FoundInRows {
  /** Null for a run of records. */
  readonly seen: SeenIds | null;
  /** Of a run of dates, of whom Entra is confirmed to hold what it sent; null for any other. */
  readonly confirmed: SeenIds | null;
  readonly isComplete: boolean;
}

/**
 * What the run says; null if nothing. A file that was given up says nothing, and what an older one has said stays. `isRebuilt`: runs of dates after
 * it will have their say, too.
 */
export async function datesOfRun(
  pipeline: DatesPorts,
  run: Run,
  settings: SourceSettings,
  { seen, confirmed, isComplete }: FoundInRows,
  isRebuilt: boolean,
): Promise<DatesOfRun | null> {
  if (confirmed !== null) {
    const { at: madeAt } = await readNoteOfDates(pipeline.files, run);
    return { kind: 'dates', run: run.run, madeAt, isConfirmed: confirmed.lookUp() };
  }
  if (seen === null || isAbandoned(run)) return null;
  return {
    ...{ kind: 'file', run: run.run, hasRow: seen.lookUp() },
    full: run.content !== 'full' ? null : isComplete ? 'complete' : 'doubtful',
    said: () => (declaresDates(settings) ? datedRows(pipeline, run, settings, isRebuilt) : nobody()),
  };
}

async function* nobody(): AsyncGenerator<DatedPerson> {
  await Promise.resolve();
  yield* [];
}

/** The people of its rows with days to come. Whom a newer run carries is left to that one (*newestWord*). */
async function* datedRows(
  pipeline: DatesPorts,
  run: Run,
  settings: SourceSettings,
  isRebuilt: boolean,
): AsyncGenerator<DatedPerson> {
  const { ledger, files, indexes, hash } = pipeline;
  const counts = (one: Run): boolean => isOfFile(one) || (!isRebuilt && isOfDates(one));
  const runs: SourceRuns = {
    firstInPlay: (...since) => ledger.runs.firstInPlay(...since),
    ofSource: async (...range) => (await ledger.runs.ofSource(...range)).filter(({ value }) => counts(value)),
  };
  const others = await lookAtOtherRuns({ ...ledger, runs }, indexes, run);
  const contradicted = await namedInNewerFiles(pipeline, run, () => true);
  const index = await indexes.of(run);
  const status = statusOf(settings);
  const epoch = epochOf(settings);
  for await (const { line, user } of rowsOfRun(files, run, true)) {
    if (user === null || !('user' in line) || line.switches === undefined) continue;
    // Who is not in the index was rejected because of another row, and another record of somebody who is does not count.
    if (index.find(line.id)?.recordHash !== hash(Buffer.from(user))) continue;
    const folded = foldId(line.id);
    if (contradicted.has(folded)) continue;
    const said: DatedPerson = {
      ...{ idHash: hash(folded), run: run.run, switches: line.switches, epoch, status },
      user: JSON.parse(user) as DatedPerson['user'],
    };
    // Of somebody without a row in a newer full file, the last word may still be that the account is disabled.
    const isAbsent = await others.newerCarries(line.id, false);
    const left = !isAbsent ? said : (await others.newerCarries(line.id, true)) ? null : withoutEnabling(said);
    if (left !== null) yield left;
  }
}
