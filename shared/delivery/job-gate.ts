// Pause and health of one provisioning job: the second entity of the gate.

/** One entity per job, in the tenant's partition. Times are ms on the storage service's clock. */
export interface JobGate {
  readonly pausedUntil: number;
  /** Why: a code of the error catalogue. */
  readonly pausedFor: string | null;
}

export const openJobGate: JobGate = { pausedUntil: 0, pausedFor: null };

/** Nothing of this job is sent until `until`; a longer pause that is already on stays. */
export const pauseJob = (gate: JobGate, until: number, code: string): JobGate =>
  gate.pausedUntil >= until ? gate : { pausedUntil: until, pausedFor: code };
