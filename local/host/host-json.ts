// host.json: the settings of the triggers, with the platform's defaults and limits.
import { type Static, Type } from '@sinclair/typebox';
import Ajv from 'ajv';
import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { HostFault } from './fault-codes';
import type { AppSettings } from './settings';
import { parseTimeSpan } from './time-span';

/** How one queue is read; the members are host.json's, with durations in ms. */
export interface QueueOptions {
  readonly batchSize: number;
  /** A new batch is fetched when no more than this many messages are still being processed. */
  readonly newBatchThreshold: number;
  readonly maxDequeueCount: number;
  /** How long a message whose function failed stays invisible. */
  readonly visibilityTimeoutMs: number;
  readonly maxPollingIntervalMs: number;
  readonly messageEncoding: 'base64' | 'none';
}

/** What the host takes from host.json. */
export interface HostJson {
  readonly queues: QueueOptions;
  /** The internal queue that blob functions run from. */
  readonly blobs: QueueOptions;
  /** Without slashes; `''` for none. */
  readonly routePrefix: string;
}

/** QueuesOptions.cs (azure-sdk-for-net, Microsoft.Azure.WebJobs.Extensions.Storage.Queues), read 2026-11. */
const maxBatchSize = 32;
const defaultBatchSize = 16;
const defaultMaxDequeueCount = 5;
const minPollingIntervalMs = 100;
const defaultMaxPollingIntervalMs = 60_000;
/** BlobsOptions.cs (Microsoft.Azure.WebJobs.Extensions.Storage.Blobs), read 2026-11. */
const blobsPerCore = 8;

const timeSpan = Type.String({ format: 'time-span' });
const schema = Type.Object({
  version: Type.Literal('2.0'),
  extensions: Type.Optional(
    Type.Object({
      queues: Type.Optional(
        Type.Object({
          batchSize: Type.Optional(Type.Integer({ minimum: 1, maximum: maxBatchSize })),
          newBatchThreshold: Type.Optional(Type.Integer({ minimum: 0 })),
          maxDequeueCount: Type.Optional(Type.Integer({ minimum: 1 })),
          visibilityTimeout: Type.Optional(timeSpan),
          maxPollingInterval: Type.Optional(timeSpan),
          messageEncoding: Type.Optional(Type.Union([Type.Literal('base64'), Type.Literal('none')])),
        }),
      ),
      blobs: Type.Optional(
        Type.Object({
          maxDegreeOfParallelism: Type.Optional(Type.Integer({ minimum: 1 })),
          poisonBlobThreshold: Type.Optional(Type.Integer({ minimum: 1 })),
        }),
      ),
      http: Type.Optional(Type.Object({ routePrefix: Type.Optional(Type.String()) })),
    }),
  ),
});

const validate = new Ajv({
  allErrors: true,
  // Values from app settings are strings.
  coerceTypes: true,
  formats: { 'time-span': (text: string) => parseTimeSpan(text) !== null },
}).compile<Static<typeof schema>>(schema);

/** The section of app settings that overrides host.json: `AzureFunctionsJobHost__extensions__queues__batchSize`. */
const overridingSection = 'AzureFunctionsJobHost';

/**
 * Reads host.json, applies the app settings that override it, and checks the result; unused members are ignored, as in the real host.
 * @throws HostFault `host-json-invalid` with all mistakes at once.
 */
export function readHostJson(path: string, settings: AppSettings): HostJson {
  let content: unknown;
  try {
    content = JSON.parse(readFileSync(path, 'utf8'));
  } catch (cause) {
    throw new HostFault('host-json-invalid', `${path} cannot be read as JSON.`, { cause });
  }
  for (const override of settings.below(overridingSection)) {
    setMember(content, override.path, override.value);
  }
  return toHostJson(content, availableParallelism());
}

/** Member names are compared without case, as the configuration of the real host does. */
function setMember(target: unknown, [name, ...rest]: readonly string[], value: string): void {
  if (name === undefined || typeof target !== 'object' || target === null) {
    return;
  }
  const known = Object.keys(target).find((key) => key.toLowerCase() === name.toLowerCase()) ?? name;
  const members = target as Record<string, unknown>;
  if (rest.length === 0) {
    members[known] = value;
    return;
  }
  if (!Object.hasOwn(members, known)) {
    members[known] = {};
  }
  setMember(members[known], rest, value);
}

/**
 * The options of a parsed host.json on a machine with this many cores.
 * @throws HostFault `host-json-invalid` with all mistakes at once.
 */
export function toHostJson(content: unknown, cores: number): HostJson {
  if (!validate(content)) {
    const mistakes = (validate.errors ?? []).map((one) => `${one.instancePath || '/'} ${one.message ?? ''}`);
    throw new HostFault('host-json-invalid', `host.json: ${mistakes.join('; ')}.`);
  }
  const { queues = {}, blobs = {}, http = {} } = content.extensions ?? {};
  const batchSize = queues.batchSize ?? defaultBatchSize;
  const maxPollingIntervalMs =
    queues.maxPollingInterval === undefined ? defaultMaxPollingIntervalMs : milliseconds(queues.maxPollingInterval);
  if (maxPollingIntervalMs < minPollingIntervalMs) {
    throw new HostFault('host-json-invalid', 'host.json: maxPollingInterval must not be below 100 ms.');
  }
  return {
    queues: {
      batchSize,
      newBatchThreshold: queues.newBatchThreshold ?? Math.floor(batchSize / 2) * cores,
      maxDequeueCount: queues.maxDequeueCount ?? defaultMaxDequeueCount,
      visibilityTimeoutMs: milliseconds(queues.visibilityTimeout ?? '00:00:00'),
      maxPollingIntervalMs,
      messageEncoding: queues.messageEncoding ?? 'base64',
    },
    blobs: {
      ...toBlobBatches(blobs.maxDegreeOfParallelism ?? blobsPerCore * cores),
      maxDequeueCount: blobs.poisonBlobThreshold ?? defaultMaxDequeueCount,
      visibilityTimeoutMs: 0,
      maxPollingIntervalMs,
      messageEncoding: 'base64',
    },
    routePrefix: (http.routePrefix ?? 'api').replace(/^\/+|\/+$/g, ''),
  };
}

/** SharedBlobQueueListenerFactory.BlobsOptionsToQueuesOptions; its test's table: 100 → 32+68, 16 → 9+7, 2 → 2+0, 1 → 1+0. */
function toBlobBatches(parallelism: number): { batchSize: number; newBatchThreshold: number } {
  const batchSize = Math.min(maxBatchSize, Math.floor(parallelism / 2) + 1);
  return { batchSize, newBatchThreshold: parallelism - batchSize };
}

function milliseconds(checkedTimeSpan: string): number {
  return parseTimeSpan(checkedTimeSpan) ?? 0;
}
