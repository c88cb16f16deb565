// A folder of this computer as the inbound container: `<source>/<file>`. A file is taken once it has stopped growing.
import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { isBlobName } from '../shared/core/names';
import { isTemporaryName } from '../shared/export/export-store';
import type { Storage } from '../shared/storage/azure-storage';
import { dropExport, putHoldList, putSource } from './drop-files';

/** A file of the folder as it was last seen. */
interface Seen {
  readonly source: string;
  readonly file: string;
  readonly path: string;
  readonly mtimeMs: number;
  readonly size: number;
}

/** How often Last-Modified is checked while waiting for its next second, ms. */
const SECOND_POLL_MS = 50;

const isHidden = (name: string): boolean => name.startsWith('.') || name.startsWith('~$');

async function filesOf(folder: string): Promise<readonly Seen[]> {
  const seen: Seen[] = [];
  for (const source of await readdir(folder, { withFileTypes: true })) {
    if (!source.isDirectory() || isHidden(source.name)) continue;
    for (const file of await readdir(join(folder, source.name), { withFileTypes: true })) {
      if (!file.isFile() || isHidden(file.name) || isTemporaryName(file.name)) continue;
      const path = join(folder, source.name, file.name);
      const { mtimeMs, size } = await stat(path);
      seen.push({ source: source.name, file: file.name, path, mtimeMs, size });
    }
  }
  // Oldest first: what HR wrote earlier arrives earlier. A manifest arrives before the file that it describes.
  const manifestFirst = (one: Seen): number => (one.file.endsWith('.manifest.json') ? 0 : 1);
  return seen.sort(
    (a, b) => manifestFirst(a) - manifestFirst(b) || a.mtimeMs - b.mtimeMs || (a.path < b.path ? -1 : 1),
  );
}

/** The metadata of a blob that tells which version of a file it was made from. */
const VERSION = 'localversion';
const versionOf = ({ mtimeMs, size }: Pick<Seen, 'mtimeMs' | 'size'>): string => `${mtimeMs} ${size}`;

/** Takes files out of a folder into the inbound container, each version once, also over several lives of a machine. */
export class InboundFolder {
  private readonly taken = new Set<string>();
  private isRecalled = false;
  private readonly before = new Map<string, string>();
  private readonly lastSecond = new Map<string, number>();

  constructor(
    private readonly storage: Storage,
    private readonly folder: string,
    /** Is told once of each file whose name storage cannot hold: after one such blob, Azurite lists its container no more. */
    private readonly tellUnusable: (name: string) => void,
  ) {}

  /** Uploads what is new; with `settledOnly` a file must be unchanged since the previous look. Resolves to the number of files taken. */
  async take(settledOnly: boolean): Promise<number> {
    if (!this.isRecalled) await this.recall();
    let count = 0;
    for (const one of await filesOf(this.folder)) {
      const version = versionOf(one);
      const isSettled = this.before.get(one.path) === version;
      this.before.set(one.path, version);
      if (this.taken.has(`${one.path} ${version}`) || (settledOnly && !isSettled)) continue;
      const name = `${one.source}/${one.file}`;
      const isUsable = isBlobName(name);
      if (isUsable) await this.upload(one);
      else this.tellUnusable(name);
      this.taken.add(`${one.path} ${version}`);
      if (isUsable && !one.file.endsWith('.manifest.json')) count++;
    }
    return count;
  }

  /** What an earlier machine on the same storage took. */
  private async recall(): Promise<void> {
    const container = this.storage.blobs.getContainerClient('inbound');
    for await (const { name, metadata } of container.listBlobsFlat({ includeMetadata: true }))
      if (metadata?.[VERSION] !== undefined) this.taken.add(`${join(this.folder, name)} ${metadata[VERSION]}`);
    this.isRecalled = true;
  }

  /** Two files of one source must not arrive within one second: Last-Modified could not tell which is the newer one. */
  private async upload(one: Seen): Promise<void> {
    const last = this.lastSecond.get(one.source) ?? 0;
    while (Math.floor(Date.now() / 1_000) <= last) await sleep(SECOND_POLL_MS);
    const lastModified = await dropExport(this.storage, one.source, one.file, await readFile(one.path), {
      [VERSION]: versionOf(one),
    });
    if (!one.file.endsWith('.manifest.json')) this.lastSecond.set(one.source, Math.floor(lastModified / 1_000));
  }
}

/** The bytes of a file, or null if there is none. */
const readIfThere = (path: string): Promise<Buffer | null> =>
  readFile(path).catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  });

/** Uploads `<name>/source.json` of every folder in `folder`, with the hold list beside it; resolves to the names. */
export async function putSources(storage: Storage, folder: string): Promise<readonly string[]> {
  const names: string[] = [];
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    if (!entry.isDirectory()) continue;
    const text = await readIfThere(join(folder, entry.name, 'source.json'));
    if (text === null) continue;
    await putSource(storage, entry.name, text);
    const holdList = await readIfThere(join(folder, entry.name, 'hold.csv'));
    if (holdList !== null) await putHoldList(storage, entry.name, holdList);
    names.push(entry.name);
  }
  return names;
}
