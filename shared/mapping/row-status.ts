// The status of one row: enabled or not, and until when; or why it cannot be told.
import type { StatusSwitches } from '../columns/status-switches';
import type { RowInHand } from './row-in-hand';

/** What a row says of the account: the status of now, its later switches, and the date from which a row goes that waits. */
export interface RowStatus {
  readonly active: boolean;
  readonly switches: StatusSwitches;
  /** yyyy-MM-dd; null for a row that goes. */
  readonly goesOn: string | null;
}

/** The status of nearly all rows, without a day to come. */
export const ACTIVE: RowStatus = { active: true, switches: [], goesOn: null };
export const INACTIVE: RowStatus = { active: false, switches: [], goesOn: null };

/** Notes in the row why it is rejected. Called only if no other part of the settings says inactive. */
export type RefuseRow = (row: RowInHand) => null;

/** What one part of the settings says of the status; true: active. */
export type StatusReading = boolean | RefuseRow;
