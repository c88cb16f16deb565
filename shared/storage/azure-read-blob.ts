// A whole blob with one request, so that it is one version: `downloadToBuffer` asks for the length first, which is a request more, and cuts
// off a newer version that is longer.
import { buffer } from 'node:stream/consumers';
import type { BlobClient } from '@azure/storage-blob';
import { blobCall } from './azure-block-writer';

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
