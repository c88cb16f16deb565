// Which roster a run compares its file with (`roster.json`): noted once, so that every attempt compares with the same one (*pinnedRoster*);
// noted afresh after each approval (*approvedAfresh*).
import { DAY_MS } from '../core/clock';
import type { Day } from '../roster/roster-entry';
import type { RosterPin } from '../roster/roster-store';
import type { AttemptedRun } from './kept-files';
import { readOrWriteOnce } from './kept-files';
import type { Run } from './run';
import type { RosterNote, RunFiles } from './run-files';

/** A run that was let through, and of which the roster does not tell everything yet. */
export type PassedRun = Pick<Run, 'run' | 'readBy' | 'origin' | 'content'>;

/** What earlier runs say about a new file. */
export interface PreviousRuns {
  /** The last run that ended: its settings made the records of the roster. Null if there is none. */
  readonly last: string | null;
  /** Rows of the last full file that was let through; null if there is none. */
  readonly fullRows: number | null;
  /** Runs that are on their way, oldest first. */
  readonly passed: readonly PassedRun[];
}

/** The roster and the moment of the first attempt; `pin` is null if there was no roster yet. */
export interface PinnedRoster {
  readonly pin: RosterPin | null;
  readonly day: Day;
  /** The moment, ms since the epoch, by which the days of its rows are judged: at every attempt the same. */
  readonly at: number;
  readonly previous: PreviousRuns;
}

/** What of a run says which note is its own. */
type NotedRun = Pick<Run, 'source' | 'run' | 'approvals'>;

const noteOf = ({ approvals }: NotedRun): RosterNote => (approvals === 0 ? 'roster.json' : `roster-${approvals}.json`);

/** Notes of older versions say less about earlier runs, and of the moment only its day. */
const NONE: PreviousRuns = { last: null, fullRows: null, passed: [] };
const OF_FIRST_ATTEMPT: Pick<PassedRun, 'readBy'> = { readBy: '' };

function parse(text: Buffer): PinnedRoster {
  const { previous, ...pinned } = JSON.parse(text.toString('utf8')) as Omit<PinnedRoster, 'previous' | 'at'> & {
    readonly previous?: Partial<PreviousRuns>;
    readonly at?: number;
  };
  const known = { ...NONE, ...previous };
  const passed = known.passed.map((one) => ({ ...OF_FIRST_ATTEMPT, ...one }));
  return { at: pinned.day * DAY_MS, ...pinned, previous: { ...known, passed } };
}

/** What is noted; if no attempt has come that far, notes what `look` finds. */
export const notePinnedRoster = async (
  files: RunFiles,
  run: AttemptedRun,
  look: () => Promise<PinnedRoster>,
): Promise<PinnedRoster> =>
  parse(await readOrWriteOnce(files, run, noteOf(run), async () => JSON.stringify(await look())));

/** What is noted; null if no attempt has come that far. */
export async function readPinnedRoster(files: RunFiles, run: NotedRun): Promise<PinnedRoster | null> {
  const text = await files.readWhole(run, noteOf(run));
  return text === null ? null : parse(text);
}
