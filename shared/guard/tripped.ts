// A limit that a file exceeds: which one, by how much, and where. It is stored as it is among the values of a run's reason.
import type { Quote } from '../core/message';
import type { ColumnChange, PeopleLimit } from './guard-counts';

/** More people or rows than `allowed`: a number (`count`) or a percentage of `base` (`percent`). */
export type TrippedCount = {
  readonly limit: PeopleLimit | 'rejected';
  readonly count: number;
  /** People known, of `disabled` and `missing` the active ones; for `rejected` the rows of the file. */
  readonly base: number;
  readonly by: 'count' | 'percent';
  readonly allowed: number;
  /** Up to five lines of the file, ascending; none for people who are not in it. */
  readonly lines: readonly number[];
};

/** A column that became empty or constant, or changed in `count` of `base` rows; `allowed` is the percentage. */
export type TrippedColumn = {
  readonly limit: 'column';
  readonly column: Quote;
  readonly count: number;
  readonly base: number;
  readonly lines: readonly number[];
} & (
  | { readonly became: Exclude<ColumnChange['became'], 'changed'>; readonly allowed: null }
  | { readonly became: 'changed'; readonly allowed: number }
);

/** A full file that has `count` rows more or fewer than the last one, which had `base`; `allowed` is the percentage. */
export type TrippedRows = {
  readonly limit: 'rows';
  readonly became: 'fewer' | 'more';
  readonly count: number;
  readonly base: number;
  readonly allowed: number;
  readonly lines: readonly number[];
};

/** The first file of a source, with `count` rows. */
export type TrippedFirstRun = {
  readonly limit: 'firstRun';
  readonly count: number;
  readonly base: 0;
  readonly lines: readonly number[];
};

/** One limit that tripped. Types, not interfaces: only those are values of a message. */
export type Tripped = TrippedCount | TrippedColumn | TrippedRows | TrippedFirstRun;
