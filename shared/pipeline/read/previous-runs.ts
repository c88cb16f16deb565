// What earlier runs say about a file before it is compared: whose settings made the records of the roster, how long the last full file was, and
// which files have passed of which the roster does not tell everything yet.
import type { RunStore } from '../../run/ledger';
import type { PassedRun, PreviousRuns } from '../../run/pinned-roster';
import type { Run, RunState } from '../../run/run';
import { isLive, LIVE_STATES, OPEN_STATES } from '../../run/run';
import type { RunFiles } from '../../run/run-files';

/** What is read. */
export interface PreviousRunsPorts {
  readonly ledger: { readonly runs: Pick<RunStore, 'ofSource'> };
  readonly files: Pick<RunFiles, 'exists'>;
}

/**
 * Looks at the runs before `run` that were let through. A run notes the answer once: it decides what is packed where (*fixedPacking*). To be asked
 * before the roster is: a run that settles in between is in both, which changes nothing.
 */
export async function lookAtPreviousRuns(
  { ledger, files }: PreviousRunsPorts,
  run: Pick<Run, 'source' | 'run'>,
): Promise<PreviousRuns> {
  const live = (await ledger.runs.ofSource(run.source, LIVE_STATES, { before: run.run }))
    .map(({ value }) => value)
    .filter(isLive);
  const full = live.findLast(({ content }) => content === 'full');
  const passed: PassedRun[] = [];
  // All of them, however many: somebody whom only the oldest sends would be new, and whoever disables them would disable nobody.
  for (const one of live.filter((run) => mayStillSend(run) || (isOnItsWay(run) && isSince(run, full))))
    if (await files.exists(one, 'users.jsonl')) {
      const { run: id, readBy, origin, content } = one;
      passed.push({ run: id, readBy, origin, content });
    }
  return {
    last: live.findLast(({ state }) => state === 'settled' || state === 'parked')?.run ?? null,
    fullRows: full?.rows ?? null,
    passed,
  };
}

/** A full file answers for everything before it, except for whom it has no row that can be sent: what is on its way reaches them. */
const isSince = ({ run }: Run, full: Run | undefined): boolean => full === undefined || run >= full.run;

const SENDING_STATES: readonly RunState[] = ['staged', ...OPEN_STATES];
const mayStillSend = ({ state }: Run): boolean => SENDING_STATES.includes(state);

/** False of a run whose rows are all sent, or stale, and in the roster. */
const isOnItsWay = ({ state, onHold }: Run): boolean => state !== 'settled' || onHold !== null;
