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
  const text = await files.readWhole(run, 'source.json');
  if (text === null) throw fileMissing(run, 'source.json');
  const settings = readAcceptedSettings(text.toString('utf8'));
  if (settings !== null) return settings;
  const words = `this version cannot read the copy of the settings of run ${run.run}`;
  throw new RollcallError(UNREADABLE, 'retry', words, { run: { source: run.source, run: run.run } });
}

const UNREADABLE = 'kept-settings-unreadable';

/** As `requireKeptSettings`, for what can do without them: null if they cannot be read. */
export async function keptSettingsOrNull(
  files: Pick<RunFiles, 'readWhole'>,
  run: RunKey,
): Promise<SourceSettings | null> {
  try {
    return await requireKeptSettings(files, run);
  } catch (error) {
    if (error instanceof RollcallError && error.code === UNREADABLE) return null;
    throw error;
  }
}

/** The copy, if a file could still be read by it; null if today's rules refuse it. Throws `run-file-missing` (retry) if there is none. */
export async function usableKeptSettings(
  files: Pick<RunFiles, 'readWhole'>,
  run: RunKey,
): Promise<SourceSettings | null> {
  const text = await files.readWhole(run, 'source.json');
  if (text === null) throw fileMissing(run, 'source.json');
  const parsed = parseSourceSettings(text.toString('utf8'), run.source);
  return parsed.ok ? parsed.settings : null;
}
