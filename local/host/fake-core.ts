// The `@azure/functions-core` module of this process: where the app's functions and hooks are registered.
import Module from 'node:module';
import type {
  FunctionCallback,
  FunctionMetadata,
  HookCallback,
  LogCategory,
  LogLevel,
  ProgrammingModel,
} from './core-contract';

/** A function as the app registered it. */
export interface RegisteredFunction {
  readonly metadata: FunctionMetadata;
  readonly callback: FunctionCallback;
}

/** The names of the hooks that the library can register. */
export type HookName = 'appStart' | 'appTerminate' | 'preInvocation' | 'postInvocation' | 'log';

/** What the app registered, filled while it loads. */
export class AppRegistry {
  readonly functions = new Map<string, RegisteredFunction>();
  model: ProgrammingModel | null = null;
  readonly #hooks = new Map<string, Set<HookCallback>>();

  addHook(name: string, callback: HookCallback): () => void {
    const hooks = this.#hooks.get(name) ?? new Set();
    this.#hooks.set(name, hooks.add(callback));
    return () => hooks.delete(callback);
  }

  /** Runs the hooks of a name one after the other, in the order of registration, as the language worker does. */
  async runHooks(name: HookName, context: Record<string, unknown>): Promise<void> {
    for (const hook of this.#hooks.get(name) ?? []) {
      await hook(context);
    }
  }

  /** Log hooks are synchronous. */
  runLogHooks(context: Record<string, unknown>): void {
    for (const hook of this.#hooks.get('log') ?? []) {
      hook(context);
    }
  }
}

/**
 * Makes `require('@azure/functions-core')` work in this process, as the real worker does: no package of that name is on npm.
 * Must run before the app loads: `@azure/functions` asks once and remembers a failure (tryGetCoreApiLazy.ts).
 */
export function installFakeCore(
  registry: AppRegistry,
  hostVersion: string,
  log: (level: LogLevel, category: LogCategory, message: string) => void,
): void {
  const core = {
    version: hostVersion,
    hostVersion,
    Disposable,
    log,
    registerFunction(metadata: FunctionMetadata, callback: FunctionCallback): Disposable {
      registry.functions.set(metadata.name, { metadata, callback });
      return new Disposable(() => registry.functions.delete(metadata.name));
    },
    registerHook: (name: string, callback: HookCallback): Disposable =>
      new Disposable(registry.addHook(name, callback)),
    setProgrammingModel(model: ProgrammingModel): void {
      registry.model = model;
    },
    getProgrammingModel: (): ProgrammingModel | null => registry.model,
  };
  const prototype = Module.prototype as unknown as { require: (this: unknown, id: string) => unknown };
  const originalRequire = prototype.require;
  prototype.require = function require(this: unknown, id: string): unknown {
    return id === '@azure/functions-core' ? core : originalRequire.call(this, id);
  };
}

class Disposable {
  readonly #onDispose: () => void;

  constructor(onDispose: () => void) {
    this.#onDispose = onDispose;
  }

  dispose(): void {
    this.#onDispose();
  }
}
