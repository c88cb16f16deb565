// Events of Event Grid on their way to the app, by its webhook and by the queue: lost, doubled, given up, too early.
import { azureRunTable } from '../../shared/run/azure-run-table';
import {
  asCloudEvent,
  blobCreated,
  blobRenamed,
  DESTINATIONS,
  EventGrid,
  giveUp,
  type Destination,
} from '../event-grid';
import type { HostProcess } from '../../local/host/host-process';
import type { Case, Ground } from './ground';
import { startGround } from './ground';
import { STEP_WITHIN_MS, untilTicked } from './host-watch';
import { PLAIN_FILE, playFault, type FaultLine } from './plain-life';
import { queueOf, untilDepth } from './queue-watch';
import { PLAIN_BATCHES, PLAIN_WORLD, SOURCE, writeFile } from './small-world';
import { dropExport } from '../../local/drop-files';
import { limitTests, until } from './until';

limitTests(120_000);

let ground: Ground;
beforeAll(async () => {
  ground = await startGround();
});
afterAll(() => ground.stop());

const BLOB = `${SOURCE}/${PLAIN_FILE}`;
/** `ROLLCALL_LOST_EXPORT_SECONDS` of these tests (ground.ts), ms. */
const LOST_AFTER_MS = 2_000;
/** The sweep would find the file even so: here the event alone has to. */
const EVENT_ALONE = { ROLLCALL_LOST_EXPORT_SECONDS: '3600' };

/** One life with this destination; `grid` is Event Grid before its host. */
const play = (
  destination: Destination,
  settings: Readonly<Record<string, string>>,
  meanwhile: (grid: EventGrid, one: Case, host: HostProcess) => Promise<void>,
  more: FaultLine = {},
): Promise<void> =>
  playFault(ground, {
    settings: { ROLLCALL_EVENT_DESTINATION: destination, ...settings },
    meanwhile: async (one, host) => {
      const grid = new EventGrid(destination, host.url, one.connectionString);
      await grid.subscribe();
      await meanwhile(grid, one, host);
    },
    ...more,
    expectAlso: async (one, runs) => {
      expect(one.entra.stats().uploads.calls).toBe(PLAIN_BATCHES);
      await more.expectAlso?.(one, runs);
    },
  });

/** No file has a receipt, although each event has been looked at. */
async function expectNothingBegun(one: Case): Promise<void> {
  await untilDepth(one, 'events', 0);
  await untilDepth(one, 'arrivals', 0);
  expect(await azureRunTable(one.storage.table('runs')).all()).toEqual([]);
}

describe.each(DESTINATIONS)('Event Grid, destination %s', (destination) => {
  test('an event starts the file; one of a file that is gone, and one of another container, start nothing', () =>
    play(destination, EVENT_ALONE, async (grid) => {
      await grid.deliver(blobCreated(`${SOURCE}/gone.csv`));
      await grid.deliver(blobCreated('x/users.jsonl', 'PutBlockList', 'runs'));
      await grid.deliver(blobCreated(BLOB));
    }));

  test('a lost event: the sweep finds the file', () =>
    play(destination, {}, () => Promise.resolve(), { tells: 'rollcall.sweep.found' }));

  test('a doubled event: one run, no extra call', () =>
    play(destination, EVENT_ALONE, async (grid) => {
      const event = blobCreated(BLOB, 'PutBlockList');
      await Promise.all([grid.deliver(event), grid.deliver(event), grid.deliver(event)]);
    }));

  test('an event that was given up: the sweep announces the file, tells of it and deletes the event', () =>
    play(
      destination,
      EVENT_ALONE,
      async (_grid, one) => giveUp(one.storage, blobCreated(BLOB), blobCreated(`${SOURCE}/gone.csv`)),
      {
        tells: 'rollcall.sweep.undelivered',
        expectAlso: async (one) => {
          const left: string[] = [];
          for await (const { name } of one.storage.blobs.getContainerClient('undelivered').listBlobsFlat())
            left.push(name);
          expect(left).toEqual([]);
        },
      },
    ));

  test('events of an upload under a temporary name start nothing, and neither does the sweep', () =>
    play(
      destination,
      {},
      async (grid, one, host) => {
        // Half a file, for as long as it likes.
        const half = writeFile(PLAIN_WORLD.files[0]!.slice(0, 9));
        const dropped = await dropExport(one.storage, SOURCE, 'half.csv.filepart', half);
        await grid.deliver(blobCreated(`${SOURCE}/half.csv.filepart`));
        await until(
          () => Promise.resolve(Date.now() > dropped + LOST_AFTER_MS || null),
          STEP_WITHIN_MS,
          () => 'the time of a lost event is not over',
        );
        await untilTicked(host, 1);
      },
      { expectAlso: (_, runs) => expect(runs.map(({ blobName }) => blobName)).toEqual([BLOB]) },
    ));
});

test('queue: SftpCreate comes before the bytes and starts nothing, SftpCommit after them starts the file', () =>
  play('queue', EVENT_ALONE, async (grid, one) => {
    await grid.deliver(blobCreated(BLOB, 'SftpCreate'));
    await expectNothingBegun(one);
    await grid.deliver(asCloudEvent(blobCreated(BLOB, 'SftpCommit')));
  }));

test('queue: a rename from a temporary name starts the file, in both schemas', () =>
  play('queue', EVENT_ALONE, async (grid) => {
    const event = blobRenamed(`${BLOB}.part`, BLOB);
    await grid.deliver(event);
    await grid.deliver(asCloudEvent(event));
  }));

test('queue: what cannot be read is kept, base64 or not, and disturbs no other', () =>
  play(
    'queue',
    EVENT_ALONE,
    async (grid, one) => {
      await grid.deliver({ eventType: 'Microsoft.Storage.BlobCreated', data: { api: 'PutBlob' } });
      await queueOf(one, 'events').sendMessage('by hand, and no base64');
      await grid.deliver(blobCreated(BLOB));
      await untilDepth(one, 'events', 0);
      await untilDepth(one, 'events-poison', 0);
    },
    {
      tells: 'rollcall.poison.parked',
      expectAlso: async (one) => {
        const evidence = one.storage.blobs.getContainerClient('evidence');
        const kept: string[] = [];
        for await (const { name } of evidence.listBlobsFlat({ prefix: '_poison/' }))
          kept.push((await evidence.getBlobClient(name).downloadToBuffer()).toString('utf8'));
        expect(kept.sort()).toEqual(['by hand, and no base64', expect.stringContaining('"PutBlob"')]);
      },
    },
  ));

test('queue: an event in plain text starts the file', () =>
  play('queue', EVENT_ALONE, async (_grid, one) => {
    await queueOf(one, 'events').sendMessage(JSON.stringify(blobCreated(BLOB)));
  }));

test('queue: an event that fails at every try, also in its poison queue, is put back there until it can be passed on', () =>
  play(
    'queue',
    EVENT_ALONE,
    async (grid, one, host) => {
      await queueOf(one, 'arrivals').delete();
      await grid.deliver(blobCreated(BLOB));
      // The second try of a message puts a new one in its place. Three tries: the new one was tried, too.
      await host.waitFor(() => failuresOf(host, 'poison-event') >= 3);
      await queueOf(one, 'arrivals').create();
      await untilDepth(one, 'events-poison', 0);
    },
    { tells: 'rollcall.poison.returned' },
  ));

const failuresOf = (host: HostProcess, fn: string): number =>
  host.events().filter(({ event, functionName }) => event === 'invocation-failed' && functionName === fn).length;
