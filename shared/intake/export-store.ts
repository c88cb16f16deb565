// The exports that HR drops: the inbound container, one folder per source. Read only.

/** One version of one export. `name` is the blob's name with the source's folder; times in ms. */
export interface ExportVersion {
  readonly name: string;
  readonly etag: string;
  readonly lastModified: number;
  readonly bytes: number;
}

/** The inbound container. Faults are `RollcallError` with disposition `retry`. */
export interface ExportStore {
  /** The version that is there now, or null. */
  head(name: string): Promise<ExportVersion | null>;
  /** Everything that is there. */
  list(): AsyncIterable<ExportVersion>;
}

/** The source is the first folder of the name; null for a file dropped beside the folders. */
export function sourceOf(name: string): string | null {
  const slash = name.indexOf('/');
  return slash > 0 ? name.slice(0, slash) : null;
}
