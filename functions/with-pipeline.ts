// What all triggers share: the settings are judged and the object graph is built once per worker, at the first invocation; events go to
// telemetry, and to the invocation's log for whoever watches it. An app that may not work does nothing but say so, at each invocation, and keep what the invocation was given.
import type { InvocationContext } from '@azure/functions';
import type { EmitEvent } from '../shared/core/telemetry';
import type { Pipeline } from '../shared/pipeline/pipeline';
import type { Judgement, ReadyApp } from './ready-app';
import type { Invocation, Telemetry } from './telemetry/telemetry';

/** A trigger's own part: turns its input into a call of a story. */
export type Story = (pipeline: Pipeline, input: unknown, context: InvocationContext) => Promise<void>;

/**
 * Sees to it that a refused invocation comes again once the settings are right. Resolves to whether the invocation may fail: false if
 * the platform would try the same input again as well, and in the end give it up.
 */
export type Keep = (input: unknown, context: InvocationContext) => Promise<boolean>;

/** A timer has no input that could be lost. */
export const keepNothing: Keep = () => Promise.resolve(true);

/** Makes the handlers of one app. */
export interface Handlers {
  /** The handler of a trigger. `keep` is called if the app may not work. */
  readonly of: (story: Story, keep: Keep) => (input: unknown, context: InvocationContext) => Promise<void>;
  /** Builds the pipeline before the first invocation. What fails now fails again, and is told, at each invocation. */
  readonly warmUp: () => Promise<void>;
  /** Why no function may do anything; null if they may. */
  readonly refusal: () => Error | null;
}

/** `judge` never throws and is called once. If building fails, the next invocation tries again. */
export function withPipeline(
  judge: () => Judgement,
  build: (app: ReadyApp) => Promise<Pipeline>,
  telemetry: Telemetry,
): Handlers {
  let judged: Judgement | undefined;
  const judgement = (): Judgement => (judged ??= judge());
  let built: Promise<Pipeline> | undefined;
  const get = async (app: ReadyApp): Promise<Pipeline> => {
    built ??= build(app);
    try {
      return await built;
    } catch (error) {
      built = undefined;
      throw error;
    }
  };
  return {
    of: (story, keep) => (input, context) =>
      telemetry.invocation(aboutOf(context, input), async () => {
        // One JSON line per event: people can read it.
        const emit: EmitEvent = (name, fields) => {
          context.log(JSON.stringify({ event: name, invocation: context.invocationId, ...fields }));
          telemetry.emit(name, fields);
        };
        const found = judgement();
        if (found.ok) return story({ ...(await get(found.app)), emit, trace: telemetry }, input, context);
        const { refusal } = found;
        emit('rollcall.app.refused', { function: context.functionName, code: refusal.code });
        const say = (): void => context.error(`${refusal.code}: ${refusal.message}`);
        const mayFail = await keep(input, context).catch((error: unknown) => {
          // What keeps the input may be what is wrong with the settings.
          say();
          throw error;
        });
        if (mayFail) throw refusal;
        say();
      }),
    async warmUp() {
      const found = judgement();
      if (found.ok) await get(found.app).catch(() => undefined);
    },
    refusal: () => {
      const found = judgement();
      return found.ok ? null : found.refusal;
    },
  };
}

const aboutOf = (context: InvocationContext, input: unknown): Invocation => ({
  functionName: context.functionName,
  invocationId: context.invocationId,
  hostPlace: context.traceContext?.traceParent,
  input,
});
