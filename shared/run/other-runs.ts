// What a run must know about the other runs of its source: does a newer one carry the person, is an older delivery still open.
import { once } from '../core/once';
import type { JobKey } from '../graph/job-key';
import { isSameJob } from '../graph/job-key';
import { isSuccess } from '../verdict/verdict';
import type { BatchRow } from './batch';
import type { Families } from './rows-of-person';
import { rememberFamilies, rowsOfPerson } from './rows-of-person';
import { unlessGone } from './kept-files';
import type { Ledger, RunRange } from './ledger';
import type { IndexKey, PeopleIndexes } from './people-indexes';
import type { Run } from './run';
import { isLive, LATE_EVIDENCE_MS, LIVE_STATES, mayNeedRepair, OPEN_STATES } from './run';

/** Answers questions about one run's people as of the moment it was created: create it after the batch exists (*releaseLook*). */
export interface OtherRuns {
  /** True if a newer live run carries the person; a `full` file carries everybody, but does not replace the last word about a person. */
  readonly newerCarries: (id: string, isLastWord: boolean) => Promise<boolean>;
  /** True if an older run has a delivery of the person that is noted and not decided (*waiting*, *unknownIsOpen*). */
  readonly olderIsOpen: (id: string) => Promise<boolean>;
  /**
   * True if exactly this record was confirmed by the previous run of the same content, or by an older run that had not settled when this one
   * arrived, so that no roster it could be compared with knows; and no older delivery of the person went unanswered (*freshCompare*).
   */
  readonly isConfirmed: (id: string) => Promise<boolean>;
  /**
   * True if an older run sent the person something that no roster tells: the run has not settled, or the answer about another record was lost
   * (*freshCompare*, *unansweredIsSent*).
   */
  readonly olderMayChange: (id: string) => Promise<boolean>;
  /** True if no other run can carry or have sent anything that matters: then nobody need be looked up. */
  readonly areQuiet: () => boolean;
}

/** Finds the other runs of a source. */
export type SourceRuns = Pick<Ledger['runs'], 'ofSource' | 'firstInPlay'>;

/** Reads which runs exist, then looks people up as they are asked for. */
export async function lookAtOtherRuns(
  ledger: { readonly runs: SourceRuns; readonly batches: Families },
  indexes: PeopleIndexes,
  run: Pick<Run, 'source' | 'run' | 'readBy' | 'arrivedAt' | 'sameAs' | 'job'>,
): Promise<OtherRuns> {
  // What ended so long before this run arrived matters to nobody, except the run of the same content.
  const inPlay = await ledger.runs.firstInPlay(run.source, run.arrivedAt - LATE_EVIDENCE_MS);
  const first = inPlay !== null && inPlay < run.run ? inPlay : run.run;
  const liveIn = async (range: RunRange): Promise<readonly Run[]> =>
    (await ledger.runs.ofSource(run.source, LIVE_STATES, range)).map(({ value }) => value).filter(isLive);
  const live = await liveIn({ from: first });
  const newer = live.filter((one) => one.run > run.run);
  const olderLive = live.filter((one) => one.run < run.run);
  const older = olderLive.filter(({ state }) => OPEN_STATES.includes(state));
  const unanswered = olderLive.filter((one) => mayNeedRepair(one, run.arrivedAt));
  const isUnsettledOnArrival = ({ state, settledAt }: Run): boolean =>
    OPEN_STATES.includes(state) || settledAt > run.arrivedAt;
  const oldest = olderLive.find(isUnsettledOnArrival)?.run;
  const sinceUnsettled = newestFirst(oldest === undefined ? [] : olderLive.filter((one) => one.run >= oldest));
  const batches = rememberFamilies(ledger.batches);
  const isSameRecord = async (one: Run, id: string): Promise<boolean> => {
    const record = (await indexes.of(run)).find(id)?.recordHash;
    return (
      record !== undefined && isOfOneJob(one.job, run.job) && (await indexes.of(one)).find(id)?.recordHash === record
    );
  };
  // Of another record: whenever this very record is processed, it changes nothing.
  const olderWentUnanswered = async (id: string): Promise<boolean> => {
    for (const one of unanswered) {
      const rows = await rowsOfPerson(batches, indexes, one, id);
      if (rows.some(({ row }) => row.unanswered) && !(await isSameRecord(one, id))) return true;
    }
    return false;
  };
  // The newest run that sent the person something decides, also one that had settled: then the roster knows better than an older run.
  const wasConfirmedMeanwhile = async (id: string): Promise<boolean> => {
    for (const one of sinceUnsettled) {
      const sent = (await rowsOfPerson(batches, indexes, one, id)).filter(({ row }) => row.sentAt.length > 0);
      if (sent.length === 0) continue;
      return (
        isUnsettledOnArrival(one) &&
        (await isSameRecord(one, id)) &&
        sent.every(({ row }) => isConfirmedRow(row)) &&
        !(await olderWentUnanswered(id))
      );
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
  // Retention may have taken the run of the same content, if nothing else came since; then nobody of it is known to be confirmed.
  const repeated = once(async () => {
    if (run.sameAs === null) return null;
    const since = run.sameAs < first ? await liveIn({ from: run.sameAs, before: run.run }) : olderLive;
    const before = since.find((one) => one.run === run.sameAs);
    const index = before && (await unlessGone(() => indexes.of(before)));
    return index ? { before, index, between: since.filter((one) => one.run > before.run) } : null;
  });
  return {
    newerCarries: async (id, isLastWord) => {
      for (const one of newer) if (await carries(indexes, one, id, isLastWord)) return true;
      return false;
    },
    olderIsOpen: async (id) => olderHas(id, (row) => row.deliveries > 0 && row.work !== 'done'),
    areQuiet: () => newer.length + older.length + unanswered.length === 0,
    olderMayChange: async (id) =>
      (await olderHas(id, (row) => row.sentAt.length > 0)) || (await olderWentUnanswered(id)),
    isConfirmed: async (id) => {
      if (await wasConfirmedMeanwhile(id)) return true;
      const same = await repeated();
      if (same === null) return false;
      // Arrived between the two but was staged late: what it confirmed is newer than the run of the same content. One that is staged only now
      // finds this run, and drops the person.
      for (const one of same.between) if (await carries(indexes, one, id, false)) return false;
      const record = (await indexes.of(run)).find(id)?.recordHash;
      if (record === undefined || same.index.find(id)?.recordHash !== record) return false;
      const rows = await rowsOfPerson(batches, indexes, same.before, id);
      return rows.some(({ row }) => isConfirmedRow(row)) && !(await olderWentUnanswered(id));
    },
  };
}

const isOfOneJob = (a: JobKey | null, b: JobKey | null): boolean => a !== null && b !== null && isSameJob(a, b);

/** True if Entra is confirmed to hold what was sent. */
const isConfirmedRow = ({ work, verdict, code, unanswered }: BatchRow): boolean =>
  work === 'done' && isSuccess(verdict) && code === null && !unanswered;

/**
 * A run carries a person if it has a user for them; a `full` file says something about everybody,
 * but not about one of whom an older row is the last word (`lastWord` in verdict/row-evidence.ts): it has no row of that person.
 */
export const carries = async (
  indexes: PeopleIndexes,
  run: IndexKey & Pick<Run, 'content'>,
  id: string,
  isLastWord: boolean,
): Promise<boolean> => (run.content === 'full' && !isLastWord) || (await indexes.of(run)).find(id) !== null;

/** The same runs, newest first: for finding the run that a log entry belongs to. */
export const newestFirst = (runs: readonly Run[]): readonly Run[] => [...runs].sort((a, b) => (a.run < b.run ? 1 : -1));
