// What is known about one row on its way to a verdict: what was sent, what answered it, what follows. A row of a batch is this plus its
// position in the export (run/batch.ts).
import type { Hold } from '../holdlist/hold-list';
import type { Effect, Verdict } from './verdict';

/** A short hash of the change's id, what the change did, and whether a failure of its kind is transient. */
export type ChangeEvidence = readonly [change: string, effect: Effect | 'reference-failed', transient: boolean];

/** What the rules of judge-row.ts read and write. */
export interface RowEvidence {
  /** To be sent; sent without a verdict yet; verdict given. */
  readonly work: 'todo' | 'open' | 'done';
  /** Deliveries that may have been accepted; each is answered by one change (docs/model: `n`). */
  readonly deliveries: number;
  /** Changes of the provisioning log counted for this row, in the order read (docs/model: *distinct*). */
  readonly changes: readonly ChangeEvidence[];
  readonly verdict: Verdict | null;
  /** The reason next to the verdict, a code of the error catalogue (manager not resolved, cause of a failure). */
  readonly code: string | null;
  /** A change of the row enabled an account that was disabled; whether HR had said so is known to the report. */
  readonly turnedOn: boolean;
  /** Some delivery was never answered (docs/model: `un`). */
  readonly unanswered: boolean;
  /** Sent again after a transient failure (docs/model: `t`), after silence (docs/model: `z`), after an unanswered older delivery (docs/model: `rep`). */
  readonly retries: number;
  readonly resends: number;
  readonly repaired: boolean;
  /** The entry of the hold list that keeps the row back; null if none does. */
  readonly hold: Hold | null;
  /** Its hold has ended, and a newer `full` file does not name the person: only a newer row of the person replaces it. */
  readonly lastWord: boolean;
}
