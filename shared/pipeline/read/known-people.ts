// What a file is compared with: the people whom Entra is confirmed to hold, and what HR has said of people since, in files that have passed and
// are on their way. What was let through once is no news, or a first load of some days would be held every night.
import { foldId } from '../../columns/id';
import type { Hash64 } from '../../core/hash';
import type { RunKey } from '../../core/run-key';
import { epochOf, UNKNOWN_EPOCH } from '../../roster/epoch';
import { emptyRoster, mergeTables } from '../../roster/merge-roster';
import type { RosterTable } from '../../roster/roster-table';
import { arrivalOf } from '../../roster/entry-bytes';
import type { RosterEntry } from '../../roster/roster-entry';
import { dayOf } from '../../roster/roster-entry';
import { JoinedParts } from '../../roster/joined-parts';
import { recordOfLine, RunPart, SeenIds } from '../../roster/run-part';
import { unlessGone } from '../../run/kept-files';
import { keptSettingsOrNull, readKeptSettings } from '../../run/kept-settings';
import type { PeopleIndexes } from '../../run/people-indexes';
import type { PassedRun, PreviousRuns } from '../../run/pinned-roster';
import { isOfFile } from '../../run/run';
import type { AmendmentLine, Candidate, RunFiles } from '../../run/run-files';
import { isNotYet } from '../../run/run-files';
import type { SourceSettings } from '../../source/source-settings';
import { isAnybodys, rowsOfRun } from './rows-of-run';

/** What is known of a source before a file; null where there is nothing. */
export interface KnownPeople {
  /** What Entra is confirmed to hold: it decides what is sent. */
  readonly roster: RosterTable | null;
  /**
   * The roster as it will be when every file that has passed is delivered: it decides what is news. The same table if no file is on its way.
   */
  readonly expected: RosterTable | null;
  /** The settings that made the records of both, as far as they are kept; those of the newest run last. */
  readonly madeBy: readonly SourceSettings[];
  /** Rows of the last full file that was let through. */
  readonly lastRows: number | null;
}

/** Nothing is known: everybody is new. */
export const NOBODY_KNOWN: KnownPeople = { roster: null, expected: null, madeBy: [], lastRows: null };

/** What is read. Nothing here can write. */
export interface KnownPeoplePorts {
  readonly files: Pick<RunFiles, 'read' | 'readWhole'>;
  readonly indexes: Pick<PeopleIndexes, 'of'>;
  readonly hash: Hash64;
}

/**
 * Reads what earlier runs say beside the roster: of a run on its way its rows and users, so some 100 bytes of memory for each person in whom it
 * differs from the roster. A run of which retention has taken a file says nothing, like one that was not noted because all of its files were gone:
 * of its people only what is in the roster is known. `afterEach`: called after each run, which may take seconds.
 */
export async function readKnownPeople(
  ports: KnownPeoplePorts,
  source: string,
  roster: RosterTable | null,
  { last, fullRows, passed }: PreviousRuns,
  afterEach: () => Promise<void> = () => Promise.resolve(),
): Promise<KnownPeople> {
  const settled = last === null ? null : await readKeptSettings(ports.files, { source, run: last });
  const madeBy = settled === null ? [] : [settled];
  const parts = new JoinedParts();
  const seen: SeenIds[] = [];
  const known = (idHash: bigint): RosterEntry | null => newerOf(roster?.find(idHash) ?? null, parts.find(idHash));
  for (const run of passed) {
    const said = await unlessGone(async () => {
      const settings = await keptSettingsOrNull(ports.files, { source, run: run.run });
      return { settings, ...(await saidBy(ports, { source, ...run }, settings, known)) };
    });
    await afterEach();
    if (said === null) continue;
    await parts.add(said.part);
    if (said.seen !== null) seen.push(said.seen);
    if (said.settings !== null) madeBy.push(said.settings);
  }
  const part = await parts.joined();
  const expected = part === null ? roster : await mergeTables(roster ?? emptyRoster(source), part, seen);
  return { roster, expected, madeBy, lastRows: fullRows };
}

/**
 * What a run says of its people, as if all of it were confirmed. Without its settings it still says who is known, active, and by which name; not
 * who is missing.
 */
async function saidBy(
  { files, indexes, hash }: KnownPeoplePorts,
  run: PassedRun & RunKey,
  settings: SourceSettings | null,
  known: (idHash: bigint) => RosterEntry | null,
): Promise<{ readonly part: RosterTable; readonly seen: SeenIds | null }> {
  const index = await indexes.of(run);
  const seen = isOfFile(run) ? new SeenIds(run.run) : null;
  const epoch = settings === null ? UNKNOWN_EPOCH : epochOf(settings);
  const part = new RunPart({ source: run.source, run: run.run, epoch, isOfFile: isOfFile(run) });
  let isComplete = true;
  // Nothing is sent for them after all.
  const resting = new Set<bigint>();
  const note = (line: AmendmentLine): void => {
    if ('rests' in line) resting.add(hash(foldId(line.id)));
  };
  for await (const { line, user } of rowsOfRun(files, run, true, note)) {
    if (settings === null || isAnybodys(line, settings)) isComplete = false;
    if (line.id === null || line.id === '') continue;
    const idHash = hash(foldId(line.id));
    seen?.add(idHash);
    if (user === null || !('user' in line)) continue;
    const bytes = Buffer.from(user);
    const recordHash = hash(bytes);
    // Who is not in the index was rejected because of another row, and another record of somebody who is does not count.
    if (index.find(line.id)?.recordHash !== recordHash) continue;
    if (isSaidBefore(line.candidate, known(idHash), recordHash)) continue;
    part.add(recordOfLine(bytes, line.user[0], hash), { day: dayOf(arrivalOf(run.run) * 1_000), why: null });
  }
  const full = run.content === 'changes' ? null : isComplete ? 'complete' : 'doubtful';
  return { part: part.table(full, resting), seen };
}

/**
 * True of a record that adds nothing to what is known. A candidate rested by the roster of its time: if another run has sent the person something
 * since, it is sent all the same (*freshCompare*).
 */
function isSaidBefore(candidate: Candidate | undefined, known: RosterEntry | null, recordHash: bigint): boolean {
  // It says what the person will be on a later day.
  if (candidate !== undefined && isNotYet(candidate)) return true;
  if (known === null) return candidate === 'unknown-inactive';
  // What was sent in vain and is sent now is expected to arrive; a candidate is what rests.
  if (known.unconfirmed !== null && candidate === undefined) return false;
  return (known.unconfirmed ?? known).recordHash === recordHash;
}

/** What of the two was said last. */
function newerOf(held: RosterEntry | null, said: RosterEntry | null): RosterEntry | null {
  if (held === null || said === null) return held ?? said;
  return (held.unconfirmed ?? held).run < said.run ? said : held;
}
