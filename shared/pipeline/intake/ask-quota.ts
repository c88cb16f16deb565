// The quota of a source in intake: of a source that drops too much in a day, the files beyond it wait for a person, and all other sources go on.
// It is asked before anything of the file is copied or read. The day is the UTC day on which the file arrived, and only files that arrived before
// it count, so every attempt counts the same files; one that is still being read has no rows yet.
import { DAY_MS } from '../../core/clock';
import { isApprovedAt } from '../../run/approval';
import { holdRun } from '../../run/hold-run';
import type { Run } from '../../run/run';
import { isOfFile, RUN_STATES, runStampOf, wasNeverSent } from '../../run/run';
import type { QuotaOf } from '../../run/run-codes';
import { type DailyQuota, MAX_RUNS_OF_DAY } from '../../source/quota-settings';
import type { Pipeline } from '../pipeline';

/** Called with the rows read so far; throws `FileHold` (`quota-exceeded`) beyond what is left of the day. */
export type RowsLeft = (rows: number) => void;

/** Throws `FileHold` (`quota-exceeded`) if the file is one too many, or too large. A run that a person has approved is not asked. */
export async function askQuota(
  { ledger, clock }: Pick<Pipeline, 'ledger' | 'clock'>,
  run: Run,
  quota: DailyQuota,
): Promise<RowsLeft> {
  if (isApprovedAt(run, clock.now())) return () => undefined;
  const day = run.arrivedAt - (run.arrivedAt % DAY_MS);
  const holdIf = (isTooMuch: boolean, what: QuotaOf, most: number): void => {
    if (isTooMuch) throw holdRun('quota-exceeded', { what, most, day });
  };
  const range = { after: runStampOf(day), before: run.run, most: MAX_RUNS_OF_DAY };
  const before = (await ledger.runs.ofSource(run.source, RUN_STATES, range)).map(({ value }) => value).filter(isOfFile);
  holdIf(before.length >= quota.filesPerDay, 'files', quota.filesPerDay);
  const sumOf = (number: (one: Run) => number): number =>
    before.reduce((sum, one) => (wasHeldUnread(one) ? sum : sum + number(one)), 0);
  holdIf(sumOf(({ bytes }) => bytes) + run.bytes > quota.bytesPerDay, 'bytes', quota.bytesPerDay);
  const rowsBefore = sumOf(({ rows }) => rows);
  return (rows) => holdIf(rowsBefore + rows > quota.rowsPerDay, 'rows', quota.rowsPerDay);
}

/** It took nothing from the others but its place among the files. */
const wasHeldUnread = (run: Run): boolean => wasNeverSent(run) && run.rows === 0;
