// The index of runs on Azure Table storage: a partition of its own in the table `runs`, because a filter that names no partition reads all of them.
// An entry says only where a run is; what is true of the run stands in the run's entity.
//
//   <list>~<source>~<run>, of the list `ended` ended~<time>~<source>~<run>       an entry
//   <list>~~                                                                     `since`: the list is whole for times after it
//   ~made                                                                        when the index was made first, and looked through last
import type { TableClient, TableEntity } from '@azure/data-tables';
import { odata } from '@azure/data-tables';
import { fromTime, listPages, tableCall, toTime } from '../storage/azure-entity';
import { inTransactions } from '../storage/azure-transactions';
import type { IndexEntry, NotedEntry, RunIndex } from './run-index';
import { entryOfKey, INDEX_LISTS, keyBefore, keyOfEntry, keyOfList } from './run-index';

/** Of the index. No source has such a name, and it sorts after all of them. */
export const INDEX_PARTITION = '~index';

/** When the index was made first, and looked through last, is under a key of its own. */
const MADE = '~made';

const entityOf = (entry: IndexEntry): TableEntity<{ source: string }> => ({
  partitionKey: INDEX_PARTITION,
  rowKey: keyOfEntry(entry),
  // Of which source: filters use it.
  source: entry.source,
});

/** What is read of an entity of the partition. */
interface Found {
  readonly rowKey: string;
  readonly etag: string;
  readonly timestamp?: string;
  readonly since?: string;
}

const notedOf = ({ rowKey, etag, timestamp }: Found): NotedEntry => ({
  entry: entryOfKey(rowKey),
  etag,
  notedAt: fromTime(timestamp),
});

/** The adapter; `table` must exist. */
export function azureRunIndex(table: TableClient): RunIndex {
  const upsert = async (entities: readonly TableEntity[]): Promise<readonly string[]> => {
    const etags: string[] = [];
    for (const part of inTransactions(entities)) {
      const answer = await tableCall(
        () => table.submitTransaction(part.map((entity) => ['upsert', entity, 'Replace'])),
        [],
        null,
      );
      for (const one of answer?.subResponses ?? []) etags.push(one.etag ?? '');
    }
    return etags;
  };
  return {
    async note(entries) {
      const [only] = entries;
      if (only === undefined) return [];
      const etags =
        entries.length === 1
          ? [(await tableCall(() => table.upsertEntity(entityOf(only), 'Replace'), [], null))?.etag ?? '']
          : await upsert(entries.map(entityOf));
      return entries.map((entry, i) => ({ entry, etag: etags[i] ?? '', notedAt: 0 }));
    },
    read: (entry) =>
      tableCall(async () => notedOf(await table.getEntity<Found>(INDEX_PARTITION, keyOfEntry(entry))), [404], null),
    async drop({ entry, etag }) {
      await tableCall(() => table.deleteEntity(INDEX_PARTITION, keyOfEntry(entry), { etag }), [404, 412], null);
    },
    async list(list, since = 0, source) {
      const ofSource =
        source === undefined ? '' : ` and (${odata`source eq ${source} or RowKey eq ${keyOfList(list)}`})`;
      const filter = odata`PartitionKey eq ${INDEX_PARTITION} and RowKey gt ${keyBefore(list, since)} and RowKey le ${keyOfList(list)}`;
      const found: Found[] = [];
      for await (const page of listPages<Found>(table, { filter: filter + ofSource })) found.push(...page);
      const mark = found.find(({ rowKey }) => rowKey === keyOfList(list));
      return {
        isWhole: mark !== undefined && fromTime(mark.since) <= since,
        entries: found.filter((one) => one !== mark).map(notedOf),
      };
    },
    async setWhole(endedSince) {
      await upsert(
        INDEX_LISTS.map((list) => ({
          partitionKey: INDEX_PARTITION,
          rowKey: keyOfList(list),
          since: toTime(list === 'ended' ? endedSince : 0),
        })),
      );
    },
    async forgetEnded(before) {
      const filter = odata`PartitionKey eq ${INDEX_PARTITION} and RowKey gt ${keyBefore('ended')} and RowKey lt ${keyBefore('ended', before)}`;
      for await (const page of listPages<{ rowKey: string }>(table, { filter, select: ['rowKey'] })) {
        const old = page.map(({ rowKey }) => ({ partitionKey: INDEX_PARTITION, rowKey }));
        for (const part of inTransactions(old))
          await tableCall(
            () => table.submitTransaction(part.map(({ partitionKey, rowKey }) => ['delete', { partitionKey, rowKey }])),
            [404],
            null,
          );
        break;
      }
    },
    made: () =>
      tableCall(
        async () => {
          const { firstAt, lastAt } = await table.getEntity<{ firstAt: string; lastAt: string }>(INDEX_PARTITION, MADE);
          return { firstAt: fromTime(firstAt), lastAt: fromTime(lastAt) };
        },
        [404],
        null,
      ),
    async setMade({ firstAt, lastAt }) {
      const made = { firstAt: toTime(firstAt), lastAt: toTime(lastAt) };
      await tableCall(
        () => table.upsertEntity({ partitionKey: INDEX_PARTITION, rowKey: MADE, ...made }, 'Replace'),
        [],
        null,
      );
    },
  };
}
