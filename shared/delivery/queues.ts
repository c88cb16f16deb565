// What the queues carry: pointers, never payload (a message holds 48 KiB, fifty full users do not fit). Member names avoid those of the
// platform's trigger metadata (`id`, `dequeueCount`), which a payload member of the same name would hide. Whoever may write to a queue chooses
// these names, and paths are made of them: so each must have the form of its kind (core/names.ts), or the message is refused.
import type { Static } from '@sinclair/typebox';
import { Type } from '@sinclair/typebox';
import type { TraceParent } from '../core/trace';
import { TRACE_PARENT } from '../core/trace';

/** The place in a trace of what put the message; nothing is decided by it. Messages of older versions have none. */
const trace = Type.Optional(Type.String({ pattern: TRACE_PARENT }));

/** Queue `deliveries`: this delivery of this batch may be sent. */
export const DeliveryPointer = Type.Object({
  version: Type.Literal(1),
  run: Type.String({ format: 'run-id' }),
  batch: Type.String({ format: 'batch-name' }),
  delivery: Type.Integer({ minimum: 1 }),
  /** The refill flag: after this message, look for more to release, whatever becomes of the delivery. */
  onDuty: Type.Optional(Type.Literal(true)),
  trace,
});
export type DeliveryPointer = Static<typeof DeliveryPointer>;

/** Queue `arrivals`: look at this export, or continue with this run of it. `blob` is the name with the source's folder. */
export const Arrival = Type.Object({
  version: Type.Literal(1),
  blob: Type.String({ format: 'blob-name' }),
  run: Type.Optional(Type.String({ format: 'run-id' })),
  trace,
});
export type Arrival = Static<typeof Arrival>;

/** The member of a message for a place in a trace; none if there is no place. */
export const tracedAt = (place: TraceParent | null): { readonly trace?: TraceParent } =>
  place === null ? {} : { trace: place };

/** Continue with this run. */
export const arrivalOfRun = (run: {
  readonly run: string;
  readonly blobName: string;
  readonly trace: TraceParent | null;
}): Arrival => ({ version: 1, blob: run.blobName, run: run.run, ...tracedAt(run.trace) });

/** A queue of ours. Faults are `RollcallError` with disposition `retry`. */
export interface WorkQueue<T> {
  /** Puts a message that becomes visible after `delayMs`. */
  put(message: T, delayMs: number): Promise<void>;
  /** Roughly how many messages there are, including those being processed. */
  depth(): Promise<number>;
  /** When the message was put that is the next one to be taken, ms; null if none can be taken now. */
  oldest(): Promise<number | null>;
}
