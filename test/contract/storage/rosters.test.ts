// The rosters of sources: files that never change, a pointer that only one of two writers moves. The same promises on real storage and in memory.
import { once } from 'node:events';
import { createServer, request as openRequest } from 'node:http';
import type { AddressInfo } from 'node:net';
import { BlobServiceClient } from '@azure/storage-blob';
import { azureRosterStore } from '../../../shared/roster/azure-roster-store';
import { readDates } from '../../../shared/roster/dates-file';
import { loadRoster } from '../../../shared/roster/read-roster';
import { removePerson } from '../../../shared/roster/remove-person';
import type { DatesPin, FilePin, RosterPin, RosterStore } from '../../../shared/roster/roster-store';
import type { RosterTable } from '../../../shared/roster/roster-table';
import { updateRoster } from '../../../shared/roster/update-roster';
import type { Versioned } from '../../../shared/storage/versioned';
import { MemoryRosterStore } from '../../unit/memory/memory-roster-store';
import { seededRandom } from '../../unit/memory/seeded-random';
import { datedPerson, gathered, streamed } from '../../unit/roster/made-dates';
import { partOf, runId, SOURCE } from '../../unit/roster/made-roster';
import { openTestStorage } from './storage-under-test';

const storage = openTestStorage();

const textOf = async (store: RosterStore, pin: FilePin): Promise<string> => {
  const parts: Uint8Array[] = [];
  for await (const part of await store.read(pin)) parts.push(Buffer.from(part));
  return Buffer.concat(parts).toString();
};
const write = async (
  store: RosterStore,
  source: string,
  old: Versioned<RosterPin> | null,
  text: string,
): Promise<Versioned<RosterPin> | null> => {
  const writer = store.replace(source, old);
  for (const letter of text) await writer.append(Buffer.from(letter));
  return writer.commit();
};
const writeTestDates = async (
  store: RosterStore,
  old: Versioned<RosterPin> | null,
  text: string,
): Promise<DatesPin> => {
  const writer = store.writeDates('s', old);
  await writer.append(Buffer.from(text));
  return { ...(await writer.commit()), people: 1, next: 5 };
};
const load = async (store: RosterStore): Promise<RosterTable> => {
  const { value } = (await store.current(SOURCE))!;
  return loadRoster(await store.read(value), SOURCE, value.bytes);
};
const isMissing = { code: 'roster-missing', disposition: 'retry' };

test('what is no roster is never removed, whatever its name begins with', async () => {
  const container = await storage.newContainer();
  const store = azureRosterStore(container, seededRandom(7));
  const kept = ['s/current.json', 's/notes.txt', 's/00000000.txt', 's/1-old.roster', 's/old/readme-x.roster'];
  const first = await write(store, 's', null, 'one');
  const second = await write(store, 's', first, 'two');
  for (const name of kept.slice(1)) await container.getBlockBlobClient(name).upload('x', 1);
  await store.removeBefore('s', second!.value, second!.value);
  const names: string[] = [];
  for await (const { name } of container.listBlobsFlat()) names.push(name);
  expect(names.sort()).toEqual([...kept, second!.value.name].sort());
});

describe.each([
  {
    where: 'on Azure blobs',
    open: async (): Promise<RosterStore> => azureRosterStore(await storage.newContainer(), seededRandom(7)),
  },
  { where: 'in memory', open: (): Promise<RosterStore> => Promise.resolve(new MemoryRosterStore()) },
])('rosters $where', ({ open }) => {
  test('a source has none until the first is committed, and each source has its own', async () => {
    const store = await open();
    const writer = store.replace('contoso-hr', null);
    await writer.append(Buffer.from('one'));
    expect(await store.current('contoso-hr')).toBeNull();
    const first = await writer.commit();
    expect(await store.current('contoso-hr')).toEqual(first);
    expect(first!.value.bytes).toBe(3);
    expect(await textOf(store, first!.value)).toBe('one');
    expect(await store.current('contoso')).toBeNull();
  });
  test('of two first ones, one is taken', async () => {
    const store = await open();
    const [a, b] = await Promise.all([write(store, 's', null, 'a'), write(store, 's', null, 'b')]);
    expect([a, b].filter((one) => one !== null)).toHaveLength(1);
    expect(await store.current('s')).toEqual(a ?? b);
    expect(await textOf(store, (a ?? b)!.value)).toBe(a === null ? 'b' : 'a');
  });
  test('of two that replace the same one, one is taken; nothing replaces what it has not seen', async () => {
    const store = await open();
    const first = await write(store, 's', null, 'one');
    const second = await write(store, 's', first, 'two');
    expect(await write(store, 's', first, 'three')).toBeNull();
    expect(await write(store, 's', null, 'four')).toBeNull();
    expect(await store.current('s')).toEqual(second);
    expect(await textOf(store, second!.value)).toBe('two');
  });
  test('a pinned roster is read as it was, also after it was replaced', async () => {
    const store = await open();
    const first = await write(store, 's', null, 'one');
    const reading = await store.read(first!.value);
    const second = await write(store, 's', first, 'two');
    const parts: Uint8Array[] = [];
    for await (const part of reading) parts.push(Buffer.from(part));
    expect(Buffer.concat(parts).toString()).toBe('one');
    expect(await textOf(store, first!.value)).toBe('one');
    expect(second!.value.name > first!.value.name).toBe(true);
  });
  test('what is older than a roster can be removed; the current one and other sources stay', async () => {
    const store = await open();
    const first = await write(store, 's', null, 'one');
    const second = await write(store, 's', first, 'two');
    const third = await write(store, 's', second, 'three');
    const other = await write(store, 's2', null, 'other');
    await store.removeBefore('s', second!.value, third!.value);
    await expect(store.read(first!.value)).rejects.toMatchObject(isMissing);
    expect(await textOf(store, second!.value)).toBe('two');
    expect(await store.current('s')).toEqual(third);
    expect(await textOf(store, other!.value)).toBe('other');
  });
  test('kept records are replaced by who read them last, and no merge removes them', async () => {
    const store = await open();
    const keep = async (old: { readonly etag: string } | null, text: string): Promise<boolean> => {
      const writer = store.keepRecords('s', old);
      await writer.append(text);
      return writer.commit();
    };
    const textOfKept = async (): Promise<string> => {
      const parts: Uint8Array[] = [];
      for await (const part of (await store.keptRecords('s'))!.value) parts.push(Buffer.from(part));
      return Buffer.concat(parts).toString();
    };
    expect(await store.keptRecords('s')).toBeNull();
    expect(await keep(null, 'one')).toBe(true);
    expect(await keep(null, 'two')).toBe(false);
    const first = await store.keptRecords('s');
    expect(await keep(first, 'three')).toBe(true);
    expect(await keep(first, 'four')).toBe(false);
    const roster = await write(store, 's', await write(store, 's', null, 'a'), 'b');
    await store.removeBefore('s', roster!.value, roster!.value);
    expect(await textOfKept()).toBe('three');
    expect(await keep(await store.keptRecords('s'), '')).toBe(true);
    expect(await textOfKept()).toBe('');
    expect(await store.keptRecords('s2')).toBeNull();
  });
  test('a pin of another version, or of nothing, is missing', async () => {
    const store = await open();
    const first = await write(store, 's', null, 'one');
    await expect(store.read({ ...first!.value, etag: '"0x0"' })).rejects.toMatchObject(isMissing);
    await expect(store.read({ ...first!.value, name: 's/99999999.roster' })).rejects.toMatchObject(isMissing);
    await expect(store.writtenAt({ ...first!.value, etag: '"0x0"' })).rejects.toMatchObject(isMissing);
    await expect(store.writtenAt({ ...first!.value, name: 's/99999999.roster' })).rejects.toMatchObject(isMissing);
  });
  test('dates come with the roster that is committed with them, stay with the next one, and go when they are replaced', async () => {
    const store = await open();
    const first = await write(store, 's', null, 'one');
    const dates = await writeTestDates(store, first, 'dated');
    const writer = store.replace('s', first);
    await writer.append(Buffer.from('two'));
    const second = await writer.commit(dates);
    expect(second!.value.dates).toEqual(dates);
    expect(await store.current('s')).toEqual(second);
    expect(await store.nextDay('s')).toBe(5);
    expect(await textOf(store, dates)).toBe('dated');
    const third = await write(store, 's', second, 'three');
    expect(third!.value.dates).toEqual(dates);
    await store.removeBefore('s', third!.value, third!.value);
    expect(await textOf(store, third!.value.dates!)).toBe('dated');
    const last = store.replace('s', third);
    const fourth = await last.commit(null);
    expect(fourth!.value).not.toHaveProperty('dates');
    expect([await store.nextDay('s'), await store.nextDay('of-nobody')]).toEqual([null, null]);
    await store.removeBefore('s', fourth!.value, fourth!.value);
    await expect(store.read(dates)).rejects.toMatchObject(isMissing);
  });
  test('the dates of a roster that was not taken are deleted, and those of the current one are not', async () => {
    const store = await open();
    const first = await write(store, 's', null, 'one');
    const dates = await writeTestDates(store, first, 'dated');
    const second = await store.replace('s', first).commit(dates);
    const late = await writeTestDates(store, first, 'late');
    expect(await store.replace('s', first).commit(late)).toBeNull();
    await expect(store.read(late)).rejects.toMatchObject(isMissing);
    expect(await store.replace('s', null).commit()).toBeNull();
    expect(await store.current('s')).toEqual(second);
    expect(await textOf(store, dates)).toBe('dated');
  });
  test('a roster says when it was written', async () => {
    const store = await open();
    const first = await write(store, 's', null, 'one');
    // The clock of the service, in whole seconds; or that of the test.
    expect(new Date(await store.writtenAt(first!.value)).getUTCFullYear()).toBeGreaterThanOrEqual(2026);
  });
  test('one person can be taken out: everybody else stays, byte by byte, and the file is whole', async () => {
    const store = await open();
    const facts = [1n, 2n, 3n].map((id) => ({ id, value: Number(id), why: null }));
    await updateRoster(store, partOf({ n: 1, facts }), null);
    const before = await load(store);
    expect(await removePerson(store, SOURCE, 2n)).toBe(true);
    const after = await load(store);
    expect([...after].map(({ idHash }) => idHash)).toEqual([1n, 3n]);
    const one = before.entries.length / 3;
    const kept = Buffer.concat([before.entries.subarray(0, one), before.entries.subarray(2 * one)]);
    expect(after.entries.equals(kept)).toBe(true);
    expect(after.header).toEqual(before.header);
    const pin = await store.current(SOURCE);
    expect(await removePerson(store, SOURCE, 2n)).toBe(false);
    expect(await store.current(SOURCE)).toEqual(pin);
  });
  test('somebody of whom only a day to come is known can be taken out, too', async () => {
    const store = await open();
    const said = [7n, 8n].map((idHash) => datedPerson({ idHash, run: runId(1) }));
    const dates = {
      ...({ kind: 'file', run: runId(1), hasRow: () => true, full: null } as const),
      said: () => streamed(said),
    };
    await updateRoster(store, partOf({ n: 1, facts: [] }), null, dates);
    expect(await removePerson(store, SOURCE, 7n)).toBe(true);
    const left = await gathered(readDates(store, (await store.current(SOURCE))!.value.dates));
    expect(left).toEqual([said[1]]);
    expect(await removePerson(store, SOURCE, 8n)).toBe(true);
    expect((await store.current(SOURCE))!.value).not.toHaveProperty('dates');
  });
  test('runs that settle at once end in one roster with all of their people', async () => {
    const store = await open();
    const numbers = [1, 2, 3, 4];
    await Promise.all(
      numbers.map((n) => updateRoster(store, partOf({ n, facts: [{ id: BigInt(n), value: n, why: null }] }), null)),
    );
    const { value } = (await store.current(SOURCE))!;
    const table = await loadRoster(await store.read(value), SOURCE, value.bytes);
    expect([...table].map(({ run }) => run)).toEqual(numbers.map(runId));
  });
});

test('a container that is missing is a fault that is tried again', async () => {
  const store = azureRosterStore(storage.blobs.getContainerClient('no-such-container'), seededRandom(7));
  await expect(write(store, 's', null, 'one')).rejects.toMatchObject({ code: 'storage-blob', disposition: 'retry' });
});

test('an answer that is lost on the way: the client moves the pointer twice, and the roster is still there', async () => {
  const container = await storage.newContainer();
  const service = new URL(storage.blobs.url);
  let lost = 0;
  const proxy = createServer((incoming, outgoing) => {
    const { method, url = '', headers } = incoming;
    const passed = openRequest({ host: service.hostname, port: service.port, method, path: url, headers }, (answer) => {
      if (url.includes('current.json') && method === 'PUT' && lost++ === 0) {
        answer.resume().on('end', () => outgoing.destroy());
        return;
      }
      outgoing.writeHead(answer.statusCode ?? 500, answer.headers);
      answer.pipe(outgoing);
    });
    incoming.pipe(passed);
  }).listen(0, '127.0.0.1');
  await once(proxy, 'listening');
  try {
    const url = new URL(storage.blobs.url);
    url.port = String((proxy.address() as AddressInfo).port);
    const through = new BlobServiceClient(url.href, storage.blobs.credential, { retryOptions: { retryDelayInMs: 1 } });
    const store = azureRosterStore(through.getContainerClient(container.containerName), seededRandom(7));
    const written = await write(store, 's', null, 'one');
    expect(lost).toBe(2);
    expect(written).not.toBeNull();
    const direct = azureRosterStore(container, seededRandom(8));
    expect(await direct.current('s')).toEqual(written);
    expect(await textOf(direct, written!.value)).toBe('one');
  } finally {
    proxy.closeAllConnections();
    proxy.close();
  }
});
