// Pause and health of one provisioning job: the second entity of the gate.

import type { Closure } from './pace';

/** One entity per job, in the tenant's partition. Times are ms on the storage service's clock. */
export interface JobGate {
  readonly pausedUntil: number;
  /** Why: a code of the error catalogue. */
  readonly pausedFor: string | null;
  /** Whose answer paused it: run and batch, `<run>/<batch>`. */
  readonly pausedBy: string | null;
  /** Requests in a row that the service refused for what stood in them, since the last one that it accepted. */
  readonly refusals: number;
}

export const openJobGate: JobGate = { pausedUntil: 0, pausedFor: null, pausedBy: null, refusals: 0 };

/** Why nothing of this job is sent; null: it may be. */
export const pauseOf = (gate: JobGate, now: number): Closure | null =>
  gate.pausedUntil > now ? { until: gate.pausedUntil, code: gate.pausedFor ?? 'job-paused' } : null;

/** Nothing of this job is sent until `until`; a longer pause that is already on stays. */
export const pauseJob = (gate: JobGate, until: number, code: string, by: string): JobGate =>
  gate.pausedUntil >= until ? gate : { ...gate, pausedUntil: until, pausedFor: code, pausedBy: by };

/**
 * So many refusals in a row are not the fault of some rows any more. A batch of 50 rows of which each is refused takes 99 calls until every row
 * is alone; that one such batch comes to its end is still allowed.
 */
export const REFUSALS_UNTIL_HALT = 100;

/** The service refused a request for what stands in it (400, 413): one more in a row. From `REFUSALS_UNTIL_HALT` on the job is paused. */
export function countRefusal(gate: JobGate, until: number, by: string): JobGate {
  const refusals = gate.refusals + 1;
  return refusals < REFUSALS_UNTIL_HALT
    ? { ...gate, refusals }
    : pauseJob({ ...gate, refusals }, until, 'graph-refuses-everything', by);
}
