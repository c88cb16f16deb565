// The table `runs` on Azure Table storage: partition = source, row = run.
import type { TableClient, TableEntity, TableEntityResult } from '@azure/data-tables';
import { odata } from '@azure/data-tables';
import type { RunStore } from './ledger';
import type { Versioned } from '../storage/versioned';
import type { Run, RunState } from './run';
import {
  fitting,
  fromJsonProperties,
  fromTime,
  listPages,
  tableCall,
  toJsonProperties,
  toTime,
} from '../storage/azure-entity';

/** The entity of a run. Throws `entity-too-large`. */
export const runEntity = (run: Run): TableEntity =>
  fitting({
    partitionKey: run.source,
    rowKey: run.run,
    state: run.state,
    reasonCode: run.reason?.code ?? '',
    blobName: run.blobName,
    arrivedAt: toTime(run.arrivedAt),
    heartbeatAt: toTime(run.heartbeatAt),
    settledAt: toTime(run.settledAt),
    onHold: run.onHold !== null,
    ...toJsonProperties('body', run),
  });

/** Members that entities of older versions lack; all their runs are of files. */
const ADDED = {
  origin: 'file',
  attempts: 1,
  restarts: 0,
  approvals: 0,
  approval: null,
  toldAt: 0,
  stop: null,
  resumed: null,
  trouble: null,
  readBy: '',
  superseded: 0,
  skipped: 0,
} as const;

// The plain columns are for filters and for people browsing the table; `body` holds the value.
const fromEntity = (entity: TableEntityResult<Record<string, unknown>>): Versioned<Run> => ({
  value: {
    ...ADDED,
    ...(fromJsonProperties(entity, 'body') as Run),
    heartbeatAt: fromTime(entity.heartbeatAt),
  },
  etag: entity.etag,
});

const anyOf = (states: readonly RunState[]): string =>
  `(${states.map((state) => odata`state eq ${state}`).join(' or ')})`;

/** The service may answer with empty pages before the first entity. */
async function firstPartitionAfter(table: TableClient, partition: string): Promise<string | null> {
  const query = { filter: odata`PartitionKey gt ${partition}`, select: ['partitionKey'] };
  for await (const page of listPages(table, query, 1)) for (const { partitionKey } of page) return String(partitionKey);
  return null;
}

/** The adapter; `table` must exist. */
export function azureRunTable(table: TableClient): RunStore {
  const list = async (filter: string, most = Infinity): Promise<readonly Versioned<Run>[]> => {
    const found: Versioned<Run>[] = [];
    for await (const page of listPages(table, filter ? { filter } : {})) {
      found.push(...page.map(fromEntity));
      if (found.length >= most) break;
    }
    return found.slice(0, most);
  };
  return {
    insert: (run) => tableCall(() => table.createEntity(runEntity(run)).then(() => true), [409], false),
    read: (source, run) => tableCall(async () => fromEntity(await table.getEntity(source, run)), [404], null),
    replace: (read, next) =>
      tableCall(
        () => table.updateEntity(runEntity(next), 'Replace', { etag: read.etag }).then(() => true),
        [412],
        false,
      ),
    // The time is a column of its own, so it can be merged without reading the run; whoever swaps the run meanwhile reads it again.
    async beat({ source, run }, at) {
      const beat = { partitionKey: source, rowKey: run, heartbeatAt: toTime(at) };
      await tableCall(() => table.updateEntity(beat, 'Merge'), [404], null);
    },
    ofSource: (source, states, range = {}) =>
      list(
        [
          odata`PartitionKey eq ${source}`,
          ...(range.after === undefined ? [] : [odata`RowKey gt ${range.after}`]),
          ...(range.before === undefined ? [] : [odata`RowKey lt ${range.before}`]),
          anyOf(states),
        ].join(' and '),
        range.most,
      ),
    inStates: (states) => list(anyOf(states)),
    endedSince: (since) => list(`${anyOf(['settled', 'parked'])} and ${odata`settledAt gt ${toTime(since)}`}`),
    async sources() {
      const found: string[] = [];
      // Partitions cannot be listed: the first entity after each names the next.
      for (let last = ''; ; found.push(last)) {
        const next = await firstPartitionAfter(table, last);
        if (next === null) return found;
        last = next;
      }
    },
    onHold: () => list('onHold eq true'),
    all: () => list(''),
  };
}
