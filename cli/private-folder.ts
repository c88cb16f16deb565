// A folder for personal data that nobody else may enter, and that is gone at the end.
import { rmSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';

/** Gives `use` a new folder below `parent`, and removes it afterwards in any case. */
export async function withPrivateFolder<T>(parent: string, use: (folder: string) => Promise<T>): Promise<T> {
  // Only its owner may enter (mkdtemp makes it 0700).
  const folder = await mkdtemp(join(parent, '.rollcall-'));
  // A process ended by a signal (Ctrl-C) removes it too.
  const removeNow = (): void => rmSync(folder, { recursive: true, force: true });
  process.once('exit', removeNow);
  try {
    return await use(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
    process.off('exit', removeNow);
  }
}
