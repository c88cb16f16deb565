// A run's copy of its settings, after intake: what it was read by decides about it to its end, whatever the source says today, and whatever
// today's version would say of it. It was judged when it was pinned.
import { RollcallError } from '../core/errors';
import type { RunKey } from '../core/run-key';
import type { SourceSettings } from '../source/source-settings';
import { parseSourceSettings, readAcceptedSettings } from '../source/source-settings';
import { fileMissing } from './kept-files';
import type { RunFiles } from './run-files';

/** Null if there is no copy, or none that this version can read. */
export async function readKeptSettings(
  files: Pick<RunFiles, 'readWhole'>,
  run: RunKey,
): Promise<SourceSettings | null> {
  const text = await files.readWhole(run, 'source.json');
  return text === null ? null : readAcceptedSettings(text.toString('utf8'));
}

/** As `readKeptSettings`. Throws `run-file-missing` (retry) if there is none, `kept-settings-unreadable` (retry) if it cannot be read. */
export async function requireKeptSettings(files: Pick<RunFiles, 'readWhole'>, run: RunKey): Promise<SourceSettings> {
  const settings = await keptSettingsOrNull(files, run);
  if (settings !== null) return settings;
  const words = `this version cannot read the copy of the settings of run ${run.run}`;
  throw new RollcallError('kept-settings-unreadable', 'retry', words, { run });
}

/** As `requireKeptSettings`, for what can do without them: null if they cannot be read. */
export const keptSettingsOrNull = async (
  files: Pick<RunFiles, 'readWhole'>,
  run: RunKey,
): Promise<SourceSettings | null> => readAcceptedSettings(await keptText(files, run));

/** The copy, if a file could still be read by it; null if today's rules refuse it. Throws `run-file-missing` (retry) if there is none. */
export async function usableKeptSettings(
  files: Pick<RunFiles, 'readWhole'>,
  run: RunKey,
): Promise<SourceSettings | null> {
  const parsed = parseSourceSettings(await keptText(files, run), run.source);
  return parsed.ok ? parsed.settings : null;
}

async function keptText(files: Pick<RunFiles, 'readWhole'>, run: RunKey): Promise<string> {
  const text = await files.readWhole(run, 'source.json');
  if (text === null) throw fileMissing(run, 'source.json');
  return text.toString('utf8');
}
