// One source on in-memory ports, night after night: a file is dropped and read by the product's own stories, messages are delivered, the timer
// ticks. Whatever the product has no use for any more is forgotten, as retention would, so that memory stays flat.
import { approveRun } from '../../shared/pipeline/decide/decide-held';
import { deliver } from '../../shared/pipeline/deliver/deliver';
import { intake } from '../../shared/pipeline/intake/intake';
import { reconcile } from '../../shared/pipeline/reconcile/reconcile';
import type { Run } from '../../shared/run/run';
import { runIdOf } from '../../shared/run/run';
import type { MemoryPipeline } from '../../test/unit/memory/memory-pipeline';
import { memoryPipeline } from '../../test/unit/memory/memory-pipeline';
import { BENCH_SOURCE } from '../intake/people-source';
import type { PeopleFile } from './year-people';
import { yearSource } from './year-people';
import { YearTenant } from './year-tenant';

/** Longer than the product's: whoever waits for the next day's budget is looked at less often. */
const TICK_MS = 30 * 60_000;
const CHUNK_BYTES = 64 * 1_024;
/** Nights after which the large files of a run are forgotten, and after which the run is: the product looks back for a week. */
const FILES_FOR = 2;
const RUN_FOR = 10;
const OPEN = ['received', 'checking', 'staged', 'sending', 'confirming'] as const;
const LARGE = ['export', 'users.jsonl', 'rows.jsonl', 'batches.jsonl', 'decision.json'] as const;

export class YearMachine {
  readonly tenant: YearTenant;
  private readonly runs: Pick<Run, 'source' | 'run'>[] = [];

  private constructor(readonly pipeline: MemoryPipeline) {
    this.tenant = new YearTenant(pipeline);
  }

  static async start(callsPerDay: number): Promise<YearMachine> {
    const pipeline = await memoryPipeline({
      chunkBytes: CHUNK_BYTES,
      budget: { calls: callsPerDay, leaverShare: 0.1 },
    });
    const machine = new YearMachine({ ...pipeline, emit: () => undefined });
    machine.setMapping(1);
    return machine;
  }

  setMapping(mapping: 1 | 2): void {
    this.pipeline.sources.put(BENCH_SOURCE, yearSource(BENCH_SOURCE, mapping));
  }

  /** HR drops tonight's file, and it is read. */
  async drop(file: PeopleFile): Promise<Run> {
    const { pipeline } = this;
    const name = `${BENCH_SOURCE}/people.csv`;
    const { etag, lastModified } = pipeline.exports.drop(name, file);
    this.runs.push({ source: BENCH_SOURCE, run: runIdOf(name, etag, lastModified) });
    await intake(pipeline, { version: 1, blob: name });
    return this.newest();
  }

  /** The run of the last file, as it is now. */
  newest(): Run {
    const key = this.runs.at(-1);
    const run = key === undefined ? null : this.pipeline.ledger.runs.peek(key);
    if (run === null) throw new Error('The file has no run.');
    return run;
  }

  /** A person looks at the held file and lets it go. */
  async approve(): Promise<Run> {
    await approveRun(this.pipeline, this.newest(), { by: 'bench', why: 'the company was reorganised' });
    await this.work();
    return this.newest();
  }

  /** Everything that is on the queues. */
  async work(): Promise<void> {
    const { pipeline } = this;
    for (let next = pipeline.arrivals.take(); next !== null; next = pipeline.arrivals.take())
      await intake(pipeline, next);
    for (let next = pipeline.deliveries.take(); next !== null; next = pipeline.deliveries.take())
      await deliver(pipeline, next);
    this.forgetCalls();
  }

  /** Ticks until every run has ended, or until `end`, ms. True if all have ended. */
  async rest(end: number): Promise<boolean> {
    const { pipeline } = this;
    for (;;) {
      await this.work();
      if ((await pipeline.ledger.runs.inStates(OPEN)).length === 0) return true;
      if (pipeline.clock.now() + TICK_MS > end) return false;
      pipeline.clock.pass(TICK_MS);
      await reconcile(pipeline);
    }
  }

  /** The hour of the next night's file. */
  passTo(time: number): void {
    this.pipeline.clock.pass(Math.max(time - this.pipeline.clock.now(), 0));
  }

  get now(): number {
    return this.pipeline.clock.now();
  }

  /** Keeps what the product may still read. */
  forgetOld(): void {
    const { ledger, files, reports, evidence } = this.pipeline;
    for (const [back, key] of [...this.runs].reverse().entries()) {
      if (back < FILES_FOR || OPEN.includes(ledger.runs.peek(key)?.state as never)) continue;
      for (const file of LARGE) files.remove(key, file);
      for (const name of [...reports.reports.keys()])
        if (name.startsWith(`${key.source}/${key.run}/`)) reports.reports.delete(name);
      evidence.remove(key);
      if (back < RUN_FOR) continue;
      for (const file of ['people.idx', 'source.json', 'hold.csv', 'header.json', 'findings.json'] as const)
        files.remove(key, file);
      ledger.batches.remove(key.run);
      ledger.runs.remove(key);
    }
    this.runs.splice(0, Math.max(this.runs.length - RUN_FOR - 5, 0));
  }

  /** The in-memory ports note every call for tests. */
  private forgetCalls(): void {
    const { pipeline } = this;
    const { ledger, files, exports, sources, evidence, reports, rosters, watermark, gateStore, owners } = pipeline;
    const { deliveries, arrivals, graph, clock } = pipeline;
    const ports = [ledger.runs, ledger.batches, files, exports, sources, evidence, reports, rosters, watermark];
    for (const { calls } of [...ports, gateStore, owners, deliveries, arrivals]) calls.made.length = 0;
    deliveries.history.length = 0;
    arrivals.history.length = 0;
    graph.requests.length = 0;
    clock.sleeps.length = 0;
  }
}
