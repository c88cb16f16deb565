// One blob → what the library gets: a reference or the bytes, and its trigger metadata.
import type { BlobClient, BlobGetPropertiesResponse } from '@azure/storage-blob';
import type { RpcData } from './core-contract';
import { readBlob } from './storage';

/**
 * The reference of a deferred binding (`sdkBinding: true`): the app's own factory for `AzureStorageBlobs` resolves it. A trigger that names no
 * connection has none in its reference either; whoever resolves it takes the host's storage.
 * Shape: azure-functions-dotnet-worker's tests and its BlobStorageBindingOptionsSetup.cs, and the Python extension's tests, read 2026-11.
 */
export function toReference(connection: string | undefined, blob: BlobClient): RpcData {
  const named = connection === undefined ? {} : { Connection: connection };
  const content = { ...named, ContainerName: blob.containerName, BlobName: blob.name };
  return {
    modelBindingData: {
      version: '1.0',
      source: 'AzureStorageBlobs',
      contentType: 'application/json',
      content: Buffer.from(JSON.stringify(content)),
    },
  };
}

/** The whole blob in memory, as the platform does without `sdkBinding`. */
export async function downloadContent(blob: BlobClient, asText: boolean): Promise<RpcData> {
  const bytes = await readBlob(blob);
  return asText ? { string: bytes.toString('utf8') } : { bytes };
}

/** What the platform reports about the blob, and the values of the path's parameters. */
export function toBlobMetadata(
  blob: BlobClient,
  properties: BlobGetPropertiesResponse,
  parameters: Readonly<Record<string, string>>,
): Record<string, RpcData> {
  const shown = {
    BlobType: 'Block',
    ContentLength: properties.contentLength,
    ContentType: properties.contentType,
    CreatedOn: properties.createdOn,
    ETag: properties.etag,
    LastModified: properties.lastModified,
  };
  return {
    BlobTrigger: { string: `${blob.containerName}/${blob.name}` },
    Uri: { json: JSON.stringify(blob.url) },
    Properties: { json: JSON.stringify(shown) },
    Metadata: { json: JSON.stringify(properties.metadata ?? {}) },
    ...Object.fromEntries(Object.entries(parameters).map(([name, value]) => [name, { string: value }])),
  };
}
