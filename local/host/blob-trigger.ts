// `app.storageBlob`: a scan hands new versions to an internal queue, and the functions run from there.
import type { BlobClient, BlobGetPropertiesResponse } from '@azure/storage-blob';
import { downloadContent, toBlobMetadata, toReference } from './blob-content';
import { type BlobPattern, parseBlobPattern } from './blob-pattern';
import type { BlobQueue } from './blob-queue';
import { BlobReceipts } from './blob-receipts';
import { BlobScan } from './blob-scan';
import type { HostServices } from './host-services';
import { failedWith, hostContainer } from './storage';
import { type Listener, optionalTextOf, textOf, type TriggeredFunction } from './trigger';

/** How the local host replaces the platform's blob events. */
export interface BlobOptions {
  readonly scanIntervalMs: number;
  /** Whether a trigger with `source: 'EventGrid'` is started by the scan; otherwise only by POST /admin/functions/{name}. */
  readonly scanForEvents: boolean;
}

/** The listener of a blob-triggered function; all of one host share `queue`. */
export function createBlobTrigger(
  triggered: TriggeredFunction,
  services: HostServices,
  options: BlobOptions,
  queue: BlobQueue,
): Listener {
  const { name, trigger } = triggered;
  const { settings, accounts, tell } = services;
  const { blobs } = accounts.get(settings.connection(optionalTextOf(trigger, 'connection'), name));
  const pattern = parseBlobPattern(settings.resolve(textOf(trigger, 'path', name), name));
  const container = blobs.getContainerClient(pattern.container);
  const receipts = new BlobReceipts(hostContainer(services.storage), services.hostId);
  const fromEvents = trigger.source === 'EventGrid';
  const functionId = `Host.Functions.${name}`;

  const scan = new BlobScan({
    container,
    pattern,
    intervalMs: options.scanIntervalMs,
    tell,
    found: (blob, etag) =>
      receipts.once({ functionId, container: pattern.container, blob, etag }, () =>
        queue.add({
          Type: 'BlobTrigger',
          FunctionId: functionId,
          BlobType: 'BlockBlob',
          ContainerName: pattern.container,
          BlobName: blob,
          ETag: etag,
        }),
      ),
  });

  queue.register(functionId, async (message) => {
    const blob = blobs.getContainerClient(message.ContainerName).getBlobClient(message.BlobName);
    // Event Grid's path does not look at the version again (BlobQueueTriggerExecutor.cs).
    return (await runBlob(triggered, services, pattern, blob, fromEvents ? null : message.ETag)) !== 'failed';
  });

  const scans = !fromEvents || options.scanForEvents;
  return {
    functionName: name,
    start: () => {
      if (scans) {
        scan.start();
      }
    },
    stop: () => scan.stop(),
    async fire(input) {
      if (!input.startsWith(`${pattern.container}/`)) {
        throw new Error(`the input must be a path in the container '${pattern.container}'`);
      }
      const blob = container.getBlobClient(input.slice(pattern.container.length + 1));
      if ((await runBlob(triggered, services, pattern, blob, null)) === 'nothing to do') {
        throw new Error(`no such blob, or none that matches the function's path`);
      }
      return 'fired';
    },
  };
}

/** Runs the function for one blob; a blob that is gone or has changed since (`etag`) is dropped. */
async function runBlob(
  { fn, bindingName, trigger }: TriggeredFunction,
  { invoker }: HostServices,
  pattern: BlobPattern,
  blob: BlobClient,
  etag: string | null,
): Promise<'done' | 'failed' | 'nothing to do'> {
  const parameters = pattern.match(blob.name);
  const properties = await propertiesOf(blob);
  if (parameters === null || properties === null || (etag !== null && properties.etag !== etag)) {
    return 'nothing to do';
  }
  const deferred = trigger.properties?.supportsDeferredBinding === 'true';
  const data = deferred
    ? toReference(optionalTextOf(trigger, 'connection'), blob)
    : await downloadContent(blob, optionalTextOf(trigger, 'dataType') === 'string');
  const metadata = toBlobMetadata(blob, properties, parameters);
  const reason = `New blob detected in '${blob.containerName}'.`;
  const result = await invoker.invoke(fn, { bindingName, data, metadata, reason });
  return result.succeeded ? 'done' : 'failed';
}

async function propertiesOf(blob: BlobClient): Promise<BlobGetPropertiesResponse | null> {
  try {
    return await blob.getProperties();
  } catch (error) {
    if (failedWith(error, 404)) {
      return null;
    }
    throw error;
  }
}
