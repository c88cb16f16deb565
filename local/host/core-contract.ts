// The contract between a Functions host and `@azure/functions`, as far as the library uses it. Its own types
// (`@azure/functions-core`) are not on npm; these are written from the library's source (4.16.5, ProgrammingModel.ts, InvocationModel.ts).

/** A value on its way between host and library, as in the language worker protocol (`TypedData`). */
export interface RpcData {
  readonly string?: string;
  readonly json?: string;
  readonly bytes?: Uint8Array;
  readonly int?: number;
  readonly double?: number;
  readonly http?: RpcHttpRequest | RpcHttpResponse;
  readonly modelBindingData?: ModelBindingData;
}

/** A reference to a thing that the app resolves itself (deferred binding). */
export interface ModelBindingData {
  readonly version: string;
  readonly source: string;
  readonly contentType: string;
  readonly content: Buffer;
}

/** A request as it is given to the library. */
export interface RpcHttpRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string>>;
  readonly params: Readonly<Record<string, string>>;
  readonly body: RpcData;
}

/** A response as the library gives it back. */
export interface RpcHttpResponse {
  readonly statusCode?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly cookies?: readonly RpcCookie[];
  readonly body?: RpcData | null;
}

/** One cookie of a response; nullable members are wrapped as in the protocol. */
export interface RpcCookie {
  readonly name: string;
  readonly value: string;
  readonly path?: { readonly value: string };
  readonly domain?: { readonly value: string };
  readonly httpOnly?: { readonly value: boolean };
  readonly secure?: { readonly value: boolean };
  readonly maxAge?: { readonly value: number };
  readonly expires?: { readonly value: { readonly seconds: number } };
  readonly sameSite?: 'none' | 'lax' | 'strict' | 'explicitNone';
}

/** One binding of a function; the members beyond these depend on its type. */
export interface Binding {
  readonly type: string;
  readonly direction: 'in' | 'out';
  readonly properties?: Readonly<Record<string, string>>;
  readonly [member: string]: unknown;
}

/** What `app.storageQueue(…)` and the other methods of `app` register. */
export interface FunctionMetadata {
  readonly name: string;
  readonly bindings: Readonly<Record<string, Binding>>;
  readonly retryOptions?: unknown;
}

/** The app's handler. */
export type FunctionCallback = (...args: unknown[]) => unknown;
/** A hook's handler; it may change the members of its context. */
export type HookCallback = (context: Record<string, unknown>) => unknown;

/** Where a function's log line comes from: the app, or the library itself. */
export type LogCategory = 'user' | 'system' | 'customMetric';
/** The library's names of log levels. */
export type LogLevel = 'trace' | 'debug' | 'information' | 'warning' | 'error' | 'critical' | 'none';

/** What the library is told about one invocation. */
export interface CoreInvocationContext {
  readonly invocationId: string;
  readonly metadata: FunctionMetadata;
  readonly request: {
    readonly invocationId: string;
    readonly inputData: readonly { readonly name: string; readonly data: RpcData }[];
    readonly triggerMetadata: Readonly<Record<string, RpcData>>;
    readonly traceContext: { readonly traceParent: string; readonly traceState: string };
  };
  state?: 'preInvocationHooks' | 'invocation' | 'postInvocationHooks';
  log(level: LogLevel, category: LogCategory, message: string): void;
}

/** The library's side of one invocation. */
export interface InvocationModel {
  getArguments(): Promise<{ context: unknown; inputs: unknown[] }>;
  invokeFunction(context: unknown, inputs: unknown[], callback: FunctionCallback): Promise<unknown>;
  getResponse(
    context: unknown,
    result: unknown,
  ): Promise<{
    outputData?: readonly { readonly name: string; readonly data: RpcData }[];
    returnValue?: RpcData | null;
  }>;
}

/** The library's side of the app. */
export interface ProgrammingModel {
  readonly name: string;
  readonly version: string;
  getInvocationModel(context: CoreInvocationContext): InvocationModel;
  getCapabilities(capabilities: Record<string, string>): Promise<Record<string, string>>;
}
