// Writing a blob of any size in large blocks: up to two are in flight while the next is filled.
import type { BlockBlobClient } from '@azure/storage-blob';
import { RollcallError } from '../core/errors';
import type { BlockWriter, Noted } from './block-writer';
import { statusOf } from './status-of';

/**
 * Bytes of one staged block: large, so that a million rows take some hundred storage transactions, not tens of thousands. Twice that much
 * memory for each file that is written at once. (The service allows 4,000 MiB and 50,000 blocks; Blob storage limits, 2025.)
 */
const BLOCK_BYTES = 8 * 1024 * 1024;
/** What a file has at first, bytes. */
const SMALL_BYTES = 64 * 1024;
/** Blocks in flight at once: one is sent while the next is filled. */
const BLOCKS_IN_FLIGHT = 2;

/** The metadata of a blob in which its note is kept. */
const NOTE = 'note';

/** The note of a blob; null if there is no blob, or no note. */
export async function readNote(blob: BlockBlobClient): Promise<Noted | null> {
  const kept = await blobCall(() => blob.getProperties(), [404], null);
  const note = kept?.metadata?.[NOTE];
  return note === undefined ? null : { note, etag: kept?.etag ?? '' };
}

/** Runs a storage call; `expected` statuses become the given answer, everything else is a fault with disposition `retry`. */
export async function blobCall<T, E>(call: () => Promise<T>, expected: readonly number[], answer: E): Promise<T | E> {
  try {
    return await call();
  } catch (error) {
    const status = statusOf(error);
    if (status !== null && expected.includes(status)) return answer;
    throw new RollcallError('storage-blob', 'retry', `blob storage answered ${String(status)}`, { cause: error });
  }
}

/**
 * Block ids are deterministic: a restarted writer overwrites its own blocks. Where two attempts may write different bytes, `attempt` (always
 * of equal length) tells them apart: otherwise blocks of both could be committed as one blob. The first to commit drops the other's blocks.
 */
export class AzureBlockWriter implements BlockWriter {
  /** The block being filled, up to `held`. */
  private block: Buffer = Buffer.alloc(0);
  private held = 0;
  /** Memory of uploaded blocks, reused because the garbage collector would release it only after tens of megabytes. */
  private readonly arrived: Buffer[] = [];
  private readonly blocks: string[] = [];
  private readonly inFlight = new Set<Promise<unknown>>();
  private failure: Error | null = null;

  constructor(
    private readonly blob: BlockBlobClient,
    private readonly attempt = '',
  ) {}

  // Cut by size alone: if a block ended where an append ends, two attempts would write different blocks under one id.
  async append(bytes: Uint8Array | string): Promise<void> {
    const part = typeof bytes === 'string' ? Buffer.from(bytes) : bytes;
    for (let at = 0; at < part.length;) {
      const end = Math.min(part.length, at + BLOCK_BYTES - this.held);
      this.makeRoom(end - at);
      this.block.set(part.subarray(at, end), this.held);
      this.held += end - at;
      at = end;
      if (this.held === BLOCK_BYTES) await this.sendBlock();
    }
  }

  /**
   * Most files are small, and any other one fills its block. A block that grew by doubling would leave as much behind for the garbage collector as it
   * holds; of a large one, only the pages that are written take memory.
   */
  private makeRoom(bytes: number): void {
    const least = this.held + bytes;
    if (least <= this.block.length) return;
    const wider = Buffer.allocUnsafeSlow(least <= SMALL_BYTES ? SMALL_BYTES : BLOCK_BYTES);
    wider.set(this.block.subarray(0, this.held));
    this.block = wider;
  }

  private async sendBlock(): Promise<void> {
    if (this.failure !== null) throw this.failure;
    const { block } = this;
    const body = block.subarray(0, this.held);
    this.block = this.arrived.pop() ?? Buffer.alloc(0);
    this.held = 0;
    const id = Buffer.from(this.attempt + String(this.blocks.length).padStart(8, '0')).toString('base64');
    this.blocks.push(id);
    const sending = blobCall(() => this.blob.stageBlock(id, body, body.length), [], null)
      .then(() => this.arrived.push(block))
      .catch((error: unknown) => {
        this.failure = error instanceof Error ? error : new Error('the block was not staged', { cause: error });
      })
      .finally(() => this.inFlight.delete(sending));
    this.inFlight.add(sending);
    if (this.inFlight.size >= BLOCKS_IN_FLIGHT) await Promise.race(this.inFlight);
  }

  commit(once: boolean, note?: string): Promise<boolean> {
    if (once) return this.commitBlocks({ ifNoneMatch: '*' }, [409, 412], note);
    return this.blocks.length === 0 ? this.upload(note) : this.commitBlocks({}, [], note);
  }

  replace(etag: string, note: string): Promise<boolean> {
    return this.commitBlocks({ ifMatch: etag }, [404, 412], note);
  }

  /**
   * What fits into one block goes with one request. Not a file that is written once: blocks of another attempt would count as the file to
   * Azurite (3.35), which has no such file to read.
   */
  private async upload(note: string | undefined): Promise<boolean> {
    const whole = this.block.subarray(0, this.held);
    const options = { metadata: metadataOf(note) };
    await blobCall(() => this.blob.upload(whole, whole.length, options), [], null);
    this.forget();
    return true;
  }

  private async commitBlocks(
    conditions: { readonly ifMatch?: string; readonly ifNoneMatch?: string },
    refusals: readonly number[],
    note: string | undefined,
  ): Promise<boolean> {
    if (this.held > 0) await this.sendBlock();
    await Promise.all(this.inFlight);
    if (this.failure !== null) throw this.failure;
    this.forget();
    return blobCall(
      () => this.blob.commitBlockList(this.blocks, { conditions, metadata: metadataOf(note) }).then(() => true),
      refusals,
      false,
    );
  }

  /** Whoever commits may go on for long with the writer in reach: its memory is not needed any more. */
  private forget(): void {
    this.arrived.length = 0;
    this.block = Buffer.alloc(0);
  }
}

const metadataOf = (note: string | undefined): Record<string, string> => (note === undefined ? {} : { [NOTE]: note });
