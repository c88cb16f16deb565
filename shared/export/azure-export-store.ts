// The inbound container on Azure Blob storage.
import type { ContainerClient } from '@azure/storage-blob';
import { RollcallError } from '../core/errors';
import { isBlobName } from '../core/names';
import { isDirectory } from '../storage/azure-directory';
import { deleteBlob } from '../storage/azure-delete-blobs';
import { blobAt } from '../storage/azure-path';
import { readStart } from '../storage/azure-read-blob';
import { statusOf } from '../storage/status-of';
import type { ExportStore } from './export-store';

const fault = (cause: unknown): RollcallError =>
  new RollcallError('storage-blob', 'retry', 'blob storage did not answer about an export', { cause });

/** The adapter; `container` must exist. */
export function azureExportStore(container: ContainerClient): ExportStore {
  return {
    async head(name) {
      if (!isBlobName(name)) return null;
      try {
        const found = await blobAt(container, name).getProperties();
        return {
          name,
          etag: found.etag ?? '',
          lastModified: found.lastModified?.getTime() ?? 0,
          bytes: found.contentLength ?? 0,
        };
      } catch (error) {
        if (statusOf(error) === 404) return null;
        throw fault(error);
      }
    },
    async readText(name, maxBytes) {
      return isBlobName(name) ? readStart(blobAt(container, name), maxBytes) : null;
    },
    async *list() {
      const items = container.listBlobsFlat({ includeMetadata: true });
      const next = (): ReturnType<typeof items.next> =>
        items.next().catch((error: unknown) => {
          throw fault(error);
        });
      for (let item = await next(); item.done !== true; item = await next()) {
        if (isDirectory(item.value)) continue;
        const { etag, lastModified, contentLength } = item.value.properties;
        // A listing gives the ETag without quotes, a HEAD with them. Both need one form, or one version would make two runs.
        yield {
          name: item.value.name,
          etag: etag.startsWith('"') ? etag : `"${etag}"`,
          lastModified: lastModified.getTime(),
          bytes: contentLength ?? 0,
        };
      }
    },
    async delete({ name, etag }) {
      if (isBlobName(name)) await deleteBlob(blobAt(container, name), etag);
    },
  };
}
