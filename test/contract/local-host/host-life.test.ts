// Starting, stopping and dying: nothing is lost, and a host that cannot work does not look alive.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { TableServiceClient } from '@azure/data-tables';
import {
  createTestBed,
  fixtureApp,
  type Note,
  noteFrom,
  notesOf,
  patienceMs,
  toBase64,
  uniqueName,
  until,
} from './host-under-test';
import { type HostProcess, startHostProcess } from '../../../local/host/host-process';

const bed = createTestBed();
afterAll(() => bed.end());

async function startOnNewQueue(
  settings: Readonly<Record<string, string>> = {},
): Promise<{ host: HostProcess; queue: string }> {
  const queue = uniqueName('life');
  await bed.queues.getQueueClient(queue).create();
  return { queue, host: await bed.start('queues', { IN_QUEUE: queue, OUT_QUEUE: 'unused', ...settings }) };
}
const send = (queue: string, value: unknown): Promise<unknown> =>
  bed.queues.getQueueClient(queue).sendMessage(toBase64(value));
const began = (note: Note): boolean => 'begin' in note;
const ended = (note: Note): boolean => 'end' in note;

test('Azurite serves blobs, queues and tables', async () => {
  const tables = TableServiceClient.fromConnectionString(bed.connectionString, { allowInsecureConnection: true });
  await tables.createTable('atable');
  expect((await bed.blobs.createContainer('acontainer')).containerClient.containerName).toBe('acontainer');
  expect((await bed.queues.createQueue('aqueue')).errorCode).toBeUndefined();
  const names: unknown[] = [];
  for await (const table of tables.listTables()) names.push(table.name);
  expect(names).toContain('atable');
});

test('SIGKILL during a function loses nothing: the message reappears when its lease ends', async () => {
  const { host, queue } = await startOnNewQueue({ LOCAL_HOST_QUEUE_LEASE: '00:00:01' });
  await send(queue, { id: 'a', holdMs: 60_000 });
  await noteFrom(host, began);
  await host.kill();
  expect((await host.exited).signal).toBe('SIGKILL');
  const next = await bed.start('queues', { IN_QUEUE: queue, OUT_QUEUE: 'unused' });
  expect(await noteFrom(next, began)).toMatchObject({ begin: { id: 'a' }, dequeueCount: 2 });
});

test('the lease is renewed while a function runs, so no other host gets the message', async () => {
  const { host, queue } = await startOnNewQueue({ LOCAL_HOST_QUEUE_LEASE: '00:00:01' });
  const other = await bed.start('queues', {
    IN_QUEUE: queue,
    OUT_QUEUE: 'unused',
    LOCAL_HOST_QUEUE_LEASE: '00:00:01',
  });
  await send(queue, { id: 'long', holdMs: 3_000 });
  await until('one host ended it', () => notesOf(host, other).some(ended));
  expect(notesOf(host, other).filter(began)).toHaveLength(1);
  await Promise.all([host.stop(), other.stop()]);
});

test('two hosts share a queue: every message runs, and runs once', async () => {
  const { host, queue } = await startOnNewQueue();
  const other = await bed.start('queues', { IN_QUEUE: queue, OUT_QUEUE: 'unused' });
  const ids = Array.from({ length: 30 }, (_, index) => index);
  await Promise.all(ids.map((id) => send(queue, { id, holdMs: 50 })));
  await until('all ended', () => notesOf(host, other).filter(ended).length >= ids.length);
  await Promise.all([host.stop(), other.stop()]);
  const ran = notesOf(host, other).filter(ended);
  expect(ran.map((note) => (note.end as Note).id as number).sort((a, b) => a - b)).toEqual(ids);
  expect(notesOf(host).filter(ended).length).toBeGreaterThan(0);
  expect(notesOf(other).filter(ended).length).toBeGreaterThan(0);
});

test('SIGTERM lets running functions end, tells the app, and exits with 0', async () => {
  const { host, queue } = await startOnNewQueue();
  await send(queue, { id: 'last', holdMs: 1_000 });
  await noteFrom(host, began);
  expect(await host.stop()).toBe(0);
  expect(notesOf(host).some(ended)).toBe(true);
  expect(host.events().at(-1)).toMatchObject({ event: 'host-stopped' });
  const left = await bed.queues.getQueueClient(queue).getProperties();
  expect(left.approximateMessagesCount).toBe(0);
});

test('SIGTERM takes nothing new, waits no longer than it may, and what was cut off comes again', async () => {
  const queue = uniqueName('life');
  await bed.queues.getQueueClient(queue).create();
  const settings = { IN_QUEUE: queue, OUT_QUEUE: 'unused', LOCAL_HOST_QUEUE_LEASE: '00:00:01' };
  const host = await startHostProcess({
    appDir: fixtureApp('queues'),
    settings: { AzureWebJobsStorage: bed.connectionString, ...settings },
    stopWithinMs: 1_500,
  });
  await send(queue, { id: 'endless', holdMs: 600_000 });
  await noteFrom(host, began);
  const stopped = host.stop();
  await host.waitFor((event) => event.event === 'host-stopping');
  await send(queue, { id: 'new' });
  expect(await stopped).toBe(1);
  expect((await host.exited).signal).toBe('SIGKILL');
  const idOf = (note: Note): unknown => (note.begin as Note).id;
  expect(notesOf(host).filter(began).map(idOf)).toEqual(['endless']);
  const next = await bed.start('queues', settings);
  const ids = (): unknown[] => notesOf(next).filter(began).map(idOf).sort();
  await until('both began', () => ids().length === 2);
  expect(ids()).toEqual(['endless', 'new']);
  expect(
    notesOf(next)
      .filter(began)
      .map((note) => note.dequeueCount)
      .sort(),
  ).toEqual([1, 2]);
});

test('the app finds its settings and its folder when it loads, and no setting without a value', async () => {
  const host = await bed.start('environment', { GIVEN: 'to the app', EMPTY: '' });
  expect(await (await fetch(`${host.url}/api/found`)).json()).toEqual({
    folder: fixtureApp('environment'),
    given: 'to the app',
    empty: null,
  });
  await host.stop();
});

test('a process whose loop is blocked is ended, and another works on at the same address', async () => {
  const { host, queue } = await startOnNewQueue({
    LOCAL_HOST_BLOCKED_AFTER: '00:00:02',
    LOCAL_HOST_QUEUE_LEASE: '00:00:01',
  });
  const { pid } = host;
  await send(queue, { id: 'blocks', blocks: 1 });
  await host.waitFor((event) => event.event === 'host-blocked', patienceMs);
  await send(queue, { id: 'waits' });
  const idsOf = (notes: readonly Note[]): unknown[] => notes.map((note) => (note.end as Note).id).sort();
  await until('both ended', () => notesOf(host).filter(ended).length === 2);
  expect(idsOf(notesOf(host).filter(ended))).toEqual(['blocks', 'waits']);
  expect(existsSync(`/proc/${pid}`)).toBe(false);
  const [before, after] = host.events().filter((event) => event.event === 'host-ready');
  expect([after?.url, host.pid === pid]).toEqual([before?.url, false]);
  expect(await host.stop()).toBe(0);
});

test('a process whose loop is blocked ends when it is stopped, and none takes its place', async () => {
  const queue = uniqueName('life');
  await bed.queues.getQueueClient(queue).create();
  const host = await startHostProcess({
    appDir: fixtureApp('queues'),
    settings: { AzureWebJobsStorage: bed.connectionString, IN_QUEUE: queue, OUT_QUEUE: 'unused' },
    stopWithinMs: 500,
  });
  await send(queue, { id: 'blocks', blocks: 1 });
  await noteFrom(host, began);
  expect(await host.stop()).toBe(1);
  expect((await host.exited).signal).toBe('SIGKILL');
  expect(existsSync(`/proc/${host.pid}`)).toBe(false);
  expect(host.events().filter((event) => event.event === 'host-ready')).toHaveLength(1);
});

const faults: readonly [string, string, string][] = [
  ['an app that registers no function', 'empty', 'no-functions'],
  ['an app that throws while it loads', 'broken', 'app-not-loaded.*broken on purpose'],
  ['an app that throws after it has registered a function', 'late', 'app-not-loaded.*broken after registering'],
  ['an app whose start hook fails', 'refused-start', 'app-not-loaded.*broken in a hook'],
  ['an app that says it cannot work', 'refusing', 'app-refuses.*refused on purpose'],
  ['a folder without an app', '.', 'host-json-invalid'],
  ['a setting that is not set', 'queues', 'setting-missing.*IN_QUEUE'],
];
test.each(faults)('%s is a fault at start', async (_name, app, message) => {
  await expect(bed.start(app)).rejects.toThrow(new RegExp(message));
});

test('an app that says it cannot work is started all the same when it is not asked, and when it can work', async () => {
  for (const settings of [{ LOCAL_HOST_ASKS_APP: 'off' }, { WORKS: 'true' }]) {
    const host = await bed.start('refusing', settings);
    expect(host.functions).toEqual(['hello']);
    expect(await (await fetch(`${host.url}/api/hello`)).text()).toBe('started all the same');
    await host.stop();
  }
});

test('storage that does not answer is a fault at start', async () => {
  const connection = bed.connectionString.replaceAll(/127\.0\.0\.1:\d+/g, '127.0.0.1:1');
  await expect(bed.start('queues', { AzureWebJobsStorage: connection })).rejects.toThrow(/storage-unreachable/);
});

test('a port that is taken is a fault at start', async () => {
  const { host } = await startOnNewQueue();
  const start = startHostProcess({
    appDir: fixtureApp('queues'),
    settings: { AzureWebJobsStorage: bed.connectionString, IN_QUEUE: 'any', OUT_QUEUE: 'any' },
    port: Number(new URL(host.url).port),
  });
  await expect(start).rejects.toThrow(/port-in-use/);
});

test('a settings file that was named must exist', async () => {
  const start = startHostProcess({ appDir: fixtureApp('queues'), settings: {}, settingsFile: '/nowhere.json' });
  await expect(start).rejects.toThrow(/settings-unreadable/);
});

test('Azurite and the host end with the process that started them', async () => {
  const parent = fork(fixtureApp('parent.cjs'), { stdio: ['ignore', 'ignore', 'inherit', 'ipc'], execArgv: [] });
  const [pids] = (await once(parent, 'message')) as [number[]];
  expect(pids.every((pid) => existsSync(`/proc/${pid}`))).toBe(true);
  parent.kill('SIGKILL');
  await until('all children ended', () => pids.every((pid) => !existsSync(`/proc/${pid}`)));
});
