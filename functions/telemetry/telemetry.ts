// The eyes of one worker: gives each invocation its place in a trace, and passes events and ended steps on to the exporter.
//
//   first invocation ──► its own work first ──► the exporter is loaded ──► what was told meanwhile follows
//
// Nothing here may delay or fail an invocation: what cannot be exported is dropped, and that is said on standard error, which the host logs
// whatever its own telemetry does (docs/reference/azure-functions.md §D.8).
import { AsyncLocalStorage } from 'node:async_hooks';
import type { AnyEventFields, EmitEvent, EventName } from '../../shared/core/telemetry';
import type { Trace, TraceParent } from '../../shared/core/trace';
import { faultOf } from './fault-of';
import { newSpanId, newTraceId, placeInMessage, readPlace, writePlace } from './places';
import type { Fault, Place, TelemetryRecord, TelemetrySink } from './telemetry-record';

/** Records that wait for the exporter at most: some seconds of the busiest worker, and a few MB. Our choice, 2026-11. */
const MAX_WAITING = 10_000;
/** After a failure to load the exporter: how long until it is tried again, ms. Our choice, 2026-11. */
const TRY_AGAIN_AFTER_MS = 60_000;

/** What a worker's telemetry is made of. */
export interface TelemetryParts {
  /** Loads the exporter; null if nothing is to be exported. */
  readonly open: (() => Promise<TelemetrySink>) | null;
  /** ms since the epoch. */
  readonly now: () => number;
  /** Says that something was not exported. */
  readonly complain: (sentence: string) => void;
}

/** What is known of an invocation before its work begins. */
export interface Invocation {
  readonly functionName: string;
  readonly invocationId: string;
  /** The host's own place of it, as `traceparent`. */
  readonly hostPlace: string | undefined;
  readonly input: unknown;
}

/** A step on its way. Its id is made when it is asked for. */
class Step {
  private spanId: string | null = null;
  /** Whether an event was told in it. */
  hasTold = false;
  constructor(
    readonly name: string,
    readonly invocation: Invocation,
    readonly traceId: string,
    readonly parent: Place | null,
    readonly startedAt: number,
  ) {}
  get place(): Place {
    this.spanId ??= newSpanId();
    return { traceId: this.traceId, spanId: this.spanId };
  }
}

export class Telemetry implements Trace {
  private readonly steps = new AsyncLocalStorage<Step>();
  private sink: TelemetrySink | null = null;
  private waiting: TelemetryRecord[] = [];
  private lost = 0;
  private loading: Promise<void> | null = null;
  private triesAgainAt = 0;

  constructor(private readonly parts: TelemetryParts) {}

  /** Does the work of an invocation; passes on what it gives or throws. */
  async invocation<T>(invocation: Invocation, work: () => Promise<T>): Promise<T> {
    if (this.parts.open === null) return work();
    const host = readPlace(invocation.hostPlace);
    const parent = placeInMessage(invocation.input) ?? host;
    const step = this.begin(invocation.functionName, invocation, parent);
    // After the work has begun: its first wait is long enough to load what it does not need.
    setImmediate(() => void this.load());
    return this.finish(step, work, true, host);
  }

  /** Told within an invocation; outside of one, nowhere. */
  readonly emit: EmitEvent = (name: EventName, fields: AnyEventFields) => {
    const step = this.steps.getStore();
    if (step === undefined) return;
    step.hasTold = true;
    const { invocationId } = step.invocation;
    this.take({ kind: 'event', name, fields, invocation: invocationId, at: this.parts.now(), place: step.place });
  };

  /** Records that still wait for the exporter. */
  get untold(): number {
    return this.waiting.length;
  }

  current(): TraceParent | null {
    const step = this.steps.getStore();
    return step === undefined ? null : writePlace(step.place);
  }

  /** Leaves a trace only if something was decided in it: most steps of a tick find nothing to do. */
  async step<T>(name: string, parent: TraceParent | null, work: () => Promise<T>): Promise<T> {
    const around = this.steps.getStore();
    if (around === undefined) return work();
    const { invocation } = around;
    const step = this.begin(`${invocation.functionName} ${name}`, invocation, readPlace(parent) ?? around.place);
    return this.finish(step, work, false, around.place);
  }

  /** Sends what waits and takes nothing more: the worker ends. */
  async close(): Promise<void> {
    await this.loading;
    await this.sink?.close().catch(() => undefined);
  }

  private begin(name: string, invocation: Invocation, parent: Place | null): Step {
    return new Step(name, invocation, parent?.traceId ?? newTraceId(), parent, this.parts.now());
  }

  /** `related`: a place of another trace that belongs to it. */
  private async finish<T>(
    step: Step,
    work: () => Promise<T>,
    isAlwaysTold: boolean,
    related: Place | null,
  ): Promise<T> {
    let fault: Fault | null = null;
    try {
      return await this.steps.run(step, work);
    } catch (error) {
      fault = faultOf(error);
      throw error;
    } finally {
      if (isAlwaysTold || step.hasTold || fault !== null) this.end(step, fault, related);
    }
  }

  private end(step: Step, fault: Fault | null, related: Place | null): void {
    const { name, place, parent, startedAt, invocation } = step;
    this.take({
      kind: 'step',
      ...{ name, place, parent, startedAt, fault },
      link: related !== null && related.traceId !== place.traceId ? related : null,
      endedAt: this.parts.now(),
      attributes: { 'faas.name': invocation.functionName, 'faas.invocation_id': invocation.invocationId },
    });
  }

  private take(record: TelemetryRecord): void {
    if (this.parts.open === null) return;
    if (this.sink !== null) this.sink.take(record);
    else if (this.waiting.length < MAX_WAITING) this.waiting.push(record);
    else this.lost++;
  }

  private async load(): Promise<void> {
    if (this.sink !== null || this.parts.open === null || this.parts.now() < this.triesAgainAt) return;
    this.loading ??= this.openSink(this.parts.open);
    await this.loading;
    this.loading = null;
  }

  private async openSink(open: () => Promise<TelemetrySink>): Promise<void> {
    try {
      const sink = await open();
      const waiting = this.waiting;
      this.waiting = [];
      this.sink = sink;
      for (const record of waiting) sink.take(record);
      if (this.lost > 0)
        this.parts.complain(`${this.lost} records of telemetry were lost before they could be exported`);
      this.lost = 0;
    } catch (error) {
      this.triesAgainAt = this.parts.now() + TRY_AGAIN_AFTER_MS;
      this.parts.complain(`telemetry is not exported: ${error instanceof Error ? error.name : 'unknown'}`);
    }
  }
}
