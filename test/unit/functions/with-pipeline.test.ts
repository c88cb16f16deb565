// What every trigger shares: the pipeline is built once, again after a failure, and events carry the invocation that they belong to.
import type { InvocationContext } from '@azure/functions';
import type { EmitEvent } from '../../../shared/core/telemetry';
import type { Pipeline } from '../../../shared/pipeline/pipeline';
import type { Story } from '../../../functions/with-pipeline';
import { withPipeline } from '../../../functions/with-pipeline';
import { memoryPipeline } from '../memory/memory-pipeline';

/** A context that keeps what is logged. */
function invocation(invocationId: string) {
  const logged: unknown[] = [];
  const context = { invocationId, log: (...line: readonly unknown[]) => logged.push(...line) };
  return { context: context as unknown as InvocationContext, logged };
}

const nothing: Story = () => Promise.resolve();

test('the pipeline is built at the first invocation, not before, and once for all stories, even for concurrent ones', async () => {
  let builds = 0;
  const pipeline = withPipeline(async () => {
    builds++;
    return memoryPipeline();
  });
  const one = pipeline(nothing);
  const other = pipeline(nothing);
  expect(builds).toBe(0);
  await Promise.all([one(null, invocation('a').context), other(null, invocation('b').context)]);
  await one(null, invocation('c').context);
  expect(builds).toBe(1);
});
test('a failed build shows at each invocation, and the next one tries again', async () => {
  let builds = 0;
  const pipeline = withPipeline(async () => {
    builds++;
    if (builds <= 2) throw new Error(`build ${builds}`);
    return memoryPipeline();
  });
  let told = 0;
  const handler = pipeline(() => {
    told++;
    return Promise.resolve();
  });
  await expect(handler(null, invocation('a').context)).rejects.toThrow('build 1');
  await expect(handler(null, invocation('b').context)).rejects.toThrow('build 2');
  await handler(null, invocation('c').context);
  expect([builds, told]).toEqual([3, 1]);
});
test("the story gets the pipeline, the input and the context; its failure is the handler's", async () => {
  const built = await memoryPipeline();
  const given: unknown[] = [];
  const handler = withPipeline(() => Promise.resolve(built))((pipeline, input, context) => {
    given.push(pipeline.ledger === built.ledger, input, context.invocationId);
    return Promise.reject(new Error('of the story'));
  });
  await expect(handler({ some: 'input' }, invocation('a').context)).rejects.toThrow('of the story');
  expect(given).toEqual([true, { some: 'input' }, 'a']);
});
test('each event is one line of JSON in the log of its own invocation', async () => {
  const story: Story = async (pipeline, input) => {
    await Promise.resolve();
    pipeline.emit('rollcall.release.released', { batches: Number(input) });
  };
  const handler = withPipeline(() => memoryPipeline())(story);
  const [a, b] = [invocation('a'), invocation('b')];
  await Promise.all([handler(1, a.context), handler(2, b.context)]);
  expect(a.logged).toEqual(['{"event":"rollcall.release.released","invocation":"a","batches":1}']);
  expect(b.logged).toEqual(['{"event":"rollcall.release.released","invocation":"b","batches":2}']);
});
test('events of the build itself belong to no invocation and are dropped', async () => {
  const emits: EmitEvent[] = [];
  const build = async (emit: EmitEvent): Promise<Pipeline> => {
    emits.push(emit);
    return memoryPipeline();
  };
  const a = invocation('a');
  await withPipeline(build)(nothing)(null, a.context);
  emits[0]?.('rollcall.release.released', { batches: 1 });
  expect(a.logged).toEqual([]);
});
