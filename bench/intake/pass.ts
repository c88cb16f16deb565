// The order to a measured process and its result.
import type { ProcessCost } from '../measured-process';

/** parse: the CSV reader alone. map: the whole doctor, the mapping and the schema. intake: the story, into Azurite, up to the first window of messages. */
export const PASSES = ['parse', 'map', 'intake'] as const;
export type PassName = (typeof PASSES)[number];

/** One measurement to make, in a process of its own. */
export interface PassOrder {
  readonly pass: PassName;
  /** The export on disk. */
  readonly path: string;
  /** Connection string of the emulator; empty for passes without storage. */
  readonly storage: string;
  /** Name of the blob in `inbound`. */
  readonly blob: string;
}

/** What one pass measures itself. */
export interface PassFigures {
  readonly rows: number;
  readonly seconds: number;
  /** Until the users were committed (`intake` only). */
  readonly stagedSeconds: number | null;
  /** Requests to the storage emulator, queue messages included. */
  readonly transactions: number;
}

/** What one pass cost. */
export type PassResult = PassFigures & ProcessCost;
