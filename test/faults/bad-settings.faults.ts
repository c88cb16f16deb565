// An app with settings it must not work with, as it runs in Azure: all functions are there, each invocation says why, nothing is sent, and
// nothing is lost. Once the settings are right, the very same messages are processed.
import { dropExport, putSource } from '../../local/drop-files';
import type { HostProcess } from '../../local/host/host-process';
import { lookAtRuns } from '../../local/watch-runs';
import type { Case, Ground } from './ground';
import { startGround } from './ground';
import { queueOf } from './queue-watch';
import { PLAIN_WORLD, SOURCE, SOURCE_TEXT, writeFile } from './small-world';
import { limitTests, until } from './until';

limitTests(180_000);

let ground: Ground;
beforeAll(async () => {
  ground = await startGround();
});
afterAll(() => ground.stop());

/** As in Azure: the host starts whatever the settings are, and gives a message up after two tries. */
const AS_IN_AZURE = {
  LOCAL_HOST_ASKS_APP: 'off',
  LOCAL_HOST_BLOB_EVENTS: 'on',
  AzureFunctionsJobHost__extensions__queues__maxDequeueCount: '2',
};
const BY_MESSAGES = ['arrival', 'deliver', 'poison-delivery', 'poison-arrival', 'poison-export'];
const FUNCTIONS = ['intake', 'reconcile', 'poison-event', ...BY_MESSAGES];
/** A delivery of a run that this storage does not know: its message is void, and leaves nothing behind. */
const UNKNOWN_DELIVERY = JSON.stringify({
  version: 1,
  run: '20260101T000000Z-0123456789',
  batch: '000001',
  delivery: 1,
});
const POISON = ['deliveries-poison', 'arrivals-poison', 'webjobs-blobtrigger-poison'];
/** More often than the host tries a message. */
const TIMES = 4;

const failures = (host: HostProcess, fn: string, sentence: RegExp): number =>
  host
    .events()
    .filter((one) => one.event === 'invocation-failed' && one.functionName === fn && sentence.test(one.message)).length;
const put = (one: Case, queue: string, text: string): Promise<unknown> =>
  queueOf(one, queue).sendMessage(Buffer.from(text).toString('base64'));
const depths = (one: Case, queues: readonly string[]): Promise<readonly (number | undefined)[]> =>
  Promise.all(queues.map(async (name) => (await queueOf(one, name).getProperties()).approximateMessagesCount));

const lines: readonly (readonly [string, Readonly<Record<string, string>>, RegExp])[] = [
  [
    'with mistakes, also in what is needed to register the functions',
    { ROLLCALL_LICENCE: 'free', ROLLCALL_BLOB_SOURCE: 'Polling', ROLLCALL_RECONCILE_SCHEDULE: 'now and then' },
    /ROLLCALL_LICENCE .*ROLLCALL_BLOB_SOURCE .*ROLLCALL_RECONCILE_SCHEDULE /,
  ],
  [
    'that name a host which is none of Graph',
    { ROLLCALL_GRAPH_URL: 'https://graph.contoso.example', ROLLCALL_CREDENTIAL: 'managed-identity' },
    /ROLLCALL_GRAPH_URL is not one of the published hosts/,
  ],
];
test.each(lines)(
  'settings %s: all functions say so; once they are right, nothing is missing',
  async (_, bad, sentence) => {
    const one = await ground.begin();
    try {
      // On a laptop it would not even start: the developer hears at once.
      await expect(one.startHost(bad)).rejects.toThrow(sentence);
      const host = await one.startHost({ ...AS_IN_AZURE, ...bad });
      expect([...host.functions].sort()).toEqual([...FUNCTIONS].sort());

      await putSource(one.storage, SOURCE, Buffer.from(SOURCE_TEXT));
      await dropExport(one.storage, SOURCE, 'people.csv', writeFile(PLAIN_WORLD.files[0]!));
      await put(one, 'deliveries', UNKNOWN_DELIVERY);
      await put(one, 'deliveries-poison', UNKNOWN_DELIVERY);
      await put(one, 'arrivals-poison', 'not { JSON');
      await put(one, 'webjobs-blobtrigger-poison', JSON.stringify({ ContainerName: 'inbound', BlobName: 'x/y.csv' }));
      await until(
        () => Promise.resolve(BY_MESSAGES.every((fn) => failures(host, fn, sentence) >= TIMES) || null),
        60_000,
        () => `not every function said why: ${BY_MESSAGES.map((fn) => failures(host, fn, sentence)).join(' ')}`,
      );
      // The export's own invocation succeeds: the host would try it five times at once, and give it up.
      const told = host.events().filter(({ level, functionName }) => level === 'error' && functionName === 'intake');
      expect(told.map(({ message }) => message)).toEqual([expect.stringMatching(sentence)]);
      await fetch(`${host.url}/admin/functions/reconcile`, { method: 'POST', body: '{}' });
      await host.waitFor((event) => event.event === 'invocation-failed' && event.functionName === 'reconcile');
      expect(failures(host, 'reconcile', sentence)).toBeGreaterThan(0);
      await host.stop();
      // Each message is still where it was; what the host gave up would be in a poison queue.
      expect(await depths(one, ['arrivals', 'deliveries', ...POISON])).toEqual([1, 1, 1, 1, 1]);
      expect((await lookAtRuns(one.storage)).runs).toEqual([]);
      expect(one.entra.stats().uploads.calls).toBe(0);

      await one.startHost();
      await until(
        async () => (await lookAtRuns(one.storage)).runs[0]?.state === 'settled' || null,
        60_000,
        async () => JSON.stringify((await lookAtRuns(one.storage)).runs),
      );
      await until(
        async () => (await depths(one, ['arrivals', 'deliveries', ...POISON])).every((depth) => depth === 0) || null,
        60_000,
        async () => `queues are not empty: ${(await depths(one, ['arrivals', 'deliveries', ...POISON])).join(' ')}`,
      );
      const { runs } = await lookAtRuns(one.storage);
      expect(runs).toMatchObject([{ state: 'settled', source: SOURCE, rows: 70 }]);
      // The one message that nobody can read is kept as it was.
      const kept: string[] = [];
      const evidence = one.storage.blobs.getContainerClient('evidence');
      for await (const { name } of evidence.listBlobsFlat({ prefix: '_poison/' }))
        kept.push((await evidence.getBlobClient(name).downloadToBuffer()).toString('utf8'));
      expect(kept).toEqual(['not { JSON']);
    } finally {
      await one.end();
    }
  },
);
