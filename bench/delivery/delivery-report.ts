// What `bench delivery` prints for one number of processes, next to the project's targets.
import type { EntraStats } from '../../local/entra/statistics';
import type { RequestCounts } from '../count-requests';

/** The measurements with one number of sender processes. Times in ms since the epoch. */
export interface DeliveryReport {
  readonly processes: number;
  readonly batches: number;
  readonly stagedAt: number;
  /** What the simulator saw, by its own clock. */
  readonly stats: EntraStats;
  /** Requests of each sender process. */
  readonly requests: readonly RequestCounts[];
  /** Slots missed by more than 100 ms. */
  readonly forfeited: number;
  readonly errors: number;
}

/** The targets: share of the allowed rate, round trips to the gate per call with one process and with more. Never a failure. */
const BARS = { share: 0.8, tripsAlone: 2, tripsTogether: 3 } as const;

const sumOf = (counts: readonly RequestCounts[], fits: (key: string) => boolean): number =>
  counts.flatMap((one) => Object.entries(one)).reduce((sum, [key, count]) => (fits(key) ? sum + count : sum), 0);

/** A request to storage: a table, queue or container of ours, or a table transaction; Graph's paths begin with a version. */
const isStorage = (key: string): boolean => /\/[a-z$-]/.test(key) && !key.endsWith('/v1.0');

/** Storage transactions per accepted batch, by resource, the most expensive first. */
function transactionsByResource(counts: readonly RequestCounts[], accepted: number): readonly [string, number][] {
  const keys = counts.flatMap((one) => Object.keys(one)).filter(isStorage);
  return [...new Set(keys.map((key) => key.slice(key.indexOf('/') + 1)))]
    .map((name): [string, number] => [name, sumOf(counts, (key) => key.endsWith(`/${name}`)) / accepted])
    .sort(([, a], [, b]) => b - a);
}

/** Figures of one report. */
export function figuresOf({ stagedAt, stats, requests }: DeliveryReport) {
  const { accepted, calls, firstAt = 0, lastAt = 0, pace } = stats.uploads;
  const allowedPerMs = pace.limit / pace.windowMs;
  const simulator = stats.answers['bulkUpload'] ?? {};
  return {
    accepted,
    share: (accepted - 1) / (lastAt - firstAt) / allowedPerMs,
    violations: pace.violations,
    mostInWindow: pace.maxInWindow,
    throttled: simulator['429'] ?? 0,
    gateTripsPerCall: sumOf(requests, (key) => key.endsWith('/gates')) / calls,
    transactionsPerBatch: sumOf(requests, isStorage) / accepted,
    transactionsByResource: transactionsByResource(requests, accepted),
    secondsToFirstCall: (firstAt - stagedAt) / 1_000,
  };
}

/** One paragraph of text. */
export function deliveryLines(report: DeliveryReport): string {
  const figures = figuresOf(report);
  const trips = report.processes === 1 ? BARS.tripsAlone : BARS.tripsTogether;
  const mark = (met: boolean): string => (met ? 'met' : 'NOT met');
  return [
    `${report.processes} sender process(es), ${figures.accepted} of ${report.batches} batches accepted`,
    `  share of the allowed rate ${(figures.share * 100).toFixed(1)} %; bar ${BARS.share * 100} %: ${mark(figures.share >= BARS.share)}`,
    `  violations ${figures.violations}; bar 0: ${mark(figures.violations === 0)} (most calls in a window: ${figures.mostInWindow}; 429: ${figures.throttled}; slots forfeited: ${report.forfeited})`,
    `  gate round trips per call ${figures.gateTripsPerCall.toFixed(2)}; bar ${trips}: ${mark(figures.gateTripsPerCall <= trips)}`,
    `  storage transactions per batch ${figures.transactionsPerBatch.toFixed(1)}, all triggers included: ${figures.transactionsByResource
      .map(([name, count]) => `${name} ${count.toFixed(1)}`)
      .join(', ')}`,
    `  first call ${figures.secondsToFirstCall.toFixed(1)} s after the first file was staged; errors of hosts: ${report.errors}`,
    '',
  ].join('\n');
}
