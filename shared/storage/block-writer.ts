// Writing one blob of any size, piece by piece.

/** Writes one file in large blocks with deterministic ids: a restarted intake overwrites its own uncommitted blocks. */
export interface BlockWriter {
  /** Takes a copy of the bytes; resolves when there is room for more. */
  append(bytes: Uint8Array | string): Promise<void>;
  /** Makes the file appear. `once`: only if it does not exist yet; false if it does. */
  commit(once: boolean): Promise<boolean>;
}
