// What `bench cost` prints: counts of a file, of the file of the next night, and of a tick without work.
import type { Counts } from './counts';
import { STORAGE_KINDS } from './kinds';

/** The counts of one size, without the ticks that come whether there is a file or not. */
export interface CostReport {
  readonly rows: number;
  /** Everybody is new. */
  readonly first: Counts;
  /** One in a hundred has changed. */
  readonly next: Counts;
  /** The timer, when there is nothing to do. */
  readonly tick: Counts;
}

const grouped = (value: number): string =>
  value.toLocaleString('en-GB', { maximumFractionDigits: value < 100 ? 1 : 0 });

const line = (
  name: string,
  { executions, gbSeconds, leastGbSeconds, storage, calls, records, recordBytes }: Counts,
): string =>
  [
    `  ${name}`,
    `    executions ${grouped(executions)}; GB-s ${grouped(gbSeconds)}, at least ${grouped(leastGbSeconds)}; calls of bulkUpload ${grouped(calls)}`,
    `    storage: ${STORAGE_KINDS.map((kind) => `${kind} ${grouped(storage[kind])}`).join(', ')}`,
    `    telemetry: ${grouped(records)} records, ${grouped(recordBytes / 1_000)} kB`,
  ].join('\n');

/** Everything as text. */
export const costLines = ({ rows, first, next, tick }: CostReport): string =>
  [
    `${grouped(rows)} rows, without the ticks that come anyway`,
    line('everybody is new', first),
    line('the next night, one in a hundred has changed', next),
    line('one tick without work', tick),
  ].join('\n');
