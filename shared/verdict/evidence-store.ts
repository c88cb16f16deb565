// The log entries that verdicts are based on, as the service wrote them: `evidence/<source>/<run>/…`. Written by reconcile only.
import type { ProvisioningEntry } from '../graph/provisioning-log';
import type { RunKey } from '../core/run-key';

/** Faults are `RollcallError` with disposition `retry`. */
export interface EvidenceStore {
  /** Keeps entries of one run; keeping the same entries again overwrites them. */
  keep(run: RunKey, entries: readonly ProvisioningEntry[]): Promise<void>;
  /** Keeps the service's words about a row that it refused (400); keeping the same row again overwrites them. */
  keepRefusal(run: RunKey, row: number, message: string): Promise<void>;
  /** The service's words about refused rows, by row. */
  refusals(run: RunKey): Promise<ReadonlyMap<number, string>>;
  /** Keeps a message of a poison queue as it is; resolves to the blob's name. */
  keepMessage(text: string): Promise<string>;
  /** Names of the messages that are kept. */
  keptMessages(): Promise<readonly string[]>;
  /** All entries kept for a run, in no particular order; an entry may occur more than once. */
  read(run: RunKey): AsyncIterable<ProvisioningEntry>;
  /** Takes entries, and the words about refused rows, out of what is kept for a run. Resolves to how many that were. */
  forget(
    run: RunKey,
    isForgotten: (entry: ProvisioningEntry) => boolean,
    isForgottenRow: (row: number) => boolean,
  ): Promise<number>;
  /** Deletes everything that is kept for a run. */
  deleteAll(run: RunKey): Promise<void>;
}
