// The plan of a run: what a file would do, person by person, and whether it would be sent. Computing it and writing it down are
// other files; these are the words that both use.

/**
 * What a file would do with a person. `resent`: sent although nothing changed (refresh, new mapping, an earlier file that is on its way); `waiting`: sent in vain before,
 * and the next try is on a later day; `on-hold`: kept back by the hold list; `skipped`: the settings set the row aside, or the person is inactive and
 * never delivered by us, or the first day has not come; `rejected`: the row cannot be sent.
 */
export const PLAN_KINDS = [
  'new',
  'changed',
  'disabled',
  'enabled',
  'missing',
  'unchanged',
  'resent',
  'waiting',
  'on-hold',
  'skipped',
  'rejected',
] as const;
export type PlanKind = (typeof PLAN_KINDS)[number];

/** One attribute of a person, before and after. */
export interface ValueChange {
  /** SCIM path, such as `name.familyName`. */
  readonly attribute: string;
  /** Null: not set. */
  readonly before: string | null;
  readonly after: string | null;
}

/**
 * One person (or rejected row) of the plan. Somebody may be disabled or enabled and have other changes too: the kind is the stronger word, and
 * `changes` lists all.
 */
export interface PlanEntry {
  readonly kind: PlanKind;
  /** Of the file, from 1; null: no row of the file (a missing person). */
  readonly row: number | null;
  readonly line: number | null;
  readonly id: string | null;
  readonly name: string | null;
  readonly changes: readonly ValueChange[];
  /** A sentence: why rejected, until when on hold, the next try, old values that are no longer kept … */
  readonly note: string | null;
}

/** A plan as a whole. */
export interface PlanSummary {
  readonly source: string;
  readonly file: string;
  /** The held run; null: a file that was only looked at. */
  readonly run: string | null;
  /** When the plan was made, ms since 1970. */
  readonly madeAt: number;
  readonly content: 'full' | 'changes';
  /** Rows of the file. */
  readonly rows: number;
  /** People who are known: in the roster, or in a file that has passed and is on its way. */
  readonly known: number;
  readonly counts: Readonly<Record<PlanKind, number>>;
  /** Sentences: each limit that holds the file; empty: it would be sent. */
  readonly held: readonly string[];
  /** Sentences: each limit that only warns. */
  readonly warnings: readonly string[];
  /** Bulk calls needed. */
  readonly calls: number;
  /** Calls that the tenant may make a day. */
  readonly dailyCalls: number;
  /** When everything would be sent at the earliest, ms since 1970; null: nothing to send. */
  readonly doneAt: number | null;
}
