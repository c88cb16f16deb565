// What the commands say about files and storage that they cannot use, and about what needs a person. Codes about the content of a file are
// defined where it is read. The English is in cli-messages.ts.
import { fault, finding, hold } from '../shared/core/codes';
import type { PlacedMessage, Quote } from '../shared/core/message';
import type { RunState, ShownState } from '../shared/run/run';
import type { VoidedBy } from '../shared/run/run-codes';

/** Why a file on this computer cannot be used; `code` is the system's own where we have no words for it. */
export type FileTrouble =
  'missing' | 'no-permission' | 'folder' | 'no-folder' | 'exists' | 'not-a-file' | 'is-read' | `code ${string}`;

/** What is wrong with the value of `--storage`. The value itself is never repeated: it may be a secret. */
export type StorageValueTrouble =
  /** Neither an address nor a connection string. */
  | 'neither'
  /** Begins like a connection string, but cannot be read as one. */
  | 'connection-string'
  /** An address, but not by https. */
  | 'not-https'
  /** An address with more than the host: a path, a query such as a SAS, a password. */
  | 'more-than-host'
  /** An address outside Azure Storage. */
  | 'foreign-host';

/** Why storage refuses a caller. */
export type StorageRefusal =
  /** The role for reading is missing. */
  | 'role'
  /** The role for writing is missing. */
  | 'write-role'
  /** The firewall of the account, or too few rights in a SAS. */
  | 'network'
  /** The key is wrong, or the clock of this computer. */
  | 'key'
  /** The account takes no keys. */
  | 'keys-off'
  /** The sign-in is of another tenant, or expired. */
  | 'sign-in';

/** A service of the account; also the word in the name of its roles. */
export type StorageService = 'Blob' | 'Queue' | 'Table';

/** What a person can say about a run that is on its way. */
export type StopDecision = 'park' | 'resume' | 'abandon';

/** How a run is after such a decision. `isNew`: false if it was so before. Rows: still to be sent, waiting for evidence. */
type StoppedRun = { name: Quote; run: string; isNew: boolean; todo: number; open: number; sameStorage: string };
/** Of an abandoned run also how many rows were held, and whether it has ended because nothing was ever sent of it. */
type AbandonedRun = StoppedRun & { held: number; isOver: boolean };

/** Codes of the command line. */
export const cliCodes = {
  'file-not-readable': hold<{ path: Quote; reason: FileTrouble }>(),
  'source-not-readable': hold<{ path: Quote; reason: FileTrouble }>(),
  'file-not-writable': hold<{ path: Quote; reason: FileTrouble }>(),
  'header-is-person': hold<{ cells: readonly Quote[] }>(),
  'storage-not-named': hold(),
  'storage-malformed': hold<{ trouble: StorageValueTrouble }>(),
  'storage-not-signed-in': hold(),
  'storage-not-permitted': hold<{ refusal: StorageRefusal; service: StorageService }>(),
  'storage-account-missing': hold(),
  'storage-unreachable': hold(),
  'storage-not-prepared': hold(),
  'storage-refused': hold<{ service: StorageService; status: number | null }>(),
  'data-folder-unknown': hold<{ path: Quote }>(),
  'data-folder-starting': hold<{ path: Quote }>(),
  'data-folder-failed': hold<{ path: Quote; words: Quote }>(),
  'data-cut-off': finding(),
  'azurite-missing': hold(),
  'graph-option-refused': hold(),
  'job-not-set-up': hold<{ path: Quote }>(),
  'schema-copy-unusable': hold<{ path: Quote }>(),
  'job-maps-nobody': hold(),
  'job-needs-yes': hold(),
  'setup-incomplete': hold<{ missing: readonly string[] }>(),
  'setup-of-another': hold<{ name: Quote; graph: Quote }>(),
  'setup-made-nothing': hold<{ path: Quote }>(),
  'setup-record-damaged': hold<{ path: Quote }>(),
  'sign-in-failed': hold<{ number: string | null }>(),
  'run-malformed': hold(),
  'run-unknown': hold<{ run: string }>(),
  'run-approved': finding<{ name: Quote; run: string; until: number; sameStorage: string }>(),
  'run-refused': finding<{ name: Quote; run: string; sameStorage: string }>(),
  'run-is-parked': finding<StoppedRun>(),
  'run-is-resumed': finding<StoppedRun>(),
  'run-is-abandoned': finding<AbandonedRun>(),
  'run-not-stoppable': hold<{ run: string; decision: StopDecision; state: ShownState; sameStorage: string }>(),
  'run-not-held': hold<{ run: string; state: RunState; sameStorage: string }>(),
  'run-not-approvable': hold<{ reason: readonly PlacedMessage[] }>(),
  'approval-too-late': hold<{ changed: VoidedBy }>(),
  'approval-too-early': hold<{ until: number }>(),
  'person-unknown': hold<{ source: string }>(),
  'person-not-confirmed': hold(),
  'person-in-other-job': hold(),
  'person-disabled': hold<{ on: string }>(),
  'person-on-hold': hold<{ until: string }>(),
  'person-record-gone': hold<{ run: string }>(),
  'source-busy': hold<{ run: string }>(),
  'forget-waits': hold<{ source: string; run: string; state: string }>(),
  'forget-nobody': hold(),
  'plan-source-unknown': hold<{ source: Quote }>(),
  'plan-roster-unusable': hold<{ reason: readonly PlacedMessage[] }>(),
  'plan-against-nothing': finding(),
  'plan-files-unsettled': finding<{ files: number }>(),
  'credential-ends': finding<{ at: number }>(),
  'poison-waiting': finding<{ queue: string; messages: number }>(),
  'messages-kept': finding<{ messages: number }>(),
  'intake-silent': finding<{ state: string; since: number }>(),
  'dates-overdue': finding<{ since: number }>(),
  'file-overdue': finding<{ since: number }>(),
  'log-not-read': finding<{ since: number }>(),
  'proposal-invalid': fault<{ problems: readonly PlacedMessage[] }>(),
};

/** A code of this table. */
export type CliCode = keyof typeof cliCodes;
