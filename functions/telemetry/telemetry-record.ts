// What is told, before anything exports it: plain records. So nothing of an exporter has to be loaded before a function can work, and what
// happens before it is loaded is told all the same.
import type { AnyEventFields, EventName } from '../../shared/core/telemetry';

/** A place in a trace: 32 and 16 hexadecimal digits. */
export interface Place {
  readonly traceId: string;
  readonly spanId: string;
}

/** An event, at `at` (ms since the epoch). */
export interface ToldEvent {
  readonly kind: 'event';
  readonly name: EventName;
  readonly fields: AnyEventFields;
  readonly invocation: string;
  readonly at: number;
  readonly place: Place;
}

/** Why a step failed. `message` is null where its words are not ours: they may quote a file. */
export interface Fault {
  readonly type: string;
  readonly message: string | null;
  /** Frames only. */
  readonly stack: string;
}

/** Work that has ended: an invocation, or a step of one. Times in ms since the epoch. */
export interface EndedStep {
  readonly kind: 'step';
  readonly name: string;
  readonly place: Place;
  readonly parent: Place | null;
  /** Another place that belongs to it: what the host says of the same invocation. */
  readonly link: Place | null;
  readonly startedAt: number;
  readonly endedAt: number;
  readonly attributes: Readonly<Record<string, string>>;
  readonly fault: Fault | null;
}

export type TelemetryRecord = ToldEvent | EndedStep;

/** Where records go. Takes them at once and sends them later; never throws. */
export interface TelemetrySink {
  take(record: TelemetryRecord): void;
  /** Sends what waits. */
  flush(): Promise<void>;
  /** Sends what waits, and takes nothing more. */
  close(): Promise<void>;
}
