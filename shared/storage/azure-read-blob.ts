// Reading a blob with one request. A whole one that way is one version: `downloadToBuffer` asks for the length first, which is a request more,
// and cuts off a newer version that is longer.
import { buffer, text } from 'node:stream/consumers';
import type { BlobClient } from '@azure/storage-blob';
import { blobCall } from './azure-block-writer';
import { statusOf } from './status-of';

/** How often a body that breaks off is continued where it stopped, from the same version. */
const CONTINUED = 5;

/** The bytes; null if the blob does not exist. Faults are those of `blobCall`. */
export const readBlob = (blob: BlobClient): Promise<Buffer | null> =>
  blobCall(
    async () => {
      const { readableStreamBody } = await blob.download(0, undefined, { maxRetryRequests: CONTINUED });
      return readableStreamBody === undefined ? Buffer.alloc(0) : buffer(readableStreamBody);
    },
    [404],
    null,
  );

/** The text of the first `maxBytes`; null if the blob does not exist. Faults are those of `blobCall`. */
export const readStart = (blob: BlobClient, maxBytes: number): Promise<string | null> =>
  blobCall(
    async () => {
      try {
        const { readableStreamBody } = await blob.download(0, maxBytes, { maxRetryRequests: CONTINUED });
        return readableStreamBody === undefined ? '' : await text(readableStreamBody);
      } catch (error) {
        // An empty blob has no range at all (Blob service, Get Blob: 416 InvalidRange).
        if (statusOf(error) === 416) return '';
        throw error;
      }
    },
    [404],
    null,
  );
