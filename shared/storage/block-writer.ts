// Writing one blob of any size, piece by piece.

/** Writes one file in large blocks with deterministic ids: a restarted intake overwrites its own uncommitted blocks. */
export interface BlockWriter {
  /** Takes a copy of the bytes; resolves when there is room for more. */
  append(bytes: Uint8Array | string): Promise<void>;
  /** Makes the file appear. `once`: only if it does not exist yet; false if it does. `note`: ASCII, kept with it, at most 4 KiB. */
  commit(once: boolean, note?: string): Promise<boolean>;
  /** Puts the file in the place of the version with this ETag; false if another one is there. */
  replace(etag: string, note: string): Promise<boolean>;
}

/** The note of a file, and the version of the file that has it. */
export interface Noted {
  readonly note: string;
  readonly etag: string;
}
