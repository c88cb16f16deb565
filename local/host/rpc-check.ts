// What host and worker may say to each other about one invocation: checked in both directions, as the worker checks each message that it sends.
// Source: azure-functions-language-worker-protobuf, FunctionRpc.proto (InvocationRequest, InvocationResponse, TypedData, RpcHttp), and the names of its
// members in azure-functions-nodejs-worker 3.9.1, types-core; read 2026-11. Members are optional there, and null counts as not given.
import { type TSchema, Type } from '@sinclair/typebox';
import Ajv, { type ValidateFunction } from 'ajv';

const ajv = new Ajv({ allErrors: true, strict: false });
ajv.addKeyword({ keyword: 'isBytes', validate: (_schema: true, data: unknown) => data instanceof Uint8Array });
ajv.addKeyword({
  keyword: 'isOneof',
  validate: (_schema: true, data: object | null) =>
    Object.values(data ?? {}).filter((member) => member !== null && member !== undefined).length <= 1,
});

const optional = (schema: TSchema): TSchema => Type.Optional(Type.Union([schema, Type.Null()]));
const message = (members: Readonly<Record<string, TSchema>>, more: object = {}): TSchema =>
  Type.Object(Object.fromEntries(Object.entries(members).map(([name, schema]) => [name, optional(schema)])), {
    additionalProperties: false,
    ...more,
  });

const text = Type.String();
const bytes = Type.Unsafe<Uint8Array>({ isBytes: true });
const texts = Type.Record(text, text);
const wrapped = (schema: TSchema): TSchema => message({ value: schema });
const wrappedTexts = Type.Record(text, wrapped(text));
const binding = message({ version: text, source: text, contentType: text, content: bytes });

const cookie = message({
  name: text,
  value: text,
  domain: wrapped(text),
  path: wrapped(text),
  expires: wrapped(message({ seconds: Type.Number(), nanos: Type.Integer() })),
  secure: wrapped(Type.Boolean()),
  httpOnly: wrapped(Type.Boolean()),
  sameSite: Type.Union(['none', 'lax', 'strict', 'explicitNone'].map((word) => Type.Literal(word))),
  maxAge: wrapped(Type.Number()),
});

/** A value, of which an HTTP message may be one; its body is a value again, but no HTTP message. */
const value = (members: Readonly<Record<string, TSchema>> = {}): TSchema =>
  message(
    {
      string: text,
      json: text,
      bytes,
      stream: bytes,
      int: Type.Integer(),
      double: Type.Number(),
      collectionBytes: message({ bytes: Type.Array(bytes) }),
      collectionString: message({ string: Type.Array(text) }),
      collectionDouble: message({ double: Type.Array(Type.Number()) }),
      collectionSint64: message({ sint64: Type.Array(Type.Integer()) }),
      modelBindingData: binding,
      collectionModelBindingData: message({ modelBindingData: Type.Array(binding) }),
      ...members,
    },
    { isOneof: true },
  );
const http = message({
  method: text,
  url: text,
  headers: texts,
  body: value(),
  params: texts,
  statusCode: text,
  query: texts,
  enableContentNegotiation: Type.Boolean(),
  rawBody: value(),
  cookies: Type.Array(cookie),
  nullableHeaders: wrappedTexts,
  nullableParams: wrappedTexts,
  nullableQuery: wrappedTexts,
});
const typedData = value({ http });
const parameters = Type.Array(message({ name: text, data: typedData }));
const exception = message({ source: text, stackTrace: text, message: text });

const isRequest = ajv.compile(
  message({
    invocationId: text,
    functionId: text,
    inputData: parameters,
    triggerMetadata: Type.Record(text, typedData),
    traceContext: message({ traceParent: text, traceState: text, attributes: texts }),
    retryContext: message({ retryCount: Type.Integer(), maxRetryCount: Type.Integer(), exception }),
  }),
);
const isResponse = ajv.compile(message({ invocationId: text, outputData: parameters, returnValue: typedData }));

/** Throws an Error if the protocol has no such request. */
export const checkRequest = (request: unknown): void => check(isRequest, request, 'request');

/** Throws an Error if the protocol has no such response: then the function fails, as it does there. */
export const checkResponse = (response: unknown): void => check(isResponse, response, 'response');

function check(isValid: ValidateFunction, given: unknown, what: string): void {
  if (isValid(given)) return;
  const mistakes = (isValid.errors ?? [])
    // That each member may also be null says nothing about the mistake.
    .filter(({ keyword, params }) => keyword !== 'anyOf' && params.type !== 'null')
    .map(({ instancePath, message: words }) => `${instancePath || '/'} ${words ?? ''}`);
  throw new Error(`The ${what} of an invocation is not one of the protocol: ${mistakes.join('; ')}`);
}
