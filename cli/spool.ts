// Whatever grows with the file is kept on disk, not in memory, in files that nobody else can open and that no crash leaves behind: their names are
// taken away as soon as they are open, so the system frees them with the process.
import { open, type FileHandle } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { withPrivateFolder } from './private-folder';

/** Bytes gathered before they are written. */
const BUFFER_BYTES = 1024 * 1024;

/** A text that is appended to and then read. */
export class Spool {
  private waiting: Uint8Array[] = [];
  private waitingLength = 0;

  private constructor(private readonly handle: FileHandle) {}

  static async create(folder: string, name: string): Promise<Spool> {
    return new Spool(await open(join(folder, name), 'wx+', 0o600));
  }

  async append(text: string | Uint8Array): Promise<void> {
    // Copied, because the caller may reuse the memory for its next lines.
    const bytes = Buffer.from(text);
    this.waiting.push(bytes);
    this.waitingLength += bytes.length;
    if (this.waitingLength >= BUFFER_BYTES) await this.flush();
  }

  private async flush(): Promise<void> {
    const bytes = Buffer.concat(this.waiting);
    this.waiting = [];
    this.waitingLength = 0;
    if (bytes.length > 0) await this.handle.appendFile(bytes);
  }

  /** The whole text, from the beginning. */
  async *read(): AsyncGenerator<Uint8Array> {
    await this.flush();
    // From a place of its own: reading does not move the place at which the next text is appended.
    for (let at = 0, read = Infinity; read > 0; at += read) {
      const buffer = Buffer.allocUnsafe(BUFFER_BYTES);
      ({ bytesRead: read } = await this.handle.read(buffer, 0, BUFFER_BYTES, at));
      if (read > 0) yield buffer.subarray(0, read);
    }
  }

  /** The text of a byte range. */
  async readRange(offset: number, bytes: number): Promise<string> {
    await this.flush();
    const buffer = Buffer.alloc(bytes);
    await this.handle.read(buffer, 0, bytes, offset);
    return buffer.toString('utf8');
  }

  close(): Promise<void> {
    return this.handle.close();
  }
}

/** Gives `use` one spool per name, of which nothing is left afterwards in any case, not even after a crash: they contain personal data. */
export async function withSpools<Name extends string, T>(
  names: readonly Name[],
  use: (spools: Readonly<Record<Name, Spool>>) => Promise<T>,
  parent = tmpdir(),
): Promise<T> {
  const spools: [Name, Spool][] = [];
  try {
    await withPrivateFolder(parent, async (folder) => {
      for (const name of names) spools.push([name, await Spool.create(folder, name)]);
    });
    return await use(Object.fromEntries(spools) as Record<Name, Spool>);
  } finally {
    for (const [, spool] of spools) await spool.close();
  }
}
