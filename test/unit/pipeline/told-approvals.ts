// What a person has approved: the numbers that they saw in the reason of a held run.
import type { Run } from '../../../shared/run/run';

/** One approval, as it was given. */
export interface ToldApproval {
  readonly run: string;
  readonly at: number;
  /** By limit. */
  readonly seen: ReadonlyMap<string, number>;
}

/** The numbers that a person sees in a held run. */
export const seenIn = (run: Run): ReadonlyMap<string, number> =>
  new Map(
    ((run.reason?.values as { readonly tripped?: readonly { limit: string; count: number }[] }).tripped ?? []).map(
      ({ limit, count }) => [limit, count],
    ),
  );

const WEEK_MS = 7 * 86_400_000;

/** The number of the last approval for a limit; -1 if there is none. */
export const approvedCount = (approvals: readonly ToldApproval[], limit: string): number =>
  approvals.at(-1)?.seen.get(limit) ?? -1;

/** True if the approval still counts. */
export const isCurrent = ({ at }: ToldApproval, now: number): boolean => now < at + WEEK_MS;
