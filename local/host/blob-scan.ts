// Looks through one container for blobs that a function has not received yet.
import type { ContainerClient } from '@azure/storage-blob';
import type { BlobPattern } from './blob-pattern';
import { describeError, type Tell } from './host-log';
import { failedWith } from './storage';
import { sleep } from './waiting';

/** What one scan works on. */
export interface BlobScanOptions {
  readonly container: ContainerClient;
  readonly pattern: BlobPattern;
  readonly intervalMs: number;
  /** Called for each version of a blob that matches until it answers `true`. `etag` is quoted. */
  readonly found: (blobName: string, etag: string) => Promise<boolean>;
  readonly tell: Tell;
}

/** A scan that repeats until it is stopped. */
export class BlobScan {
  readonly #with: BlobScanOptions;
  readonly #stopped = new AbortController();
  /** Versions that are done; only those still in the container, so that the set does not grow with time. */
  #settled = new Map<string, string>();
  #loop: Promise<void> = Promise.resolve();

  constructor(options: BlobScanOptions) {
    this.#with = options;
  }

  start(): void {
    this.#loop = this.#repeat();
  }

  async stop(): Promise<void> {
    this.#stopped.abort();
    await this.#loop;
  }

  async #repeat(): Promise<void> {
    const { container, intervalMs, tell } = this.#with;
    while (!this.#stopped.signal.aborted) {
      try {
        await this.#scan();
      } catch (error) {
        // A container that does not exist yet counts as empty.
        if (!failedWith(error, 404)) {
          const message = `Container '${container.containerName}' could not be scanned: ${describeError(error)}`;
          tell('warning', 'storage-error', message);
        }
      }
      await sleep(intervalMs, this.#stopped.signal);
    }
  }

  async #scan(): Promise<void> {
    const { container, pattern } = this.#with;
    const settled = new Map<string, string>();
    for await (const blob of container.listBlobsFlat()) {
      if (this.#stopped.signal.aborted) {
        return;
      }
      if (pattern.match(blob.name) === null) {
        continue;
      }
      const etag = quote(blob.properties.etag);
      if (this.#settled.get(blob.name) === etag || (await this.#handOver(blob.name, etag))) {
        settled.set(blob.name, etag);
      }
    }
    this.#settled = settled;
  }

  /** One blob that cannot be handed over must not hold up the others; the next scan tries it again. */
  async #handOver(blobName: string, etag: string): Promise<boolean> {
    const { container, found, tell } = this.#with;
    try {
      return await found(blobName, etag);
    } catch (error) {
      const message = `A blob of '${container.containerName}' could not be handed over: ${describeError(error)}`;
      tell('warning', 'storage-error', message);
      return false;
    }
  }
}

/** Listings return ETags without the quotes that every other call requires. */
function quote(etag: string): string {
  return etag.startsWith('"') ? etag : `"${etag}"`;
}
