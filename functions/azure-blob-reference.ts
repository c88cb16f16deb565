// The blob trigger gets a reference, not the bytes (deferred binding). The public packages have the resolver but no factory for
// blobs; this is ours. Source: @azure/functions-extensions-base 0.3.0; extension `AzureStorageBlobs` of the Functions host.
import { ResourceFactoryResolver } from '@azure/functions-extensions-base';

const EXTENSION = 'AzureStorageBlobs';

/** What the host sends instead of the bytes. */
interface BlobReference {
  readonly ContainerName: string;
  readonly BlobName: string;
}

/** What the handler gets: `name` is that of the blob within its container. */
export interface ExportReference {
  readonly name: string;
}

/** Registers the factory: handlers of blob triggers with `sdkBinding` get an `ExportReference`. It makes no client, so it needs no settings. */
export function blobReferences(): void {
  const resolver = ResourceFactoryResolver.getInstance();
  if (resolver.hasResourceFactory(EXTENSION)) return;
  resolver.registerResourceFactory(EXTENSION, (data): ExportReference => ({ name: readReference(data).BlobName }));
}

function readReference(data: unknown): BlobReference {
  const one = (Array.isArray(data) ? data[0] : data) as { content?: Uint8Array | null } | undefined;
  return JSON.parse(Buffer.from(one?.content ?? []).toString('utf8')) as BlobReference;
}
