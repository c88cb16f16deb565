// A folder for personal data that nobody else may enter, and that is gone at the end. One that a killed process has left is removed by the next.
import { rmSync } from 'node:fs';
import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** Long enough that nobody else has it: with `.rollcall-` alone, what `mkdtemp` makes looks like `.rollcall-backup`. */
const PREFIX = '.rollcall-private-';
/** What `mkdtemp` makes of it (Node: six characters of its choice). The parent may be anybody's folder, so nothing else is ours. */
const MADE = /^\.rollcall-private-[A-Za-z0-9]{6}$/;

/** A folder in which nothing has changed for so long is of a process that is dead, ms. Our choice, 2026-11: no command takes an hour. */
const LEFT_AFTER_MS = 24 * 3_600_000;

/** Removes what killed processes have left below `parent`; what belongs to somebody else stays. */
async function removeLeft(parent: string): Promise<void> {
  for (const entry of await readdir(parent, { withFileTypes: true }).catch(() => [])) {
    if (!entry.isDirectory() || !MADE.test(entry.name)) continue;
    const path = join(parent, entry.name);
    const changedAt = (await stat(path).catch(() => null))?.mtimeMs ?? Date.now();
    if (changedAt < Date.now() - LEFT_AFTER_MS) await rm(path, { recursive: true, force: true }).catch(() => undefined);
  }
}

/** Gives `use` a new folder below `parent`, and removes it afterwards in any case. */
export async function withPrivateFolder<T>(parent: string, use: (folder: string) => Promise<T>): Promise<T> {
  await removeLeft(parent);
  // Only its owner may enter (mkdtemp makes it 0700).
  const folder = await mkdtemp(join(parent, PREFIX));
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
