// The result of mapping one record of an export.
import type { RowRank } from '../columns/row-rank';
import type { StatusSwitches } from '../columns/status-switches';
import type { Rejection } from '../core/rejection';
import type { UnsentRow } from '../core/unsent-row';
import type { Finding } from '../export/export-record';
import type { AttributePlace } from '../scim/attribute-path';
import type { ScimUser } from '../scim/user';

/**
 * What is sent in place of a value that cannot be read: nothing; what Entra was last confirmed to hold; or that, if there is any, which the mapping
 * cannot know (ADR 0040).
 */
export type InPlace = 'nothing' | 'last-value' | 'last-value-if-any';

/** A value that cannot be read, of a row that goes all the same. */
export interface LeftOut {
  readonly place: AttributePlace;
  readonly why: Rejection;
  readonly inPlace: InPlace;
  /** Entra may hold a value that is cleared where the job lets null flow: nothing is in its place, or it is not known whether something is. */
  readonly mayClear?: true;
}

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
  /** Values that cannot be read, in the order of the user; at least one. Nearly all rows have none. */
  readonly leftOut?: readonly LeftOut[];
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
