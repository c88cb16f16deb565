// Writing one blob in memory: nothing exists before the commit.
import type { BlockWriter } from '../../../shared/storage/block-writer';

/** `once`: only where nothing is; `over`: only over this version; `note` is kept with the content. */
export interface MemoryCommit {
  readonly once: boolean;
  readonly over: string | null;
  readonly note: string | null;
}

/** `commit` takes all bytes and returns whether they are now stored. */
export class MemoryBlockWriter implements BlockWriter {
  private readonly parts: Buffer[] = [];

  constructor(private readonly put: (content: Buffer, how: MemoryCommit) => Promise<boolean>) {}

  append(bytes: Uint8Array | string): Promise<void> {
    this.parts.push(Buffer.from(bytes));
    return Promise.resolve();
  }

  commit(once: boolean, note: string | null = null): Promise<boolean> {
    return this.put(Buffer.concat(this.parts), { once, over: null, note });
  }

  replace(etag: string, note: string): Promise<boolean> {
    return this.put(Buffer.concat(this.parts), { once: false, over: etag, note });
  }
}
