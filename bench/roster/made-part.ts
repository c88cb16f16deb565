// Invented people of a run, as hashes: what a roster sees of them.
import type { Epoch } from '../../shared/roster/roster-file';
import { dayOf } from '../../shared/roster/roster-entry';
import type { RosterTable } from '../../shared/roster/roster-table';
import { RunPart, SeenIds } from '../../shared/roster/run-part';
import { runIdOf } from '../../shared/run/run';
import { BENCH_SOURCE } from '../intake/people-source';

const DAY_MS = 86_400_000;
export const BENCH_EPOCH: Epoch = { mapping: 'bench', schema: '1', job: 'bench' };
export const BENCH_RUN_MS = Date.UTC(2026, 10, 21, 8);
/** The run that the first roster is of, and the next day's. */
export const BENCH_RUN = runIdOf(`${BENCH_SOURCE}/people.csv`, '"1"', BENCH_RUN_MS);
export const NEXT_RUN = runIdOf(`${BENCH_SOURCE}/people.csv`, '"2"', BENCH_RUN_MS + DAY_MS);

/** Attributes of a record, as the benchmark's mapping has. */
const ATTRIBUTES = Array.from({ length: 23 }, (_, at) => `attribute${at}`);

/** Numbers spread over 64 bits, another one for each `n`, as hashes are (multiples of an odd constant). */
const spread = (n: number): bigint => BigInt.asUintN(64, BigInt(n) * 0x9e37_79b9_7f4a_7c15n);

/** The confirmed people `from` to `to - 1`, as the run knows them. */
export function partOfPeople(run: string, from: number, to: number): RosterTable {
  const part = new RunPart({ source: BENCH_SOURCE, run, epoch: BENCH_EPOCH, isOfFile: true });
  const attributes = new Map(ATTRIBUTES.map((name, at) => [name, at + 1]));
  for (let n = from; n < to; n++)
    part.add(
      { idHash: spread(n), offset: n * 800, bytes: 799, recordHash: spread(n + 1), active: n % 25 !== 0, attributes },
      { day: dayOf(BENCH_RUN_MS), why: null },
    );
  return part.table('complete');
}

/** Everybody from 0 to `to - 1` had a row. */
export function seenPeople(run: string, to: number): SeenIds {
  const seen = new SeenIds(run);
  for (let n = 0; n < to; n++) seen.add(spread(n));
  return seen;
}
