// The two files of a plan in a folder of this computer: complete or not there, and for nobody else to read, because they hold personal data.
import { mkdir, open, rename, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { planNames } from '../shared/pipeline/plan/tell-plan';
import type { TextSink } from '../shared/report/csv-file';
import { assertOther, holdCommand, quotePath, troubleOf } from './local-file';
import { withPrivateFolder } from './private-folder';

/** Absolute paths. */
export interface PlanPaths {
  readonly page: string;
  readonly csv: string;
}

/** Where the plan of a file goes. */
export function planPaths(folder: string, file: string): PlanPaths {
  const { page, csv } = planNames(file);
  return { page: resolve(folder, page), csv: resolve(folder, csv) };
}

/** Only their owner may read them. */
const MODE = 0o600;

/**
 * Lets `make` write the CSV and make the page, then puts both into place of an earlier plan; none of the files in `reads` is replaced. Throws
 * `FileHold` (`file-not-writable`), or what `make` throws: then nothing is left.
 */
export async function writePlan<T extends { readonly page: string }>(
  folder: string,
  paths: PlanPaths,
  reads: readonly string[],
  make: (csv: TextSink) => Promise<T>,
): Promise<T> {
  for (const written of Object.values(paths) as readonly string[])
    for (const read of reads) await assertOther(written, read);
  return inWords(folder, FOLDER_CALLS, async () => {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    return withPrivateFolder(folder, async (hidden) => {
      const made = { page: join(hidden, 'plan.html'), csv: join(hidden, 'plan.csv') };
      const handle = await open(made.csv, 'wx', MODE);
      try {
        const told = await make({ append: (text) => inWords(paths.csv, null, () => handle.appendFile(text)) });
        await inWords(paths.csv, null, () => rename(made.csv, paths.csv));
        await inWords(paths.page, null, async () => {
          await writeFile(made.page, told.page, { mode: MODE });
          await rename(made.page, paths.page);
        });
        return told;
      } finally {
        await handle.close();
      }
    });
  });
}

/** Lets `make` write one file, then puts it into place of an earlier one; in all else as `writePlan`. */
export async function writePrivateFile<T>(
  path: string,
  reads: readonly string[],
  make: (sink: TextSink) => Promise<T>,
): Promise<T> {
  const folder = dirname(path);
  for (const read of reads) await assertOther(path, read);
  return inWords(folder, FOLDER_CALLS, async () => {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    return withPrivateFolder(folder, async (hidden) => {
      const made = join(hidden, 'made');
      const handle = await open(made, 'wx', MODE);
      try {
        const told = await make({ append: (text) => inWords(path, null, () => handle.appendFile(text)) });
        await inWords(path, null, () => rename(made, path));
        return told;
      } finally {
        await handle.close();
      }
    });
  });
}

/** What the folder itself can refuse. */
const FOLDER_CALLS: readonly string[] = ['mkdir', 'mkdtemp'];

/** Tells errors of the system as a file that cannot be written; `calls`: only those of these system calls. */
async function inWords<T>(path: string, calls: readonly string[] | null, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const call = error instanceof Error && 'syscall' in error ? String(error.syscall) : null;
    if (call === null || calls?.includes(call) === false) throw error;
    throw holdCommand('file-not-writable', { path: quotePath(path), reason: troubleOf(error) });
  }
}
