// Where rosters are kept: files that never change, and per source a pointer to the current one. A run pins the file it compares with, so every
// attempt reads the same one, and readers never wait for writers.
import type { Versioned } from '../storage/versioned';

/** A file with a roster: small enough to be kept in the entity of a run. */
export interface RosterPin {
  /** Name of the blob; of two rosters of a source the older one has the smaller name. */
  readonly name: string;
  readonly etag: string;
  readonly bytes: number;
}

/** Writes one new roster. */
export interface RosterWriter {
  /** Takes a copy of the bytes; resolves when there is room for more. */
  append(bytes: Uint8Array): Promise<void>;
  /** Makes it the current roster. Null if there is another current one by now: then nothing was changed. */
  commit(): Promise<Versioned<RosterPin> | null>;
}

/** Faults are `RollcallError` with disposition `retry`. */
export interface RosterStore {
  /** The current roster of a source, with the version that replacing it needs; null if there is none yet. */
  current(source: string): Promise<Versioned<RosterPin> | null>;
  /** The bytes of the file that was pinned. Throws `roster-missing` if it is gone or another one. */
  read(pin: RosterPin): Promise<AsyncIterable<Uint8Array>>;
  /** When the file was written, ms since the epoch. Throws `roster-missing` if it is gone or another one. */
  writtenAt(pin: RosterPin): Promise<number>;
  /** Begins a roster that replaces `old`, or is the first. */
  replace(source: string, old: Versioned<RosterPin> | null): RosterWriter;
  /** Deletes the files of a source that are older than this one: nobody may have them pinned. */
  removeBefore(source: string, pin: RosterPin): Promise<void>;
}
