// Which accepted calls repeated a record, and why, by the service's list of accepted calls.
import type { AcceptedUpload } from '../../local/entra/traffic';
import type { World } from './small-world';
import { idOf } from './small-world';

/** Accepted calls that repeated at least one record. */
export interface RepeatedCalls {
  /** The record of the person who fails once, whose repetition is intended. */
  readonly retries: number;
  /** The newest record of people whose older delivery was never answered (docs/design.md §3 Order: *repair*). */
  readonly repairs: number;
  /** Everything else: the cost of a lost answer. */
  readonly others: number;
  /** The most times that one record was accepted, apart from those of the person who fails once. */
  readonly mostPerRecord: number;
}

/** Counts over the uploads in the order of their acceptance. */
export function countRepeated(world: World, uploads: readonly AcceptedUpload[]): RepeatedCalls {
  const accepted = new Map<string, number>();
  const counts = { retries: 0, repairs: 0, others: 0 };
  const inOlder = new Set(world.files.slice(0, -1).flatMap((file) => file.map((row) => idOf(row.person))));
  const newestRun = uploads
    .flatMap(({ people }) => people.map((one) => runOf(one.bulkId)))
    .sort()
    .at(-1);
  for (const { people } of uploads) {
    const again = people.filter((one) => accepted.has(one.bulkId));
    const isRepair = again.every((one) => runOf(one.bulkId) === newestRun && inOlder.has(one.externalId));
    if (again.length > 0)
      counts[
        again.every((one) => one.externalId === idOf(world.failsOnce)) ? 'retries' : isRepair ? 'repairs' : 'others'
      ]++;
    for (const { bulkId, externalId } of people)
      if (externalId !== idOf(world.failsOnce)) accepted.set(bulkId, (accepted.get(bulkId) ?? 0) + 1);
      else accepted.set(bulkId, accepted.get(bulkId) ?? 1);
  }
  return { ...counts, mostPerRecord: Math.max(0, ...accepted.values()) };
}

/** A `bulkId` is the run's id, a hyphen and the number of the row. */
const runOf = (bulkId: string): string => bulkId.slice(0, bulkId.lastIndexOf('-'));
