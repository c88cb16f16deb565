// The result of mapping one record of an export.
import type { RowRank } from '../columns/row-rank';
import type { StatusSwitches } from '../columns/status-switches';
import type { Rejection } from '../core/rejection';
import type { UnsentRow } from '../core/unsent-row';
import type { Finding } from '../export/export-record';
import type { ScimUser } from '../scim/user';

/** A user. `row` and `line` are those of the record. */
export interface MappedUser {
  readonly kind: 'user';
  readonly row: number;
  readonly line: number;
  readonly externalId: string;
  readonly userName: string | null;
  readonly active: boolean;
  /** What the rules for several rows of one person see in it. */
  readonly rank: RowRank;
  /** Since when the person is gone, ms since the epoch; null for somebody active, and where no date can be read. */
  readonly leftAt: number | null;
  /** Absent if the row's dates will change nothing. */
  readonly switches?: StatusSwitches;
  /**
   * Only of a row that waits for its first day (`active.from` with `not-yet`): the date, yyyy-MM-dd in the declared zone, from which it goes. That is
   * the first switch; `user` is the record as it will be sent then.
   */
  readonly goesOn?: string;
  readonly user: ScimUser;
  readonly warnings: readonly Finding[];
}

/** A user, or why the row gives none, or why it is not sent. */
export type MappedRecord =
  | MappedUser
  | {
      readonly kind: 'rejected';
      readonly row: number;
      readonly line: number;
      /** The id, if the row has one. */
      readonly id: string | null;
      /** The sign-in name, if the mapping got that far. */
      readonly userName: string | null;
      /** What the status says; null if it cannot be read: then the row may be active. */
      readonly active: boolean | null;
      /** As of a user; null if nothing of the row can be read. */
      readonly rank: RowRank | null;
      readonly rejection: Rejection;
    }
  | {
      readonly kind: 'unsent';
      readonly row: number;
      readonly line: number;
      /** As it is in the row: nobody has judged its form. */
      readonly id: string | null;
      readonly unsent: UnsentRow;
    };
