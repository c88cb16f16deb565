// Where rosters are kept: files that never change, and per source a pointer to the current one. A run pins the file it compares with, so every
// attempt reads the same one, and readers never wait for writers.
import type { Versioned } from '../storage/versioned';

/** A version of a file. */
export interface FilePin {
  /** Name of the blob; of two rosters of a source the older one has the smaller name. */
  readonly name: string;
  readonly etag: string;
  readonly bytes: number;
}

/** A file with the dates of a source (dates-file.ts). */
export interface DatesPin extends FilePin {
  readonly people: number;
  /** The first of all days to come, ms; one that has passed is still to be sent or confirmed. */
  readonly next: number;
}

/** A file with a roster: small enough to be kept in the entity of a run. */
export interface RosterPin extends FilePin {
  /** Absent if nobody has days to come. */
  readonly dates?: DatesPin;
}

/** Writes one new roster. */
export interface RosterWriter {
  /** Takes a copy of the bytes; resolves when there is room for more. */
  append(bytes: Uint8Array): Promise<void>;
  /**
   * Makes it the current roster, with these dates: null for none, undefined for those of the roster that it replaces. Null if there is another
   * current one by now: then nothing was changed, and new dates are deleted.
   */
  commit(dates?: DatesPin | null): Promise<Versioned<RosterPin> | null>;
}

/** Writes one new file of dates. */
export interface DatesWriter {
  /** Takes a copy of the bytes; resolves when there is room for more. */
  append(bytes: Uint8Array): Promise<void>;
  /** The file is whole; nobody reads it before a roster is committed with it. */
  commit(): Promise<FilePin>;
}

/** Writes the kept records of a source anew (kept-records.ts). */
export interface KeptRecordsWriter {
  append(text: string): Promise<void>;
  /** They take the place of those that were read; false if another process was faster, and nothing was changed. */
  commit(): Promise<boolean>;
}

/** Faults are `RollcallError` with disposition `retry`. */
export interface RosterStore {
  /** The current roster of a source, with the version that replacing it needs; null if there is none yet. */
  current(source: string): Promise<Versioned<RosterPin> | null>;
  /** The first of all days to come of a source, ms; null if nobody has one. One small read: each tick asks. */
  nextDay(source: string): Promise<number | null>;
  /** The bytes of the file that was pinned. Throws `roster-missing` if it is gone or another one. */
  read(pin: FilePin): Promise<AsyncIterable<Uint8Array>>;
  /** When the file was written, ms since the epoch. Throws `roster-missing` if it is gone or another one. */
  writtenAt(pin: FilePin): Promise<number>;
  /** Begins a roster that replaces `old`, or is the first. */
  replace(source: string, old: Versioned<RosterPin> | null): RosterWriter;
  /** Begins the dates of that roster. */
  writeDates(source: string, old: Versioned<RosterPin> | null): DatesWriter;
  /** The records of a source that outlive the files of their runs (kept-records.ts), with their version; null if there are none. */
  keptRecords(source: string): Promise<Versioned<AsyncIterable<Uint8Array>> | null>;
  /** Begins kept records that replace those of this version; null if there are none. */
  keepRecords(source: string, old: Pick<Versioned<unknown>, 'etag'> | null): KeptRecordsWriter;
  /** Deletes the files of a source that are older than `pin`, but for the dates that `current` has: nobody may have them pinned. */
  removeBefore(source: string, pin: FilePin, current: Pick<RosterPin, 'dates'>): Promise<void>;
}
