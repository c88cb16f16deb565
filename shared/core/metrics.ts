// The numbers that operators watch over time: a closed list, each measured in events (telemetry.ts) and nowhere else, so that a number never says
// anything else than the event. Dimensions have few values: sources, words of closed lists, our own queues; never a file, a run or a person.
import type { EventFields, EventName } from './telemetry';
import { OF_VERDICTS } from './telemetry';

/** counter: adds up. histogram: how much each time. gauge: how much there is now. Units are those of UCUM, as OpenTelemetry asks for. */
export interface Metric {
  readonly kind: 'counter' | 'histogram' | 'gauge';
  readonly unit: string;
  readonly dimensions: readonly string[];
}

/** All of them; docs/operations.md explains each. */
export const METRICS = {
  'rollcall.rows': { kind: 'counter', unit: '{row}', dimensions: ['source'] },
  'rollcall.verdicts': { kind: 'counter', unit: '{row}', dimensions: ['source', 'verdict'] },
  'rollcall.calls': { kind: 'counter', unit: '{call}', dimensions: ['answer'] },
  'rollcall.gate.wait': { kind: 'histogram', unit: 'ms', dimensions: [] },
  'rollcall.first.call': { kind: 'histogram', unit: 'ms', dimensions: [] },
  'rollcall.budget.used': { kind: 'gauge', unit: '{call}', dimensions: [] },
  'rollcall.budget.allowed': { kind: 'gauge', unit: '{call}', dimensions: [] },
  'rollcall.unconfirmed.age': { kind: 'gauge', unit: 'ms', dimensions: [] },
  'rollcall.runs.open': { kind: 'gauge', unit: '{run}', dimensions: [] },
  'rollcall.runs.held': { kind: 'gauge', unit: '{run}', dimensions: [] },
  'rollcall.queue.length': { kind: 'gauge', unit: '{message}', dimensions: ['queue'] },
  'rollcall.queue.age': { kind: 'gauge', unit: 'ms', dimensions: ['queue'] },
} as const satisfies Readonly<Record<string, Metric>>;

export type MetricName = keyof typeof METRICS;

/** One value of a metric. */
export interface Measure {
  readonly metric: MetricName;
  readonly value: number;
  readonly dimensions: Readonly<Record<string, string>>;
}

/** A measure; none if there is no value. */
const of = (
  metric: MetricName,
  value: number | null | undefined,
  dimensions: Readonly<Record<string, string>> = {},
): readonly Measure[] => (value === null || value === undefined ? [] : [{ metric, value, dimensions }]);

/** A call, and how long it waited for its turn. */
const callOf =
  (answer: string) =>
  (fields: { readonly waitedMs?: number | null }): readonly Measure[] => [
    ...of('rollcall.calls', 1, { answer }),
    ...of('rollcall.gate.wait', fields.waitedMs),
  ];

const VERDICTS = Object.keys(OF_VERDICTS) as readonly (keyof typeof OF_VERDICTS)[];

type Reader<Name extends EventName> = (fields: EventFields<Name>) => readonly Measure[];

const READERS: { readonly [Name in EventName]?: Reader<Name> } = {
  'rollcall.intake.staged': ({ source, rows }) => of('rollcall.rows', rows, { source }),
  // Reports may be written again when late evidence comes: the rows of a run count once, and not while somebody must still decide about it.
  'rollcall.reconcile.settled': (fields) =>
    fields.isFirst && fields.state !== 'held'
      ? VERDICTS.flatMap((verdict) => of('rollcall.verdicts', fields[verdict], { source: fields.source, verdict }))
      : [],
  'rollcall.deliver.sent': (fields) => [...callOf('sent')(fields), ...of('rollcall.first.call', fields.sinceArrivalMs)],
  'rollcall.deliver.throttled': callOf('throttled'),
  'rollcall.deliver.unanswered': callOf('unanswered'),
  'rollcall.deliver.split': callOf('split'),
  'rollcall.deliver.paused': callOf('paused'),
  'rollcall.deliver.halted': callOf('halted'),
  'rollcall.machine.observed': (fields) => [
    ...of('rollcall.budget.used', fields.callsUsed),
    ...of('rollcall.budget.allowed', fields.callsPerDay),
    ...of('rollcall.unconfirmed.age', fields.unconfirmedMs),
    ...of('rollcall.runs.open', fields.open),
    ...of('rollcall.runs.held', fields.held),
    ...of('rollcall.queue.length', fields.arrivals, { queue: 'arrivals' }),
    ...of('rollcall.queue.length', fields.deliveries, { queue: 'deliveries' }),
    ...of('rollcall.queue.age', fields.arrivalsMs, { queue: 'arrivals' }),
    ...of('rollcall.queue.age', fields.deliveriesMs, { queue: 'deliveries' }),
  ],
};

/** What an event says of metrics. */
export function measuresOf<Name extends EventName>(name: Name, fields: EventFields<Name>): readonly Measure[] {
  const read = READERS[name];
  return read?.(fields) ?? [];
}
