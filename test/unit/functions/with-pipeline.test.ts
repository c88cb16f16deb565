// What every trigger shares: the settings are judged once, the pipeline is built once and again after a failure, events carry the invocation
// that they belong to, and an app that may not work does nothing but keep its input and say why.
import type { InvocationContext } from '@azure/functions';
import { RollcallError } from '../../../shared/core/errors';
import type { Pipeline } from '../../../shared/pipeline/pipeline';
import type { Judgement, ReadyApp } from '../../../functions/ready-app';
import { Telemetry } from '../../../functions/telemetry/telemetry';
import type { Story } from '../../../functions/with-pipeline';
import { keepNothing, withPipeline } from '../../../functions/with-pipeline';
import { memoryPipeline } from '../memory/memory-pipeline';

/** A context that keeps what is logged. */
function invocation(invocationId: string) {
  const logged: unknown[] = [];
  const errors: unknown[] = [];
  const context = {
    invocationId,
    functionName: 'deliver',
    log: (...line: readonly unknown[]) => logged.push(...line),
    error: (...line: readonly unknown[]) => errors.push(...line),
  };
  return { context: context as unknown as InvocationContext, logged, errors };
}

const nothing: Story = () => Promise.resolve();
const app = { settings: {} } as unknown as ReadyApp;
const accept = (): Judgement => ({ ok: true, app });
const refusal = new RollcallError('settings-invalid', 'halt', 'ROLLCALL_LICENCE must be one of two');
const refuse = (): Judgement => ({ ok: false, refusal });
/** Exports nothing. */
const mute = () => new Telemetry({ open: null, now: () => 0, complain: () => undefined });
const handlersOf = (build: () => Promise<Pipeline>) => withPipeline(accept, build, mute());

describe('an app that may work', () => {
  test('is judged and built at the first invocation, not before, and once for all stories, even for concurrent ones', async () => {
    const made: string[] = [];
    const handlers = withPipeline(
      () => {
        made.push('judged');
        return accept();
      },
      async (given) => {
        expect(given).toBe(app);
        made.push('built');
        return memoryPipeline();
      },
      mute(),
    );
    const one = handlers.of(nothing, keepNothing);
    const other = handlers.of(nothing, keepNothing);
    expect(made).toEqual([]);
    await Promise.all([one(null, invocation('a').context), other(null, invocation('b').context)]);
    await one(null, invocation('c').context);
    expect(made).toEqual(['judged', 'built']);
    expect(handlers.refusal()).toBeNull();
  });
  test('shows a failed build at each invocation, and the next one tries again', async () => {
    let builds = 0;
    const handlers = handlersOf(async () => {
      builds++;
      if (builds <= 3) throw new Error(`build ${builds}`);
      return memoryPipeline();
    });
    let told = 0;
    const story: Story = () => {
      told++;
      return Promise.resolve();
    };
    const kept: unknown[] = [];
    const handler = handlers.of(story, (input) => {
      kept.push(input);
      return Promise.resolve(true);
    });
    await handlers.warmUp();
    await expect(handler(null, invocation('a').context)).rejects.toThrow('build 2');
    await expect(handler(null, invocation('b').context)).rejects.toThrow('build 3');
    await handler(null, invocation('c').context);
    // A transient failure is for the platform to try again.
    expect([builds, told, kept]).toEqual([4, 1, []]);
  });
  test('is built before the first invocation if it is warmed up', async () => {
    let builds = 0;
    const handlers = handlersOf(async () => {
      builds++;
      return memoryPipeline();
    });
    await handlers.warmUp();
    expect(builds).toBe(1);
    await handlers.of(nothing, keepNothing)(null, invocation('a').context);
    expect(builds).toBe(1);
  });
});

test("the story gets the pipeline, the input and the context; its failure is the handler's", async () => {
  const built = await memoryPipeline();
  const given: unknown[] = [];
  const handler = handlersOf(() => Promise.resolve(built)).of((pipeline, input, context) => {
    given.push(pipeline.ledger === built.ledger, input, context.invocationId);
    return Promise.reject(new Error('of the story'));
  }, keepNothing);
  await expect(handler({ some: 'input' }, invocation('a').context)).rejects.toThrow('of the story');
  expect(given).toEqual([true, { some: 'input' }, 'a']);
});
test('each event is one line of JSON in the log of its own invocation', async () => {
  const story: Story = async (pipeline, input) => {
    await Promise.resolve();
    pipeline.emit('rollcall.release.released', { batches: Number(input) });
  };
  const handler = handlersOf(() => memoryPipeline()).of(story, keepNothing);
  const [a, b] = [invocation('a'), invocation('b')];
  await Promise.all([handler(1, a.context), handler(2, b.context)]);
  expect(a.logged).toEqual(['{"event":"rollcall.release.released","invocation":"a","batches":1}']);
  expect(b.logged).toEqual(['{"event":"rollcall.release.released","invocation":"b","batches":2}']);
});

describe('an app that may not work', () => {
  const handlers = () =>
    withPipeline(
      refuse,
      () => {
        throw new Error('nothing may be built');
      },
      mute(),
    );
  const event = '{"event":"rollcall.app.refused","invocation":"a","function":"deliver","code":"settings-invalid"}';
  const unwanted: Story = () => {
    throw new Error('no story may run');
  };

  test('keeps the input, then fails with the reason', async () => {
    const { context, logged, errors } = invocation('a');
    const kept: unknown[] = [];
    const handler = handlers().of(unwanted, (input, given) => {
      kept.push(input, given);
      return Promise.resolve(true);
    });
    await expect(handler({ some: 'input' }, context)).rejects.toBe(refusal);
    expect(kept).toEqual([{ some: 'input' }, context]);
    expect(logged).toEqual([event]);
    expect(errors).toEqual([]);
  });
  test('logs the reason as an error and succeeds if the platform would try the same input again', async () => {
    const { context, logged, errors } = invocation('a');
    await handlers().of(unwanted, () => Promise.resolve(false))(null, context);
    expect(logged).toEqual([event]);
    expect(errors).toEqual(['settings-invalid: ROLLCALL_LICENCE must be one of two']);
  });
  test('fails if the input cannot be kept, so that the platform keeps it', async () => {
    const failure = new Error('the queue is away');
    const handler = handlers().of(unwanted, () => Promise.reject(failure));
    const { context, errors } = invocation('a');
    await expect(handler(null, context)).rejects.toBe(failure);
    // The failure says nothing of the settings.
    expect(errors).toEqual(['settings-invalid: ROLLCALL_LICENCE must be one of two']);
  });
  test('says why to whoever asks, and is not built when it is warmed up', async () => {
    const one = handlers();
    await one.warmUp();
    expect(one.refusal()).toBe(refusal);
  });
});
