// Counts of a quiet night, and what differs from it in a test.
import { PEOPLE_LIMITS, type GuardCounts, type PeopleLimit, type Tally } from '../../../shared/guard/guard-counts';

export const CLOUD = { isLoopback: false };
export const LAPTOP = { isLoopback: true };

export const tally = (count: number, lines: readonly number[] = []): Tally => ({ count, lines });

const nobody = Object.fromEntries(PEOPLE_LIMITS.map((limit) => [limit, tally(0)])) as Record<PeopleLimit, Tally>;

/** A full file of 1,000 people, all known and unchanged; `people` only as far as they differ from nobody. */
export const countsOf = (
  members: Omit<Partial<GuardCounts>, 'people'> & { readonly people?: Partial<Record<PeopleLimit, Tally>> } = {},
): GuardCounts => ({
  content: 'full',
  known: 1_000,
  active: members.active ?? members.known ?? 1_000,
  isSeeded: true,
  rows: 1_000,
  rejected: tally(0),
  columns: [],
  lastRows: 1_000,
  ...members,
  people: { ...nobody, ...members.people },
});
