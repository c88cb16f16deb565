// Reads one queue and runs its messages, with the platform's rules for leases, retries and poison.
//
//   invisible (leased) ──run ok──────────────────────► deleted
//        ▲      └──run failed──► visible again after visibilityTimeout   (dequeueCount < maxDequeueCount)
//     received                └► <queue>-poison, deleted                 (dequeueCount ≥ maxDequeueCount)
//   killed while running: the lease runs out, the message is visible again
//   in a queue without poison queue: failed ► stays invisible until its lease runs out; above maxDequeueCount it is never run again
import type { DequeuedMessageItem, QueueClient } from '@azure/storage-queue';
import type { QueueOptions } from './host-json';
import { describeError, type Tell } from './host-log';
import { leaseMessage } from './message-lease';
import { PollingDelay } from './polling-delay';
import { failedWith } from './storage';
import { sleep } from './waiting';

/** What one listener works on. */
export interface QueueListenerOptions {
  readonly queue: QueueClient;
  /** `null` for a queue that is itself a poison queue: a message that failed too often stays in it until it expires. */
  readonly poisonQueue: QueueClient | null;
  readonly options: QueueOptions;
  /** How long a message is invisible to others unless renewed. The real host: 10 minutes. */
  readonly leaseMs: number;
  /** Runs one message: `done`, `failed` (try again), or `undecodable` (to the poison queue at once). Must not throw. */
  readonly run: (message: DequeuedMessageItem) => Promise<'done' | 'failed' | 'undecodable'>;
  readonly tell: Tell;
}

/** A running reader of one queue. Several, in any number of processes, compete for the messages. */
export class QueueListener {
  readonly #with: QueueListenerOptions;
  readonly #running = new Set<Promise<void>>();
  readonly #stopped = new AbortController();
  #woken = new AbortController();
  #loop: Promise<void> = Promise.resolve();

  constructor(options: QueueListenerOptions) {
    this.#with = options;
  }

  start(): void {
    this.#loop = this.#poll();
  }

  /** Looks now instead of at the end of the pause; called when this process has put a message into the queue. */
  wake(): void {
    this.#woken.abort();
  }

  /** Takes no more messages and resolves when the running ones have ended. */
  async stop(): Promise<void> {
    this.#stopped.abort();
    this.wake();
    await this.#loop;
    await Promise.all(this.#running);
  }

  async #poll(): Promise<void> {
    const { batchSize, newBatchThreshold, maxPollingIntervalMs } = this.#with.options;
    const delay = new PollingDelay(maxPollingIntervalMs, Math.random);
    let foundSinceDelay = false;
    while (!this.#stopped.signal.aborted) {
      this.#woken = new AbortController();
      const messages = await this.#receive(batchSize);
      for (const message of messages) {
        this.#track(this.#process(message));
      }
      if (messages.length > 0) {
        foundSinceDelay = true;
        await this.#untilRunning(newBatchThreshold);
      } else {
        await sleep(delay.next(foundSinceDelay), this.#woken.signal);
        foundSinceDelay = false;
      }
    }
  }

  async #receive(count: number): Promise<readonly DequeuedMessageItem[]> {
    const { queue, leaseMs } = this.#with;
    try {
      const visibilityTimeout = Math.ceil(leaseMs / 1000);
      const response = await queue.receiveMessages({ numberOfMessages: count, visibilityTimeout });
      return response.receivedMessageItems;
    } catch (error) {
      // A queue that does not exist yet counts as empty, as for the real host.
      if (!failedWith(error, 404)) {
        this.#tellStorageError('could not be read', error);
      }
      return [];
    }
  }

  #track(work: Promise<void>): void {
    this.#running.add(work);
    void work.finally(() => this.#running.delete(work));
  }

  async #untilRunning(atMost: number): Promise<void> {
    while (this.#running.size > atMost && !this.#stopped.signal.aborted) {
      await Promise.race(this.#running);
    }
  }

  async #process(message: DequeuedMessageItem): Promise<void> {
    const { queue, poisonQueue, options, leaseMs, run, tell } = this.#with;
    try {
      if (message.dequeueCount > options.maxDequeueCount) {
        await this.#poison(message, message.popReceipt);
        return;
      }
      const lease = leaseMessage(queue, message, leaseMs, tell);
      const outcome = await run(message);
      const popReceipt = await lease.end();
      if (outcome === 'done') {
        await queue.deleteMessage(message.messageId, popReceipt);
      } else if (
        outcome === 'undecodable' ||
        (poisonQueue !== null && message.dequeueCount >= options.maxDequeueCount)
      ) {
        await this.#poison(message, popReceipt);
      } else if (poisonQueue !== null) {
        const seconds = Math.ceil(options.visibilityTimeoutMs / 1000);
        await queue.updateMessage(message.messageId, popReceipt, message.messageText, seconds);
      }
    } catch (error) {
      // 404, 400: the lease ran out and the message now belongs to another reader. Otherwise it becomes visible again by itself.
      if (!failedWith(error, 400, 404)) {
        this.#tellStorageError('could not be updated', error);
      }
    }
  }

  async #poison(message: DequeuedMessageItem, popReceipt: string): Promise<void> {
    const { queue, poisonQueue, options, tell } = this.#with;
    if (poisonQueue === null) {
      tell('error', 'message-stuck', `A message stays in '${queue.name}' until it expires: it failed too often.`);
      return;
    }
    // No time to live: the message expires after the service's default of 7 days, as the real host's does.
    await poisonQueue.createIfNotExists();
    await poisonQueue.sendMessage(message.messageText);
    await queue.deleteMessage(message.messageId, popReceipt);
    const tries = `Message has reached MaxDequeueCount of ${options.maxDequeueCount}.`;
    tell('warning', 'message-poisoned', `${tries} Moving message to queue '${poisonQueue.name}'.`);
  }

  #tellStorageError(what: string, error: unknown): void {
    this.#with.tell('warning', 'storage-error', `Queue '${this.#with.queue.name}' ${what}: ${describeError(error)}`);
  }
}

/** Poison queues have no poison queue of their own (QueueListenerFactory.CreatePoisonQueueReference). */
export function poisonQueueName(queueName: string): string | null {
  return queueName.endsWith('-poison') ? null : `${queueName}-poison`;
}
