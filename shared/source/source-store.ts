// Where the settings of sources are kept: `sources/<name>/source.json`, and beside it the hold list.

/** The bytes of a hold list, and their version. */
export interface HoldListFile {
  readonly content: Uint8Array;
  readonly etag: string;
}

/** Reads settings as text; parsing is source-settings.ts. Faults are `RollcallError` with disposition `retry`. */
export interface SourceStore {
  /** The text of a source's settings, or null if there are none; a longer one is cut at `MAX_SETTINGS_BYTES_READ` bytes. */
  read(source: string): Promise<string | null>;
  /** The source's hold list (`hold.csv`) as it is now, or null if there is none; a longer one is cut one byte behind `MAX_HOLD_LIST_BYTES`. */
  readHoldList(source: string): Promise<HoldListFile | null>;
}
