// An approval is for exactly what was seen: the kept export, read by the settings and the hold list of the run. If either has changed since, the
// run can no longer be approved, and the file is to be dropped again.
import { isDeepStrictEqual } from 'node:util';
import { epochOf } from '../../roster/epoch';
import { isSameEpoch } from '../../roster/roster-file';
import type { VoidedBy } from '../../run/run-codes';
import { EMPTY_HOLD_LIST } from '../../holdlist/hold-list';
import { holdRun } from '../../run/hold-run';
import type { Run } from '../../run/run';
import { isOfFile } from '../../run/run';
import type { SourceSettings } from '../../source/source-settings';
import { parseSourceSettings } from '../../source/source-settings';
import type { Pipeline } from '../pipeline';

/** Members that the epoch has, or that say nothing about rows; the limits of the guard are in the approval itself. */
const BESIDE_ROWS: ReadonlySet<string> = new Set<keyof SourceSettings>([
  ...(['id', 'active', 'mapping', 'job'] as const),
  ...(['$schema', 'name', 'refresh', 'guard', 'quota'] as const),
]);

/** Members that only say which files are expected, and how large they may be. */
const BESIDE_CONTENT: ReadonlySet<string> = new Set<keyof SourceSettings['file']>([
  ...(['pattern', 'manifest', 'maxBytes', 'maxInflatedBytes'] as const),
]);

const without = (members: object, names: ReadonlySet<string>): object =>
  Object.fromEntries(Object.entries(members).filter(([name]) => !names.has(name)));

/** All else that decides what the rows of a file say, and what becomes of people with a row in it and without. */
const readingOf = (settings: SourceSettings): object => ({
  ...without(settings, BESIDE_ROWS),
  file: without(settings.file, BESIDE_CONTENT),
});

/** What voids an approval of the run; null if nothing does. `settings`: those of the run. */
export async function voidedBy(
  { files, sources }: Pick<Pipeline, 'files' | 'sources'>,
  run: Pick<Run, 'source' | 'run' | 'origin'>,
  settings: SourceSettings,
): Promise<VoidedBy | null> {
  const current = await sources.read(run.source);
  const parsed = current === null ? null : parseSourceSettings(current, run.source);
  if (parsed?.ok !== true || !isSameEpoch(epochOf(parsed.settings), epochOf(settings))) return 'settings';
  // A run of records has no rows to be read in another way.
  if (isOfFile(run) && !isDeepStrictEqual(readingOf(parsed.settings), readingOf(settings))) return 'settings';
  const kept = await files.readWhole(run, 'hold.csv');
  const list = (await sources.readHoldList(run.source))?.content ?? EMPTY_HOLD_LIST;
  return kept !== null && Buffer.from(list).equals(kept) ? null : 'hold-list';
}

/** Throws `FileHold` (`approval-void`) if the run was approved and something has changed since. */
export async function assertApproval(
  ports: Pick<Pipeline, 'files' | 'sources'>,
  run: Run,
  settings: SourceSettings,
): Promise<void> {
  if (run.approval === null) return;
  const changed = await voidedBy(ports, run, settings);
  if (changed !== null) throw holdRun('approval-void', { changed });
}
