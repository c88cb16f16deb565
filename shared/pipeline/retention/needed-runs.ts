// Which old runs others of their source still need. A run that has not ended, or may be reopened, reads earlier ones: those that ended while it was there
// (who was sent what, who had a row), the one whose content it repeats, and the last run, full file and file before it. So does every file to come.
import { DAY_MS } from '../../core/clock';
import type { RunStore } from '../../run/ledger';
import type { Run } from '../../run/run';
import {
  ENDED_STATES,
  INTAKE_STATES,
  isLive,
  isOfFile,
  LATE_EVIDENCE_MS,
  LIVE_STATES,
  OPEN_STATES,
} from '../../run/run';
import type { Versioned } from '../../storage/versioned';
import type { Pipeline } from '../pipeline';

export type NeededRunsPorts = Pick<Pipeline, 'clock'> & {
  readonly ledger: { readonly runs: Pick<RunStore, 'ofSource' | 'endedSince' | 'onHold'> };
};

/** Newer runs that are asked for: one page. If more are needed to tell, the run is kept for a day more. */
const MAX_NEWER = 1_000;

/** The quota of a day counts files that arrived before this one on its day, also those that had ended by then. */
const DAY_OF_ARRIVAL_MS = DAY_MS;

/**
 * The ids of those old runs, oldest first, that are needed. `unknown` while a run of the source is being read: it has pinned what it compares with, and
 * that is over in minutes.
 */
export async function findNeededRuns(
  { ledger: { runs }, clock }: NeededRunsPorts,
  source: string,
  old: readonly Run[],
): Promise<ReadonlySet<string> | 'unknown'> {
  const isOfSource = ({ value }: Versioned<Run>): boolean => value.source === source;
  const unended = await runs.ofSource(source, [...INTAKE_STATES, 'held', ...OPEN_STATES]);
  if (unended.some(({ value }) => INTAKE_STATES.includes(value.state))) return 'unknown';
  const reopenable = (await runs.endedSince(clock.now() - LATE_EVIDENCE_MS)).filter(isOfSource);
  const onHold = (await runs.onHold()).filter(isOfSource);
  const newer = await runs.ofSource(source, LIVE_STATES, { after: old.at(-1)?.run ?? '', most: MAX_NEWER });
  const readers = [...unended, ...reopenable, ...onHold].map(({ value }) => value);
  const ended = [...old, ...[...newer, ...reopenable].map(({ value }) => value)].filter(wasSentAndEnded);
  const isNeeded = (run: Run): boolean =>
    isLastBefore(run, null, ended) || readers.some((reader) => reader.run !== run.run && reads(reader, run, ended));
  return new Set(old.filter(isNeeded).map(({ run }) => run));
}

const wasSentAndEnded = (run: Run): boolean => ENDED_STATES.includes(run.state) && isLive(run);

const reads = (reader: Run, run: Run, ended: readonly Run[]): boolean =>
  run.settledAt >= reader.arrivedAt - DAY_OF_ARRIVAL_MS ||
  reader.sameAs === run.run ||
  (run.run < reader.run && isLastBefore(run, reader, ended));

/** True if it is the last run, full file or file before `reader`, or before all that are to come. */
function isLastBefore(run: Run, reader: Run | null, ended: readonly Run[]): boolean {
  if (!isLive(run)) return false;
  const isFollowed = (isSuch: (one: Run) => boolean): boolean =>
    ended.some((one) => one.run > run.run && (reader === null || one.run < reader.run) && isSuch(one));
  const isFull = ({ content }: Run): boolean => content === 'full';
  return (
    !isFollowed(() => true) ||
    (isFull(run) && !isFollowed(isFull)) ||
    (isOfFile(run) && !isFollowed((one) => isOfFile(one)))
  );
}
