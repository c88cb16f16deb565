// Reports on Azure Blob storage.
import type { ContainerClient } from '@azure/storage-blob';
import { AzureBlockWriter } from '../run/azure-block-writer';
import type { ReportStore } from './report-store';

/** The adapter; `container` must exist. */
export function azureReportStore(container: ContainerClient): ReportStore {
  return {
    write(run, name) {
      const writer = new AzureBlockWriter(container.getBlockBlobClient(`${run.source}/${run.run}/${name}`));
      return {
        append: (text) => writer.append(text),
        commit: async () => {
          await writer.commit(false);
        },
      };
    },
  };
}
