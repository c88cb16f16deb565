// The blob trigger hands over a reference, not the bytes (deferred binding). The public packages contain the resolver but no factory for
// blobs; this is ours. Source: @azure/functions-extensions-base 0.3.0; extension `AzureStorageBlobs` of the Functions host.
import type { BlobClient, BlobServiceClient } from '@azure/storage-blob';
import { ResourceFactoryResolver } from '@azure/functions-extensions-base';

const EXTENSION = 'AzureStorageBlobs';

/** What the host sends instead of the bytes. */
interface BlobReference {
  readonly ContainerName: string;
  readonly BlobName: string;
}

/** Registers the factory: handlers of blob triggers with `sdkBinding` are given a `BlobClient`. */
export function blobReferences(blobs: BlobServiceClient): void {
  const resolver = ResourceFactoryResolver.getInstance();
  if (resolver.hasResourceFactory(EXTENSION)) return;
  resolver.registerResourceFactory(EXTENSION, (data) => {
    const reference = readReference(data);
    return blobs.getContainerClient(reference.ContainerName).getBlobClient(reference.BlobName);
  });
}

function readReference(data: unknown): BlobReference {
  const one = (Array.isArray(data) ? data[0] : data) as { content?: Uint8Array | null } | undefined;
  return JSON.parse(Buffer.from(one?.content ?? []).toString('utf8')) as BlobReference;
}

/** The part of a `BlobClient` that the trigger uses. */
export type ExportReference = Pick<BlobClient, 'name'>;
