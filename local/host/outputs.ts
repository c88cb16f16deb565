// Output bindings: what a function leaves in its context goes to queues and blobs.
import type { Binding, RpcData } from './core-contract';
import type { RegisteredFunction } from './fake-core';
import { HostFault } from './fault-codes';
import type { DeliverOutputs } from './invoker';
import type { HostJson } from './host-json';
import type { AppSettings } from './settings';
import type { StorageAccounts } from './storage';
import { optionalTextOf, textOf } from './trigger';

/** The key of a function's return value among its bindings (constants.ts of the library). */
const returnKey = '$return';
const knownTypes = new Set(['http', 'queue', 'blob']);

/**
 * Refuses output bindings that this host cannot serve.
 * @throws HostFault `trigger-unsupported`.
 */
export function checkOutputs(fn: RegisteredFunction): void {
  for (const binding of Object.values(fn.metadata.bindings)) {
    if (binding.direction === 'out' && !knownTypes.has(binding.type.toLowerCase())) {
      throw new HostFault('trigger-unsupported', `${fn.metadata.name} uses an output binding '${binding.type}'.`);
    }
  }
}

/** Delivers queue and blob outputs after the function succeeded; HTTP answers are the server's. */
export function createOutputs(settings: AppSettings, accounts: StorageAccounts, hostJson: HostJson): DeliverOutputs {
  async function sendMessages(binding: Binding, data: RpcData, usedBy: string): Promise<void> {
    const { queues } = accounts.get(settings.connection(optionalTextOf(binding, 'connection'), usedBy));
    const queue = queues.getQueueClient(settings.resolve(textOf(binding, 'queueName', usedBy), usedBy).toLowerCase());
    await queue.createIfNotExists();
    for (const text of toMessages(data)) {
      await queue.sendMessage(hostJson.queues.messageEncoding === 'base64' ? toBase64(text) : text.toString());
    }
  }

  async function writeBlob(
    binding: Binding,
    data: RpcData,
    usedBy: string,
    bindingData: Readonly<Record<string, RpcData>>,
  ): Promise<void> {
    const { blobs } = accounts.get(settings.connection(optionalTextOf(binding, 'connection'), usedBy));
    const path = settings
      .resolve(textOf(binding, 'path', usedBy), usedBy)
      .replace(/\{([\w-]+)\}/g, (all, name: string) => bindingData[name]?.string ?? all);
    const slash = path.indexOf('/');
    const container = blobs.getContainerClient(path.slice(0, slash));
    await container.createIfNotExists();
    await container.getBlockBlobClient(path.slice(slash + 1)).uploadData(toBytes(data));
  }

  return async (fn, outputs, returnValue, bindingData) => {
    const all = returnValue === null ? outputs : [...outputs, { name: returnKey, data: returnValue }];
    for (const { name, data } of all) {
      const binding = fn.metadata.bindings[name];
      const type = binding?.type.toLowerCase();
      if (binding !== undefined && type === 'queue') {
        await sendMessages(binding, data, fn.metadata.name);
      } else if (binding !== undefined && type === 'blob') {
        await writeBlob(binding, data, fn.metadata.name, bindingData);
      }
    }
  };
}

/** A JSON array is one message for each element. */
function toMessages(data: RpcData): readonly (string | Buffer)[] {
  if (data.json === undefined) {
    return [toBytes(data)];
  }
  const value: unknown = JSON.parse(data.json);
  return Array.isArray(value) ? value.map((one) => (typeof one === 'string' ? one : JSON.stringify(one))) : [data.json];
}

function toBytes(data: RpcData): Buffer {
  return data.bytes === undefined
    ? Buffer.from(data.string ?? data.json ?? String(data.int ?? data.double ?? ''))
    : Buffer.from(data.bytes);
}

function toBase64(text: string | Buffer): string {
  return Buffer.from(text as string).toString('base64');
}
