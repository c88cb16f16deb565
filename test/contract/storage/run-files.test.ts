// The files of a run and the work queue: the same promises on real storage and in memory.
import { setTimeout } from 'node:timers/promises';
import { BlobServiceClient } from '@azure/storage-blob';
import { azureRunFiles } from '../../../shared/run/azure-run-files';
import { AzureBlockWriter } from '../../../shared/storage/azure-block-writer';
import type { RunFile, RunFiles } from '../../../shared/run/run-files';
import type { RunKey } from '../../../shared/core/run-key';
import { azureWorkQueue } from '../../../shared/delivery/azure-work-queue';
import { HandClock } from '../../unit/memory/hand-clock';
import { MemoryExportStore } from '../../unit/memory/memory-export-store';
import { MemoryRunFiles } from '../../unit/memory/memory-run-files';
import { MemoryWorkQueue } from '../../unit/memory/memory-work-queue';
import { startHeaderProxy } from './header-proxy';
import { openTestStorage } from './storage-under-test';

const storage = openTestStorage();

let last = 0;
const newKey = (): RunKey => ({ source: 'contoso-hr', run: `r${++last}` });

/** The files, and the container into which HR drops exports. `drop` resolves to the ETag. */
interface Files {
  readonly files: RunFiles;
  readonly inbound: {
    readonly drop: (name: string, text: string) => Promise<string>;
    readonly remove: (name: string) => Promise<void>;
  };
  /** Resolves when storage has so many uncommitted blocks of a file: one on its way could overtake those of the next writer. */
  readonly blocksArrived: (key: RunKey, file: RunFile, blocks: number) => Promise<void>;
}
async function onStorage(): Promise<Files> {
  const inbound = await storage.newContainer();
  const kept = await storage.newContainer();
  return {
    files: azureRunFiles(storage.blobs, inbound.containerName, kept.containerName),
    inbound: {
      drop: async (name, text) =>
        (await inbound.getBlockBlobClient(name).upload(text, Buffer.byteLength(text))).etag ?? '',
      remove: async (name) => {
        await inbound.getBlobClient(name).delete();
      },
    },
    blocksArrived: async ({ source, run }, file, blocks) => {
      const blob = kept.getBlockBlobClient(`${source}/${run}/${file}`);
      const arrived = async (): Promise<number> =>
        (await blob.getBlockList('uncommitted').catch(() => null))?.uncommittedBlocks?.length ?? 0;
      while ((await arrived()) < blocks) await setTimeout(20);
    },
  };
}
function inMemory(): Promise<Files> {
  const inbound = new MemoryExportStore(new HandClock());
  return Promise.resolve({
    files: new MemoryRunFiles(inbound),
    inbound: {
      drop: (name, text) => Promise.resolve(inbound.drop(name, text).etag),
      remove: (name) => {
        inbound.remove(name);
        return Promise.resolve();
      },
    },
    blocksArrived: () => Promise.resolve(),
  });
}

describe.each([
  { where: 'on Azure blobs', open: onStorage },
  { where: 'in memory', open: inMemory },
])('files $where', ({ open }) => {
  let files: RunFiles;
  let inbound: Files['inbound'];
  let blocksArrived: Files['blocksArrived'];
  beforeAll(async () => {
    ({ files, inbound, blocksArrived } = await open());
  });
  const textOf = async (key: RunKey): Promise<string | undefined> =>
    (await files.readWhole(key, 'users.jsonl'))?.toString();

  test('the files of a run are listed, and one is deleted', async () => {
    const key = newKey();
    expect(await files.list(key)).toEqual([]);
    for (const file of ['source.json', 'users.jsonl', 'rows-1-2.jsonl'] as const)
      await files.writeWhole(key, file, 'x', true);
    await files.writeWhole({ ...key, run: `${key.run}0` }, 'header.json', 'x', true);
    for (let again = 0; again < 2; again++) await files.delete(key, 'users.jsonl');
    expect([...(await files.list(key))].sort()).toEqual(['rows-1-2.jsonl', 'source.json']);
  });
  test('all files of a run are deleted, and none of a run whose id begins alike', async () => {
    const key = newKey();
    const neighbour = { ...key, run: `${key.run}0` };
    for (const one of [key, neighbour]) {
      await files.writeWhole(one, 'source.json', 'x', true);
      await files.writeWhole(one, 'users.jsonl', 'x', true);
    }
    for (let again = 0; again < 2; again++) {
      await files.deleteAll(key);
      expect([await files.exists(key, 'source.json'), await files.exists(key, 'users.jsonl')]).toEqual([false, false]);
    }
    expect(await files.exists(neighbour, 'source.json')).toBe(true);
  });

  describe('writing', () => {
    test('nothing exists before the commit: that is when a file becomes sendable', async () => {
      const key = newKey();
      const writer = files.write(key, 'users.jsonl');
      await writer.append('a'.repeat(9 * 1024 * 1024));
      expect(await files.exists(key, 'users.jsonl')).toBe(false);
      expect(await files.readWhole(key, 'users.jsonl')).toBeNull();
      expect(await files.read(key, 'users.jsonl')).toBeNull();
      expect(await writer.commit(true)).toBe(true);
      expect(await files.exists(key, 'users.jsonl')).toBe(true);
    });
    test('once means once: the second commit is told so and changes nothing', async () => {
      const key = newKey();
      const first = files.write(key, 'users.jsonl');
      const second = files.write(key, 'users.jsonl');
      await first.append('first');
      await second.append('second');
      expect(await first.commit(true)).toBe(true);
      expect(await second.commit(true)).toBe(false);
      expect(await textOf(key)).toBe('first');
    });
    test('without once the later commit replaces the earlier', async () => {
      const key = newKey();
      for (const text of ['first', 'second']) {
        const writer = files.write(key, 'users.jsonl');
        await writer.append(text);
        await writer.commit(false);
      }
      expect(await textOf(key)).toBe('second');
    });
    test('a restarted writer overwrites its own uncommitted blocks', async () => {
      const key = newKey();
      const died = files.write(key, 'users.jsonl');
      await died.append('x'.repeat(17 * 1024 * 1024));
      await blocksArrived(key, 'users.jsonl', 2);
      const restarted = files.write(key, 'users.jsonl');
      await restarted.append('y'.repeat(9 * 1024 * 1024));
      expect(await restarted.commit(true)).toBe(true);
      const bytes = await files.readWhole(key, 'users.jsonl');
      expect(bytes?.length).toBe(9 * 1024 * 1024);
      expect(bytes?.every((byte) => byte === 0x79)).toBe(true);
    });
    test('copies: the caller may overwrite the same memory at once', async () => {
      const key = newKey();
      const writer = files.write(key, 'users.jsonl');
      const memory = Buffer.alloc(1024 * 1024);
      // Enough that the memory of uploaded blocks is reused, too.
      const letters = 'abcdefghijklmnopqrstuvwxyz'.split('');
      for (const letter of letters) await writer.append(memory.fill(letter));
      memory.fill('!');
      await writer.commit(true);
      const read = await textOf(key);
      expect(read === letters.map((letter) => letter.repeat(memory.length)).join('')).toBe(true);
    });
    test('a whole file at once: it is there as it was written, or what another attempt wrote stays', async () => {
      const key = newKey();
      expect(await files.writeWhole(key, 'hold.csv', 'id,until,why\né🙂', true)).toBe(true);
      expect(await files.writeWhole(key, 'hold.csv', 'of a second attempt', true)).toBe(false);
      expect((await files.readWhole(key, 'hold.csv'))?.toString()).toBe('id,until,why\né🙂');
      expect(await files.writeWhole(key, 'hold.csv', Buffer.from('replaced'), false)).toBe(true);
      expect((await files.readWhole(key, 'hold.csv'))?.toString()).toBe('replaced');
    });
    test('a whole file at once leaves nothing of blocks that a lost attempt wrote', async () => {
      const key = newKey();
      const died = files.write(key, 'users.jsonl');
      await died.append('x'.repeat(9 * 1024 * 1024));
      await blocksArrived(key, 'users.jsonl', 1);
      // Not once: to Azurite (3.35) a blob of which only blocks have arrived is there. No file is written in both ways.
      expect(await files.writeWhole(key, 'users.jsonl', 'y', false)).toBe(true);
      expect(await textOf(key)).toBe('y');
    });
    test('a note is kept with the file it was committed with', async () => {
      const key = newKey();
      expect(await files.readNote(key, 'users.jsonl')).toBeNull();
      await files.write(key, 'users.jsonl').commit(true, '{"a":1}');
      expect(await files.readNote(key, 'users.jsonl')).toMatchObject({ note: '{"a":1}' });
      expect(await files.write(key, 'users.jsonl').commit(true, '{"a":2}')).toBe(false);
      expect(await files.readNote(key, 'users.jsonl')).toMatchObject({ note: '{"a":1}' });
      await files.write(key, 'rows.jsonl').commit(false);
      expect(await files.readNote(key, 'rows.jsonl')).toBeNull();
    });
    test('only the version that was seen is replaced', async () => {
      const key = newKey();
      await files.write(key, 'users.jsonl', '1').commit(true, 'first');
      const seen = await files.readNote(key, 'users.jsonl');
      const second = files.write(key, 'users.jsonl', '2');
      await second.append('second');
      expect(await second.replace(seen?.etag ?? '', 'second')).toBe(true);
      const third = files.write(key, 'users.jsonl', '3');
      await third.append('third');
      expect(await third.replace(seen?.etag ?? '', 'third')).toBe(false);
      expect(await files.readNote(key, 'users.jsonl')).toMatchObject({ note: 'second' });
      expect(await textOf(key)).toBe('second');
    });
    test('a writer that came too late to be first can still take the place of the version that was', async () => {
      const key = newKey();
      await files.write(key, 'users.jsonl', '1').commit(true, 'first');
      const late = files.write(key, 'users.jsonl', '2');
      await late.append('late');
      expect(await late.commit(true, 'late')).toBe(false);
      expect(await late.replace((await files.readNote(key, 'users.jsonl'))?.etag ?? '', 'late')).toBe(true);
      expect(await textOf(key)).toBe('late');
    });
    test('an empty file is a file', async () => {
      const key = newKey();
      await files.write(key, 'users.jsonl').commit(true);
      expect(await files.exists(key, 'users.jsonl')).toBe(true);
      expect(await textOf(key)).toBe('');
      await files.writeWhole(key, 'header.json', '', true);
      expect((await files.readWhole(key, 'header.json'))?.toString()).toBe('');
    });
  });

  describe('reading', () => {
    test('a range is exactly these bytes', async () => {
      const key = newKey();
      const writer = files.write(key, 'users.jsonl');
      await writer.append('0123456789');
      await writer.commit(true);
      expect((await files.readRange(key, 'users.jsonl', 3, 4)).toString()).toBe('3456');
    });
    test('the whole as a stream', async () => {
      const key = newKey();
      const writer = files.write(key, 'users.jsonl');
      await writer.append('é🙂');
      await writer.commit(true);
      const parts: Uint8Array[] = [];
      for await (const part of (await files.read(key, 'users.jsonl'))!) parts.push(part);
      expect(Buffer.concat(parts).toString()).toBe('é🙂');
    });
    test('a range beyond the end is a fault, never half a person', async () => {
      const key = newKey();
      const writer = files.write(key, 'users.jsonl');
      await writer.append('0123456789');
      await writer.commit(true);
      await expect(files.readRange(key, 'users.jsonl', 8, 4)).rejects.toMatchObject({ code: 'storage-blob' });
    });
    test('a range of a file that is missing is a fault, never empty people', async () => {
      await expect(files.readRange(newKey(), 'users.jsonl', 0, 5)).rejects.toMatchObject({
        code: 'storage-blob',
        disposition: 'retry',
      });
    });
  });

  describe('keeping the export', () => {
    const keptText = async (key: RunKey): Promise<string | undefined> =>
      (await files.readWhole(key, 'export'))?.toString();
    test('copies the version that was seen; later changes of the original do not matter', async () => {
      const key = newKey();
      const etag = await inbound.drop('contoso-hr/a ä#1.csv', 'old');
      expect(await files.keepExport(key, 'contoso-hr/a ä#1.csv', etag)).toBe(true);
      await inbound.drop('contoso-hr/a ä#1.csv', 'new');
      expect(await files.keepExport(key, 'contoso-hr/a ä#1.csv', etag)).toBe(true);
      expect(await keptText(key)).toBe('old');
    });
    test('refuses a version that was replaced before it was read, and one that is gone', async () => {
      const key = newKey();
      const etag = await inbound.drop('contoso-hr/b.csv', 'old');
      await inbound.drop('contoso-hr/b.csv', 'new');
      expect(await files.keepExport(key, 'contoso-hr/b.csv', etag)).toBe(false);
      await inbound.remove('contoso-hr/b.csv');
      expect(await files.keepExport(key, 'contoso-hr/b.csv', etag)).toBe(false);
      expect(await keptText(key)).toBeUndefined();
    });
  });
});

describe('blocks on Azure', () => {
  test('blocks are cut only by size, however the bytes were appended: two attempts at once write the same blocks', async () => {
    const text = Array.from({ length: 18 * 64 }, (_, i) => String(i % 10).repeat(16_000)).join('');
    const kept = await storage.newContainer();
    const sizes = await Promise.all(
      [7_777, 1_000_000, text.length].map(async (step, i) => {
        const blob = kept.getBlockBlobClient(`cut/${i}`);
        const writer = new AzureBlockWriter(blob);
        for (let at = 0; at < text.length; at += step) await writer.append(text.slice(at, at + step));
        await writer.commit(false);
        expect((await blob.downloadToBuffer()).toString() === text).toBe(true);
        return (await blob.getBlockList('committed')).committedBlocks?.map((block) => block.size);
      }),
    );
    expect(sizes[1]).toEqual(sizes[0]);
    expect(sizes[2]).toEqual(sizes[0]);
  });
});

describe('requests to Azure', () => {
  test.each([
    { what: 'what fits into one block goes with one request', once: false, requests: ['PUT'] },
    {
      what: 'what is written once has blocks of its own and a list',
      once: true,
      requests: ['PUT block', 'PUT blocklist'],
    },
  ])('$what', async ({ once, requests }) => {
    const { seen, blob, stop } = await counted();
    const writer = new AzureBlockWriter(blob('small'));
    await writer.append('text');
    expect(await writer.commit(once, 'note')).toBe(true);
    await stop();
    expect(seen).toEqual(requests);
    expect((await blob('small', storage.blobs).downloadToBuffer()).toString()).toBe('text');
  });
  test('the first attempt keeps an export with one request, and a second one looks what is kept', async () => {
    const { seen, service, kept, stop } = await counted();
    const inbound = await storage.newContainer();
    const { etag = '' } = await inbound.getBlockBlobClient('contoso-hr/a.csv').upload('text', 4);
    const files = azureRunFiles(service, inbound.containerName, kept);
    const key = { source: 'contoso-hr', run: 'r1' };
    expect(await files.keepExport(key, 'contoso-hr/a.csv', etag)).toBe(true);
    expect(seen.splice(0)).toEqual(['PUT']);
    await inbound.getBlockBlobClient('contoso-hr/a.csv').upload('another', 7);
    expect(await files.keepExport(key, 'contoso-hr/a.csv', etag)).toBe(true);
    await inbound.getBlockBlobClient('contoso-hr/a.csv').delete();
    expect(await files.keepExport(key, 'contoso-hr/a.csv', etag)).toBe(true);
    await stop();
    expect(seen).toEqual(['PUT', 'HEAD', 'PUT', 'HEAD']);
  });

  /** A container behind a proxy that notes each request. */
  async function counted() {
    const { containerName: kept } = await storage.newContainer();
    const seen: string[] = [];
    const proxy = await startHeaderProxy(storage.blobs.url, ({ method = '', url = '' }) => {
      const part = /[?&]comp=(\w+)/.exec(url)?.[1];
      seen.push([method, ...(part === undefined ? [] : [part])].join(' '));
      return {};
    });
    const service = new BlobServiceClient(proxy.url, storage.blobs.credential);
    const blob = (name: string, through = service) => through.getContainerClient(kept).getBlockBlobClient(name);
    return { seen, service, kept, blob, stop: () => proxy.stop() };
  }
});

describe('a work queue in memory', () => {
  test('counts what was put, and returns a delayed message when it is due', async () => {
    const clock = new HandClock();
    const work = new MemoryWorkQueue<number>(clock);
    expect(await work.depth()).toBe(0);
    await work.put(1, 60_000);
    await work.put(2, -5_000);
    expect(await work.depth()).toBe(2);
    expect([work.take(), work.take()]).toEqual([2, null]);
    clock.pass(60_000);
    expect(work.take()).toBe(1);
  });
});

describe('a work queue on Azure', () => {
  test('holds what was put, in the form that the Functions host reads: base64 of JSON', async () => {
    const queue = await storage.newQueue();
    const work = azureWorkQueue<{ name: string }>(queue);
    expect(await work.depth()).toBe(0);
    await work.put({ name: 'ä' }, 0);
    expect(await work.depth()).toBe(1);
    const { receivedMessageItems } = await queue.receiveMessages();
    expect(JSON.parse(Buffer.from(receivedMessageItems[0]!.messageText, 'base64').toString())).toEqual({ name: 'ä' });
    expect(receivedMessageItems[0]!.expiresOn.getTime()).toBeGreaterThan(Date.now() + 365 * 86_400_000);
  });
  test('a delayed message counts and is not visible before its time; a time in the past is now', async () => {
    const queue = await storage.newQueue();
    const work = azureWorkQueue<number>(queue);
    await work.put(1, 60_000);
    await work.put(2, -5_000);
    expect(await work.depth()).toBe(2);
    const { receivedMessageItems } = await queue.receiveMessages({ numberOfMessages: 10 });
    expect(receivedMessageItems.map((one) => Buffer.from(one.messageText, 'base64').toString())).toEqual(['2']);
  });
});
