// Writing one blob in memory: nothing exists before the commit.
import type { BlockWriter } from '../../../shared/storage/block-writer';

/** `commit` takes all bytes and returns whether they are now stored. */
export class MemoryBlockWriter implements BlockWriter {
  private readonly parts: Buffer[] = [];

  constructor(private readonly put: (content: Buffer, once: boolean) => Promise<boolean>) {}

  append(bytes: Uint8Array | string): Promise<void> {
    this.parts.push(Buffer.from(bytes));
    return Promise.resolve();
  }

  commit(once: boolean): Promise<boolean> {
    return this.put(Buffer.concat(this.parts), once);
  }
}
