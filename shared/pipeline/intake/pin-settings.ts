// The settings with which every attempt at a run works: those of its first attempt.
import { FileHold } from '../../core/errors';
import type { Run } from '../../run/run';
import { fileNameOf } from '../../run/run';
import type { SourceSettings } from '../../source/source-settings';
import { matchesFilePattern, parseSourceSettings } from '../../source/source-settings';
import type { Pipeline } from '../pipeline';

/** Copies the source's settings beside the run once, and reads the copy. Throws `FileHold` if there are none that can be used. */
export async function pinSettings(pipeline: Pick<Pipeline, 'files' | 'sources'>, run: Run): Promise<SourceSettings> {
  const { files, sources } = pipeline;
  let text = (await files.readWhole(run, 'source.json'))?.toString('utf8') ?? null;
  if (text === null) {
    const current = await sources.read(run.source);
    if (current === null) {
      throw new FileHold(
        'source-unknown',
        `There are no settings for the folder "${run.source}". Nothing was sent. Was the file put into the right folder?`,
      );
    }
    const writer = files.write(run, 'source.json');
    await writer.append(current);
    // Two attempts at once: the settings of the faster one count for both.
    text = (await writer.commit(true))
      ? current
      : ((await files.readWhole(run, 'source.json'))?.toString('utf8') ?? current);
  }
  const parsed = parseSourceSettings(text, run.source);
  if (!parsed.ok) {
    const list = parsed.problems.map((problem) => `${problem.path}: ${problem.message}`).join(' ');
    throw new FileHold(
      'source-invalid',
      `The settings of "${run.source}" have ${parsed.problems.length} mistake(s), so nothing was read or sent. ${list}`,
    );
  }
  if (!matchesFilePattern(parsed.settings, fileNameOf(run))) {
    throw new FileHold(
      'file-not-expected',
      `Files of "${run.source}" are named like ${parsed.settings.file.pattern}; "${fileNameOf(run)}" is not. Nothing was read or sent.`,
    );
  }
  return parsed.settings;
}
