// The guard in intake: the numbers of the whole file are known, and nothing is committed. A file that would do more than its source's limits
// allow is held, unless each limit that trips was approved with at least that number.
import type { Finding } from '../../export/export-record';
import { isCovered } from '../../guard/approved-limits';
import type { GuardCounts } from '../../guard/guard-counts';
import { holdForGuardOff, holdForTrips, warningsFor } from '../../guard/guard-outcome';
import { judgeCounts } from '../../guard/judge-counts';
import { isApprovedAt } from '../../run/approval';
import type { Run } from '../../run/run';
import type { SourceSettings } from '../../source/source-settings';
import type { Pipeline } from '../pipeline';

/** Throws `FileHold` (`guard-off-not-here`) if the settings switch the guard off where that is not allowed. */
export function assertGuard({ isLoopback }: Pick<Pipeline, 'isLoopback'>, { guard }: SourceSettings): void {
  const held = holdForGuardOff(guard, { isLoopback });
  if (held !== null) throw held;
}

/** What is worth a warning. Throws `FileHold` (`guard-tripped`) with all limits that tripped. */
export function askGuard(
  { isLoopback, clock }: Pick<Pipeline, 'isLoopback' | 'clock'>,
  run: Pick<Run, 'approval'>,
  { guard }: SourceSettings,
  counts: GuardCounts,
): readonly Finding[] {
  const { hold, warn } = judgeCounts(counts, guard, { isLoopback });
  const approved = isApprovedAt(run, clock.now()) ? (run.approval?.limits ?? []) : [];
  if (hold.some((tripped) => !isCovered(tripped, approved))) throw holdForTrips(hold);
  return warningsFor(warn);
}
