// What every trigger of the host needs.
import type { HostJson } from './host-json';
import type { Tell } from './host-log';
import type { Invoker } from './invoker';
import type { AppSettings } from './settings';
import type { StorageAccount, StorageAccounts } from './storage';

/** The host's own things, made once at start. */
export interface HostServices {
  /** The same for all hosts of one app on one storage: they share receipts, locks and timers. */
  readonly hostId: string;
  readonly settings: AppSettings;
  readonly hostJson: HostJson;
  readonly accounts: StorageAccounts;
  /** The account of `AzureWebJobsStorage`. */
  readonly storage: StorageAccount;
  readonly invoker: Invoker;
  readonly queueLeaseMs: number;
  readonly tell: Tell;
}
