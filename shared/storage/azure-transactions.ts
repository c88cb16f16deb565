// How many entities go into one transaction of a table.
import type { TableEntity } from '@azure/data-tables';

/** Entities in one transaction (Performing entity group transactions, Azure Table service, 2025: at most 100). */
const MAX_TRANSACTION_ENTITIES = 100;

/**
 * Bytes of the entities in one transaction, as JSON in UTF-8. The service takes 4 MiB with everything around them (Performing entity group
 * transactions, 2025), which is some 500 bytes each; the rest is room. One entity is never so large (`MAX_ENTITY_BYTES` counts 2 bytes a
 * character, and what a table of ours holds takes 3 in UTF-8 at most).
 */
export const MAX_TRANSACTION_BYTES = 3 * 1024 * 1024;

/** The entities in their order, in stretches that a transaction takes. */
export function* inTransactions(entities: Iterable<TableEntity>): Generator<readonly TableEntity[]> {
  let part: TableEntity[] = [];
  let bytes = 0;
  for (const entity of entities) {
    const size = Buffer.byteLength(JSON.stringify(entity));
    if (part.length === MAX_TRANSACTION_ENTITIES || (part.length > 0 && bytes + size > MAX_TRANSACTION_BYTES)) {
      yield part;
      part = [];
      bytes = 0;
    }
    part.push(entity);
    bytes += size;
  }
  if (part.length > 0) yield part;
}
