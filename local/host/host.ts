// The local Functions host: loads an app and runs its functions from queues, blobs, timers and HTTP until it is stopped.
import { createHash } from 'node:crypto';
import { hostname } from 'node:os';
import { join, resolve } from 'node:path';
import { BlobQueue } from './blob-queue';
import { createBlobTrigger } from './blob-trigger';
import { AppRegistry, installFakeCore } from './fake-core';
import { HostFault } from './fault-codes';
import { readHostJson } from './host-json';
import type { Tell } from './host-log';
import type { HostServices } from './host-services';
import { startServer } from './http-server';
import { createHttpFunction, type HttpFunction } from './http-trigger';
import { Invoker } from './invoker';
import { loadApp } from './load-app';
import { checkOutputs, createOutputs } from './outputs';
import { createQueueTrigger } from './queue-trigger';
import { AppSettings } from './settings';
import { specialise } from './specialise';
import { hostContainer, type StorageAccount, StorageAccounts } from './storage';
import { createTimerTrigger } from './timer-trigger';
import { findTrigger, type Listener } from './trigger';

/** What a host is started with. */
export interface HostOptions {
  /** The folder of package.json and host.json. */
  readonly appDir: string;
  /** App settings, the environment already merged in: all that the app finds in its environment. */
  readonly settings: Readonly<Record<string, string | undefined>>;
  /** Created at start if they are missing. */
  readonly containers: readonly string[];
  /** Created at start if they are missing. */
  readonly queues: readonly string[];
  /** 0 takes any free one. */
  readonly port: number;
  /** The app is loaded, and none of its functions has begun. */
  readonly onLoaded?: () => void;
  readonly tell: Tell;
}

/** A running host. */
export interface RunningHost {
  readonly url: string;
  /** Stops listening, waits for running functions, and tells the app that it is ending. */
  stop(): Promise<void>;
}

/** The real host's lease of a message, in ms (QueueListener.cs: 10 minutes). */
const defaultQueueLeaseMs = 600_000;
/** The shortest time for which the queue service can hide a received message, in ms. */
const minQueueLeaseMs = 1_000;
/** How often containers are scanned, in ms; the real host scans less often, or hears from Event Grid. */
const defaultScanIntervalMs = 500;
/** Functions v4, as the real worker reports it. */
const hostVersion = '4.1000.0';

/**
 * Starts everything; one host per process, since the library never forgets its host.
 * @throws HostFault with the reason; nothing is left running.
 */
export async function startHost(options: HostOptions): Promise<RunningHost> {
  const { tell } = options;
  const appDir = resolve(options.appDir);
  tell('information', 'host-starting', `Starting the local Functions host for ${appDir}.`);
  const settings = new AppSettings(options.settings);
  const hostJson = readHostJson(join(appDir, 'host.json'), settings);
  const accounts = new StorageAccounts();
  const storage = accounts.get(settings.connection(undefined, 'the host'));
  await prepareStorage(storage, options);

  const registry = new AppRegistry();
  installFakeCore(registry, hostVersion, (level, category, message) => tell(level, 'log', message, { category }));
  specialise(appDir, options.settings);
  await loadApp(appDir, registry, settings.find('LOCAL_HOST_ASKS_APP') !== 'off');

  const services: HostServices = {
    hostId: readHostId(settings) ?? toHostId(appDir),
    settings,
    hostJson,
    accounts,
    storage,
    invoker: new Invoker(registry, createOutputs(settings, accounts, hostJson), tell),
    queueLeaseMs: Math.max(minQueueLeaseMs, settings.duration('LOCAL_HOST_QUEUE_LEASE', defaultQueueLeaseMs)),
    tell,
  };
  const blobQueue = new BlobQueue(services.hostId, storage, hostJson, services.queueLeaseMs, tell);
  const { listeners, httpFunctions } = createTriggers(registry, services, blobQueue);
  const server = await startServer(options.port, services, httpFunctions, listeners, blobQueue);
  options.onLoaded?.();
  await blobQueue.start();
  for (const listener of listeners) {
    await listener.start();
  }
  const functions = [...listeners.map((one) => one.functionName), ...httpFunctions.map((one) => one.triggered.name)];
  const ready = { url: server.url, hostId: services.hostId, functions };
  tell('information', 'host-ready', `Host started. ${functions.length} functions, ${server.url}`, ready);

  return {
    url: server.url,
    async stop() {
      tell('information', 'host-stopping', 'Stopping: nothing new is taken, running functions end.');
      await Promise.all([server.stop(), blobQueue.stop(), ...listeners.map((listener) => listener.stop())]);
      await registry.runHooks('appTerminate', { hookData: {}, appHookData: {} });
      tell('information', 'host-stopped', 'Stopped.');
    },
  };
}

async function prepareStorage(storage: StorageAccount, { containers, queues }: HostOptions): Promise<void> {
  try {
    await hostContainer(storage).createIfNotExists();
    await Promise.all([
      ...containers.map((name) => storage.blobs.getContainerClient(name).createIfNotExists()),
      ...queues.map((name) => storage.queues.getQueueClient(name).createIfNotExists()),
    ]);
  } catch (cause) {
    throw new HostFault('storage-unreachable', 'The storage of AzureWebJobsStorage did not answer.', { cause });
  }
}

function createTriggers(
  registry: AppRegistry,
  services: HostServices,
  blobQueue: BlobQueue,
): { listeners: Listener[]; httpFunctions: HttpFunction[] } {
  const { settings, tell } = services;
  const blobOptions = {
    scanIntervalMs: settings.duration('LOCAL_HOST_BLOB_SCAN_INTERVAL', defaultScanIntervalMs),
    scanForEvents: settings.find('LOCAL_HOST_BLOB_EVENTS') !== 'off',
  };
  const listeners: Listener[] = [];
  const httpFunctions: HttpFunction[] = [];
  for (const fn of registry.functions.values()) {
    const triggered = findTrigger(fn);
    const { name, trigger } = triggered;
    checkOutputs(fn);
    if (isDisabled(settings, name)) {
      tell('information', 'function-disabled', `Function '${name}' is disabled.`, { functionName: name });
      continue;
    }
    switch (trigger.type.toLowerCase()) {
      case 'queuetrigger':
        listeners.push(createQueueTrigger(triggered, services));
        break;
      case 'blobtrigger':
        listeners.push(createBlobTrigger(triggered, services, blobOptions, blobQueue));
        break;
      case 'timertrigger':
        listeners.push(createTimerTrigger(triggered, services));
        break;
      case 'httptrigger':
        httpFunctions.push(createHttpFunction(triggered));
        break;
      default:
        throw new HostFault('trigger-unsupported', `${name} is started by '${trigger.type}', which is not known here.`);
    }
    tell('information', 'function-found', `\t${name}: ${trigger.type}`, { functionName: name });
  }
  return { listeners, httpFunctions };
}

/** `AzureWebJobs.<function>.Disabled`, as in Azure. */
function isDisabled(settings: AppSettings, name: string): boolean {
  const value = settings.find(`AzureWebJobs.${name}.Disabled`) ?? settings.find(`AzureWebJobs_${name}_Disabled`);
  return value === '1' || value?.toLowerCase() === 'true';
}

/** The host id from the settings; it becomes part of a queue's name. */
function readHostId(settings: AppSettings): string | null {
  const id = settings.find('AzureFunctionsWebHost:hostid');
  if (id !== null && !/^[a-z0-9](?:[a-z0-9-]{0,30}[a-z0-9])?$/.test(id)) {
    throw new HostFault('settings-unreadable', 'AzureFunctionsWebHost__hostid must be 1 to 32 of a-z, 0-9 and -.');
  }
  return id;
}

/** One id per machine and app, so that hosts side by side share receipts and locks; at most 32 characters, as in Azure. */
function toHostId(appDir: string): string {
  const machine = hostname()
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 15);
  const app = createHash('sha256').update(appDir).digest('hex').slice(0, 16);
  return `${machine}-${app}`.replace(/^-/, 'h');
}
