// What HR and the identity team write: exports and source settings. The same promises on real storage and in memory.
import type { ContainerClient } from '@azure/storage-blob';
import { azureExportStore } from '../../../shared/export/azure-export-store';
import type { ExportStore } from '../../../shared/export/export-store';
import { azureUndeliveredStore } from '../../../shared/export/azure-undelivered-store';
import type { UndeliveredStore } from '../../../shared/export/undelivered-store';
import { MAX_HOLD_LIST_BYTES } from '../../../shared/holdlist/hold-list';
import { MAX_SETTINGS_BYTES, MAX_SETTINGS_BYTES_READ } from '../../../shared/source/settings-limits';
import { azureSourceStore } from '../../../shared/source/azure-source-store';
import type { SourceStore } from '../../../shared/source/source-store';
import { HandClock } from '../../unit/memory/hand-clock';
import { MemoryExportStore } from '../../unit/memory/memory-export-store';
import { MemorySourceStore } from '../../unit/memory/memory-source-store';
import { MemoryUndeliveredStore } from '../../unit/memory/memory-undelivered-store';
import { openTestStorage } from './storage-under-test';

const storage = openTestStorage();

const upload = async (container: ContainerClient, name: string, content: string | Buffer): Promise<void> => {
  await container.getBlockBlobClient(name).upload(content, Buffer.byteLength(content));
};

/** Exports, and how HR drops and deletes them. */
interface Exports {
  readonly exports: ExportStore;
  readonly drop: (name: string, content: string) => Promise<void>;
  readonly remove: (name: string) => Promise<void>;
}
async function exportsOnStorage(): Promise<Exports> {
  const container = await storage.newContainer();
  return {
    exports: azureExportStore(container),
    drop: (name, content) => upload(container, name, content),
    remove: async (name) => {
      await container.deleteBlob(name);
    },
  };
}
function exportsInMemory(): Promise<Exports> {
  const exports = new MemoryExportStore(new HandClock());
  return Promise.resolve({
    exports,
    drop: (name, content) => {
      exports.drop(name, content);
      return Promise.resolve();
    },
    remove: (name) => {
      exports.remove(name);
      return Promise.resolve();
    },
  });
}

test('a directory of an account with a hierarchical namespace is no export; a file of HR with such metadata is one', async () => {
  const container = await storage.newContainer();
  const exports = azureExportStore(container);
  const drop = (name: string, content: string): Promise<unknown> =>
    container.getBlockBlobClient(name).upload(content, content.length, { metadata: { hdi_isfolder: 'true' } });
  await drop('contoso-hr', '');
  await drop('contoso-hr/2026', '');
  await drop('contoso-hr/people.csv', 'id\n1\n');
  const names = [];
  for await (const { name } of exports.list()) names.push(name);
  expect(names).toEqual(['contoso-hr/people.csv']);
});

describe.each([
  { where: 'on Azure blobs', open: exportsOnStorage },
  { where: 'in memory', open: exportsInMemory },
])('exports $where', ({ open }) => {
  const listed = async ({ exports }: Exports) => {
    const found = [];
    for await (const version of exports.list()) found.push(version);
    return found;
  };

  test('the version that is there now has name, size, a quoted ETag and a time in whole seconds', async () => {
    const one = await open();
    await one.drop('contoso-hr/a ä#1.csv', 'é;1');
    const version = await one.exports.head('contoso-hr/a ä#1.csv');
    expect(version).toMatchObject({ name: 'contoso-hr/a ä#1.csv', bytes: 4, etag: expect.stringMatching(/^".+"$/) });
    expect(version!.lastModified % 1_000).toBe(0);
  });
  test('a new version has another ETag; a file that was deleted, or never was, is none', async () => {
    const one = await open();
    await one.drop('contoso-hr/a.csv', 'old');
    const old = await one.exports.head('contoso-hr/a.csv');
    await one.drop('contoso-hr/a.csv', 'new');
    expect((await one.exports.head('contoso-hr/a.csv'))?.etag).not.toBe(old?.etag);
    await one.remove('contoso-hr/a.csv');
    expect(await one.exports.head('contoso-hr/a.csv')).toBeNull();
    expect(await one.exports.readText('contoso-hr/a.csv', 10)).toBeNull();
  });
  test.each([
    ['', 'no file'],
    ['contoso-hr/', 'no file in a folder'],
    ['contoso-hr/.', 'a folder'],
    ['contoso-hr/../runs/a', 'a file outside'],
    [`contoso-hr/${'n'.repeat(1_000)}.csv.manifest.json`, 'a name that is too long'],
  ])('%j names nothing: %s', async (name) => {
    const { exports } = await open();
    expect(await exports.head(name)).toBeNull();
    expect(await exports.readText(name, 10)).toBeNull();
  });
  test('the version that was seen is deleted, and never a newer one of the same name', async () => {
    const one = await open();
    await one.drop('contoso-hr/a.csv', 'old');
    const old = (await one.exports.head('contoso-hr/a.csv'))!;
    await one.drop('contoso-hr/a.csv', 'new');
    await one.exports.delete(old);
    const newer = (await one.exports.head('contoso-hr/a.csv'))!;
    expect(newer).not.toBeNull();
    for (const version of [newer, newer, { ...newer, name: 'contoso-hr/../b.csv' }]) await one.exports.delete(version);
    expect(await one.exports.head('contoso-hr/a.csv')).toBeNull();
  });
  test('a file whose name no path can hold is listed, and looked at never', async () => {
    const one = await open();
    await one.drop('contoso-hr//', '22');
    expect(await listed(one)).toMatchObject([{ name: 'contoso-hr//' }]);
    expect(await one.exports.head('contoso-hr//')).toBeNull();
    expect(await one.exports.readText('contoso-hr//', 10)).toBeNull();
  });
  test('a listing tells of each file what a look at it tells, so that one version never makes two runs', async () => {
    const one = await open();
    await one.drop('contoso-hr/b.csv', '22');
    await one.drop('contoso-hr/a.csv', '1');
    await one.drop('outside.csv', '');
    const versions = await listed(one);
    expect(versions.map(({ name }) => name)).toEqual(['contoso-hr/a.csv', 'contoso-hr/b.csv', 'outside.csv']);
    for (const version of versions) expect(await one.exports.head(version.name)).toEqual(version);
  });
  test('a small file is read as text, cut where it is too long, and empty if it is empty', async () => {
    const one = await open();
    await one.drop('contoso-hr/a.csv.manifest.json', '{"rows":1}');
    await one.drop('contoso-hr/b.csv.manifest.json', '');
    expect(await one.exports.readText('contoso-hr/a.csv.manifest.json', 1_000)).toBe('{"rows":1}');
    expect(await one.exports.readText('contoso-hr/a.csv.manifest.json', 7)).toBe('{"rows"');
    expect(await one.exports.readText('contoso-hr/b.csv.manifest.json', 1_000)).toBe('');
  });
});

test('a container that is missing is a fault that is tried again, never one without exports', async () => {
  const exports = azureExportStore(storage.blobs.getContainerClient('no-such-container'));
  const listing = exports.list()[Symbol.asyncIterator]();
  await expect(listing.next()).rejects.toMatchObject({ code: 'storage-blob', disposition: 'retry' });
});

/** What Event Grid could not deliver, and how it writes that. */
interface Undelivered {
  readonly undelivered: UndeliveredStore;
  readonly put: (name: string, text: string) => Promise<void>;
}
describe.each([
  {
    where: 'on Azure blobs',
    open: async (): Promise<Undelivered> => {
      const container = await storage.newContainer();
      await container.getBlockBlobClient('SUB').upload('', 0, { metadata: { hdi_isfolder: 'true' } });
      return { undelivered: azureUndeliveredStore(container), put: (name, text) => upload(container, name, text) };
    },
  },
  {
    where: 'in memory',
    open: (): Promise<Undelivered> => {
      const undelivered = new MemoryUndeliveredStore();
      const put = (name: string, text: string): Promise<void> => {
        undelivered.put(name, text);
        return Promise.resolve();
      };
      return Promise.resolve({ undelivered, put });
    },
  },
])('what Event Grid could not deliver $where', ({ open }) => {
  test('is listed, read and deleted; folders, and what no path can hold, are not in the list', async () => {
    const { undelivered, put } = await open();
    expect(await undelivered.list(10)).toEqual([]);
    for (const name of ['SUB/2026/11/27/3/b.json', 'SUB/2026/11/27/3/a.json', 'SUB//c.json'])
      await put(name, `[${name}]`);
    expect(await undelivered.list(10)).toEqual(['SUB/2026/11/27/3/a.json', 'SUB/2026/11/27/3/b.json']);
    expect(await undelivered.list(1)).toEqual(['SUB/2026/11/27/3/a.json']);
    expect(await undelivered.readText('SUB/2026/11/27/3/a.json', 100)).toBe('[SUB/2026/11/27/3/a.json]');
    expect(await undelivered.readText('SUB/2026/11/27/3/a.json', 4)).toBe('[SUB');
    await undelivered.remove('SUB/2026/11/27/3/a.json');
    await undelivered.remove('SUB/2026/11/27/3/a.json');
    expect(await undelivered.readText('SUB/2026/11/27/3/a.json', 100)).toBeNull();
    expect(await undelivered.list(10)).toEqual(['SUB/2026/11/27/3/b.json']);
  });
  test('may be empty', async () => {
    const { undelivered, put } = await open();
    await put('SUB/a.json', '');
    expect(await undelivered.readText('SUB/a.json', 100)).toBe('');
  });
});

/** Source settings, and how the identity team writes them. */
interface Sources {
  readonly sources: SourceStore;
  readonly put: (source: string, content: string | Buffer) => Promise<void>;
  /** Null: there is none any more. */
  readonly putHoldList: (source: string, content: string | null) => Promise<void>;
}
async function sourcesOnStorage(): Promise<Sources> {
  const container = await storage.newContainer();
  return {
    sources: azureSourceStore(container),
    put: (source, content) => upload(container, `${source}/source.json`, content),
    putHoldList: async (source, content) => {
      if (content === null) await container.deleteBlob(`${source}/hold.csv`);
      else await upload(container, `${source}/hold.csv`, content);
    },
  };
}
function sourcesInMemory(): Promise<Sources> {
  const sources = new MemorySourceStore();
  return Promise.resolve({
    sources,
    put: (source, content) => {
      sources.put(source, content);
      return Promise.resolve();
    },
    putHoldList: (source, content) => {
      sources.putHoldList(source, content);
      return Promise.resolve();
    },
  });
}

describe.each([
  { where: 'on Azure blobs', open: sourcesOnStorage },
  { where: 'in memory', open: sourcesInMemory },
])('source settings $where', ({ open }) => {
  test('are read as they are now, each time; a source without settings has none', async () => {
    const one = await open();
    expect(await one.sources.read('contoso-hr')).toBeNull();
    await one.put('contoso-hr', '{"a":1}');
    expect(await one.sources.read('contoso-hr')).toBe('{"a":1}');
    expect(await one.sources.read('contoso-hr')).toBe('{"a":1}');
    await one.put('contoso-hr', '{"a":2}');
    expect(await one.sources.read('contoso-hr')).toBe('{"a":2}');
    expect(await one.sources.read('fabrikam-hr')).toBeNull();
  });
  test('may have a byte order mark, or be UTF-16 as PowerShell writes it', async () => {
    const one = await open();
    await one.put('contoso-hr', '\uFEFF{"a":"ä"}');
    expect(await one.sources.read('contoso-hr')).toBe('{"a":"ä"}');
    await one.put('contoso-hr', Buffer.from('\uFEFF{"a":"ä"}', 'utf16le'));
    expect(await one.sources.read('contoso-hr')).toContain('{"a":"ä"}');
  });
  test('have a hold list beside them: its bytes as they are now, with another version for other bytes', async () => {
    const one = await open();
    const read = async () => {
      const file = await one.sources.readHoldList('contoso-hr');
      return file && { text: Buffer.from(file.content).toString('utf8'), etag: file.etag };
    };
    expect(await read()).toBeNull();
    await one.putHoldList('contoso-hr', 'é,1');
    const first = await read();
    expect(first?.text).toBe('é,1');
    expect(await read()).toEqual(first);
    await one.putHoldList('contoso-hr', 'é,2');
    const second = await read();
    expect(second?.text).toBe('é,2');
    expect(second?.etag).not.toBe(first?.etag);
    await one.putHoldList('contoso-hr', '');
    expect((await read())?.text).toBe('');
    await one.putHoldList('contoso-hr', null);
    expect(await read()).toBeNull();
    expect(await one.sources.readHoldList('fabrikam-hr')).toBeNull();
  });
  test('are cut where it is certain that they are too long, in either encoding', async () => {
    const one = await open();
    for (const encoding of ['utf8', 'utf16le'] as const) {
      await one.put('contoso-hr', Buffer.from(`\uFEFF${'x'.repeat(3 * MAX_SETTINGS_BYTES)}`, encoding));
      const text = (await one.sources.read('contoso-hr')) ?? '';
      expect(text.length).toBeGreaterThan(MAX_SETTINGS_BYTES);
      expect(text.length).toBeLessThanOrEqual(MAX_SETTINGS_BYTES_READ);
    }
  });
  test('have a hold list that is cut one byte behind its limit, so that a reader sees that it is too long', async () => {
    const one = await open();
    await one.putHoldList('contoso-hr', 'x'.repeat(MAX_HOLD_LIST_BYTES + 5));
    expect((await one.sources.readHoldList('contoso-hr'))?.content.length).toBe(MAX_HOLD_LIST_BYTES + 1);
  });
});
