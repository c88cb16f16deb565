// The settings for all attempts at a run: those of the first attempt.
import { quote } from '../../core/message';
import { sourceOf } from '../../export/export-store';
import { holdRun } from '../../run/hold-run';
import { readOrWriteOnce } from '../../run/kept-files';
import type { Run } from '../../run/run';
import { fileNameOf, isOfFile } from '../../run/run';
import type { SourceSettings } from '../../source/source-settings';
import { matchesFilePattern, parseSourceSettings } from '../../source/source-settings';
import type { Pipeline } from '../pipeline';

/** Copies the source's settings to the run once, and reads the copy. Throws `FileHold` if there are none that can be used. */
export async function pinSettings(pipeline: Pick<Pipeline, 'files' | 'sources'>, run: Run): Promise<SourceSettings> {
  const { files, sources } = pipeline;
  const kept = await readOrWriteOnce(files, run, 'source.json', async () => {
    const current = await sources.read(run.source);
    if (current === null) throw holdRun('source-unknown', { folder: quote(sourceOf(run.blobName) ?? run.source) });
    return current;
  });
  const parsed = parseSourceSettings(kept.toString('utf8'), run.source);
  if (!parsed.ok) {
    throw holdRun('source-invalid', { settings: quote(run.source), problems: parsed.problems, more: parsed.more });
  }
  if (isOfFile(run) && !matchesFilePattern(parsed.settings, fileNameOf(run))) {
    throw holdRun('file-not-expected', {
      source: quote(run.source),
      pattern: quote(parsed.settings.file.pattern),
      name: quote(fileNameOf(run)),
      isDropped: true,
    });
  }
  return parsed.settings;
}
