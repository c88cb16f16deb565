// Reports on Azure Blob storage.
import type { ContainerClient } from '@azure/storage-blob';
import type { RunKey } from '../core/run-key';
import { AzureBlockWriter, blobCall } from '../storage/azure-block-writer';
import { blobAt } from '../storage/azure-path';
import { randomLetters } from '../storage/random-letters';
import type { ReportStore } from './report-store';

/** The adapter; `container` must exist. `random` gives 0..1: two writers of one report may know different verdicts, and must not mix. */
export function azureReportStore(container: ContainerClient, random: () => number): ReportStore {
  const blobOf = (run: RunKey, name: string) => blobAt(container, `${run.source}/${run.run}/${name}`);
  return {
    exists: (run, name) => blobCall(() => blobOf(run, name).exists(), [], false),
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
