// What every trigger shares: the object graph, built once per worker at the first invocation, and the invocation's log for events.
import type { InvocationContext } from '@azure/functions';
import type { EmitEvent } from '../shared/core/telemetry';
import type { Pipeline } from '../shared/pipeline/pipeline';

/** A trigger's own part: turns its input into a call of a story. */
export type Story = (pipeline: Pipeline, input: unknown, context: InvocationContext) => Promise<void>;

/** Turns stories into handlers. A failed build is tried again at the next invocation, so a wrong setting is reported every time. */
export function withPipeline(
  build: (emit: EmitEvent) => Promise<Pipeline>,
): (story: Story) => (input: unknown, context: InvocationContext) => Promise<void> {
  let built: Promise<Pipeline> | undefined;
  const get = async (): Promise<Pipeline> => {
    built ??= build(() => undefined);
    try {
      return await built;
    } catch (error) {
      built = undefined;
      throw error;
    }
  };
  return (story) => async (input, context) => {
    const pipeline = await get();
    // One JSON line per event: Application Insights parses it, people can read it.
    const emit: EmitEvent = (name, fields) =>
      context.log(JSON.stringify({ event: name, invocation: context.invocationId, ...fields }));
    await story({ ...pipeline, emit }, input, context);
  };
}
