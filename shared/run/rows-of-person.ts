// Where a person is in a run: the packed batch by the people index, then the batches split off it.
import type { Batch, BatchRow } from './batch';
import type { BatchStore } from './ledger';
import type { IndexKey, PeopleIndexes } from './people-indexes';
import { foldId } from '../columns/id';

/** The part of the ledger that is needed here. */
export type Families = Pick<BatchStore, 'family'>;

/** Reads each family once: for looking up many people at one moment. */
export function rememberFamilies(batches: Families): Families {
  const known = new Map<string, ReturnType<BatchStore['family']>>();
  return {
    family(run, packedBatch) {
      const key = `${run}/${packedBatch}`;
      const found = known.get(key) ?? batches.family(run, packedBatch);
      known.set(key, found);
      return found;
    },
  };
}

/** The rows of a person in a run (one, by the whole-file checks), each with the batch that now holds it. */
export async function rowsOfPerson(
  batches: Families,
  indexes: PeopleIndexes,
  run: IndexKey,
  id: string,
): Promise<readonly { readonly batch: Batch; readonly row: BatchRow }[]> {
  const found = (await indexes.of(run)).find(id);
  if (found === null) return [];
  const family = await batches.family(run.run, found.batch);
  const folded = foldId(id);
  return family.flatMap(({ value: batch }) =>
    batch.rows.filter((row) => foldId(row.id) === folded).map((row) => ({ batch, row })),
  );
}
