// A run's copy of its settings, after intake: what it was read by decides about it to its end, whatever the source says today.
import type { RunKey } from '../core/run-key';
import type { SourceSettings } from '../source/source-settings';
import { parseSourceSettings } from '../source/source-settings';
import { fileMissing } from './kept-files';
import type { RunFiles } from './run-files';

/** Null if there is no copy that can be used. */
export async function readKeptSettings(
  files: Pick<RunFiles, 'readWhole'>,
  run: RunKey,
): Promise<SourceSettings | null> {
  const text = await files.readWhole(run, 'source.json');
  const parsed = text === null ? null : parseSourceSettings(text.toString('utf8'), run.source);
  return parsed?.ok === true ? parsed.settings : null;
}

/** As `readKeptSettings`. Throws `run-file-missing` (retry) if there is none. */
export async function requireKeptSettings(files: Pick<RunFiles, 'readWhole'>, run: RunKey): Promise<SourceSettings> {
  const settings = await readKeptSettings(files, run);
  if (settings === null) throw fileMissing(run, 'source.json');
  return settings;
}
