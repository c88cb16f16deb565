// Pause and health of one provisioning job: the second entity of the gate.

import type { Closure } from './pace';

/** One entity per job, in the tenant's partition. Times are ms on the storage service's clock. */
export interface JobGate {
  readonly pausedUntil: number;
  /** Why: a code of the error catalogue. */
  readonly pausedFor: string | null;
  /** The batch whose answer paused it, `<run>/<batch>`. */
  readonly pausedBy: string | null;
  /** Requests in a row that the service refused for their content, since the last one it accepted. */
  readonly refusals: number;
}

export const openJobGate: JobGate = { pausedUntil: 0, pausedFor: null, pausedBy: null, refusals: 0 };

/** Why nothing of this job is sent; null if it may be. */
export const pauseOf = (gate: JobGate, now: number): Closure | null =>
  gate.pausedUntil > now ? { until: gate.pausedUntil, code: gate.pausedFor ?? 'job-paused' } : null;

/** Pauses the job until `until`; a longer pause already in force stays. */
export const pauseJob = (gate: JobGate, until: number, code: string, by: string): JobGate =>
  gate.pausedUntil >= until ? gate : { ...gate, pausedUntil: until, pausedFor: code, pausedBy: by };

/**
 * So many refusals in a row are no longer the fault of single rows. A batch of 50 rows that are all refused takes 99 calls until every row
 * is alone; one such batch may still run to its end.
 */
export const REFUSALS_UNTIL_HALT = 100;

/** The service refused a request for its content (400, 413): one more in a row. From `REFUSALS_UNTIL_HALT` on the job is paused. */
export function countRefusal(gate: JobGate, until: number, by: string): JobGate {
  const refusals = gate.refusals + 1;
  return refusals < REFUSALS_UNTIL_HALT
    ? { ...gate, refusals }
    : pauseJob({ ...gate, refusals }, until, 'graph-refuses-everything', by);
}
