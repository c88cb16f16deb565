// The days on which a row's own dates will change the person's status (`active.until` and `active.from` of the settings), after the day on which
// the row was read.

/** From `at` (ms since the epoch, UTC) on, the row says `active`, until the next switch. */
export interface StatusSwitch {
  readonly at: number;
  readonly active: boolean;
}

/** The later switches of one row, ascending; none if the settings declare no dates, or all of the row's days have passed. */
export type StatusSwitches = readonly StatusSwitch[];
