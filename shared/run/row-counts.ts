// Where the rows of a file went, in numbers: what intake and check count, and every summary shows.

/** Counted while a file is read: `rows` is always the sum of all others. */
export interface RowCounts {
  rows: number;
  /** Rows with a record of a person, whether it is sent in the end or not: an unchanged one is not. */
  users: number;
  rejected: number;
  /** Rows that say the same as an earlier row of the person. */
  collapsed: number;
  /** Rows that are not sent because another row of the file counts for the person. */
  superseded: number;
  /** Rows that the settings set aside before anything is sent. */
  skipped: number;
}

/** Nothing counted yet. */
export const noRows = (): RowCounts => ({ rows: 0, users: 0, rejected: 0, collapsed: 0, superseded: 0, skipped: 0 });

/** As summaries show them: the rows that the hold list keeps back are no longer among the users. `rows` is still the sum of all others. */
export interface ShownRowCounts extends Readonly<RowCounts> {
  readonly held: number;
}

/** `held`: people whom the hold list keeps back, each with one row. */
export const shownRowCounts = (counts: Readonly<RowCounts>, held: number): ShownRowCounts => {
  const { rows, users, rejected, collapsed, superseded, skipped } = counts;
  return { rows, users: users - held, rejected, collapsed, superseded, skipped, held };
};
