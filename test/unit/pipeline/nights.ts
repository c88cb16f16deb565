// Nights of a source on the in-memory pipeline: HR drops files, a tenant takes, processes and logs what is sent, ticks go by until all is quiet.
import { foldId } from '../../../shared/columns/id';
import { DAY_MS } from '../../../shared/core/clock';
import type { ProvisioningEntry } from '../../../shared/graph/provisioning-log';
import { deliver } from '../../../shared/pipeline/deliver/deliver';
import { intake } from '../../../shared/pipeline/intake/intake';
import { saidInactiveBefore } from '../../../shared/pipeline/report/said-inactive';
import { reconcile } from '../../../shared/pipeline/reconcile/reconcile';
import { rowFates, type RowFate } from '../../../shared/report/row-fates';
import type { Run } from '../../../shared/run/run';
import { runIdOf } from '../../../shared/run/run';
import type { MemoryPipeline, MemoryPipelineOptions } from '../memory/memory-pipeline';
import { memoryPipeline } from '../memory/memory-pipeline';
import type { GraphRequest } from '../memory/scripted-graph';
import { graphAnswer, wellAnswer } from '../memory/scripted-graph';
import { settingsOf, SOURCE } from './contoso';
import { filterOf, stretchOf } from './told-ledger';

const MINUTE = 60_000;
const TICK = 5 * MINUTE;
/** When an entry that is late appears: its row's time is up by then, and the watermark has not passed it. */
const LATE = 125 * MINUTE;
/** Ticks after which everything has ended: silence is closed after hours, twice. */
const MOST_TICKS = 400;

/**
 * What the tenant does with one operation: as it should; its entry is lost, or appears when its time is up; it fails for good, or once; it is
 * processed an hour later.
 */
export type OperationFate = 'well' | 'entry-lost' | 'entry-late' | 'fails' | 'fails-once' | 'slow';
/** What happens to a call: as it should; it is taken and its answer is lost; it is lost before it is taken; 429. */
export type CallFate = 'well' | 'answer-lost' | 'call-lost' | 'throttled';

interface Operation {
  readonly job: string;
  readonly user: { readonly externalId: string; readonly active: boolean };
  readonly text: string;
  readonly fate: OperationFate;
  readonly due: number;
}

/** The job that a request to upload names. */
const uploadJobOf = (path: string): string => decodeURIComponent(/\/jobs\/([^/]+)\//.exec(path)?.[1] ?? '');

/** The tenant: the directory holds the text of each person's record. */
export class Tenant {
  readonly directory = new Map<string, string>();
  /** Ids of the people in each request that was taken, in order. */
  readonly taken: (readonly string[])[] = [];
  /** The `bulkId` of every operation that was taken. */
  readonly bulkIds = new Set<string>();
  /** People, by folded id, of whom something did not go well; a call that was throttled harms nobody. */
  readonly harmed = new Set<string>();
  calls = 0;
  nextCalls: CallFate[] = [];
  nextOperations: OperationFate[] = [];
  private readonly disabledByHand = new Set<string>();
  private waiting: Operation[] = [];
  private readonly log: (ProvisioningEntry & { readonly job: string; readonly appearsAt: number })[] = [];
  private entries = 0;

  constructor(private readonly pipeline: MemoryPipeline) {
    pipeline.graph.answer = (request) => this.answer(request);
  }

  /** The provisioning job is restarted: what it has taken and not processed is gone. */
  restart(): void {
    this.process();
    for (const { user } of this.waiting) this.harmed.add(foldId(user.externalId));
    this.waiting = [];
  }

  private answer(request: GraphRequest): ReturnType<typeof wellAnswer> {
    this.process();
    if (request.method === 'POST') return this.take(request);
    if (!request.path.startsWith('/v1.0/auditLogs/')) return wellAnswer(request);
    const { after, before } = stretchOf(request.path);
    const job = /jobid eq '([^']*)'/.exec(filterOf(request.path))?.[1] ?? '';
    const value = this.log.filter((entry) => {
      const at = Date.parse(entry.activityDateTime);
      return (
        entry.job === job &&
        entry.appearsAt <= this.pipeline.clock.now() &&
        at > after &&
        (before === null || at < before)
      );
    });
    return graphAnswer(200, { body: JSON.stringify({ value }) });
  }

  private take(request: GraphRequest): ReturnType<typeof wellAnswer> {
    this.calls++;
    const fate = this.nextCalls.shift() ?? 'well';
    if (fate === 'throttled') return graphAnswer(429, { retryAfter: '30' });
    const { Operations: operations } = JSON.parse(request.body) as {
      Operations: { bulkId: string; data: Operation['user'] }[];
    };
    if (fate !== 'well') for (const { data } of operations) this.harmed.add(foldId(data.externalId));
    if (fate === 'call-lost') return { kind: 'silence', reason: 'cut' };
    this.taken.push(operations.map(({ data }) => data.externalId));
    const now = this.pipeline.clock.now();
    const job = uploadJobOf(request.path);
    for (const { bulkId, data } of operations) {
      this.bulkIds.add(bulkId);
      const operation = this.nextOperations.shift() ?? 'well';
      if (operation !== 'well') this.harmed.add(foldId(data.externalId));
      const due = now + (operation === 'slow' ? 60 : 1) * MINUTE;
      this.waiting.push({ job, user: data, text: JSON.stringify(data), fate: operation, due });
    }
    return fate === 'answer-lost' ? { kind: 'silence', reason: 'cut' } : graphAnswer(202, { requestId: 'request' });
  }

  private process(): void {
    const now = this.pipeline.clock.now();
    const due = this.waiting.filter((one) => one.due <= now).sort((a, b) => a.due - b.due);
    this.waiting = this.waiting.filter((one) => one.due > now);
    for (const operation of due) this.processOne(operation);
  }

  /** Somebody disables the account in the portal. */
  disableByHand(id: string): void {
    this.disabledByHand.add(foldId(id));
  }

  private processOne({ job, user, text, fate, due }: Operation): void {
    const id = foldId(user.externalId);
    const error = fate === 'fails' ? 'InvalidPropertyValue' : fate === 'fails-once' ? 'TooManyRequests' : null;
    const action = this.directory.has(id) ? (user.active ? 'update' : 'disable') : 'create';
    const before = this.directory.get(id);
    const wasOff =
      before !== undefined && (this.disabledByHand.has(id) || !(JSON.parse(before) as Operation['user']).active);
    if (error === null) {
      this.directory.set(id, text);
      this.disabledByHand.delete(id);
    }
    if (fate === 'entry-lost') return;
    const number = ++this.entries;
    this.log.push({
      job,
      id: `e${number}`,
      changeId: `c${number}`,
      activityDateTime: new Date(due).toISOString(),
      appearsAt: due + (fate === 'entry-late' ? LATE : 0),
      provisioningAction: action,
      sourceIdentity: { id: user.externalId },
      // A failure lists what it attempted.
      modifiedProperties:
        wasOff && user.active ? [{ displayName: 'accountEnabled', oldValue: 'False', newValue: 'True' }] : [],
      provisioningStatusInfo:
        error === null
          ? { status: 'success' }
          : { status: 'failure', errorInformation: { errorCode: error, reason: null } },
    });
  }
}

/** A source with its settings, its tenant, and what has become of each file. */
export interface Nights {
  readonly pipeline: MemoryPipeline;
  readonly tenant: Tenant;
  /** HR drops a file, which is read at once; resolves to its run. */
  drop(content: string): Promise<Run>;
  /** One tick of the timer, and everything that is on the queues. */
  tick(): Promise<void>;
  /** Ticks until every run has ended. */
  rest(): Promise<void>;
  /** Time passes with nothing to do. */
  pass(ms: number): void;
  run(run: Run): Run;
  /** The fate of each row, in file order. */
  fates(run: Run): Promise<readonly RowFate[]>;
}

/** Begins with an empty directory. */
export async function nights(
  file: object = {},
  more: object = {},
  options: MemoryPipelineOptions = {},
): Promise<Nights> {
  const pipeline = await memoryPipeline(options);
  pipeline.sources.put(SOURCE, settingsOf(file, more));
  const tenant = new Tenant(pipeline);
  const runNow = (run: Run): Run => pipeline.ledger.runs.peek(run) as Run;
  const work = async (): Promise<void> => {
    for (let next = pipeline.arrivals.take(); next !== null; next = pipeline.arrivals.take())
      await intake(pipeline, next);
    for (let next = pipeline.deliveries.take(); next !== null; next = pipeline.deliveries.take())
      await deliver(pipeline, next);
  };
  const self: Nights = {
    pipeline,
    tenant,
    run: runNow,
    pass: (ms) => pipeline.clock.pass(ms),
    drop: async (content) => {
      // Two versions within one second have no order.
      pipeline.clock.pass(1_000);
      const name = `${SOURCE}/people.csv`;
      const { etag, lastModified } = pipeline.exports.drop(name, content);
      await intake(pipeline, { version: 1, blob: name });
      return runNow({ source: SOURCE, run: runIdOf(name, etag, lastModified) } as Run);
    },
    tick: async () => {
      await work();
      pipeline.clock.pass(TICK);
      await reconcile(pipeline);
      await work();
    },
    rest: async () => {
      for (let tick = 0; tick < MOST_TICKS; tick++) {
        await self.tick();
        const open = await pipeline.ledger.runs.inStates(['received', 'checking', 'staged', 'sending', 'confirming']);
        if (open.length === 0) return;
      }
      throw new Error('the runs do not come to rest');
    },
    fates: async (run) => {
      const fates: RowFate[] = [];
      const { files, ledger } = pipeline;
      for await (const fate of rowFates(
        files,
        ledger.batches,
        runNow(run),
        new Map(),
        saidInactiveBefore(pipeline, run),
      ))
        fates.push(fate);
      return fates;
    },
  };
  return self;
}

/** A source of which one file has settled, half a day ago. */
export async function settledNights(content: 'full' | 'changes', first: string, more: object = {}): Promise<Nights> {
  const all = await nights({ content }, more);
  await all.drop(first);
  await all.rest();
  all.pass(DAY_MS / 2);
  return all;
}
