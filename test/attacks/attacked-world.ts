// The world that is attacked: a source in the attacker's hands and a bystander with a job of its own, on the in-memory ports and a hand clock.
// Messages are tried as the platform does: five times, then they are in the poison queue.
import { InvocationContext } from '@azure/functions';
import { onArrival } from '../../functions/on-arrival';
import { onDelivery } from '../../functions/on-delivery';
import { onEvent } from '../../functions/on-event';
import { onExport } from '../../functions/on-export';
import { onPoisonArrival, onPoisonDelivery, onPoisonEvent, onPoisonExport } from '../../functions/on-poison';
import { onTimer } from '../../functions/on-timer';
import type { Story } from '../../functions/with-pipeline';
import { jobsAllowedBy } from '../../shared/delivery/allowed-jobs';
import { jobPath } from '../../shared/graph/bulk-upload';
import type { JobKey } from '../../shared/graph/job-key';
import type { Run } from '../../shared/run/run';
import { INTAKE_STATES, OPEN_STATES } from '../../shared/run/run';
import type { STORAGE_NAMES } from '../../shared/storage/azure-storage';
import type { MemoryPipeline } from '../unit/memory/memory-pipeline';
import { memoryPipeline } from '../unit/memory/memory-pipeline';
import type { GraphRequest } from '../unit/memory/scripted-graph';
import { csvOf, person, settingsOf, SOURCE } from '../unit/pipeline/contoso';
import { Tenant } from '../unit/pipeline/nights';
import { filterOf } from '../unit/pipeline/told-ledger';

/** The source in the attacker's hands, and its job. */
export const ATTACKED = SOURCE;
export const ATTACKED_JOB = { servicePrincipalId: 'sp', jobId: 'API2AAD.contoso' };
/** The source that must notice nothing, and its job. */
export const BYSTANDER = 'fabrikam-hr';
export const BYSTANDER_JOB = { servicePrincipalId: 'sp-fabrikam', jobId: 'API2AAD.fabrikam' };

const MINUTE_MS = 60_000;
const TICK_MS = 5 * MINUTE_MS;
/** Ticks within which a file of the bystander's must settle, whatever goes on beside it: without an attack it takes one or two. */
const PACE_TICKS = 3;
/** Ticks after which everything has ended: silence is closed after hours, twice. */
const MOST_TICKS = 100;
/** Times that the platform tries a message, and how far apart (host.json). */
const MOST_TRIES = 5;
const NEXT_TRY_MS = MINUTE_MS;

/** A third of `functionTimeout` in host.json, ms: an invocation is to end by itself, not by the platform. */
export const FUNCTION_LIMIT_MS = 10 * MINUTE_MS;

type QueueName = (typeof STORAGE_NAMES.queues)[number] | 'blob-trigger';
/** `blob-trigger` stands for the queue inside the blob trigger. A poison queue has no poison queue. */
const STORIES: Readonly<Record<QueueName, { readonly story: Story; readonly poison: Story | null }>> = {
  arrivals: { story: onArrival, poison: onPoisonArrival },
  deliveries: { story: onDelivery, poison: onPoisonDelivery },
  events: { story: onEvent, poison: onPoisonEvent },
  'arrivals-poison': { story: onPoisonArrival, poison: null },
  'deliveries-poison': { story: onPoisonDelivery, poison: null },
  'events-poison': { story: onPoisonEvent, poison: null },
  'webjobs-blobtrigger-poison': { story: onPoisonExport, poison: null },
  'blob-trigger': { story: onExport, poison: null },
};

/** A message that is being tried. */
interface Tried {
  readonly queue: QueueName;
  readonly message: unknown;
  readonly tries: number;
  readonly at: number;
}

type Answer = MemoryPipeline['graph']['answer'];

/** What a line of the table sees and does. */
export class AttackedWorld {
  /** What invocations failed with, in order. */
  readonly faults: unknown[] = [];
  /** Every file of the bystander: the state of its run when its time was up, and the verdicts of its rows. */
  readonly bystander: { readonly state: string | null; readonly created: number }[] = [];
  /** The longest invocation, ms on the hand clock; the platform ends one after three times `FUNCTION_LIMIT_MS`. */
  longestMs = 0;
  /** What an operator does after each tick, if anything. */
  operate: () => Promise<void> = () => Promise.resolve();
  private waiting: Tried[] = [];
  private files = 0;

  constructor(
    readonly pipeline: MemoryPipeline,
    readonly tenant: Tenant,
  ) {}

  /** Drops a file into the inbound container, with its event. `name` is that of the blob, with its folder. */
  drop(name: string, content: string | Uint8Array): void {
    // Two versions within one second have no order.
    this.pipeline.clock.pass(1_000);
    this.pipeline.exports.drop(name, content);
    this.put('blob-trigger', { name });
  }

  /** Drops a file of the attacked source as HR writes it, with these people. */
  dropPeople(...ids: readonly string[]): void {
    this.drop(`${ATTACKED}/people-${++this.files}.csv`, csvOf(...ids.map((id) => person(id))));
  }

  /** Puts any message on a queue. */
  put(queue: QueueName, message: unknown): void {
    this.waiting.push({ queue, message, tries: 0, at: this.pipeline.clock.now() });
  }

  /**
   * For so long, ms, Graph answers so where it is not asked about the bystander's job; `honest` is what the service would say. Without `forMs`
   * it lies for ever.
   */
  lie(answer: (request: GraphRequest, honest: Answer) => ReturnType<Answer>, forMs = Number.POSITIVE_INFINITY): void {
    const { graph, clock } = this.pipeline;
    const honest = graph.answer;
    const until = clock.now() + forMs;
    const isHonest = (request: GraphRequest): boolean => clock.now() >= until || isOf(BYSTANDER_JOB, request);
    graph.answer = (request) => (isHonest(request) ? honest(request) : answer(request, honest));
  }

  /** One tick of the timer, and everything that is on the queues. */
  async tick(): Promise<void> {
    await this.work();
    this.pipeline.clock.pass(TICK_MS);
    await this.invoke(onTimer, null);
    await this.work();
    await this.operate();
  }

  /** Ticks until no run goes on and no message is left. Meanwhile the bystander drops two files. */
  async rest(): Promise<void> {
    for (let file = 1; file <= 2; file++) await this.playBystander(`f${file}`);
    for (let tick = 0; tick < MOST_TICKS; tick++) {
      if (await this.isAtRest()) return;
      await this.tick();
    }
    throw new Error(`the world does not come to rest: ${JSON.stringify(await this.attackedRuns())}`);
  }

  /** The runs of the attacked source, and of no source, in order of arrival. */
  async attackedRuns(): Promise<readonly Run[]> {
    const all = await this.pipeline.ledger.runs.all();
    return all.map(({ value }) => value).filter(({ source }) => source !== BYSTANDER);
  }

  /** Requests to Graph that are neither about one of the two jobs nor for a page of the log. */
  strangeRequests(): readonly string[] {
    const allowed = [ATTACKED_JOB, BYSTANDER_JOB].map(jobPath);
    return this.pipeline.graph.requests
      .filter(({ path }) => !isLog(path) && !allowed.some((job) => path === job || path === `${job}/bulkUpload`))
      .map(({ method, path }) => `${method} ${path}`);
  }

  private async playBystander(id: string): Promise<void> {
    const blob = `${BYSTANDER}/${id}.csv`;
    this.drop(blob, csvOf(person(id)));
    for (let tick = 0; tick < PACE_TICKS; tick++) await this.tick();
    const run = (await this.pipeline.ledger.runs.all()).find(({ value }) => value.blobName === blob)?.value;
    this.bystander.push({ state: run?.state ?? null, created: run?.verdicts?.created ?? 0 });
  }

  private async isAtRest(): Promise<boolean> {
    const open = await this.pipeline.ledger.runs.inStates([...INTAKE_STATES, ...OPEN_STATES]);
    return open.length === 0 && this.waiting.length === 0;
  }

  /** Tries every message that is due, until none is left or all have failed for now. */
  private async work(): Promise<void> {
    for (;;) {
      this.collect();
      const now = this.pipeline.clock.now();
      const next = this.waiting.find(({ at }) => at <= now);
      if (next === undefined) return;
      this.waiting = this.waiting.filter((one) => one !== next);
      const { queue, message, tries } = next;
      const { story, poison } = STORIES[queue];
      if (await this.invoke(story, message)) continue;
      if (tries + 1 < MOST_TRIES) this.waiting.push({ ...next, tries: tries + 1, at: now + NEXT_TRY_MS });
      else if (poison !== null) await this.invoke(poison, message);
    }
  }

  /** What the product itself has put on the queues. */
  private collect(): void {
    for (const queue of ['arrivals', 'deliveries'] as const)
      for (let next: unknown = this.pipeline[queue].take(); next !== null; next = this.pipeline[queue].take())
        this.put(queue, next);
  }

  private async invoke(story: Story, input: unknown): Promise<boolean> {
    const { clock } = this.pipeline;
    const begun = clock.now();
    try {
      await story(this.pipeline, input, CONTEXT);
      return true;
    } catch (error) {
      this.faults.push(error);
      return false;
    } finally {
      this.longestMs = Math.max(this.longestMs, clock.now() - begun);
    }
  }
}

// No story under attack reads anything of it.
const CONTEXT = new InvocationContext({ functionName: 'attacked' });

const isLog = (path: string): boolean => path.startsWith('/v1.0/auditLogs/provisioning?');

/** True if the request is about the job: uploads and its state by path, its log by the filter. */
const isOf = (job: JobKey, { path }: GraphRequest): boolean =>
  isLog(path) ? filterOf(path).startsWith(`jobid eq '${job.jobId}' and `) : path.startsWith(jobPath(job));

/** An installation for two jobs, two sources with their settings, and a tenant that takes, processes and logs what both send. */
export async function attackedWorld(): Promise<AttackedWorld> {
  const list = [ATTACKED_JOB, BYSTANDER_JOB].map((job) => `${job.servicePrincipalId}/${job.jobId}`).join(',');
  const pipeline = await memoryPipeline({ allowsJob: jobsAllowedBy(list, false) });
  pipeline.sources.put(ATTACKED, settingsOf({ content: 'changes' }, { job: ATTACKED_JOB }));
  pipeline.sources.put(BYSTANDER, settingsOf({ content: 'changes' }, { name: BYSTANDER, job: BYSTANDER_JOB }));
  return new AttackedWorld(pipeline, new Tenant(pipeline));
}
