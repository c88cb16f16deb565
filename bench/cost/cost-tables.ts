// The tables of docs/cost.md, made from counts: nobody adds up by hand.
import { SLOT_INTERVAL_MS } from '../../shared/delivery/pace';
import type { CostReport } from './cost-lines';
import { INSTANCE_GB, plus, scaled, type Counts } from './counts';
import type { StorageKind } from './kinds';
import { logicAppRun } from './logic-app';

/** A month has 30 days, and a day has a tick every 5 minutes (ROLLCALL_RECONCILE_SCHEDULE). */
const NIGHTS = 30;
const TICKS_A_DAY = 288;
const HUNDRED = 100;
/** Calls are that far apart, and while they are made an instance works. */
const GB_SECONDS_OF_A_SLOT = (SLOT_INTERVAL_MS / 1_000) * INSTANCE_GB;

const STORAGE_ROWS: Readonly<Record<StorageKind, string>> = {
  table: 'table transactions',
  'blob-write': 'blob writes',
  'blob-list': 'blob lists',
  'blob-read': 'blob reads',
  queue: 'queue operations',
};

const ROWS: readonly (readonly [name: string, of: (counts: Counts) => number])[] = [
  ['calls of `bulkUpload`', ({ calls }) => calls],
  ['executions', ({ executions }) => executions],
  ['GB-s at least', ({ leastGbSeconds, calls }) => Math.max(leastGbSeconds, calls * GB_SECONDS_OF_A_SLOT)],
  ['GB-s as measured', ({ gbSeconds }) => gbSeconds],
  ...Object.entries(STORAGE_ROWS).map(
    ([kind, name]) => [name, ({ storage }: Counts) => storage[kind as StorageKind]] as const,
  ),
  ['telemetry records', ({ records }) => records],
  ['telemetry, MB', ({ recordBytes }) => recordBytes / 1_000_000],
];

/** Whole numbers, and three figures of small ones. */
const text = (value: number): string =>
  value >= HUNDRED
    ? Math.round(value).toLocaleString('en-GB')
    : Number(value.toPrecision(2)).toLocaleString('en-GB', { maximumFractionDigits: 4 });

type Column = readonly [head: string, counts: Counts];
/** At least one size. */
type Reports = readonly [CostReport, ...CostReport[]];

const table = (columns: readonly Column[]): string =>
  [
    `| | ${columns.map(([head]) => head).join(' | ')} |`,
    `|---|${'---:|'.repeat(columns.length)}`,
    ...ROWS.map(([name, of]) => `| ${name} | ${columns.map(([, counts]) => text(of(counts))).join(' | ')} |`),
  ].join('\n');

const people = (rows: number): string => rows.toLocaleString('en-GB');

/** What a larger file would take, if everything grows from the smaller of two counted sizes to the larger one as it goes on growing. */
export function extrapolated(small: CostReport, large: CostReport, rows: number): CostReport {
  const grown = (less: Counts, more: Counts): Counts =>
    plus(more, plus(more, less, -1), (rows - large.rows) / (large.rows - small.rows));
  return { rows, first: grown(small.first, large.first), next: grown(small.next, large.next), tick: large.tick };
}

/** What a file takes, without the ticks that come anyway. */
export const fileTable = (reports: Reports): string =>
  table([
    ...reports.flatMap(({ rows, first, next }): Column[] => [
      [`${people(rows)} people, all new`, first],
      [`the next night, ${people(rows / HUNDRED)} changed`, next],
    ]),
    ['a tick without work', reports[0].tick],
  ]);

/** 30 days with a tick every 5 minutes, and a full file every night. */
export function monthTable(reports: Reports): string {
  const idle = scaled(reports[0].tick, NIGHTS * TICKS_A_DAY);
  return table([
    ['no file', idle],
    ...reports.map(({ rows, next }): Column => [`${people(rows)} people a night`, plus(idle, next, NIGHTS)]),
  ]);
}

/** The same beside Microsoft's sample. */
export function logicAppTable(reports: readonly CostReport[]): string {
  const line = (name: string, rows: number, runs: number, calls: number): string => {
    const { operations, connectorCalls, calls: sent } = logicAppRun(rows);
    const cells = [operations * runs, connectorCalls * runs, sent * runs, calls].map((value) => text(value));
    return `| ${name} | ${cells.join(' | ')} |`;
  };
  return [
    '| | sample: built-in operations | sample: connector calls | sample: calls of `bulkUpload` | Rollcall: calls of `bulkUpload` |',
    '|---|---:|---:|---:|---:|',
    ...reports.flatMap(({ rows, first, next }) => [
      line(`${people(rows)} people, all new`, rows, 1, first.calls),
      line(
        `${people(rows)} people every night for 30 days, one in ${HUNDRED} changed`,
        rows,
        NIGHTS,
        next.calls * NIGHTS,
      ),
    ]),
  ].join('\n');
}
