// Runs one function once, through the real library: its context, its hooks, its outputs.
import { randomBytes, randomUUID } from 'node:crypto';
import type { CoreInvocationContext, LogCategory, LogLevel, RpcData } from './core-contract';
import type { AppRegistry, RegisteredFunction } from './fake-core';
import { describeError, type Tell } from './host-log';
import { checkRequest, checkResponse } from './rpc-check';

/** What started the function. */
export interface TriggerInput {
  /** The trigger binding's name. */
  readonly bindingName: string;
  readonly data: RpcData;
  /** PascalCase names, as the real host sends them; the library camel-cases. */
  readonly metadata: Readonly<Record<string, RpcData>>;
  /** As `func start` prints it after "Reason=". */
  readonly reason: string;
}

/** What became of an invocation. Failures are values: the listener decides about retries. */
export type InvocationResult =
  { readonly succeeded: true; readonly returnValue: RpcData | null } | { readonly succeeded: false };

/** Delivers what the function put into its output bindings; a failure fails the invocation. */
export type DeliverOutputs = (
  fn: RegisteredFunction,
  outputs: readonly { readonly name: string; readonly data: RpcData }[],
  returnValue: RpcData | null,
  bindingData: Readonly<Record<string, RpcData>>,
) => Promise<void>;

/** Runs functions and logs what happened. */
export class Invoker {
  readonly #registry: AppRegistry;
  readonly #deliver: DeliverOutputs;
  readonly #tell: Tell;
  readonly #appHookData: Record<string, unknown> = {};

  constructor(registry: AppRegistry, deliver: DeliverOutputs, tell: Tell) {
    this.#registry = registry;
    this.#deliver = deliver;
    this.#tell = tell;
  }

  async invoke(fn: RegisteredFunction, input: TriggerInput): Promise<InvocationResult> {
    const functionName = fn.metadata.name;
    const invocationId = randomUUID();
    const startedAt = performance.now();
    const about = { functionName, invocationId };
    const shownName = `'Functions.${functionName}'`;
    const reason = `Reason='${input.reason}', Id=${invocationId}`;
    this.#tell('information', 'invocation-started', `Executing ${shownName} (${reason})`, about);
    try {
      const returnValue = await this.#run(fn, input, invocationId);
      const durationMs = Math.round(performance.now() - startedAt);
      const ending = `(Succeeded, Id=${invocationId}, Duration=${durationMs}ms)`;
      this.#tell('information', 'invocation-succeeded', `Executed ${shownName} ${ending}`, { ...about, durationMs });
      return { succeeded: true, returnValue };
    } catch (error) {
      const durationMs = Math.round(performance.now() - startedAt);
      const ending = `(Failed, Id=${invocationId}, Duration=${durationMs}ms) ${describeError(error)}`;
      const stack = error instanceof Error && error.stack !== undefined ? { stack: error.stack } : {};
      this.#tell('error', 'invocation-failed', `Executed ${shownName} ${ending}`, { ...about, durationMs, ...stack });
      return { succeeded: false };
    }
  }

  async #run(fn: RegisteredFunction, input: TriggerInput, invocationId: string): Promise<RpcData | null> {
    const model = this.#registry.model;
    if (model === null) {
      throw new Error('the app set no programming model');
    }
    const hookData = {};
    const known: { invocationContext?: unknown } = {};
    const coreContext: CoreInvocationContext = {
      invocationId,
      metadata: fn.metadata,
      request: {
        invocationId,
        inputData: [{ name: input.bindingName, data: input.data }],
        triggerMetadata: input.metadata,
        traceContext: newTraceContext(),
      },
      log: (level: LogLevel, category: LogCategory, message: string): void =>
        this.#log(level, category, message, fn.metadata.name, invocationId, { hookData, ...known }),
    };
    checkRequest(coreContext.request);
    const invocation = model.getInvocationModel(coreContext);
    const { context, inputs } = await invocation.getArguments();
    known.invocationContext = context;
    const shared = { hookData, appHookData: this.#appHookData, invocationContext: context };

    coreContext.state = 'preInvocationHooks';
    const before = { ...shared, inputs, functionCallback: fn.callback };
    await this.#registry.runHooks('preInvocation', before);

    coreContext.state = 'invocation';
    const after: typeof shared & { inputs: unknown[]; result: unknown; error: unknown } = {
      ...shared,
      inputs: before.inputs,
      result: null,
      error: null,
    };
    try {
      after.result = await invocation.invokeFunction(context, before.inputs, before.functionCallback);
    } catch (error) {
      after.error = error;
    }
    coreContext.state = 'postInvocationHooks';
    await this.#registry.runHooks('postInvocation', after);
    if (after.error !== null && after.error !== undefined) {
      throw after.error instanceof Error
        ? after.error
        : new Error('the function threw no Error', { cause: after.error });
    }
    const response = await invocation.getResponse(context, after.result);
    checkResponse(response);
    const returnValue = response.returnValue ?? null;
    await this.#deliver(fn, response.outputData ?? [], returnValue, input.metadata);
    return returnValue;
  }

  #log(
    level: LogLevel,
    category: LogCategory,
    message: string,
    functionName: string,
    invocationId: string,
    hookContext: Record<string, unknown>,
  ): void {
    // A log hook may change level and message, not the category (LogHookContext.ts).
    const line = { ...hookContext, level, category, message };
    this.#registry.runLogHooks(line);
    this.#tell(line.level, 'log', line.message, { functionName, invocationId, category });
  }
}

/** A W3C trace context; unsampled, since nothing collects traces here. */
function newTraceContext(): { traceParent: string; traceState: string } {
  return { traceParent: `00-${randomBytes(16).toString('hex')}-${randomBytes(8).toString('hex')}-00`, traceState: '' };
}
