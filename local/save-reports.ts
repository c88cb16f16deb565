// Copies reports out of the storage of a machine into a folder of this computer.
import { mkdir } from 'node:fs/promises';
import { dirname, join, resolve, sep } from 'node:path';
import type { Storage } from '../shared/storage/azure-storage';
import type { Run } from '../shared/run/run';

/** The path of a run's reports below `folder`. */
export const reportFolder = (folder: string, run: Pick<Run, 'source' | 'run'>): string =>
  join(folder, run.source, run.run);

/** Writes all reports of a run below `folder`; resolves to their folder. */
export async function saveReports(storage: Storage, run: Run, folder: string): Promise<string> {
  const container = storage.blobs.getContainerClient('reports');
  const root = resolve(folder);
  for await (const blob of container.listBlobsFlat({ prefix: `${run.source}/${run.run}/` })) {
    const target = resolve(root, blob.name);
    // A blob's name comes from outside: it must not lead out of the folder.
    if (!target.startsWith(root + sep)) continue;
    await mkdir(dirname(target), { recursive: true });
    await container.getBlobClient(blob.name).downloadToFile(target);
  }
  return reportFolder(root, run);
}
