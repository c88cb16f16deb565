// The inbound container on Azure Blob storage.
import type { BlobItem, ContainerClient } from '@azure/storage-blob';
import { RollcallError } from '../core/errors';
import { isBlobName } from '../core/names';
import { blobAt } from '../storage/azure-path';
import { statusOf } from '../storage/status-of';
import type { ExportStore } from './export-store';

const fault = (cause: unknown): RollcallError =>
  new RollcallError('storage-blob', 'retry', 'blob storage did not answer about an export', { cause });

/**
 * Whether a listed blob is a directory: where the account has a hierarchical namespace, a listing returns them as well (Learn, "Known issues with
 * Azure Data Lake Storage", read 2026-11), empty and with this mark.
 */
const isDirectory = ({ metadata, properties }: BlobItem): boolean =>
  properties.contentLength === 0 && metadata?.hdi_isfolder === 'true';

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
      if (!isBlobName(name)) return null;
      try {
        const answer = await blobAt(container, name).download(0, maxBytes);
        const parts: Uint8Array[] = [];
        for await (const part of (answer.readableStreamBody ?? []) as AsyncIterable<Uint8Array>) parts.push(part);
        return Buffer.concat(parts).toString('utf8');
      } catch (error) {
        if (statusOf(error) === 404) return null;
        // An empty blob has no range at all (Blob service, Get Blob: 416 InvalidRange).
        if (statusOf(error) === 416) return '';
        throw fault(error);
      }
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
  };
}
