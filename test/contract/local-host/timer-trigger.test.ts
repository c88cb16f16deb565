// Timers, by the rules of the real host (local/host/README.md).
import { createTestBed, type Note, noteFrom, notesOf, uniqueName, until } from './host-under-test';
import type { HostProcess } from '../../../local/host/host-process';
import { readBlob } from '../../../local/host/storage';

const bed = createTestBed();
/** A storage lease takes at least 15 s to run out, so this begins first and is checked last. */
let tookOverAfterKill: Promise<Note>;
beforeAll(() => {
  tookOverAfterKill = takeOverAfterKill();
});
afterAll(() => bed.end());

const every = (seconds: number): string => `*/${seconds} * * * * *`;
const never = '0 0 4 1 1 *';
const start = (hostId: string, settings: Readonly<Record<string, string>>): Promise<HostProcess> =>
  bed.start('timers', { OFTEN: every(1), AzureFunctionsWebHost__hostid: hostId, ...settings });
const runsOf = (fn: string, ...hosts: readonly HostProcess[]): Note[] =>
  notesOf(...hosts).filter((note) => note.fn === fn);

test('a timer that runs longer than its interval never overlaps itself, in one process or in two', async () => {
  const id = uniqueName('often');
  const hosts = await Promise.all([start(id, { OFTEN_HOLD_MS: '1100' }), start(id, { OFTEN_HOLD_MS: '1100' })]);
  const ends = (): number => runsOf('often', ...hosts).filter((note) => note.edge === 'end').length;
  await until('it ran twice', () => ends() >= 2);
  await Promise.all(hosts.map((host) => host.stop()));
  const edges = runsOf('often', ...hosts).sort((a, b) => Number(a.at) - Number(b.at));
  edges.forEach((note, index) => expect(note.edge).toBe(index % 2 === 0 ? 'begin' : 'end'));
  expect(new Set(edges.slice(0, 4).map((note) => note.pid)).size).toBe(1);
});

test('when the host that holds the timer stops, the other takes over', async () => {
  const id = uniqueName('over');
  const first = await start(id, { OFTEN_HOLD_MS: '0' });
  await noteFrom(first, (note) => note.fn === 'often');
  const second = await start(id, { OFTEN_HOLD_MS: '0' });
  await first.stop();
  await noteFrom(second, (note) => note.fn === 'often');
  await second.stop();
});

test('the function gets the schedule status in camel case; below one minute there is none', async () => {
  const host = await start(uniqueName('shape'), {});
  const { timer } = await noteFrom(host, (note) => note.fn === 'often' && note.edge === 'begin');
  expect(timer).toEqual({ schedule: { adjustForDST: true }, scheduleStatus: null, isPastDue: false });
  await host.stop();
});

test('runOnStartup runs once when the host takes the timer', async () => {
  const host = await start(uniqueName('atstart'), { OFTEN: never });
  await noteFrom(host, (note) => note.fn === 'atStart');
  await host.stop();
  expect(runsOf('atStart', host)).toHaveLength(1);
});

test('a status is kept, and a run missed while no host was running is made up for, past due', async () => {
  const id = uniqueName('missed');
  const status = bed.blobs
    .getContainerClient('azure-webjobs-hosts')
    .getBlockBlobClient(`timers/${id}/Host.Functions.seldom/status`);
  const first = await start(id, { OFTEN: never });
  await until('the status is written', () => status.exists());
  await first.stop();
  expect(runsOf('seldom', first)).toEqual([]);
  const written = JSON.parse((await readBlob(status)).toString()) as { Last: string; Next: string };
  expect(new Date(written.Next).getTime()).toBeGreaterThan(Date.now());

  const missed = JSON.stringify({
    Last: '2020-01-01T04:00:00Z',
    Next: '2021-01-01T04:00:00Z',
    LastUpdated: '2020-01-01T04:00:00Z',
  });
  await status.upload(missed, missed.length);
  const second = await start(id, { OFTEN: never });
  const { timer } = await noteFrom(second, (note) => note.fn === 'seldom');
  expect(timer).toMatchObject({ isPastDue: true, scheduleStatus: { last: '2020-01-01T04:00:00Z' } });
  await until('the status moved on', async () => {
    const now = JSON.parse((await readBlob(status)).toString()) as { Next: string };
    return new Date(now.Next).getTime() > Date.now();
  });
  await second.stop();
});

test('POST /admin/functions/{name} fires a timer where it is held, and is refused elsewhere', async () => {
  const id = uniqueName('byhand');
  const holder = await start(id, { OFTEN: never });
  await holder.waitFor((event) => event.event === 'timer-next' && event.functionName === 'seldom');
  const other = await start(id, { OFTEN: never });
  const fire = (host: HostProcess): Promise<Response> =>
    fetch(`${host.url}/admin/functions/seldom`, { method: 'POST', body: '{}' });
  expect((await fire(other)).status).toBe(409);
  expect((await fire(holder)).status).toBe(202);
  await noteFrom(holder, (note) => note.fn === 'seldom');
  await Promise.all([holder.stop(), other.stop()]);
});

async function takeOverAfterKill(): Promise<Note> {
  const id = uniqueName('killed');
  const first = await start(id, { OFTEN_HOLD_MS: '0' });
  await noteFrom(first, (note) => note.fn === 'often');
  const second = await start(id, { OFTEN_HOLD_MS: '0' });
  await first.kill();
  const note = await noteFrom(second, (one) => one.fn === 'often');
  await second.stop();
  return note;
}

test('after SIGKILL of the host that holds the timer the other takes over when the lease has run out', async () => {
  expect(await tookOverAfterKill).toMatchObject({ fn: 'often', edge: 'begin' });
});
