// The one place where the name of a blob becomes a URL. The client resolves `..` in it, so a name that has such a step would address another
// blob, of another container even. Names are judged where they come in; this is the second line.
import type { BlockBlobClient, ContainerClient } from '@azure/storage-blob';
import { RollcallError } from '../core/errors';
import { isBlobName } from '../core/names';

/** The client of the blob `name` of the container. Throws `RollcallError` `name-unusable` (reject) if the URL would not be that of this blob. */
export function blobAt(container: ContainerClient, name: string): BlockBlobClient {
  if (!isBlobName(name))
    throw new RollcallError('name-unusable', 'reject', 'the name of a blob cannot be part of a path');
  return container.getBlockBlobClient(name);
}
