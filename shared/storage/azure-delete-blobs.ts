// Deleting blobs: all whose names begin so, a few at a time; or one, if it still is the version that was seen. And what there is.
import type { BlobClient, ContainerClient } from '@azure/storage-blob';
import { inParallel } from '../core/tasks';
import { blobCall } from './azure-block-writer';
import { blobAt } from './azure-path';

/** Calls in parallel. Retention is in no hurry, and shares the account with the release. Our choice, 2026-11. */
const CALLS_AT_ONCE = 8;

/** Deletes every blob whose name begins with `prefix`. May be repeated. */
export async function deleteBlobs(container: ContainerClient, prefix: string): Promise<void> {
  for await (const names of pagesOf(container, prefix))
    await inParallel(names, CALLS_AT_ONCE, (name) => deleteBlob(blobAt(container, name)));
}

/** The names of all blobs that begin with `prefix`, without it. */
export async function namesIn(container: ContainerClient, prefix: string): Promise<readonly string[]> {
  const found: string[] = [];
  for await (const names of pagesOf(container, prefix)) found.push(...names.map((name) => name.slice(prefix.length)));
  return found;
}

/** The names of all blobs that begin with `prefix`, page by page. */
async function* pagesOf(container: ContainerClient, prefix: string): AsyncGenerator<readonly string[]> {
  const pages = container.listBlobsFlat({ prefix }).byPage();
  const next = (): ReturnType<typeof pages.next> => blobCall(() => pages.next(), [], { done: true, value: null });
  for (let page = await next(); page.done !== true; page = await next())
    yield page.value.segment.blobItems.map(({ name }) => name);
}

/** Deletes a blob with its snapshots, if it is there; with `etag`, if it still has this one. */
export const deleteBlob = (blob: BlobClient, etag?: string): Promise<void> =>
  blobCall(
    () =>
      blob
        .delete({ deleteSnapshots: 'include', ...(etag !== undefined && { conditions: { ifMatch: etag } }) })
        .then(() => undefined),
    etag === undefined ? [404] : [404, 412],
    undefined,
  );
