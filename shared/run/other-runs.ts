// What a run must know about the other runs of its source: does a newer one carry the person, is an older delivery still open.
import { isSuccess } from '../verdict/verdict';
import { rememberFamilies, rowsOfPerson } from './rows-of-person';
import type { Ledger } from './ledger';
import type { PeopleIndexes } from './people-indexes';
import type { Run, RunState } from './run';
import { isLive, LIVE_STATES, OPEN_STATES } from './run';

/** Answers questions about one run's people as of the moment it was created: create it after the batch exists (*releaseLook*). */
export interface OtherRuns {
  /** True if a newer live run carries the person; a `full` file carries everybody. */
  readonly newerCarries: (id: string) => Promise<boolean>;
  /** True if an older run has a delivery of the person that is noted and not decided (*waiting*, *unknownIsOpen*). */
  readonly olderIsOpen: (id: string) => Promise<boolean>;
  /**
   * True if the previous run of the same content confirmed exactly this record, and no older delivery of the person went unanswered
   * (*freshCompare*). False for every run that is not a repetition: only the roster will know what Entra holds.
   */
  readonly isConfirmed: (id: string) => Promise<boolean>;
}

/** Reads which runs exist, then looks people up as they are asked for. */
export async function lookAtOtherRuns(
  ledger: Ledger,
  indexes: PeopleIndexes,
  run: Pick<Run, 'source' | 'run' | 'sameAs'>,
): Promise<OtherRuns> {
  const runsOf = async (
    states: readonly RunState[],
    range: { readonly after?: string; readonly before?: string },
  ): Promise<readonly Run[]> =>
    (await ledger.runs.ofSource(run.source, states, range)).map((one) => one.value).filter(isLive);
  const newer = await runsOf(LIVE_STATES, { after: run.run });
  const older = await runsOf(OPEN_STATES, { before: run.run });
  const batches = rememberFamilies(ledger.batches);
  const olderWentUnanswered = async (id: string): Promise<boolean> => {
    const unanswered = (await runsOf(LIVE_STATES, { before: run.run })).filter((one) => one.unanswered > 0);
    for (const one of unanswered) {
      const rows = await rowsOfPerson(batches, indexes, one, id);
      if (rows.some(({ row }) => row.unanswered)) return true;
    }
    return false;
  };
  return {
    newerCarries: async (id) => {
      for (const one of newer) if (await carries(indexes, one, id)) return true;
      return false;
    },
    olderIsOpen: async (id) => {
      for (const one of older) {
        const rows = await rowsOfPerson(batches, indexes, one, id);
        if (rows.some(({ row }) => row.deliveries > 0 && row.work !== 'done')) return true;
      }
      return false;
    },
    isConfirmed: async (id) => {
      if (run.sameAs === null) return false;
      const before = { source: run.source, run: run.sameAs };
      // Arrived between the two but was staged late: what it confirmed is newer than the run of the same content.
      for (const one of await runsOf(LIVE_STATES, { after: run.sameAs, before: run.run })) {
        if (await carries(indexes, one, id)) return false;
      }
      const record = (await indexes.of(run)).find(id)?.recordHash;
      if (record === undefined || (await indexes.of(before)).find(id)?.recordHash !== record) return false;
      const rows = await rowsOfPerson(batches, indexes, before, id);
      const confirmed = rows.some(({ row }) => isSuccess(row.verdict) && row.code === null && !row.unanswered);
      return confirmed && !(await olderWentUnanswered(id));
    },
  };
}

/** A run carries a person if it has a user for them; a `full` file says something about everybody. */
export const carries = async (
  indexes: PeopleIndexes,
  run: Pick<Run, 'source' | 'run' | 'content'>,
  id: string,
): Promise<boolean> => run.content === 'full' || (await indexes.of(run)).find(id) !== null;

/** The same runs, newest first: for finding the run that a log entry belongs to. */
export const newestFirst = (runs: readonly Run[]): readonly Run[] => [...runs].sort((a, b) => (a.run < b.run ? 1 : -1));
