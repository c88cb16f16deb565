// Reports on Azure Blob storage.
import type { ContainerClient } from '@azure/storage-blob';
import { AzureBlockWriter } from '../storage/azure-block-writer';
import type { ReportStore } from './report-store';

/** Random letters that tell two writers of one report apart. */
const ATTEMPT_LETTERS = 8;

/** The adapter; `container` must exist. `random` gives 0..1: two writers of one report may know different verdicts, and must not mix. */
export function azureReportStore(container: ContainerClient, random: () => number): ReportStore {
  return {
    write(run, name) {
      const attempt = random().toString(36).slice(2).padEnd(ATTEMPT_LETTERS, '0').slice(0, ATTEMPT_LETTERS);
      const writer = new AzureBlockWriter(container.getBlockBlobClient(`${run.source}/${run.run}/${name}`), attempt);
      return {
        append: (text) => writer.append(text),
        commit: async () => {
          await writer.commit(false);
        },
      };
    },
  };
}
