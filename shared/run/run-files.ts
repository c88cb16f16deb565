// The files of a run: facts that never change once written (blobs `runs/<source>/<run>/…`), and the lines they are made of.
import type { StatusSwitches } from '../columns/status-switches';
import type { Message } from '../core/message';
import type { RunKey } from '../core/run-key';
import type { UnsentRow } from '../core/unsent-row';
import type { InPlace } from '../mapping/mapped-record';
import type { Day, UnconfirmedReason } from '../roster/roster-entry';
import type { BlockWriter, Noted } from '../storage/block-writer';

/**
 * - `export`        the export as HR dropped it, copied under its ETag: later reads do not depend on what HR does to the original; or the
 *                   records of a run of records, one SCIM user per line
 * - `source.json`   the settings of this run, copied when it begins
 * - `roster.json`   which roster this run compares with, and on which day: the same for every attempt (*pinnedRoster*). After the n-th
 *   approval it is `roster-<n>.json`: an approved run is compared afresh (*approvedAfresh*)
 * - `hold.csv`      the hold list of this run, copied when it begins
 * - `users.jsonl`   one SCIM user per line; committing it is the moment at which the file becomes sendable. Its note is a `CommittedExport`: which
 *   attempt committed it, and what that attempt has counted
 * - `rows.jsonl`    one line per record with its destination, then amendments: what the end of the file showed about rows that were to be sent
 * - `batches.jsonl` one line per packed batch
 * - `decision.json` which candidates are sent all the same; every other one is not (*decideOnce*)
 * - `people.idx`    the people index
 * - `order.json`    of a run of records: who asked for it, and why
 * - `missing.jsonl` of a full file: who has no row in it, and what becomes of each; decided once, when the run settles
 * - `header.json`   the header as HR wrote it, for comparison with the next file's
 * - `findings.json` the findings about the file, if any
 *
 * Two attempts at a run may see different things (a value that took too long, a table that failed), so `rows.jsonl`, `batches.jsonl`,
 * `people.idx` and `findings.json` belong to the attempt that wrote them (docs/design.md §3.5): all but the first write `rows-<approvals>-<attempt>.jsonl`
 * and so on, and the run says whose files are its own. See `ofAttempt`.
 */
export type RunFile =
  | 'export'
  | 'source.json'
  | RosterNote
  | 'hold.csv'
  | 'users.jsonl'
  | FileOfAttempt
  | 'decision.json'
  | 'header.json'
  | 'order.json'
  | 'missing.jsonl';

/** The note of the roster of a run, by how often the run was approved. */
export type RosterNote = 'roster.json' | `roster-${number}.json`;

/** What the names of the files of an attempt at intake have in common: nothing for the first attempt before any approval. */
export type AttemptName = '' | `-${number}-${number}`;

/** The files that each attempt at intake writes under names of its own. */
export type FileOfAttempt =
  | `rows${AttemptName}.jsonl`
  | `batches${AttemptName}.jsonl`
  | `people${AttemptName}.idx`
  | `findings${AttemptName}.json`;

/** The name of a file of an attempt. */
export const ofAttempt = <N extends 'rows' | 'batches' | 'people' | 'findings', E extends 'jsonl' | 'idx' | 'json'>(
  { readBy }: { readonly readBy: AttemptName },
  file: `${N}.${E}`,
): `${N}${AttemptName}.${E}` => file.replace('.', `${readBy}.`) as `${N}${AttemptName}.${E}`;

/** True of a file that each attempt writes under a name of its own. */
export const isOfAttempt = (file: RunFile): boolean => /^(rows|batches|people|findings)[-.]/.test(file);

/** Digits of each of the two numbers in the ids of blocks: all ids of a blob are equally long. */
const BLOCK_DIGITS = 6;

/** All attempts write the users under one name, so their blocks are told apart. */
export const blocksOfUsers = ({
  approvals,
  attempts,
}: {
  readonly approvals: number;
  readonly attempts: number;
}): string => [approvals, attempts].map((number) => String(number).padStart(BLOCK_DIGITS, '0')).join('');

/** The blobs of a run. Faults are `RollcallError` with disposition `retry`. */
export interface RunFiles {
  /** `attempt`: letters and digits, always as many, for a file that two attempts at once may write differently: their blocks must not mix. */
  write(key: RunKey, file: RunFile, attempt?: string): BlockWriter;
  /** Writes a file at once, with one request. `once`: only if it does not exist yet; false if it does. True: it holds exactly this content. */
  writeWhole(key: RunKey, file: RunFile, content: string | Uint8Array, once: boolean): Promise<boolean>;
  /** The bytes of a file, or null if it does not exist. */
  read(key: RunKey, file: RunFile): Promise<AsyncIterable<Uint8Array> | null>;
  readWhole(key: RunKey, file: RunFile): Promise<Buffer | null>;
  readRange(key: RunKey, file: RunFile, offset: number, bytes: number): Promise<Buffer>;
  exists(key: RunKey, file: RunFile): Promise<boolean>;
  /** The note with which a file was committed and the file's version; null if it does not exist or has no note. */
  readNote(key: RunKey, file: RunFile): Promise<Noted | null>;
  /** Copies the export inside the storage account, if it still has this ETag (or was copied before). False: it was replaced or deleted. */
  keepExport(key: RunKey, blobName: string, etag: string): Promise<boolean>;
  /** The files that a run has. */
  list(key: RunKey): Promise<readonly RunFile[]>;
  /** Deletes a file, if it is there. */
  delete(key: RunKey, file: RunFile): Promise<void>;
  /** Deletes all files of a run. */
  deleteAll(key: RunKey): Promise<void>;
}

/**
 * Why a record need not be sent: Entra is confirmed to hold it; or it was sent in vain and is to be tried again on a later day; or it is of an
 * inactive person for whom nothing was ever sent, and the settings say that such people are skipped; or its first day has not come.
 */
export type Candidate =
  'confirmed' | 'unknown-inactive' | { readonly why: UnconfirmedReason; readonly nextTry: Day } | NotYet;

/** The row waits for its first day: it must not be sent before this date, yyyy-MM-dd, whatever is known of the person. */
export interface NotYet {
  readonly goesOn: string;
}

/** True of a row that waits for its first day. */
export const isNotYet = (candidate: Candidate): candidate is NotYet =>
  typeof candidate === 'object' && 'goesOn' in candidate;

/** A line of `rows.jsonl`: the destination of one record. */
export type RowLine =
  | {
      readonly row: number;
      readonly line: number;
      readonly id: string;
      readonly user: readonly [offset: number, bytes: number];
      /** Why it is not sent, unless the run decides to send it. */
      readonly candidate?: Candidate;
      /** What the row's own dates will change later, in order; absent if nothing. */
      readonly switches?: StatusSwitches;
      /** Both this record and the last word that was sent of the person say active; not noted for a candidate that is confirmed. */
      readonly wasActive?: true;
      /** Values that cannot be read; the row goes all the same. */
      readonly leftOut?: readonly LeftOutValue[];
    }
  | { readonly row: number; readonly line: number; readonly id: string | null; readonly rejected: RowTrouble }
  /** Has its verdict already, and nothing to correct. */
  | { readonly row: number; readonly line: number; readonly id: string | null; readonly unsent: UnsentRow }
  /** Says the same as row `into`, and shares its fate. */
  | {
      readonly row: number;
      readonly line: number;
      readonly id: string;
      readonly into: number;
      /** Its own, which may differ from those of the other row. */
      readonly leftOut?: readonly LeftOutValue[];
    };

/**
 * A line behind those of all records, about a row that was to be sent: another destination; or it is of an inactive person for whom nothing was ever sent,
 * and whose user name somebody else in the file has; or somebody inactive, who is sent as well, may hold its user name.
 */
export type AmendmentLine =
  | RowLine
  | { readonly row: number; readonly line: number; readonly id: string; readonly rests: 'unknown-inactive' }
  | { readonly row: number; readonly line: number; readonly id: string; readonly nameHeldBy: NameHolder };

/** Somebody in the same file, and the line of their row. */
export interface NameHolder {
  readonly line: number;
  readonly id: string;
}

/** Why a row was rejected: a message and its column. */
export interface RowTrouble extends Message {
  readonly column: string | null;
}

/** Why a value cannot be read, and what goes in its place. */
export interface LeftOutValue extends RowTrouble {
  readonly inPlace: InPlace;
}
