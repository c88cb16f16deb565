// One batch of one run on the in-memory pipeline, its message, and a journal: what was written, sent or closed, in order and when.
import type { Pace } from '../../../../shared/delivery/pace';
import { freshPace } from '../../../../shared/delivery/pace';
import type { DeliveryPointer } from '../../../../shared/delivery/queues';
import { deliver } from '../../../../shared/pipeline/deliver/deliver';
import type { Batch, BatchRow } from '../../../../shared/run/batch';
import type { Run } from '../../../../shared/run/run';
import { receivedRun } from '../../../../shared/run/run-moves';
import type { MemoryPipeline, MemoryPipelineOptions } from '../../memory/memory-pipeline';
import { memoryPipeline } from '../../memory/memory-pipeline';
import { batchOf, rowOf } from '../../run/made-batch';

export const JOB = { servicePrincipalId: 'sp', jobId: 'job-1' };
/** Batch and run as the gate knows them. */
export const BY = `${batchOf([]).run}/000001`;
/** So many other messages wait that a release only looks and puts nothing: only the delivery is asserted. */
const OTHERS_ON_QUEUE = 60;

/** Something that the delivery did; `at` is ms after the start. */
export interface Entry {
  readonly at: number;
  readonly what: string;
}

/** What a test reads: `start` is when the delivery began. */
export interface ToldDelivery {
  readonly pipeline: MemoryPipeline;
  readonly start: number;
  readonly journal: Entry[];
  /** Every version of the batch that the delivery wrote. */
  readonly written: Batch[];
  /** Handles a message; by default that of the batch's first delivery. */
  deliver(message?: Partial<DeliveryPointer>): Promise<void>;
  /** The batch as it is stored, or what was split off it. */
  batch(id?: string): Batch;
  /** Runs before the batch is written for the n-th time (1: the note of the call). */
  beforeWrite(n: number, act: () => void | Promise<void>): void;
  /** When each bulk request was sent, ms after the start. */
  postedAt(): readonly number[];
  /** Names of the operations in each request: the row's number. */
  postedRows(): readonly (readonly number[])[];
  /** Events with a name, as [ms after the start, fields]. */
  events(name: string): readonly (readonly [number, object])[];
  /** What the gate has closed, in times after the start. */
  closed(): { readonly tenant: object | null; readonly job: object | null };
}

export interface ToldBatch extends MemoryPipelineOptions {
  readonly rows?: readonly BatchRow[];
  readonly batch?: Partial<Batch>;
  readonly run?: Partial<Run>;
  /** The next free slot, ms after the start. */
  readonly slotAt?: number;
  readonly pace?: Partial<Pace>;
}

const lineOf = (row: number): string => `{"externalId":"p${row}"}`;

/** Lines of `rowOf` rows: 90 bytes at each hundred. */
const usersFile = (most: number): string =>
  Array.from({ length: most + 1 }, (_, row) => lineOf(row).padEnd(99) + '\n').join('');

/** A run that is sending, one staged batch of it, and nothing that prevents sending. */
export async function toldDelivery(told: ToldBatch = {}): Promise<ToldDelivery> {
  const pipeline = await memoryPipeline({ random: () => 0.25, ...told });
  const { ledger, files, gateStore, graph, clock, deliveries, evidence } = pipeline;
  const start = clock.now();
  const batch = batchOf(told.rows ?? [rowOf(1), rowOf(2)], { releasedAt: start - 1_000, ...told.batch });
  const version = { source: batch.source, name: 'contoso-hr/a.csv', etag: '"1"', lastModified: start, bytes: 1 };
  ledger.runs.put({ ...receivedRun(version, start), run: batch.run, state: 'sending', job: JOB, ...told.run });
  ledger.batches.put(batch);
  files.put(batch, 'users.jsonl', usersFile(Math.max(...batch.rows.map((row) => row.row))));
  // A process that has sent before: it knows the storage's time, which the first one learns by a write of its own.
  await pipeline.gate.take(JOB, false);
  gateStore.calls.made.length = 0;
  gateStore.putPace({ ...freshPace, nextSlotAt: start + gateStore.offsetMs + (told.slotAt ?? 0), ...told.pace });
  for (let i = 0; i < OTHERS_ON_QUEUE; i++)
    await deliveries.put({ version: 1, run: 'other', batch: '1', delivery: 1 }, 0);

  const journal: Entry[] = [];
  const written: Batch[] = [];
  const note = (what: string): void => void journal.push({ at: clock.now() - start, what });
  const acts = new Map<number, () => void | Promise<void>>();
  let writes = 0;
  ledger.batches.calls.before = async ({ method }) => {
    if (method !== 'replace' && method !== 'replaceAndInsert') return;
    await acts.get(++writes)?.();
  };
  const replace = ledger.batches.replace.bind(ledger.batches);
  ledger.batches.replace = async (read, next) => {
    const done = await replace(read, next);
    if (done !== null) written.push(next);
    note(done === null ? 'batch: not written' : `batch: ${next.state}`);
    return done;
  };
  files.calls.before = () => note('users read');
  evidence.calls.before = ({ method, key }) => note(`${method} ${key.slice(key.lastIndexOf('/') + 1)}`);
  gateStore.calls.before = ({ method }) => {
    if (method !== 'read') note(`gate: ${method}`);
  };
  const post = graph.post.bind(graph);
  graph.post = (...request) => {
    note('call');
    return post(...request);
  };

  return {
    pipeline,
    start,
    journal,
    written,
    deliver: (message = {}) =>
      deliver(pipeline, { version: 1, run: batch.run, batch: batch.batch, delivery: batch.delivery, ...message }),
    batch(id = batch.batch) {
      const stored = ledger.batches.peek(batch.run, id);
      if (stored === null) throw new Error(`no batch ${id}`);
      return stored;
    },
    beforeWrite: (n, act) => void acts.set(n, act),
    postedAt: () => graph.posts.map(({ at }) => at - start),
    postedRows: () =>
      graph.posts.map(({ body }) =>
        (JSON.parse(body) as { Operations: { bulkId: string }[] }).Operations.map(({ bulkId }) =>
          Number(bulkId.slice(batch.run.length + 1)),
        ),
      ),
    events: (name) =>
      pipeline.events.filter((one) => one.name === name).map(({ at, fields }) => [at - start, fields] as const),
    closed() {
      const { pace, job } = gateStore.peek(JOB);
      const since = (until: number): number => until - gateStore.offsetMs - start;
      return {
        tenant:
          pace.value.closedUntil === 0
            ? null
            : { until: since(pace.value.closedUntil), code: pace.value.closedFor, by: pace.value.closedBy },
        job:
          job.value.pausedUntil === 0
            ? null
            : { until: since(job.value.pausedUntil), code: job.value.pausedFor, by: job.value.pausedBy },
      };
    },
  };
}
