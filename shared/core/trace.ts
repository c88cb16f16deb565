// Where work stands in a trace, so that all that is done for one run, in whichever function, is found together. A trace is for people who look
// at it: it is never part of an id, and nothing is decided by it.
//
//   blob ──► arrival ──► intake ──► deliveries     each message carries the place of what put it
//                          │
//                          └──► the run's entity ──► steps of the timer
//
// Source of the form: W3C Trace Context, Recommendation, 2021-11-23, `traceparent` of version 00.

/** A place in a trace, in the form of the header `traceparent`. */
export type TraceParent = string;

/** The form of a place. All zeros are no id. */
export const TRACE_PARENT = '^00-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}$';

/** Reads and makes places in traces. */
export interface Trace {
  /** The place of the work that asks; null if nothing is traced. */
  current(): TraceParent | null;
  /** Does `work` as a step of the trace at `parent`, its events included; without a parent, where it is. Passes on what `work` gives or throws. */
  step<T>(name: string, parent: TraceParent | null, work: () => Promise<T>): Promise<T>;
}

/** Traces nothing: commands, measurements. */
export const noTrace: Trace = { current: () => null, step: (_name, _parent, work) => work() };
