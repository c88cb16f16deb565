// The manifest of an export: `<file>.manifest.json` announces rows and bytes; a file that differs from it is held.
import { MANIFEST_ENDING } from '../../export/export-store';
import { checkManifest, parseManifest } from '../../export/manifest';
import type { Run } from '../../run/run';
import type { SourceSettings } from '../../source/source-settings';
import type { Pipeline } from '../pipeline';

/** The most bytes of a manifest: it is one line of JSON. */
const MAX_MANIFEST_BYTES = 64 * 1024;

/** If the source requires a manifest or HR sent one, rows and bytes must match it. Throws `FileHold` if they do not. */
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
