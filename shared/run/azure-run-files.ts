// The files of runs on Azure Blob storage.
import type { BlobRequestConditions, BlobServiceClient, BlockBlobClient } from '@azure/storage-blob';
import { RollcallError } from '../core/errors';
import { AzureBlockWriter, blobCall, readNote } from '../storage/azure-block-writer';
import { deleteBlob, deleteBlobs, namesIn } from '../storage/azure-delete-blobs';
import { blobAt } from '../storage/azure-path';
import { readBlob } from '../storage/azure-read-blob';
import type { RunFile, RunFiles } from './run-files';
import type { RunKey } from '../core/run-key';

/** How often the service is asked whether a copy has ended, ms. */
const COPY_POLL_MS = 250;

/** The adapter. `runsContainer` must exist; exports are read from `inboundContainer`. */
export function azureRunFiles(service: BlobServiceClient, inboundContainer: string, runsContainer: string): RunFiles {
  const container = service.getContainerClient(runsContainer);
  const blobOf = (key: RunKey, file: RunFile): BlockBlobClient => blobAt(container, `${key.source}/${key.run}/${file}`);
  return {
    write: (key, file, attempt = '') => new AzureBlockWriter(blobOf(key, file), attempt),
    async read(key, file) {
      const answer = await blobCall(
        () => blobOf(key, file).download(0, undefined, { maxRetryRequests: 5 }),
        [404],
        null,
      );
      return (answer?.readableStreamBody ?? null) as AsyncIterable<Uint8Array> | null;
    },
    writeWhole: (key, file, content, once) =>
      blobCall(
        () =>
          blobOf(key, file)
            .upload(content, Buffer.byteLength(content), { conditions: once ? { ifNoneMatch: '*' } : {} })
            .then(() => true),
        once ? [409, 412] : [],
        false,
      ),
    readWhole: (key, file) => readBlob(blobOf(key, file)),
    readRange: (key, file, offset, bytes) =>
      blobCall(() => blobOf(key, file).downloadToBuffer(offset, bytes), [], Buffer.alloc(0)),
    exists: (key, file) => blobCall(() => blobOf(key, file).exists(), [], false),
    readNote: (key, file) => readNote(blobOf(key, file)),
    async keepExport(key, blobName, etag) {
      const copy = blobOf(key, 'export');
      const source = blobAt(service.getContainerClient(inboundContainer), blobName);
      const copied = (conditions: BlobRequestConditions, refusals: readonly number[]): Promise<boolean> =>
        blobCall(
          async () => {
            const sourceConditions = { ifMatch: etag };
            const options = { conditions, sourceConditions, intervalInMs: COPY_POLL_MS };
            const poller = await copy.beginCopyFromURL(source.url, options);
            await poller.pollUntilDone();
            return true;
          },
          refusals,
          false,
        );
      // Almost always there is none yet. Why it was refused does not matter: then it is looked at.
      if (await copied({ ifNoneMatch: '*' }, [404, 409, 412])) return true;
      const kept = await blobCall(() => copy.getProperties(), [404], null);
      if (kept?.copyStatus === 'pending')
        throw new RollcallError('storage-blob', 'retry', 'the copy of the export has not ended yet');
      // A failed copy leaves an empty blob under its name: copy again.
      const isWhole = kept !== null && kept.copyStatus !== 'failed' && kept.copyStatus !== 'aborted';
      return isWhole || copied({}, [404, 412]);
    },
    list: async ({ source, run }) => (await namesIn(container, `${source}/${run}/`)) as readonly RunFile[],
    delete: (key, file) => deleteBlob(blobOf(key, file)),
    deleteAll: ({ source, run }) => deleteBlobs(container, `${source}/${run}/`),
  };
}
