// The table `batches` on Azure Table storage: partition = run, row = batch; one transaction can change parent and child of a split.
import type { TableClient, TableEntity, TableEntityResult } from '@azure/data-tables';
import { odata } from '@azure/data-tables';
import { inParallel } from '../core/tasks';
import { answersOf } from '../verdict/judge-row';
import type { Batch, BatchState } from './batch';
import { BATCH_STATES, isKeptBack, rowsWith } from './batch';
import { fromStoredRows, toStoredRows } from './batch-rows';
import type { BatchStore, Releasable } from './ledger';
import type { Versioned } from '../storage/versioned';
import {
  fitting,
  fromJsonProperties,
  fromTime,
  listPages,
  tableCall,
  toJsonProperties,
  toTime,
} from '../storage/azure-entity';
import { inTransactions } from '../storage/azure-transactions';

/** Entities in one page of a query (Azure Table service: at most 1,000). */
const PAGE_ENTITIES = 200;

/** Value of the column `openSince` for a batch without an open delivery: later than any real time. */
const NEVER = '9999-12-31T23:59:59.999Z';

/** When the oldest delivery with a row that is not done was noted. */
function openSince(batch: Batch): string {
  const notes = batch.rows.filter((row) => row.work !== 'done').flatMap((row) => row.sentAt);
  return notes.length === 0 ? NEVER : toTime(Math.min(...notes));
}

/** Packed batches between two that are wanted: so few are read with them, because a request costs more. Our choice, 2026-11. */
const MAX_BETWEEN = 3;
/** Requests for stretches of batches in parallel. */
const STRETCHES_IN_FLIGHT = 8;

/** The batches as stretches of neighbours: the first and the last of each. */
function stretchesOf(batches: readonly string[]): readonly (readonly [first: string, last: string])[] {
  const stretches: [string, string][] = [];
  for (const batch of [...batches].sort()) {
    const stretch = stretches.at(-1);
    // What was split off a batch has its number, then a point.
    if (stretch !== undefined && parseInt(batch, 10) - parseInt(stretch[1], 10) <= MAX_BETWEEN + 1) stretch[1] = batch;
    else stretches.push([batch, batch]);
  }
  return stretches;
}

/**
 * The entity of a batch. `openSince`, `answered` and `keptBack` are derived from the rows; filters use them, so that a tick need not read every
 * row of a run. Throws `entity-too-large`.
 */
export const batchEntity = (batch: Batch): TableEntity =>
  fitting({
    partitionKey: batch.run,
    rowKey: batch.batch,
    source: batch.source,
    state: batch.state,
    delivery: batch.delivery,
    leavers: batch.leavers,
    notBefore: toTime(batch.notBefore),
    releasedAt: toTime(batch.releasedAt),
    releases: batch.releases,
    sendingAt: toTime(batch.sendingAt),
    requestId: batch.requestId ?? '',
    clientRequestId: batch.clientRequestId ?? '',
    children: batch.children,
    openSince: openSince(batch),
    answered: rowsWith(batch, 'open').some((row) => answersOf(row) >= row.deliveries),
    keptBack: isKeptBack(batch),
    ...toJsonProperties('rows', toStoredRows(batch.rows)),
  });

const fromEntity = (entity: TableEntityResult<Record<string, unknown>>): Versioned<Batch> => ({
  etag: entity.etag,
  value: {
    source: String(entity.source),
    run: String(entity.partitionKey),
    batch: String(entity.rowKey),
    state: entity.state as BatchState,
    delivery: Number(entity.delivery),
    leavers: entity.leavers === true,
    notBefore: fromTime(entity.notBefore),
    releasedAt: fromTime(entity.releasedAt),
    // Entities of older versions lack it.
    releases: Number(entity.releases ?? 0),
    sendingAt: fromTime(entity.sendingAt),
    requestId: entity.requestId === '' ? null : String(entity.requestId),
    // Entities of older versions lack it.
    clientRequestId:
      typeof entity.clientRequestId === 'string' && entity.clientRequestId !== '' ? entity.clientRequestId : null,
    children: Number(entity.children),
    rows: fromStoredRows(fromJsonProperties(entity, 'rows') as Parameters<typeof fromStoredRows>[0]),
  },
});

/** The adapter; `table` must exist. */
export function azureBatchTable(table: TableClient): BatchStore {
  async function* pages(filter: string): AsyncIterable<readonly Versioned<Batch>[]> {
    for await (const page of listPages(table, { filter }, PAGE_ENTITIES)) yield page.map(fromEntity);
  }
  async function* stream(filter: string): AsyncIterable<Versioned<Batch>> {
    for await (const page of pages(filter)) yield* page;
  }
  return {
    async insertNew(batches) {
      for (const part of inTransactions(batches.map(batchEntity))) {
        const done = await tableCall(
          () => table.submitTransaction(part.map((entity) => ['create', entity])),
          [409],
          null,
        );
        // Some exist already (intake was restarted): a transaction is all or nothing, so the rest is inserted one by one.
        if (done === null) for (const entity of part) await tableCall(() => table.createEntity(entity), [409], null);
      }
    },
    read: (run, batch) => tableCall(async () => fromEntity(await table.getEntity(run, batch)), [404], null),
    async readMany(run, batches) {
      const found: Versioned<Batch>[] = [];
      const wanted = new Set(batches);
      await inParallel(stretchesOf(batches), STRETCHES_IN_FLIGHT, async ([first, last]) => {
        const filter = odata`PartitionKey eq ${run} and RowKey ge ${first} and RowKey le ${last}`;
        for await (const one of stream(filter)) if (wanted.has(one.value.batch)) found.push(one);
      });
      return found.sort((a, b) => (a.value.batch < b.value.batch ? -1 : 1));
    },
    replace: (read, next) =>
      tableCall(
        () =>
          table
            .updateEntity(batchEntity(next), 'Replace', { etag: read.etag })
            .then(({ etag = '' }) => ({ value: next, etag })),
        [412],
        null,
      ),
    replaceAndInsert: (read, next, child) =>
      tableCall(
        () =>
          table
            .submitTransaction([
              ['update', batchEntity(next), 'Replace', { etag: read.etag }],
              ['create', batchEntity(child)],
            ])
            .then(() => true),
        [409, 412],
        false,
      ),
    // '/' is the character after '.', so the range holds exactly the batch and what was split off it.
    async family(run, packedBatch) {
      const filter = odata`PartitionKey eq ${run} and RowKey ge ${packedBatch} and RowKey lt ${`${packedBatch}/`}`;
      const found: Versioned<Batch>[] = [];
      for await (const one of stream(filter)) found.push(one);
      return found;
    },
    inStates: (run, states) =>
      stream(odata`PartitionKey eq ${run}` + ` and (${states.map((state) => odata`state eq ${state}`).join(' or ')})`),
    closable: (run, notedBefore) =>
      stream(
        odata`PartitionKey eq ${run} and state eq 'sent' and (openSince le ${toTime(notedBefore)} or answered eq true)`,
      ),
    async oldestOpenNote(run) {
      const filter = odata`PartitionKey eq ${run} and openSince lt ${NEVER}`;
      let oldest = NEVER;
      for await (const page of listPages<{ openSince: string }>(table, { filter, select: ['openSince'] }))
        for (const entity of page) if (entity.openSince < oldest) oldest = entity.openSince;
      return oldest === NEVER ? null : fromTime(oldest);
    },
    async releasable(run, by, lostBefore, most) {
      const filter = odata`PartitionKey eq ${run} and state eq 'staged' and notBefore le ${toTime(by)} and releasedAt lt ${toTime(lostBefore)}`;
      const select = ['partitionKey', 'rowKey', 'source', 'leavers', 'notBefore'];
      const found: Releasable[] = [];
      for await (const page of listPages(table, { filter, select })) {
        for (const entity of page)
          found.push({
            source: String(entity['source']),
            run,
            batch: String(entity.rowKey),
            leavers: entity['leavers'] === true,
            notBefore: fromTime(entity['notBefore']),
          });
        if (found.length >= most) break;
      }
      return found.slice(0, most);
    },
    async countReleased(run, since, most) {
      const filter = odata`PartitionKey eq ${run} and (state eq 'staged' or state eq 'sending') and releasedAt ge ${toTime(since)}`;
      let count = 0;
      for await (const page of listPages(table, { filter, select: ['partitionKey'] })) {
        count += page.length;
        if (count >= most) break;
      }
      return Math.min(count, most);
    },
    keptBack: (run) => stream(odata`PartitionKey eq ${run} and keptBack eq true`),
    async countStates(run) {
      const counts = Object.fromEntries(BATCH_STATES.map((state) => [state, 0])) as Record<BatchState, number>;
      const filter = odata`PartitionKey eq ${run}`;
      for await (const page of listPages<{ state: BatchState }>(table, { filter, select: ['state'] }))
        for (const { state } of page) counts[state]++;
      return counts;
    },
    all: (run) => pages(odata`PartitionKey eq ${run}`),
    async deleteAll(run) {
      const query = { filter: odata`PartitionKey eq ${run}`, select: ['partitionKey', 'rowKey'] };
      for await (const page of listPages(table, query)) {
        const keys = page.map(({ rowKey }) => ({ partitionKey: run, rowKey: String(rowKey) }));
        for (const part of inTransactions(keys)) {
          const done = await tableCall(
            () => table.submitTransaction(part.map((entity) => ['delete', entity])),
            [404],
            null,
          );
          // Some are gone already (two sweeps at once): a transaction is all or nothing, so the rest is deleted one by one.
          if (done === null)
            for (const { rowKey } of part) await tableCall(() => table.deleteEntity(run, rowKey), [404], null);
        }
      }
    },
  };
}
