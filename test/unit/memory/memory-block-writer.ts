// Writing one blob in memory: nothing is there before the commit.
import type { BlockWriter } from '../../../shared/storage/block-writer';

/** `commit` takes all bytes and tells whether they now stand. */
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
