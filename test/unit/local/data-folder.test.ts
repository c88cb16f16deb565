// The folder of a machine: one process at a time, and nobody takes it from a living one.
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { takeDataFolder } from '../../../local/data-folder';
import { DATA_LOCK, isHeld, readDataLock, type DataLock } from '../../../shared/storage/data-lock';

/** No process has this number: Linux ends at 2^22, and other systems below. */
const NOBODY = 2 ** 30;

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'rollcall-data-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const lockOf = (more: Partial<DataLock>): DataLock => ({
  pid: process.pid,
  since: '2026-11-21T08:00:00.000Z',
  services: [],
  storage: null,
  graph: null,
  ...more,
});
const putLock = (text: string): void => writeFileSync(join(folder, DATA_LOCK), text);

test('a new folder is made, taken, announced and left without a trace', async () => {
  const path = join(folder, 'a', 'b');
  const data = await takeDataFolder(path);
  expect(data.wasCutOff).toBe(false);
  expect(await readDataLock(path)).toMatchObject({ pid: process.pid, storage: null, services: [] });
  await data.announce({ services: [process.pid], storage: 'UseDevelopmentStorage=true', graph: 'http://127.0.0.1:1' });
  expect(await readDataLock(path)).toMatchObject({ pid: process.pid, storage: 'UseDevelopmentStorage=true' });
  await data.release();
  expect(readdirSync(path)).toEqual([]);
});

test('a folder in use is refused with the addresses, also while its machine is starting', async () => {
  putLock(JSON.stringify(lockOf({ services: [process.pid], storage: 'STORAGE', graph: 'GRAPH' })));
  await expect(takeDataFolder(folder)).rejects.toThrow(
    /in use by a machine \(process \d+, .*\nStorage: STORAGE\nSimulator: GRAPH$/s,
  );
  putLock(JSON.stringify(lockOf({})));
  await expect(takeDataFolder(folder)).rejects.toThrow('It is starting.');
  expect(readdirSync(folder)).toEqual([DATA_LOCK]);
});

test.each([
  ['a dead process', JSON.stringify(lockOf({ pid: NOBODY }))],
  ['a process that only has the number of a dead one', JSON.stringify(lockOf({ services: [NOBODY], storage: 'x' }))],
  ['a process that died while it wrote', '{"pid":1'],
])('the lock of %s is taken over, and it is said', async (_, text) => {
  putLock(text);
  const data = await takeDataFolder(folder);
  expect(data.wasCutOff).toBe(true);
  expect(await readDataLock(folder)).toMatchObject({ pid: process.pid });
});

test('of several that start at once, one gets the folder', async () => {
  putLock(JSON.stringify(lockOf({ pid: NOBODY })));
  const taken = await Promise.allSettled(Array.from({ length: 5 }, () => takeDataFolder(folder)));
  expect(taken.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
});

test('the tenant is read as it was saved last; before that there is none', async () => {
  const data = await takeDataFolder(folder);
  expect(await data.readTenant()).toBeNull();
  await data.saveTenant(Buffer.from('one'));
  await data.saveTenant(Buffer.from('two'));
  expect(String(await data.readTenant())).toBe('two');
  await data.release();
  expect(readdirSync(folder)).toEqual(['entra.bin']);
});

test('a folder without a lock is nobody’s, and one that does not exist neither', async () => {
  expect(await readDataLock(folder)).toBeNull();
  expect(await readDataLock(join(folder, 'gone'))).toBeNull();
  expect(isHeld(lockOf({ pid: 0 }))).toBe(false);
  expect(existsSync(join(folder, 'gone'))).toBe(false);
});
