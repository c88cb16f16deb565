// What a run learned goes into the roster of its source before the run shows as settled: what Entra is confirmed to hold of whom, what was
// sent in vain, who had a row at all, and what is to happen on days to come (*settleAfterRoster*). May be repeated: a second time changes nothing.
import { foldId } from '../../columns/id';
import type { Hash64 } from '../../core/hash';
import { Column } from '../../people/number-tables';
import { epochOf } from '../../roster/epoch';
import type { DatesOfRun } from '../../roster/merge-dates';
import type { UnconfirmedReason } from '../../roster/roster-entry';
import { dayOf, UNCONFIRMED_REASONS } from '../../roster/roster-entry';
import type { RosterPin } from '../../roster/roster-store';
import type { RosterTable } from '../../roster/roster-table';
import { isConfirmed, recordOfLine, RunPart, SeenIds } from '../../roster/run-part';
import { updateRoster } from '../../roster/update-roster';
import type { BatchRow } from '../../run/batch';
import type { BatchStore } from '../../run/ledger';
import { requireKeptSettings } from '../../run/kept-settings';
import { readPinnedRoster } from '../../run/pinned-roster';
import type { Run } from '../../run/run';
import { INTAKE_STATES, isAbandoned, isHeldByGuard, isOfDates, isOfFile } from '../../run/run';
import type { RunFiles } from '../../run/run-files';
import type { SourceSettings } from '../../source/source-settings';
import { isSuccess } from '../../verdict/verdict';
import { isAnybodys, rowsOfRun } from '../read/rows-of-run';
import { concernsDates, datesOfRun, type DatesPorts } from './dates-of-run';

export type RosterPorts = DatesPorts;

/** Merges the run into the roster. All its rows must be decided. */
export async function noteInRoster(pipeline: RosterPorts, run: Run): Promise<void> {
  const learned = await gatherRun(pipeline, run);
  if (learned === null) return;
  const written = await updateRoster(pipeline.rosters, learned.part, learned.seen, learned.dates);
  await removeOldRosters(pipeline, run.source, written.value);
}

/** What a run knows of its people, as a roster of its own, and who had a row. */
export interface LearnedByRun {
  readonly part: RosterTable;
  /** Null for a run of records, which is no file of HR's. */
  readonly seen: SeenIds | null;
  /** Null if it says nothing of days to come. */
  readonly dates: DatesOfRun | null;
}

/**
 * Gathers what a run learned; null if it says nothing new about anybody. All its rows must be decided. `isRebuilt`: the runs after it are gathered,
 * too. Throws `run-file-missing` if a file of the run is gone.
 */
export async function gatherRun(pipeline: RosterPorts, run: Run, isRebuilt = false): Promise<LearnedByRun | null> {
  const { ledger, files, hash } = pipeline;
  const fates = await fatesOf(ledger.batches, run);
  // A file of changes of which nothing was sent.
  if (fates.count === 0 && run.content === 'changes' && !(await concernsDates(pipeline, run))) return null;
  const settings = await requireKeptSettings(files, run);
  const seen = isOfFile(run) ? new SeenIds(run.run) : null;
  const part = new RunPart({ source: run.source, run: run.run, epoch: epochOf(settings), isOfFile: isOfFile(run) });
  const confirmed = isOfDates(run) ? new SeenIds(run.run) : null;
  const isComplete = await gatherRows(files, run, settings, { seen, confirmed, part, fates, hash });
  // An abandoned file says nothing of who is missing from it.
  const isFull = run.content === 'full' && !isAbandoned(run);
  const dates = await datesOfRun(pipeline, run, settings, { seen, confirmed, isComplete }, isRebuilt);
  return { part: part.table(!isFull ? null : isComplete ? 'complete' : 'doubtful'), seen, dates };
}

/**
 * Deletes the rosters that nobody will read: those before the one just written, and before all that a run in intake, or one that is held and
 * not reported yet, has pinned. A run that has
 * pinned none may be about to pin an older one; one that begins after this look pins the one just written, or a newer one.
 */
async function removeOldRosters(pipeline: RosterPorts, source: string, written: RosterPin): Promise<void> {
  const { ledger, files, rosters } = pipeline;
  let oldest = written;
  const reading = await ledger.runs.inStates(INTAKE_STATES, source);
  // The plan of a held run is made from the roster that it pinned; once its reports are written, nobody reads that one.
  const planned = (await ledger.runs.pending(source)).filter(
    ({ value }) => isHeldByGuard(value) && value.settledAt === 0,
  );
  for (const { value } of [...reading, ...planned]) {
    const pinned = await readPinnedRoster(files, value);
    if (pinned === null) return;
    if (pinned.pin !== null && pinned.pin.name < oldest.name) oldest = pinned.pin;
  }
  await rosters.removeBefore(source, oldest, written);
}

/** By row of the export: why its record is not confirmed, or that it is; and the day of its last delivery. */
interface Fates {
  readonly count: number;
  of(row: number): { readonly why: UnconfirmedReason | null; readonly day: number } | null;
}

const CONFIRMED = 1;
const FIRST_REASON = 2;

async function fatesOf(batches: BatchStore, run: Run): Promise<Fates> {
  const words = new Column(Uint8Array);
  const days = new Column(Uint32Array);
  let count = 0;
  for await (const page of batches.all(run.run))
    for (const row of page.flatMap(({ value }) => value.rows)) {
      // The times are kept even when a delivery's time is up; a call that was not taken leaves none.
      if (row.sentAt.length === 0) continue;
      const why = whyUnconfirmed(row);
      words.set(row.row, why === null ? CONFIRMED : FIRST_REASON + UNCONFIRMED_REASONS.indexOf(why));
      days.set(row.row, dayOf(Math.max(...row.sentAt)));
      count++;
    }
  return {
    count,
    of: (row) => {
      const word = words.get(row);
      if (word === 0) return null;
      return { why: UNCONFIRMED_REASONS[word - FIRST_REASON] ?? null, day: days.get(row) };
    },
  };
}

/** Null if Entra is confirmed to hold the record. A delivery without an answer may still be processed: then it is not. */
function whyUnconfirmed({ verdict, code, unanswered }: BatchRow): UnconfirmedReason | null {
  if (verdict === 'skipped') return 'skipped';
  if (verdict === 'failed' || verdict === 'rejected') return 'failed';
  if (!isSuccess(verdict) || unanswered) return 'not-seen';
  return code === null ? null : 'manager-not-resolved';
}

/**
 * Notes everybody with a row, and everybody who was sent with the record that was sent. True if every row has an id: a row without one, or with
 * one that is damaged, may be anybody's.
 */
async function gatherRows(
  files: RunFiles,
  run: Run,
  settings: SourceSettings,
  { seen, confirmed, part, fates, hash }: LearnedInto,
): Promise<boolean> {
  let isComplete = true;
  for await (const { line, user } of rowsOfRun(files, run, fates.count > 0)) {
    if (isAnybodys(line, settings)) isComplete = false;
    if (line.id !== null && line.id !== '') seen?.add(hash(foldId(line.id)));
    const fate = user === null ? null : fates.of(line.row);
    if (fate === null || user === null || !('user' in line)) continue;
    const record = recordOfLine(Buffer.from(user), line.user[0], hash);
    part.add(record, fate);
    if (isConfirmed(fate)) confirmed?.add(record.idHash);
  }
  return isComplete;
}

interface LearnedInto {
  readonly seen: SeenIds | null;
  readonly confirmed: SeenIds | null;
  readonly part: RunPart;
  readonly fates: Fates;
  readonly hash: Hash64;
}
