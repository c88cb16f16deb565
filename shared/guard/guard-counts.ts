// What the guard is given: what a file would do, counted against the people who are known: those of the roster, and of files that have passed. Pure numbers and line numbers, no person.

/** What the lines of a few rows a limit counted are: up to five, ascending. */
export interface Tally {
  readonly count: number;
  readonly lines: readonly number[];
}

/** What may happen to a person, counted as a share of the people known. */
export const PEOPLE_LIMITS = ['disabled', 'missing', 'changed', 'created', 'enabled', 'renamed'] as const;
/** One of them. */
export type PeopleLimit = (typeof PEOPLE_LIMITS)[number];

/** A mapped column whose values changed as a whole. `count` of `of` rows. */
export interface ColumnChange {
  readonly column: string;
  readonly became: 'empty' | 'constant' | 'changed';
  readonly count: number;
  readonly of: number;
}

/** What a file would do, counted against the people known. Pure numbers, no person. */
export interface GuardCounts {
  readonly content: 'full' | 'changes';
  /** People known: in the roster, or in a file that has passed and is on its way; 0 in a first run. */
  readonly known: number;
  /** Those of them whose account is enabled: only they can be disabled, or be missed. */
  readonly active: number;
  /** True once a full file has passed; before, percentages are not asked of a `changes` source. */
  readonly isSeeded: boolean;
  readonly rows: number;
  readonly people: Readonly<Record<PeopleLimit, Tally>>;
  readonly rejected: Tally;
  readonly columns: readonly ColumnChange[];
  /** Rows of the last full file that was let through; null if there is none, or for `changes`. */
  readonly lastRows: number | null;
}
