// What becomes of a message or an export while the app may not work. A message whose invocation fails is tried maxDequeueCount times and then
// lands in a poison queue; one of a poison queue is never run again and expires (docs/reference/azure-functions.md §A.3). So the same
// pointer goes onto the queue as a new message, which counts from one again, and the old one is deleted: the invocation may fail visibly.
import type { InvocationContext } from '@azure/functions';
import type { QueueClient } from '@azure/storage-queue';
import { QueueServiceClient } from '@azure/storage-queue';
import type { Arrival } from '../shared/delivery/queues';
import { azureWorkQueue } from '../shared/delivery/azure-work-queue';
import { isAnnounced } from '../shared/pipeline/intake/announce-export';
import type { ExportReference } from './azure-blob-reference';
import { identityOf } from './azure-credential';
import type { Environment } from './settings';
import type { Keep } from './with-pipeline';

/** Nothing comes again sooner, ms: however short the pause in the settings, an app that may not work does not spin. */
const LEAST_DELAY_MS = 1_000;

/** How each kind of trigger keeps its input. */
export interface PutBack {
  /** Puts a message back into its queue, whatever its form; it comes again after the delay. */
  readonly message: (queue: string) => Keep;
  /** Puts a pointer to the export on `arrivals`: the host tries a blob five times at once and counts on. */
  readonly export: Keep;
}

/**
 * Works through the connection by which the host reads its queues, so it works as long as anything arrives, whatever else is wrong with the
 * settings. `pauseMs`: how long until the pointer comes again.
 */
export function putBack(environment: Environment, pauseMs: number): PutBack {
  const delayMs = Math.max(pauseMs, LEAST_DELAY_MS);
  let queues: QueueServiceClient | undefined;
  const queueOf = (name: string): QueueClient => (queues ??= hostQueues(environment)).getQueueClient(name);
  return {
    message: (name) => async (input, context) => {
      await azureWorkQueue<unknown>(queueOf(name)).put(input, delayMs);
      return deleteMessage(queueOf(name), context);
    },
    async export(input) {
      const { name } = input as ExportReference;
      // Of any other the sweep takes care.
      if (isAnnounced(name))
        await azureWorkQueue<Arrival>(queueOf('arrivals')).put({ version: 1, blob: name }, delayMs);
      return false;
    },
  };
}

/** The queues behind `AzureWebJobsStorage`, with the identity of that connection: a string, or addresses as the host reads them. */
export function hostQueues(environment: Environment): QueueServiceClient {
  const {
    AzureWebJobsStorage: connectionString,
    AzureWebJobsStorage__accountName: account,
    AzureWebJobsStorage__queueServiceUri: uri,
    AzureWebJobsStorage__clientId: clientId,
  } = environment;
  if (connectionString) return QueueServiceClient.fromConnectionString(connectionString);
  return new QueueServiceClient(uri || `https://${account}.queue.core.windows.net`, identityOf(clientId));
}

/**
 * Deletes the message of this invocation. False if that cannot be done: then the invocation must succeed, and the host deletes it. So it is with
 * plain JSON that has an `id` of its own, which hides that of the message (docs/reference/azure-functions.md §A.3).
 */
async function deleteMessage(queue: QueueClient, { triggerMetadata }: InvocationContext): Promise<boolean> {
  const { id, popReceipt } = triggerMetadata ?? {};
  if (typeof id !== 'string' || typeof popReceipt !== 'string') return false;
  try {
    await queue.deleteMessage(id, popReceipt);
    return true;
  } catch {
    return false;
  }
}
