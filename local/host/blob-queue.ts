// The internal queue between scans and blob functions: it gives blobs the retries and the poison rule of messages.
import { type Static, Type } from '@sinclair/typebox';
import Ajv from 'ajv';
import type { QueueClient } from '@azure/storage-queue';
import type { HostJson } from './host-json';
import { describeError, type Tell } from './host-log';
import { QueueListener } from './queue-listener';
import { decodeBody } from './queue-message';
import type { StorageAccount } from './storage';

const schema = Type.Object({
  Type: Type.Literal('BlobTrigger'),
  FunctionId: Type.String(),
  BlobType: Type.String(),
  ContainerName: Type.String(),
  BlobName: Type.String(),
  ETag: Type.String(),
});

/** One blob for one function; the poison queue has the same shape. BlobTriggerMessage.cs. */
export type BlobMessage = Static<typeof schema>;
const isBlobMessage = new Ajv().compile<BlobMessage>(schema);

/** HostQueueNames.cs (azure-sdk-for-net, Microsoft.Azure.WebJobs.Extensions.Storage.Blobs), read 2026-11. */
const poisonQueue = 'webjobs-blobtrigger-poison';
const queuePrefix = 'azure-webjobs-blobtrigger-';

/** The queue of one host id, shared by all of its hosts and blob functions. */
export class BlobQueue {
  readonly #queue: QueueClient;
  readonly #listener: QueueListener;
  readonly #functions = new Map<string, (message: BlobMessage) => Promise<boolean>>();
  readonly #tell: Tell;

  constructor(hostId: string, { queues }: StorageAccount, hostJson: HostJson, queueLeaseMs: number, tell: Tell) {
    this.#tell = tell;
    this.#queue = queues.getQueueClient(queuePrefix + hostId);
    this.#listener = new QueueListener({
      queue: this.#queue,
      poisonQueue: queues.getQueueClient(poisonQueue),
      options: hostJson.blobs,
      leaseMs: queueLeaseMs,
      tell,
      run: (item) => this.#run(item.messageText),
    });
  }

  /** `run` returns whether the work is done; if not, or if it throws, it is tried again. */
  register(functionId: string, run: (message: BlobMessage) => Promise<boolean>): void {
    this.#functions.set(functionId, run);
  }

  async add(message: BlobMessage): Promise<void> {
    await this.#queue.sendMessage(Buffer.from(JSON.stringify(message)).toString('base64'));
    this.#listener.wake();
  }

  async start(): Promise<void> {
    if (this.#functions.size > 0) {
      await this.#queue.createIfNotExists();
      this.#listener.start();
    }
  }

  stop(): Promise<void> {
    return this.#listener.stop();
  }

  async #run(text: string): Promise<'done' | 'failed' | 'undecodable'> {
    const body = decodeBody(text, 'base64');
    const message: unknown = body?.string === undefined ? null : JSON.parse(body.string);
    if (!isBlobMessage(message)) {
      return 'undecodable';
    }
    const run = this.#functions.get(message.FunctionId);
    if (run === undefined) {
      // A function of an older build: the real host drops such a message too.
      return 'done';
    }
    try {
      return (await run(message)) ? 'done' : 'failed';
    } catch (error) {
      this.#tell('error', 'storage-error', `A blob could not be handed over: ${describeError(error)}`);
      return 'failed';
    }
  }
}
