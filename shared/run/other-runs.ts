// What a run must know about the other runs of its source: does a newer one carry the person, is an older delivery still open.
import { isSuccess } from '../verdict/verdict';
import type { BatchRow } from './batch';
import { rememberFamilies, rowsOfPerson } from './rows-of-person';
import type { Ledger } from './ledger';
import type { PeopleIndexes } from './people-indexes';
import type { Run, RunState } from './run';
import { isLive, LIVE_STATES, mayNeedRepair, OPEN_STATES } from './run';

/** Answers questions about one run's people as of the moment it was created: create it after the batch exists (*releaseLook*). */
export interface OtherRuns {
  /** True if a newer live run carries the person; a `full` file carries everybody, but does not replace the last word about a person. */
  readonly newerCarries: (id: string, isLastWord: boolean) => Promise<boolean>;
  /** True if an older run has a delivery of the person that is noted and not decided (*waiting*, *unknownIsOpen*). */
  readonly olderIsOpen: (id: string) => Promise<boolean>;
  /**
   * True if the previous run of the same content confirmed exactly this record, and no older delivery of the person went unanswered
   * (*freshCompare*). False for every run that is not a repetition: only the roster will know what Entra holds.
   */
  readonly isConfirmed: (id: string) => Promise<boolean>;
  /**
   * True if an older run sent the person something that no roster tells: the run has not settled, or the answer was lost (*freshCompare*).
   */
  readonly olderMayChange: (id: string) => Promise<boolean>;
  /** True if no other run can carry or have sent anything that matters: then nobody need be looked up. */
  readonly areQuiet: () => Promise<boolean>;
}

/** Reads which runs exist, then looks people up as they are asked for. */
export async function lookAtOtherRuns(
  ledger: Ledger,
  indexes: PeopleIndexes,
  run: Pick<Run, 'source' | 'run' | 'arrivedAt' | 'sameAs'>,
): Promise<OtherRuns> {
  const runsOf = async (
    states: readonly RunState[],
    range: { readonly after?: string; readonly before?: string },
  ): Promise<readonly Run[]> =>
    (await ledger.runs.ofSource(run.source, states, range)).map((one) => one.value).filter(isLive);
  const newer = await runsOf(LIVE_STATES, { after: run.run });
  const older = await runsOf(OPEN_STATES, { before: run.run });
  const batches = rememberFamilies(ledger.batches);
  let known: Promise<readonly Run[]> | undefined;
  const unanswered = (): Promise<readonly Run[]> =>
    (known ??= runsOf(LIVE_STATES, { before: run.run }).then((runs) =>
      runs.filter((one) => mayNeedRepair(one, run.arrivedAt)),
    ));
  const olderWentUnanswered = async (id: string): Promise<boolean> => {
    for (const one of await unanswered()) {
      const rows = await rowsOfPerson(batches, indexes, one, id);
      if (rows.some(({ row }) => row.unanswered)) return true;
    }
    return false;
  };
  const olderHas = async (id: string, test: (row: BatchRow) => boolean): Promise<boolean> => {
    for (const one of older) {
      const rows = await rowsOfPerson(batches, indexes, one, id);
      if (rows.some(({ row }) => test(row))) return true;
    }
    return false;
  };
  return {
    newerCarries: async (id, isLastWord) => {
      for (const one of newer) if (await carries(indexes, one, id, isLastWord)) return true;
      return false;
    },
    olderIsOpen: async (id) => olderHas(id, (row) => row.deliveries > 0 && row.work !== 'done'),
    areQuiet: async () => newer.length + older.length + (await unanswered()).length === 0,
    olderMayChange: async (id) =>
      (await olderHas(id, (row) => row.sentAt.length > 0)) || (await olderWentUnanswered(id)),
    isConfirmed: async (id) => {
      if (run.sameAs === null) return false;
      const before = { source: run.source, run: run.sameAs };
      // Arrived between the two but was staged late: what it confirmed is newer than the run of the same content.
      for (const one of await runsOf(LIVE_STATES, { after: run.sameAs, before: run.run })) {
        if (await carries(indexes, one, id, false)) return false;
      }
      const record = (await indexes.of(run)).find(id)?.recordHash;
      if (record === undefined || (await indexes.of(before)).find(id)?.recordHash !== record) return false;
      const rows = await rowsOfPerson(batches, indexes, before, id);
      const confirmed = rows.some(({ row }) => isSuccess(row.verdict) && row.code === null && !row.unanswered);
      return confirmed && !(await olderWentUnanswered(id));
    },
  };
}

/**
 * A run carries a person if it has a user for them; a `full` file says something about everybody,
 * but not about one of whom an older row is the last word (`lastWord` in verdict/row-evidence.ts): it has no row of that person.
 */
export const carries = async (
  indexes: PeopleIndexes,
  run: Pick<Run, 'source' | 'run' | 'content'>,
  id: string,
  isLastWord: boolean,
): Promise<boolean> => (run.content === 'full' && !isLastWord) || (await indexes.of(run)).find(id) !== null;

/** The same runs, newest first: for finding the run that a log entry belongs to. */
export const newestFirst = (runs: readonly Run[]): readonly Run[] => [...runs].sort((a, b) => (a.run < b.run ? 1 : -1));
