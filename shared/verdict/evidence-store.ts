// The log entries that verdicts rest on, as the service wrote them: `evidence/<source>/<run>/…`. Written by reconcile only.
import type { ProvisioningEntry } from '../graph/provisioning-log';
import type { RunKey } from '../core/run-key';

/** Faults are `RollcallError` with disposition `retry`. */
export interface EvidenceStore {
  /** Keeps entries of one run; the same entries again overwrite themselves. */
  keep(run: RunKey, entries: readonly ProvisioningEntry[]): Promise<void>;
  /** Keeps the service's words about a row that it refused (400); the same row again overwrites it. */
  keepRefusal(run: RunKey, row: number, message: string): Promise<void>;
  /** The service's words about refused rows, by row. */
  refusals(run: RunKey): Promise<ReadonlyMap<number, string>>;
  /** Keeps a message of a poison queue as it is; resolves to the blob's name. */
  keepMessage(text: string): Promise<string>;
  /** All entries kept for a run, in no order; an entry may come more than once. */
  read(run: RunKey): AsyncIterable<ProvisioningEntry>;
}
