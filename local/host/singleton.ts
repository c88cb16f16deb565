// A lock among hosts: the host that holds the lease of a blob may go on.
//
//   waiting ──acquired──► held ──renewed every third of the lease──► held
//      ▲                   └──not renewed in time, or taken──► lost ──┘
import { randomUUID } from 'node:crypto';
import type { BlobLeaseClient, BlockBlobClient, ContainerClient } from '@azure/storage-blob';
import { describeError, type Tell } from './host-log';
import { failedWith } from './storage';
import { sleep } from './waiting';

/** The shortest lease that storage grants, in s; also the real host's LockPeriod (SingletonOptions.cs, read 2026-11). */
const leaseSeconds = 15;
/** How often a waiting host tries, in ms. The real host tries every 60 s for listeners, too slow for a laptop. */
const askEveryMs = 1_000;

/** Runs `whileHeld` on at most one host at a time. */
export class Singleton {
  readonly #blob: BlockBlobClient;
  readonly #name: string;
  readonly #tell: Tell;
  readonly #stopped = new AbortController();
  #heldUntilMs = 0;
  #loop: Promise<void> = Promise.resolve();

  constructor(container: ContainerClient, hostId: string, name: string, tell: Tell) {
    this.#blob = container.getBlockBlobClient(`locks/${hostId}/${name}`);
    this.#name = name;
    this.#tell = tell;
  }

  /** Whether this host certainly holds the lock now. */
  get isHeld(): boolean {
    return performance.now() < this.#heldUntilMs;
  }

  /** Competes for the lock; `whileHeld` runs each time it is acquired, with a signal that is aborted when the lock is lost. */
  start(whileHeld: (lost: AbortSignal) => Promise<void>): void {
    this.#loop = this.#compete(whileHeld);
  }

  /** Ends `whileHeld` through its signal, waits for it, and releases the lock so that another host need not wait. */
  async stop(): Promise<void> {
    this.#stopped.abort();
    await this.#loop;
  }

  async #compete(whileHeld: (lost: AbortSignal) => Promise<void>): Promise<void> {
    while (!this.#stopped.signal.aborted) {
      const lease = await this.#acquire();
      if (lease === 'taken') {
        await sleep(askEveryMs, this.#stopped.signal);
      } else if (lease !== 'new') {
        await this.#hold(lease, whileHeld);
      }
    }
  }

  /** `new`: the blob did not exist and does now, so it is worth trying again at once. */
  async #acquire(): Promise<BlobLeaseClient | 'taken' | 'new'> {
    const lease = this.#blob.getBlobLeaseClient(randomUUID());
    try {
      const askedAtMs = performance.now();
      await lease.acquireLease(leaseSeconds);
      this.#heldUntilMs = askedAtMs + leaseSeconds * 1000;
      this.#tell('debug', 'singleton-held', `Singleton lock acquired (${this.#name})`, { functionName: this.#name });
      return lease;
    } catch (error) {
      if (failedWith(error, 404) && (await this.#create())) {
        return 'new';
      }
      if (!failedWith(error, 404, 409)) {
        this.#tell('warning', 'storage-error', `The lock '${this.#name}' could not be asked: ${describeError(error)}`);
      }
      return 'taken';
    }
  }

  async #create(): Promise<boolean> {
    try {
      await this.#blob.upload('', 0, { conditions: { ifNoneMatch: '*' } });
      return true;
    } catch (error) {
      if (failedWith(error, 409, 412)) {
        return true;
      }
      this.#tell('warning', 'storage-error', `The lock '${this.#name}' could not be made: ${describeError(error)}`);
      return false;
    }
  }

  async #hold(lease: BlobLeaseClient, whileHeld: (lost: AbortSignal) => Promise<void>): Promise<void> {
    const lost = new AbortController();
    const ended = new AbortController();
    const loseOnStop = (): void => lost.abort();
    this.#stopped.signal.addEventListener('abort', loseOnStop);
    if (this.#stopped.signal.aborted) {
      lost.abort();
    }
    const renewing = this.#renew(lease, lost, ended.signal);
    await whileHeld(lost.signal);
    // The lease is renewed until the last run has ended: no other host may begin before.
    ended.abort();
    await renewing;
    this.#stopped.signal.removeEventListener('abort', loseOnStop);
    this.#heldUntilMs = 0;
    try {
      await lease.releaseLease();
    } catch (error) {
      if (!failedWith(error, 404, 409)) {
        this.#tell('warning', 'storage-error', `The lock '${this.#name}' was not released: ${describeError(error)}`);
      }
    }
  }

  async #renew(lease: BlobLeaseClient, lost: AbortController, ended: AbortSignal): Promise<void> {
    while (await sleep((leaseSeconds * 1000) / 3, ended)) {
      try {
        const askedAtMs = performance.now();
        await lease.renewLease();
        this.#heldUntilMs = askedAtMs + leaseSeconds * 1000;
      } catch (error) {
        if (failedWith(error, 404, 409) || !this.isHeld) {
          this.#tell('warning', 'singleton-lost', `Singleton lock lost (${this.#name}): ${describeError(error)}`);
          lost.abort();
          return;
        }
        this.#tell('warning', 'storage-error', `The lock '${this.#name}' was not renewed: ${describeError(error)}`);
      }
    }
  }
}
