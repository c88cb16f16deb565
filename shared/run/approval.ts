// The approval of a held run: somebody has seen the numbers that the guard stopped, and says yes to exactly that file.
import { DAY_MS } from '../core/clock';
import type { ApprovedLimit } from '../guard/approved-limits';

/** How long an approval counts, ms: intake begins within seconds, unless the machine stands still. Our choice, 2026-11. */
export const APPROVAL_MS = 7 * DAY_MS;

/**
 * A held run that was begun more than once is approved only this long after its last sign of life, ms: an attempt that is still at work would
 * write its files over those of the approved run. Longer than `functionTimeout` in host.json. Our choice, 2026-11.
 */
export const LONGEST_ATTEMPT_MS = 32 * 60_000;

/** Times in ms. Who and why are for the people who run the machine: neither may reach telemetry. */
export interface Approval {
  /** The account that is signed in, or the user of this computer. */
  readonly by: string;
  readonly why: string;
  readonly at: number;
  /** Intake that begins later needs another one. */
  readonly until: number;
  /** The limits that had tripped, with their counts: the file passes if it trips no other, and none with a greater count. */
  readonly limits: readonly ApprovedLimit[];
}

/** True if intake that looks at `now`, ms, works under an approval. */
export const isApprovedAt = ({ approval }: { readonly approval: Approval | null }, now: number): boolean =>
  approval !== null && now < approval.until;
