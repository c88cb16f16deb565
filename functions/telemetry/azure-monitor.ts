// Telemetry to Azure Monitor: plain records become log records, spans and measurements of the OpenTelemetry SDK, and its exporter sends them.
// Loaded when the first invocation is under way. The parts are put together here, not by the distribution: that one takes most of a second to
// load, samples by default, and patches HTTP clients, whose spans would carry the names of files (ADR 0046).
import {
  AzureMonitorLogExporter,
  AzureMonitorMetricExporter,
  AzureMonitorTraceExporter,
} from '@azure/monitor-opentelemetry-exporter';
import type { Context, Counter, Gauge, Histogram, Link } from '@opentelemetry/api';
import { diag, DiagLogLevel, ROOT_CONTEXT, SpanKind, SpanStatusCode, trace, TraceFlags } from '@opentelemetry/api';
import { SeverityNumber } from '@opentelemetry/api-logs';
import type { Resource } from '@opentelemetry/resources';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { BatchLogRecordProcessor, LoggerProvider } from '@opentelemetry/sdk-logs';
import { MeterProvider, PeriodicExportingMetricReader } from '@opentelemetry/sdk-metrics';
import { AlwaysOnSampler, BasicTracerProvider, BatchSpanProcessor } from '@opentelemetry/sdk-trace-base';
import type { Measure, MetricName } from '../../shared/core/metrics';
import { measuresOf, METRICS } from '../../shared/core/metrics';
import type { EventFields } from '../../shared/core/telemetry';
import { identityOf } from '../azure-credential';
import type { ExporterSettings } from './exporter-settings';
import type { EndedStep, Place, TelemetrySink, ToldEvent } from './telemetry-record';

const NAME = 'rollcall';
/** How long records wait to be sent together, ms. The SDK's own default is between 1 and 5 s. */
const SEND_AFTER_MS = 5_000;
/** Records of a request, and records that wait at most: what is beyond is dropped. Our choice, 2026-11: 2,000 deliveries are some 4,000 records. */
const TOGETHER = 512;
const MOST_WAITING = 16_384;
/** How often metrics are sent, ms: App Insights shows minutes. */
const MEASURE_EVERY_MS = 60_000;
const QUEUE = { scheduledDelayMillis: SEND_AFTER_MS, maxExportBatchSize: TOGETHER, maxQueueSize: MOST_WAITING };

/** With this attribute the exporter makes an event of a log record: table `AppEvents`, its members in `Properties`. */
const EVENT_NAME = 'microsoft.custom_event.name';

/** Another way to the service, for a server of a test: the exporter itself asks for https, whatever the connection string says. */
export interface Transport {
  readonly host?: string;
  readonly allowInsecureConnection?: boolean;
}

/**
 * Opens the exporter. Throws what it throws for a connection string that it cannot read. `complain` is told once if something cannot be sent: the SDK
 * itself is silent about it.
 */
export function openAzureMonitor(
  settings: ExporterSettings,
  complain: (sentence: string) => void,
  transport: Transport = {},
): TelemetrySink {
  tellFirstFailure(complain);
  const exporter = { ...exporterOptions(settings), ...transport };
  const resource = resourceFromAttributes({
    'service.name': settings.appName,
    ...(settings.instance !== null && { 'service.instance.id': settings.instance }),
  });
  const logs = new LoggerProvider({
    resource,
    processors: [new BatchLogRecordProcessor(new AzureMonitorLogExporter(exporter), QUEUE)],
  });
  const spans = openSpans(resource, new BatchSpanProcessor(new AzureMonitorTraceExporter(exporter), QUEUE));
  const reader = new PeriodicExportingMetricReader({
    exporter: new AzureMonitorMetricExporter(exporter),
    exportIntervalMillis: MEASURE_EVERY_MS,
  });
  const meters = new MeterProvider({ resource, readers: [reader] });
  const logger = logs.getLogger(NAME);
  const record = openMetrics(meters);
  const all = [logs, spans.provider, meters];
  return {
    take(told) {
      if (told.kind === 'step') {
        spans.add(told);
        return;
      }
      logger.emit(logRecordOf(told));
      // The event is one of the list, with its members: whoever emitted it was compiled against both.
      for (const measure of measuresOf(told.name, told.fields as EventFields<typeof told.name>)) record(measure);
    },
    async flush() {
      await Promise.allSettled(all.map((provider) => provider.forceFlush()));
    },
    async close() {
      await Promise.allSettled(all.map((provider) => provider.shutdown()));
    },
  };
}

/** The words of the SDK stay here: they hold addresses and keys. */
function tellFirstFailure(complain: (sentence: string) => void): void {
  let isTold = false;
  const nothing = (): void => undefined;
  const error = (): void => {
    if (!isTold) complain('telemetry cannot be sent');
    isTold = true;
  };
  diag.setLogger({ error, warn: nothing, info: nothing, debug: nothing, verbose: nothing }, DiagLogLevel.ERROR);
}

const exporterOptions = ({ connectionString, identity }: ExporterSettings) => ({
  connectionString,
  ...(identity !== 'key' && { credential: identityOf(identity.clientId) }),
});

/** All of it is sampled: our own ids and flags decide, never a chance. */
const contextAt = ({ traceId, spanId }: Place): Context =>
  trace.setSpanContext(ROOT_CONTEXT, { traceId, spanId, traceFlags: TraceFlags.SAMPLED, isRemote: true });

function logRecordOf({ name, fields, invocation, at, place }: ToldEvent) {
  const members = Object.entries(fields).filter(([, value]) => value !== null && value !== undefined);
  return {
    body: name,
    timestamp: at,
    severityNumber: SeverityNumber.INFO,
    attributes: { ...(Object.fromEntries(members) as Record<string, string>), invocation, [EVENT_NAME]: name },
    context: contextAt(place),
  };
}

/** Spans with the ids that the steps were given when they began: messages carry them, long before the SDK sees the step. */
function openSpans(resource: Resource, processor: BatchSpanProcessor) {
  let next: Place = { traceId: '', spanId: '' };
  const provider = new BasicTracerProvider({
    resource,
    sampler: new AlwaysOnSampler(),
    idGenerator: { generateTraceId: () => next.traceId, generateSpanId: () => next.spanId },
    spanProcessors: [processor],
  });
  const tracer = provider.getTracer(NAME);
  const add = ({ name, place, parent, link, startedAt, endedAt, attributes, fault }: EndedStep): void => {
    next = place;
    const links: Link[] = link === null ? [] : [{ context: { ...link, traceFlags: TraceFlags.SAMPLED } }];
    const options = { kind: SpanKind.INTERNAL, startTime: startedAt, attributes, links };
    const span = tracer.startSpan(name, options, parent === null ? ROOT_CONTEXT : contextAt(parent));
    if (fault !== null) {
      span.recordException({ name: fault.type, message: fault.message ?? '', stack: fault.stack }, endedAt);
      span.setStatus({ code: SpanStatusCode.ERROR, message: fault.type });
    }
    span.end(endedAt);
  };
  return { provider, add };
}

function openMetrics(meters: MeterProvider): (measure: Measure) => void {
  const meter = meters.getMeter(NAME);
  const instruments = new Map<MetricName, Counter | Histogram | Gauge>();
  for (const [name, { kind, unit }] of Object.entries(METRICS) as [MetricName, (typeof METRICS)[MetricName]][]) {
    const make = { counter: 'createCounter', histogram: 'createHistogram', gauge: 'createGauge' } as const;
    instruments.set(name, meter[make[kind]](name, { unit }));
  }
  return ({ metric, value, dimensions }) => {
    const instrument = instruments.get(metric);
    if (instrument === undefined) return;
    if ('add' in instrument) instrument.add(value, dimensions);
    else instrument.record(value, dimensions);
  };
}
