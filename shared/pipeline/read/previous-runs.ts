// What a file is compared with besides the roster: the settings that made its records, and how long the last full file was.
import type { RunStore } from '../../run/ledger';
import { readKeptSettings } from '../../run/kept-settings';
import type { PreviousRuns } from '../../run/pinned-roster';
import type { Run } from '../../run/run';
import type { RunFiles } from '../../run/run-files';
import type { SourceSettings } from '../../source/source-settings';

/** Looks at the runs before `run` that have ended. A run notes the answer once: it decides what is packed where (*fixedPacking*). */
export async function lookAtPreviousRuns(
  { ledger }: { readonly ledger: { readonly runs: Pick<RunStore, 'ofSource'> } },
  run: Pick<Run, 'source' | 'run'>,
): Promise<PreviousRuns> {
  const ended = (await ledger.runs.ofSource(run.source, ['settled', 'parked'], { before: run.run })).map(
    ({ value }) => value,
  );
  const full = ended.findLast(({ state, content }) => state === 'settled' && content === 'full');
  return { last: ended.findLast(({ job }) => job !== null)?.run ?? null, fullRows: full?.rows ?? null };
}

/** The settings of the last run; null if there was none, or if its copy is no longer kept. */
export const previousSettings = async (
  { files }: { readonly files: Pick<RunFiles, 'readWhole'> },
  source: string,
  { last }: PreviousRuns,
): Promise<SourceSettings | null> => (last === null ? null : readKeptSettings(files, { source, run: last }));
