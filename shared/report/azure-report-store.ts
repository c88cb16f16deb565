// Reports on Azure Blob storage.
import type { ContainerClient } from '@azure/storage-blob';
import { AzureBlockWriter } from '../storage/azure-block-writer';
import { blobAt } from '../storage/azure-path';
import { randomLetters } from '../storage/random-letters';
import type { ReportStore } from './report-store';

/** The adapter; `container` must exist. `random` gives 0..1: two writers of one report may know different verdicts, and must not mix. */
export function azureReportStore(container: ContainerClient, random: () => number): ReportStore {
  return {
    write(run, name) {
      const blob = blobAt(container, `${run.source}/${run.run}/${name}`);
      const writer = new AzureBlockWriter(blob, randomLetters(random));
      return {
        append: (text) => writer.append(text),
        commit: async () => {
          await writer.commit(false);
        },
      };
    },
  };
}
