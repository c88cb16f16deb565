// Which roster a run compares its file with (`roster.json`): noted once, so that every attempt compares with the same one (*pinnedRoster*);
// noted afresh after each approval (*approvedAfresh*).
import type { Day } from '../roster/roster-entry';
import type { RosterPin } from '../roster/roster-store';
import { readOrWriteOnce } from './kept-files';
import type { Run } from './run';
import type { RosterNote, RunFiles } from './run-files';

/** The roster and the day of the first attempt; `pin` is null if there was no roster yet. */
export interface PinnedRoster {
  readonly pin: RosterPin | null;
  readonly day: Day;
}

/** What of a run says which note is its own. */
type NotedRun = Pick<Run, 'source' | 'run' | 'approvals'>;

const noteOf = ({ approvals }: NotedRun): RosterNote => (approvals === 0 ? 'roster.json' : `roster-${approvals}.json`);

const parse = (text: Buffer): PinnedRoster => JSON.parse(text.toString('utf8')) as PinnedRoster;

/** What is noted; if no attempt has come that far, notes what `look` finds. */
export const notePinnedRoster = async (
  files: RunFiles,
  run: NotedRun,
  look: () => Promise<PinnedRoster>,
): Promise<PinnedRoster> =>
  parse(await readOrWriteOnce(files, run, noteOf(run), async () => JSON.stringify(await look())));

/** What is noted; null if no attempt has come that far. */
export async function readPinnedRoster(files: RunFiles, run: NotedRun): Promise<PinnedRoster | null> {
  const text = await files.readWhole(run, noteOf(run));
  return text === null ? null : parse(text);
}
