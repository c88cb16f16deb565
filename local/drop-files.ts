// Putting files into the containers of a machine as HR and the identity team would.
import type { Storage } from '../shared/storage/azure-storage';

/** Uploads one export, with metadata if given; resolves to the blob's Last-Modified, ms. */
export async function dropExport(
  storage: Storage,
  source: string,
  file: string,
  bytes: Uint8Array,
  metadata: Readonly<Record<string, string>> = {},
): Promise<number> {
  const answer = await storage.blobs
    .getContainerClient('inbound')
    .getBlockBlobClient(`${source}/${file}`)
    .upload(bytes, bytes.length, { metadata });
  return answer.lastModified?.getTime() ?? 0;
}

async function putInSources(storage: Storage, name: string, content: Uint8Array): Promise<void> {
  await storage.blobs.getContainerClient('sources').getBlockBlobClient(name).upload(content, content.length);
}

/** Uploads the settings of a source. */
export const putSource = (storage: Storage, source: string, text: Uint8Array): Promise<void> =>
  putInSources(storage, `${source}/source.json`, text);

/** Uploads the hold list of a source. */
export const putHoldList = (storage: Storage, source: string, list: Uint8Array): Promise<void> =>
  putInSources(storage, `${source}/hold.csv`, list);
