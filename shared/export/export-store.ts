// The exports that HR drops: the inbound container, one folder per source. Nothing of it is ever changed; what is old is deleted.
import { isBlobName, isSourceName } from '../core/names';

/** The container that HR drops files into. */
export const INBOUND = 'inbound';

/** One version of one export. `name` is the blob's name with the source's folder; times in ms. */
export interface ExportVersion {
  readonly name: string;
  readonly etag: string;
  readonly lastModified: number;
  readonly bytes: number;
}

/**
 * The inbound container. Faults are `RollcallError` with disposition `retry`. A name that no blob can have is the name of nothing, because what
 * is asked for is often derived: `.manifest.json` announces a file without a name, and the manifest of the longest name would be longer.
 */
export interface ExportStore {
  /** The current version, or null. */
  head(name: string): Promise<ExportVersion | null>;
  /** The text of a small file next to an export (a manifest), or null if there is none; longer ones are cut at `maxBytes`. */
  readText(name: string, maxBytes: number): Promise<string | null>;
  /** All current versions. */
  list(): AsyncIterable<ExportVersion>;
  /** Deletes this version; a newer one of the same name stays. */
  delete(version: Pick<ExportVersion, 'name' | 'etag'>): Promise<void>;
}

/** The source is the first folder of the name; null for a file outside the folders. */
export function sourceOf(name: string): string | null {
  const slash = name.indexOf('/');
  return slash > 0 ? name.slice(0, slash) : null;
}

/** The source for runs of files outside the folders. No folder has this name, because a source begins with a letter or digit. */
const NO_SOURCE = '_none';

/** The source under which a run of this file is kept: its folder, if a source can have that name and the file's own name can be part of a path. */
export function sourceOrNone(name: string): string {
  const folder = sourceOf(name);
  return folder !== null && isSourceName(folder) && isBlobName(name) ? folder : NO_SOURCE;
}

/** Endings under which programs upload a file before they give it its own name; their case does not count. */
const TEMPORARY_ENDINGS = ['.filepart', '.part', '.tmp'] as const;

/** True for a file that is still being uploaded, by its name. It is no export until it is renamed, and nothing is ever made of it. */
export function isTemporaryName(name: string): boolean {
  const folded = name.toLowerCase();
  return TEMPORARY_ENDINGS.some((ending) => folded.endsWith(ending));
}

/** Ending of the sidecar that announces an export; it is not an export itself. */
export const MANIFEST_ENDING = '.manifest.json';
