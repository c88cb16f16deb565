// A source with a hold list, files that arrive, and a service that takes everything: for the stories of the hold list.
import { deliver } from '../../../shared/pipeline/deliver/deliver';
import { intake } from '../../../shared/pipeline/intake/intake';
import { reconcile } from '../../../shared/pipeline/reconcile/reconcile';
import type { Run } from '../../../shared/run/run';
import { runIdOf } from '../../../shared/run/run';
import type { MemoryPipeline } from '../memory/memory-pipeline';
import { memoryPipeline } from '../memory/memory-pipeline';
import { graphAnswer, wellAnswer } from '../memory/scripted-graph';
import { csvOf, person, settingsOf, SOURCE } from './contoso';
import { entryOf, stretchOf } from './told-ledger';

/** One record in a bulk request; `at` is when it was sent, ms. */
export interface SentRecord {
  readonly id: string;
  readonly active: boolean;
  readonly run: string;
  readonly at: number;
}

/** The records in these bulk requests, in order. */
export const sentIn = (posts: MemoryPipeline['graph']['posts']): readonly SentRecord[] =>
  posts.flatMap(({ body, at }) => {
    const { Operations } = JSON.parse(body) as {
      readonly Operations: readonly {
        readonly bulkId: string;
        readonly data: { readonly externalId: string; readonly active: boolean };
      }[];
    };
    return Operations.map(({ bulkId, data }) => ({
      id: data.externalId,
      active: data.active,
      run: bulkId.slice(0, bulkId.lastIndexOf('-')),
      at,
    }));
  });

export class HoldWorld {
  private constructor(readonly pipeline: MemoryPipeline) {}

  static async open(): Promise<HoldWorld> {
    const world = new HoldWorld(await memoryPipeline());
    const { graph } = world.pipeline;
    graph.answer = (request) => {
      if (!request.path.startsWith('/v1.0/auditLogs/')) return wellAnswer(request);
      const { after, before } = stretchOf(request.path);
      const value = world
        .sent()
        .map(({ id, active, at }) => entryOf(id, at + 1, active ? {} : { action: 'disable' }))
        .filter(({ activityDateTime }) => {
          const at = Date.parse(activityDateTime);
          return at > after && (before === null || at < before);
        });
      return graphAnswer(200, { body: JSON.stringify({ value }) });
    };
    return world;
  }

  /** Writes the hold list; null: there is none. */
  list(...entries: readonly string[] | readonly [null]): void {
    this.pipeline.sources.putHoldList(
      SOURCE,
      entries[0] === null ? null : ['id,until,why', ...(entries as readonly string[]), ''].join('\n'),
    );
  }

  /** A file arrives and is taken in; lines as in `person`. Resolves to the run. */
  async drop(lines: readonly string[], content: 'full' | 'changes' = 'changes', name = 'people.csv'): Promise<string> {
    const { pipeline } = this;
    // Two files in one second would sort by chance.
    pipeline.clock.pass(1_000);
    pipeline.sources.put(SOURCE, settingsOf({ content }));
    const version = pipeline.exports.drop(`${SOURCE}/${name}`, csvOf(...lines));
    await intake(pipeline, { version: 1, blob: version.name });
    return runIdOf(version.name, version.etag, version.lastModified);
  }

  /** Messages are delivered and the timer ticks, until nothing moves. Some ten minutes pass. */
  async settle(): Promise<void> {
    for (let tick = 0; tick < 5 || (tick < 50 && this.readsOn()); tick++) {
      await this.deliverAll();
      this.pipeline.clock.pass(2 * 60_000);
      await reconcile(this.pipeline);
    }
  }

  /** Whether the last tick that read the log did not come to its end: after days without a tick one is not enough. */
  private readsOn(): boolean {
    const last = this.pipeline.events.findLast(({ name }) => name === 'rollcall.reconcile.read');
    return last?.fields['isAtEnd'] === false;
  }

  async deliverAll(): Promise<void> {
    const { deliveries } = this.pipeline;
    for (let message = deliveries.take(); message !== null; message = deliveries.take())
      await deliver(this.pipeline, message);
  }

  /** Everything that was in a bulk request, in order. */
  sent(): readonly SentRecord[] {
    return sentIn(this.pipeline.graph.posts);
  }

  /** Ids in bulk requests, in order. */
  ids(): readonly string[] {
    return this.sent().map(({ id }) => id);
  }

  run(run: string): Run {
    const found = this.pipeline.ledger.runs.peek({ source: SOURCE, run });
    if (found === null) throw new Error(`there is no run ${run}`);
    return found;
  }

  /** The rows of the verdicts report, `id verdict code`, and the sentences. */
  report(
    run: string,
    name = 'people.csv',
  ): { readonly rows: readonly string[]; readonly sentences: readonly string[] } {
    const text = this.pipeline.reports.reports.get(`${SOURCE}/${run}/${name}.verdicts.csv`);
    if (text === undefined) throw new Error('there is no report');
    const lines = text
      .split('\r\n')
      .slice(1, -1)
      .map((line) => line.split(','));
    return {
      rows: lines.map(([, id = '', verdict = '', code = '']) => `${id} ${verdict} ${code}`.trim()),
      sentences: lines.map((cells) => cells.slice(4).join(',').replace(/^"|"$/g, '').replaceAll('""', '"')),
    };
  }

  /** Fields of all events of a name. */
  events(name: string): readonly object[] {
    return this.pipeline.events.filter((event) => event.name === name).map(({ fields }) => fields);
  }

  /** Time passes to this moment. */
  passTo(time: number): void {
    this.pipeline.clock.pass(time - this.pipeline.clock.now());
  }
}

export { person, SOURCE };
