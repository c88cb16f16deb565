// Where the settings of sources are kept: `sources/<name>/source.json`.

/** Reads settings as text; parsing is source-settings.ts. Faults are `RollcallError` with disposition `retry`. */
export interface SourceStore {
  /** The text of a source's settings, or null if there are none. */
  read(source: string): Promise<string | null>;
}
