// What intake takes from the runs before: the settings that made the records of the roster, and how long the last full file was.
import type { Run } from '../../run/run';
import type { SourceSettings } from '../../source/source-settings';
import { parseSourceSettings } from '../../source/source-settings';
import type { Pipeline } from '../pipeline';

/** What earlier files of the source say about a new one; null where there is none, or where it is no longer kept. */
export interface PreviousRuns {
  /** The settings of the last run that ended. */
  readonly settings: SourceSettings | null;
  /** Rows of the last settled full file. */
  readonly fullRows: number | null;
}

/** Reads what the runs before `run` left. */
export async function lookAtPreviousRuns(
  { ledger, files }: Pick<Pipeline, 'ledger' | 'files'>,
  run: Pick<Run, 'source' | 'run'>,
): Promise<PreviousRuns> {
  const ended = (await ledger.runs.ofSource(run.source, ['settled', 'parked'], { before: run.run })).map(
    ({ value }) => value,
  );
  const last = ended.findLast(({ job }) => job !== null);
  const text = last === undefined ? null : await files.readWhole(last, 'source.json');
  const parsed = text === null ? null : parseSourceSettings(text.toString('utf8'), run.source);
  const full = ended.findLast(({ state, content }) => state === 'settled' && content === 'full');
  return { settings: parsed?.ok === true ? parsed.settings : null, fullRows: full?.rows ?? null };
}
