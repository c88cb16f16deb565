// What Event Grid could not deliver, on Azure Blob storage.
import type { ContainerClient } from '@azure/storage-blob';
import { isBlobName } from '../core/names';
import { blobCall } from '../storage/azure-block-writer';
import { deleteBlob } from '../storage/azure-delete-blobs';
import { isDirectory } from '../storage/azure-directory';
import { blobAt } from '../storage/azure-path';
import { readStart } from '../storage/azure-read-blob';
import type { UndeliveredStore } from './undelivered-store';

/** The adapter; `container` must exist. */
export function azureUndeliveredStore(container: ContainerClient): UndeliveredStore {
  return {
    list: (most) =>
      blobCall(
        async () => {
          const names: string[] = [];
          for await (const item of container.listBlobsFlat({ includeMetadata: true })) {
            if (isDirectory(item) || !isBlobName(item.name)) continue;
            names.push(item.name);
            if (names.length === most) break;
          }
          return names;
        },
        [],
        [],
      ),
    readText: (name, maxBytes) => readStart(blobAt(container, name), maxBytes),
    remove: (name) => deleteBlob(blobAt(container, name)),
  };
}
