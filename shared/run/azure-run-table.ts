// The table `runs` on Azure Table storage: partition = source, row = run; beside them the index (azure-run-index.ts).
import type { TableClient, TableEntity, TableEntityResult } from '@azure/data-tables';
import { odata } from '@azure/data-tables';
import { inParallel } from '../core/tasks';
import { azureRunIndex, INDEX_PARTITION } from './azure-run-index';
import type { RunEntities } from './indexed-runs';
import { insertIndexed, replaceIndexed } from './indexed-runs';
import type { RunStore } from './ledger';
import { mendRunIndex } from './mend-run-index';
import type { Versioned } from '../storage/versioned';
import type { Run, RunState } from './run';
import { assertMoving, ENDED_STATES, hasEnded, INTAKE_STATES, isPending, OPEN_STATES, runStampOf } from './run';
import type { IndexedRuns, IndexList, NotedEntry } from './run-index';
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
  trace: null,
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

/** What a run without an end has in the column. */
const NO_END = toTime(0);

/** Where the runs are: every partition but that of the index, which is the last. */
const RUNS = odata`PartitionKey lt ${INDEX_PARTITION}`;

/** The lists of runs that are on their way, in the order in which they are asked. */
const MOVING: readonly (readonly [IndexList, readonly RunState[]])[] = [
  ['intake', INTAKE_STATES],
  ['open', OPEN_STATES],
];

/** Reads of single runs at once. Our choice, 2026-11. */
const READS_IN_FLIGHT = 16;

/** The service may answer with empty pages before the first entity. */
async function firstPartitionAfter(table: TableClient, partition: string): Promise<string | null> {
  const query = { filter: odata`PartitionKey gt ${partition}`, select: ['partitionKey'] };
  for await (const page of listPages(table, query, 1)) for (const { partitionKey } of page) return String(partitionKey);
  return null;
}

/** The names of the partitions that hold runs: they cannot be listed, so the first entity after each names the next. */
async function sourcesIn(table: TableClient): Promise<readonly string[]> {
  const found: string[] = [];
  for (let last = ''; ; found.push(last)) {
    const next = await firstPartitionAfter(table, last);
    if (next === null || next === INDEX_PARTITION) return found;
    last = next;
  }
}

/** The entities of runs, without their places in the index. */
const runEntities = (table: TableClient): RunEntities => ({
  insert: (run) => tableCall(() => table.createEntity(runEntity(run)).then(() => true), [409], false),
  read: (source, run) => tableCall(async () => fromEntity(await table.getEntity(source, run)), [404], null),
  replace: (read, next) =>
    tableCall(() => table.updateEntity(runEntity(next), 'Replace', { etag: read.etag }).then(() => true), [412], false),
});

/** Runs of a source that are read one by one; of more, the stretch from the first to the last is read by a filter. Our choice, 2026-11. */
const MOST_ALONE = 8;

interface Stretch {
  readonly source: string;
  readonly first: string;
  readonly last: string;
}

/** What to read for the entries; a run may have several. */
function stretchesOf(entries: readonly NotedEntry[]): readonly Stretch[] {
  const sources = new Map<string, Set<string>>();
  for (const { entry } of entries) {
    const ids = sources.get(entry.source) ?? new Set();
    sources.set(entry.source, ids.add(entry.run));
  }
  return [...sources].flatMap(([source, ids]) => {
    if (ids.size <= MOST_ALONE) return [...ids].map((run) => ({ source, first: run, last: run }));
    const sorted = [...ids].sort();
    return [{ source, first: sorted[0] ?? '', last: sorted.at(-1) ?? '' }];
  });
}

const inOrder = (a: Versioned<Run>, b: Versioned<Run>): number =>
  a.value.source === b.value.source
    ? Number(a.value.run > b.value.run) - Number(a.value.run < b.value.run)
    : a.value.source < b.value.source
      ? -1
      : 1;

/** The adapter; `table` must exist. */
export function azureRunTable(table: TableClient): RunStore {
  const runs = runEntities(table);
  const index = azureRunIndex(table);
  const pages = async function* (filter: string): AsyncGenerator<readonly Versioned<Run>[]> {
    for await (const page of listPages(table, { filter })) yield page.map(fromEntity);
  };
  const list = async (filter: string, most = Infinity): Promise<readonly Versioned<Run>[]> => {
    const found: Versioned<Run>[] = [];
    for await (const page of pages(filter)) {
      found.push(...page);
      if (found.length >= most) break;
    }
    return found.slice(0, most);
  };
  /** The runs of the entries, and perhaps others that the filter lets through. */
  const readEach = async (entries: readonly NotedEntry[], filter: string): Promise<readonly Versioned<Run>[]> => {
    const found: Versioned<Run>[] = [];
    await inParallel(stretchesOf(entries), READS_IN_FLIGHT, async ({ source, first, last }) => {
      const range = odata`PartitionKey eq ${source} and RowKey ge ${first} and RowKey le ${last}`;
      const alone = first === last ? await runs.read(source, first) : null;
      found.push(...(first !== last ? await list(`${range} and ${filter}`) : alone === null ? [] : [alone]));
    });
    return found.sort(inOrder);
  };
  /** Runs of a list, by the index, or by a filter for all runs as long as the list is not whole. */
  const inList = async (
    { isWhole, entries }: IndexedRuns,
    filter: string,
    fits: (run: Run) => boolean,
  ): Promise<readonly Versioned<Run>[]> =>
    // An entry may be stale: what counts is the run itself.
    (await (isWhole ? readEach(entries, filter) : list(`${RUNS} and ${filter}`))).filter(({ value }) => fits(value));
  return {
    insert: (run) => insertIndexed(runs, index, run),
    read: (source, run) => runs.read(source, run),
    replace: (read, next) => replaceIndexed(runs, index, read, next),
    // The time is a column of its own, so it can be merged without reading the run; whoever swaps the run meanwhile reads it again.
    async beat({ source, run }, at) {
      const beat = { partitionKey: source, rowKey: run, heartbeatAt: toTime(at) };
      await tableCall(() => table.updateEntity(beat, 'Merge'), [404], null);
    },
    ofSource: (source, states, range = {}) =>
      list(
        [
          odata`PartitionKey eq ${source}`,
          ...(range.from === undefined ? [] : [odata`RowKey ge ${range.from}`]),
          ...(range.after === undefined ? [] : [odata`RowKey gt ${range.after}`]),
          ...(range.before === undefined ? [] : [odata`RowKey lt ${range.before}`]),
          anyOf(states),
        ].join(' and '),
        range.most,
      ),
    async inStates(states, source) {
      assertMoving(states);
      const lists: IndexedRuns[] = [];
      for (const [name, own] of MOVING)
        if (states.some((state) => own.includes(state))) lists.push(await index.list(name, 0, source));
      const found = {
        isWhole: lists.every(({ isWhole }) => isWhole),
        entries: lists.flatMap(({ entries }) => entries),
      };
      const filter = [...(source === undefined ? [] : [odata`PartitionKey eq ${source}`]), anyOf(states)].join(' and ');
      return inList(found, filter, ({ state }) => states.includes(state));
    },
    async pending(source) {
      const own = source === undefined ? [] : [odata`PartitionKey eq ${source}`];
      const filter = [...own, `(state eq 'held' or ${odata`settledAt eq ${NO_END}`})`].join(' and ');
      return inList(await index.list('pending', 0, source), filter, isPending);
    },
    async firstInPlay(source, since) {
      const open = await index.list('open', 0, source);
      const ended = await index.list('ended', since, source);
      if (!open.isWhole || !ended.isWhole) return '';
      return [...open.entries, ...ended.entries].map(({ entry }) => entry.run).sort()[0] ?? null;
    },
    async endedSince(since) {
      const filter = `${anyOf(['settled', 'parked'])} and ${odata`settledAt gt ${toTime(since)}`}`;
      const isLater = (run: Run): boolean => hasEnded(run) && Math.trunc(run.settledAt) > Math.trunc(since);
      return inList(await index.list('ended', since), filter, isLater);
    },
    endedBefore: (source, at, after, most) =>
      list(
        [
          odata`PartitionKey eq ${source}`,
          odata`RowKey gt ${after}`,
          odata`RowKey lt ${runStampOf(at)}`,
          odata`settledAt gt ${toTime(0)}`,
          odata`settledAt lt ${toTime(at)}`,
          anyOf(ENDED_STATES),
        ].join(' and '),
        most,
      ),
    async delete({ value: { source, run }, etag }) {
      const isGone = await tableCall(
        () => table.getEntity(source, run, { queryOptions: { select: ['etag'] } }).then(() => false),
        [404],
        true,
      );
      return isGone || tableCall(() => table.deleteEntity(source, run, { etag }).then(() => true), [404, 412], false);
    },
    sources: () => sourcesIn(table),
    onHold: async () => inList(await index.list('hold'), 'onHold eq true', (run) => run.onHold !== null),
    all: () => list(RUNS),
    mendIndex: (now) => mendRunIndex(runs, index, () => valuesOf(pages(RUNS)), now),
  };
}

async function* valuesOf(pages: AsyncIterable<readonly Versioned<Run>[]>): AsyncGenerator<readonly Run[]> {
  for await (const page of pages) yield page.map(({ value }) => value);
}
