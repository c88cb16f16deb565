// What all triggers share: the object graph, built once per worker at the first invocation, and events written to the invocation's log.
import type { InvocationContext } from '@azure/functions';
import type { EmitEvent } from '../shared/core/telemetry';
import type { Pipeline } from '../shared/pipeline/pipeline';

/** A trigger's own part: turns its input into a call of a story. */
export type Story = (pipeline: Pipeline, input: unknown, context: InvocationContext) => Promise<void>;

/** Makes handlers from stories. If building fails, the next invocation tries again, so a wrong setting shows in each, not just once. */
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
    // One JSON line per event: Application Insights parses it, and people can read it.
    const emit: EmitEvent = (name, fields) =>
      context.log(JSON.stringify({ event: name, invocation: context.invocationId, ...fields }));
    await story({ ...pipeline, emit }, input, context);
  };
}
