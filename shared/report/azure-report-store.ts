// Reports on Azure Blob storage.
import type { ContainerClient } from '@azure/storage-blob';
import type { RunKey } from '../core/run-key';
import { AzureBlockWriter, blobCall } from '../storage/azure-block-writer';
import { deleteBlob, deleteBlobs, namesIn } from '../storage/azure-delete-blobs';
import { blobAt } from '../storage/azure-path';
import { readBlob } from '../storage/azure-read-blob';
import { randomLetters } from '../storage/random-letters';
import type { ReportStore } from './report-store';

/** The adapter; `container` must exist. `random` gives 0..1: two writers of one report may know different verdicts, and must not mix. */
export function azureReportStore(container: ContainerClient, random: () => number): ReportStore {
  const blobOf = (run: RunKey, name: string) => blobAt(container, `${run.source}/${run.run}/${name}`);
  return {
    exists: (run, name) => blobCall(() => blobOf(run, name).exists(), [], false),
    list: ({ source, run }) => namesIn(container, `${source}/${run}/`),
    readText: async (run, name) => (await readBlob(blobOf(run, name)))?.toString('utf8') ?? null,
    delete: (run, name) => deleteBlob(blobOf(run, name)),
    deleteAll: ({ source, run }) => deleteBlobs(container, `${source}/${run}/`),
    write(run, name) {
      const writer = new AzureBlockWriter(blobOf(run, name), randomLetters(random));
      return {
        append: (text) => writer.append(text),
        commit: async () => {
          await writer.commit(false);
        },
      };
    },
  };
}
