// One person: which runs carry them, where, and with which verdict. Reads only, and keeps nothing of other people.
import { foldId } from '../../columns/id';
import type { Hash64 } from '../../core/hash';
import type { Message } from '../../core/message';
import { messagesOfLeftOut } from '../../report/left-out';
import { messageOfHolder } from '../../report/name-holder';
import type { RosterStore } from '../../roster/roster-store';
import type { BatchRow } from '../../run/batch';
import type { BatchStore, RunStore } from '../../run/ledger';
import { readDecision } from '../../run/decision';
import { unlessGone } from '../../run/kept-files';
import { PeopleIndexes } from '../../run/people-indexes';
import { fateOfResting } from '../../run/resting-row';
import { recordsOfPerson, type RecordOfPerson } from '../../run/row-lines';
import { rowsOfPerson } from '../../run/rows-of-person';
import { isLive, wasNeverSent, type Run } from '../../run/run';
import { ofAttempt, type Candidate, type RunFiles } from '../../run/run-files';
import { VERDICT_OF_REJECTION, VERDICT_OF_UNSENT_RUN } from '../../verdict/give-verdict';
import type { Verdict } from '../../verdict/verdict';
import { daysOfPerson, type DaysOfPerson } from './days-of-person';
import { newestRuns } from '../../run/newest-runs';

/** What is read. Nothing here can write. */
export interface PersonPorts {
  readonly runs: Pick<RunStore, 'sources' | 'ofSource'>;
  readonly batches: Pick<BatchStore, 'family'>;
  readonly files: Pick<RunFiles, 'read' | 'readWhole'>;
  readonly rosters: Pick<RosterStore, 'current' | 'read'>;
  readonly hash: Hash64;
}

/** One record of the person in a run. Times are ms since the epoch. */
export interface PersonRecord {
  readonly row: number;
  readonly line: number;
  /** Null while there is none. */
  readonly verdict: Verdict | null;
  readonly code: string | null;
  /** What the report says beside the verdict: values that the row goes without, and who may hold its sign-in name. */
  readonly beside: readonly Message[];
  /** `todo`: to be sent; `open`: sent, no verdict yet; `done`. */
  readonly work: BatchRow['work'];
  /** The batch that holds it; null for a record that is not sent. */
  readonly batch: string | null;
  /** When each delivery was noted. */
  readonly sentAt: readonly number[];
}

/** A run that carries the person. */
export interface PersonInRun {
  readonly run: Run;
  readonly records: readonly PersonRecord[];
}

/** A person in one source. */
export interface PersonInSource extends DaysOfPerson {
  readonly source: string;
  /** How many of its newest runs were looked at. */
  readonly looked: number;
  /** Runs whose files were deleted: whom they carried is not known. */
  readonly deleted: readonly string[];
  /** Newest first. */
  readonly runs: readonly PersonInRun[];
}

/** Looks a person up in the newest `most` runs of one source, or of each, and in its dates. At most three files are read per run, one at a time. */
export async function lookForPerson(
  ports: PersonPorts,
  id: string,
  source: string | null,
  most: number,
  now: number,
): Promise<readonly PersonInSource[]> {
  const found: PersonInSource[] = [];
  for (const one of source === null ? await ports.runs.sources() : [source]) {
    const newest = await newestRuns(ports.runs, one, most, now);
    const runs: PersonInRun[] = [];
    const deleted: string[] = [];
    for (const run of newest) {
      const records = await recordsIn(ports, run, id);
      if (records === null) deleted.push(run.run);
      else if (records.length > 0) runs.push({ run, records });
    }
    const days = await daysOfPerson(ports, one, ports.hash(foldId(id)));
    found.push({ source: one, looked: newest.length, deleted, runs, ...days });
  }
  return found;
}

/** Null if the files of the run are gone. A run that was not read to the end yet carries nobody. */
async function recordsIn(ports: PersonPorts, run: Run, id: string): Promise<readonly PersonRecord[] | null> {
  const isUnsent = wasNeverSent(run);
  if (!isUnsent && !isLive(run)) return [];
  const carried = isUnsent ? { sent: [], hasUser: false } : await rowsIn(ports, run, id);
  if (carried === null) return null;
  const { sent, hasUser } = carried;
  if (!hasUser && !isUnsent && run.rejected + run.skipped + run.superseded === 0) return [];
  const bytes = await ports.files.read(run, ofAttempt(run, 'rows.jsonl'));
  // A file that was held before its rows were read has none.
  if (bytes === null) return isUnsent ? [] : null;
  const records = await recordsOfPerson(bytes, id);
  const resting = isUnsent ? NOBODY : await restingRows(ports, run, records);
  return records.map(({ row, line, destination }): PersonRecord => {
    const unsent = { row, line, work: 'done', batch: null, sentAt: [], beside: [] } as const;
    if (isUnsent) return { ...unsent, verdict: VERDICT_OF_UNSENT_RUN, code: run.reason?.code ?? null };
    const rowNumber = firstLike(records, { row, destination });
    const first = records.find((one) => one.row === rowNumber);
    const shared = first?.destination;
    if (shared !== undefined && 'rejected' in shared)
      return { ...unsent, verdict: VERDICT_OF_REJECTION, code: shared.rejected.code };
    if (shared !== undefined && 'unsent' in shared)
      return { ...unsent, verdict: shared.unsent.verdict, code: shared.unsent.code };
    const found = sent.find((one) => one.row.row === rowNumber);
    const rests = resting.get(rowNumber) ?? null;
    const beside = saidBeside(destination, first?.nameHeldBy ?? null, rests);
    if (rests !== null) {
      const { verdict, code } = fateOfResting(rests);
      return { ...unsent, verdict, code, beside };
    }
    // Between the commit of the file and the making of its batches.
    if (found === undefined) return { ...unsent, verdict: null, code: null, work: 'todo', beside };
    const { verdict, code, work, sentAt } = found.row;
    return { row, line, verdict, code, work, batch: found.batch.batch, sentAt, beside };
  });
}

/** As the report says it (row-fates.ts). The values are those of the record itself; the name is that of all that say the same. */
function saidBeside(
  destination: RecordOfPerson['destination'],
  holder: RecordOfPerson['nameHeldBy'],
  rests: Candidate | null,
): readonly Message[] {
  if (rests === 'unknown-inactive') return [];
  const leftOut = ('leftOut' in destination ? destination.leftOut : undefined) ?? [];
  const wasSent = rests === null || (typeof rests === 'object' && 'why' in rests);
  return [...messagesOfLeftOut(leftOut), ...(holder === null || !wasSent ? [] : [messageOfHolder(holder)])];
}

/** The row that says the same and has the verdict, which may be known only of an earlier one in turn. */
function firstLike(
  records: readonly RecordOfPerson[],
  { row, destination }: Pick<RecordOfPerson, 'row' | 'destination'>,
): number {
  if (!('into' in destination)) return row;
  const { into } = destination;
  const first = records.find((one) => one.row === into);
  return first === undefined ? into : firstLike(records, first);
}

const NOBODY: ReadonlyMap<number, Candidate> = new Map();

/** By row, why records are not sent that the run decided not to send. */
async function restingRows(
  { files }: Pick<PersonPorts, 'files'>,
  run: Run,
  records: readonly RecordOfPerson[],
): Promise<ReadonlyMap<number, Candidate>> {
  const candidates = records.flatMap(({ row, destination }) =>
    'user' in destination && destination.candidate !== undefined ? [[row, destination.candidate] as const] : [],
  );
  const sent = candidates.length === 0 ? null : await readDecision(files, run);
  if (sent === null) return NOBODY;
  return new Map(candidates.filter(([row]) => !sent.has(row)));
}

interface Carried {
  /** The rows of the person in the batches: none for a record that the run decided not to send. */
  readonly sent: Awaited<ReturnType<typeof rowsOfPerson>>;
  readonly hasUser: boolean;
}

const rowsIn = (ports: PersonPorts, run: Run, id: string): Promise<Carried | null> =>
  unlessGone(async () => {
    // Indexes of its own for each run: a large one takes 20 MB, and none is asked twice.
    const indexes = new PeopleIndexes(ports.files, ports.hash);
    const hasUser = (await indexes.of(run)).find(id) !== null;
    return { hasUser, sent: hasUser ? await rowsOfPerson(ports.batches, indexes, run, id) : [] };
  });
