// A copy of an export that failed in the storage service is not a kept export.
import type { IncomingMessage } from 'node:http';
import { BlobServiceClient } from '@azure/storage-blob';
import { azureRunFiles } from '../../../shared/run/azure-run-files';
import { startHeaderProxy } from './header-proxy';
import { openTestStorage } from './storage-under-test';

const storage = openTestStorage();

test.each(['failed', 'aborted'])(
  'the empty blob of a copy with the status %s is not a kept export: the copy is made again',
  async (copyStatus) => {
    const key = { source: 'contoso-hr', run: `r-${copyStatus}` };
    const [inbound, kept] = [await storage.newContainer(), await storage.newContainer()];
    const dropped = await inbound.getBlockBlobClient('contoso-hr/c.csv').upload('text', 4);
    await kept.getBlockBlobClient(`${key.source}/${key.run}/export`).upload('', 0);
    // Azurite ends every copy at once, so the state of this one is added on the way. A repeated copy is not empty.
    const isEmpty = (answer: IncomingMessage): boolean => answer.headers['content-length'] === '0';
    const proxy = await startHeaderProxy(storage.blobs.url, ({ method, url = '' }, answer) =>
      method === 'HEAD' && url.includes(key.run) && isEmpty(answer) ? { 'x-ms-copy-status': copyStatus } : {},
    );
    try {
      const throughProxy = new BlobServiceClient(proxy.url, storage.blobs.credential);
      const proxied = azureRunFiles(throughProxy, inbound.containerName, kept.containerName);
      expect(await proxied.keepExport(key, 'contoso-hr/c.csv', dropped.etag!)).toBe(true);
      const direct = azureRunFiles(storage.blobs, inbound.containerName, kept.containerName);
      expect((await direct.readWhole(key, 'export'))?.toString()).toBe('text');
    } finally {
      await proxy.stop();
    }
  },
);
