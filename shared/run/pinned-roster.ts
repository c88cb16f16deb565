// Which roster a run compares its file with (`roster.json`): noted once, so that every attempt compares with the same one (*pinnedRoster*).
import type { RunKey } from '../core/run-key';
import type { Day } from '../roster/roster-entry';
import type { RosterPin } from '../roster/roster-store';
import type { RunFiles } from './run-files';

/** The roster and the day of the first attempt; `pin` is null if there was no roster yet. */
export interface PinnedRoster {
  readonly pin: RosterPin | null;
  readonly day: Day;
}

/** Notes what to compare with, unless another attempt has; resolves to what is noted. */
export async function writePinnedRoster(files: RunFiles, run: RunKey, pinned: PinnedRoster): Promise<PinnedRoster> {
  const writer = files.write(run, 'roster.json');
  await writer.append(JSON.stringify(pinned));
  await writer.commit(true);
  // Read again even if this attempt committed: two attempts at once write the same block, and the later text may be the one committed.
  return (await readPinnedRoster(files, run)) ?? pinned;
}

/** What is noted; null if no attempt has come that far. */
export async function readPinnedRoster(files: RunFiles, run: RunKey): Promise<PinnedRoster | null> {
  const text = await files.readWhole(run, 'roster.json');
  return text === null ? null : (JSON.parse(text.toString('utf8')) as PinnedRoster);
}
