// Receipts: which version of which blob was already handed to which function.
//
//   (none) ──create if none match──► open ──lease, enqueue, mark──► completed
//   killed in between: the lease runs out, another scan finishes an open receipt
import type { BlockBlobClient, ContainerClient } from '@azure/storage-blob';
import { failedWith } from './storage';

/** How long one host may take to hand a blob over before another may. BlobReceiptManager.cs, read 2026-11. */
const leaseSeconds = 30;

/** One version of one blob, for one function. */
export interface BlobVersion {
  readonly functionId: string;
  readonly container: string;
  readonly blob: string;
  /** Quoted, as the service sends it: `"0x8D…"`. */
  readonly etag: string;
}

/** The receipts of one host id. */
export class BlobReceipts {
  readonly #container: ContainerClient;
  readonly #hostId: string;

  constructor(container: ContainerClient, hostId: string) {
    this.#container = container;
    this.#hostId = hostId;
  }

  /**
   * Hands a version over exactly once among all hosts; only a crash between `handOver` and the mark repeats it.
   * @returns `true` if the version was handed over, now or earlier. `false`: another host is handing it over.
   */
  async once(version: BlobVersion, handOver: () => Promise<void>): Promise<boolean> {
    const receipt = this.#receiptOf(version);
    const state = await readState(receipt);
    if (state === 'completed') {
      return true;
    }
    if (state === 'none' && !(await create(receipt))) {
      return false;
    }
    const lease = receipt.getBlobLeaseClient();
    try {
      await lease.acquireLease(leaseSeconds);
    } catch (error) {
      if (failedWith(error, 409, 404)) {
        return false;
      }
      throw error;
    }
    try {
      if ((await readState(receipt)) !== 'completed') {
        await handOver();
        await receipt.setMetadata({ completed: 'true' }, { conditions: { leaseId: lease.leaseId } });
      }
      return true;
    } finally {
      await lease.releaseLease();
    }
  }

  #receiptOf({ functionId, container, blob, etag }: BlobVersion): BlockBlobClient {
    const name = `blobreceipts/${this.#hostId}/${functionId}/${etag}/${container}/${blob}`;
    return this.#container.getBlockBlobClient(name);
  }
}

async function readState(receipt: BlockBlobClient): Promise<'none' | 'open' | 'completed'> {
  try {
    const { metadata } = await receipt.getProperties();
    return metadata?.completed === undefined ? 'open' : 'completed';
  } catch (error) {
    if (failedWith(error, 404)) {
      return 'none';
    }
    throw error;
  }
}

async function create(receipt: BlockBlobClient): Promise<boolean> {
  try {
    await receipt.upload('', 0, { conditions: { ifNoneMatch: '*' } });
    return true;
  } catch (error) {
    if (failedWith(error, 409, 412)) {
      return false;
    }
    throw error;
  }
}
