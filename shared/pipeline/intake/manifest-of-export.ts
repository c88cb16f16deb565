// The manifest beside an export: `<file>.manifest.json` announces rows and bytes; a file that is not what was announced is held.
import { MANIFEST_ENDING } from '../../export/export-store';
import { checkManifest, parseManifest } from '../../export/manifest';
import type { Run } from '../../run/run';
import type { SourceSettings } from '../../source/source-settings';
import type { Pipeline } from '../pipeline';

/** A manifest is a line of JSON; more is none, bytes. */
const MAX_MANIFEST_BYTES = 64 * 1024;

/** Where the source requires a manifest or HR sent one, rows and bytes must be those that it announces. Throws `FileHold` if not. */
export async function holdUnlessAnnounced(
  pipeline: Pick<Pipeline, 'exports'>,
  run: Run,
  settings: SourceSettings,
  rows: number,
  sha256: string,
): Promise<void> {
  const text = await pipeline.exports.readText(`${run.blobName}${MANIFEST_ENDING}`, MAX_MANIFEST_BYTES);
  if (text === null && settings.file.manifest !== 'required') return;
  checkManifest(text === null ? null : parseManifest(text), { rows, sha256 });
}
