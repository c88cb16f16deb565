// Blob triggers, by the rules of the real host (local/host/README.md).
import { createTestBed, type Note, noteFrom, notesOf, uniqueName, until } from './host-under-test';
import type { HostProcess } from '../../../local/host/host-process';
import { asCloudEvent, blobCreated, blobRenamed } from '../../event-grid';

const bed = createTestBed();
let host: HostProcess;
const container = uniqueName('in');
const settings = { CONTAINER: container, AzureWebJobsFeatureName: 'unused' };

beforeAll(async () => {
  await bed.blobs.getContainerClient(container).create();
  host = await bed.start('blobs', settings);
});
afterAll(() => bed.end());

async function put(name: string, text: string, into = container): Promise<string> {
  const { etag } = await bed.blobs
    .getContainerClient(into)
    .getBlockBlobClient(name)
    .upload(text, Buffer.byteLength(text));
  return etag!;
}
const runsOf = (...hosts: readonly HostProcess[]): Note[] => notesOf(...hosts).filter((note) => 'fn' in note);
const by = (fn: string, name: string) => (note: Note) => note.fn === fn && note.name === name;

test('without sdkBinding the function gets the bytes, and the parameters of its path', async () => {
  await put('bytes/north/Größe 100% #1.csv', 'ä;1');
  expect(await noteFrom(host, by('bytes', 'Größe 100% #1.csv'))).toEqual({
    fn: 'bytes',
    isBuffer: true,
    text: 'ä;1',
    blobTrigger: `${container}/bytes/north/Größe 100% #1.csv`,
    source: 'north',
    name: 'Größe 100% #1.csv',
    length: 4,
  });
});

test('a parameter crosses slashes: the first one takes as much as it can', async () => {
  await put('bytes/north/2026/deep.csv', 'x');
  expect(await noteFrom(host, by('bytes', 'deep.csv'))).toMatchObject({ source: 'north/2026' });
});

test('with sdkBinding the function gets what its own factory creates from the reference', async () => {
  await put('reference/a/b.csv', 'x');
  const { blob } = await noteFrom(host, by('reference', 'a/b.csv'));
  expect(blob).toEqual({
    version: '1.0',
    contentType: 'application/json',
    Connection: 'AzureWebJobsStorage',
    ContainerName: container,
    BlobName: 'reference/a/b.csv',
  });
});

test('a trigger that names no connection gets a reference without one', async () => {
  await put('unnamed/b.csv', 'x');
  const { blob } = await noteFrom(host, by('unnamed', 'b.csv'));
  expect(blob).toEqual({
    version: '1.0',
    contentType: 'application/json',
    ContainerName: container,
    BlobName: 'unnamed/b.csv',
  });
});

test('a blob that matches no pattern starts nothing', async () => {
  await put('elsewhere/file.csv', 'x');
  await put('bytes/north/after.csv', 'x');
  await noteFrom(host, by('bytes', 'after.csv'));
  expect(runsOf(host).filter((note) => note.name === 'file.csv')).toEqual([]);
});

test('a version runs once, even after a restart; an overwrite runs again', async () => {
  const own = uniqueName('own');
  await bed.blobs.getContainerClient(own).create();
  const ownSettings = { CONTAINER: own, AzureFunctionsWebHost__hostid: own };
  const first = await bed.start('blobs', ownSettings);
  await put('bytes/s/a.csv', 'first', own);
  await noteFrom(first, by('bytes', 'a.csv'));
  await first.stop();
  const next = await bed.start('blobs', ownSettings);
  // A scan goes by name: once it has seen z.csv, it is past a.csv.
  await put('bytes/s/z.csv', 'after the restart', own);
  await noteFrom(next, by('bytes', 'z.csv'));
  await put('bytes/s/a.csv', 'second', own);
  await noteFrom(next, (note) => note.text === 'second');
  await next.stop();
  const texts = runsOf(first, next)
    .filter(by('bytes', 'a.csv'))
    .map((note) => note.text);
  expect(texts).toEqual(['first', 'second']);
});

test('the receipt of a version is where the real host keeps it', async () => {
  const name = uniqueName('receipt');
  const etag = await put(`bytes/s/${name}`, 'x');
  await noteFrom(host, by('bytes', name));
  const receipt = `blobreceipts/${host.hostId}/Host.Functions.bytes/${etag}/${container}/bytes/s/${name}`;
  expect(await bed.blobs.getContainerClient('azure-webjobs-hosts').getBlobClient(receipt).exists()).toBe(true);
});

test('hosts side by side run each version once', async () => {
  const others = [await bed.start('blobs', settings)];
  const names = Array.from({ length: 12 }, (_, index) => uniqueName(`shared${index}`)).sort();
  await Promise.all(names.map((name) => put(`bytes/s/${name}`, 'x')));
  const ran = (): string[] =>
    runsOf(host, ...others)
      .map((note) => String(note.name))
      .filter((name) => name.startsWith('shared'))
      .sort();
  await until('all ran', () => ran().length >= names.length);
  await Promise.all(others.map((other) => other.stop()));
  expect(ran()).toEqual(names);
});

test('a blob whose function fails is tried poisonBlobThreshold times, then named in the poison queue', async () => {
  const etag = await put('bytes/s/bad.csv', 'fail');
  const poison = bed.queues.getQueueClient('webjobs-blobtrigger-poison');
  await until(
    'it is named',
    async () => (await poison.exists()) && (await poison.peekMessages()).peekedMessageItems.length > 0,
  );
  const [message] = (await poison.peekMessages()).peekedMessageItems;
  expect(JSON.parse(Buffer.from(message!.messageText, 'base64').toString())).toEqual({
    Type: 'BlobTrigger',
    FunctionId: 'Host.Functions.bytes',
    BlobType: 'BlockBlob',
    ContainerName: container,
    BlobName: 'bytes/s/bad.csv',
    ETag: etag,
  });
  expect(runsOf(host).filter(by('bytes', 'bad.csv'))).toHaveLength(2);
});

test("a trigger with source 'EventGrid' is started by the scan, since Azurite sends no events", async () => {
  await put('events/one.csv', 'x');
  await noteFrom(host, by('events', 'one.csv'));
});

test('LOCAL_HOST_BLOB_EVENTS=off leaves such a trigger to POST /admin/functions/{name}', async () => {
  const own = uniqueName('own');
  await bed.blobs.getContainerClient(own).create();
  const quiet = await bed.start('blobs', {
    CONTAINER: own,
    LOCAL_HOST_BLOB_EVENTS: 'off',
    AzureFunctionsWebHost__hostid: own,
  });
  await put('events/two.csv', 'x', own);
  await put('bytes/s/scanned.csv', 'x', own);
  await noteFrom(quiet, by('bytes', 'scanned.csv'));
  expect(runsOf(quiet).filter(by('events', 'two.csv'))).toEqual([]);
  const answer = await fetch(`${quiet.url}/admin/functions/events`, {
    method: 'POST',
    body: JSON.stringify({ input: `${own}/events/two.csv` }),
  });
  expect(answer.status).toBe(202);
  await noteFrom(quiet, by('events', 'two.csv'));
  await quiet.stop();
});

describe('the webhook of Event Grid', () => {
  const own = uniqueName('own');
  let called: HostProcess;
  beforeAll(async () => {
    await bed.blobs.getContainerClient(own).create();
    called = await bed.start('blobs', {
      CONTAINER: own,
      LOCAL_HOST_BLOB_EVENTS: 'off',
      AzureFunctionsWebHost__hostid: own,
    });
  });
  const call = (kind: string, body: unknown): Promise<Response> =>
    fetch(`${called.url}/runtime/webhooks/blobs?functionName=Host.Functions.events&code=any`, {
      method: 'POST',
      headers: { 'aeg-event-type': kind },
      body: JSON.stringify(body),
    });

  test.each<readonly [string, unknown]>([
    ['the Event Grid schema', [{ data: { validationCode: 'c0de' } }]],
    ['CloudEvents, where the data is text', { data: JSON.stringify({ validationCode: 'c0de' }) }],
  ])('answers the check of its address with the code, in %s', async (_, body) => {
    const answer = await call('SubscriptionValidation', body);
    expect(answer.status).toBe(200);
    expect(await answer.json()).toEqual({ validationResponse: 'c0de' });
  });
  test('runs the function once for each event, without a look at receipts or versions', async () => {
    await put('events/Größe 100% #1.csv', 'x', own);
    const event = blobCreated('events/Größe 100% #1.csv', 'PutBlob', own);
    expect((await call('Notification', [event])).status).toBe(202);
    expect((await call('notification', asCloudEvent(event))).status).toBe(202);
    const runs = () => runsOf(called).filter(by('events', 'Größe 100% #1.csv'));
    await until('it ran twice', () => runs().length === 2);
  });
  test('takes an end of the subscription, and refuses what is no call of Event Grid', async () => {
    expect((await call('Unsubscribe', [])).status).toBe(202);
    expect((await call('', [])).status).toBe(400);
    // A rename has no address of the blob: it is tried again until it is given up.
    expect((await call('Notification', [blobRenamed('events/a.part', 'events/a.csv')])).status).toBe(500);
  });
});

test('a blob that is gone before its turn is dropped, and a container that appears later is noticed', async () => {
  const later = uniqueName('later');
  const early = await bed.start('blobs', { CONTAINER: later, AzureFunctionsWebHost__hostid: later });
  await bed.blobs.getContainerClient(later).create();
  const gone = {
    Type: 'BlobTrigger',
    FunctionId: 'Host.Functions.bytes',
    BlobType: 'BlockBlob',
    ContainerName: later,
    BlobName: 'bytes/s/gone',
    ETag: '"0x1"',
  };
  const queue = bed.queues.getQueueClient(`azure-webjobs-blobtrigger-${later}`);
  await queue.sendMessage(Buffer.from(JSON.stringify(gone)).toString('base64'));
  await put('bytes/s/here.csv', 'x', later);
  await noteFrom(early, by('bytes', 'here.csv'));
  await until('the queue is empty', async () => (await queue.getProperties()).approximateMessagesCount === 0);
  expect(runsOf(early)).toHaveLength(1);
  await early.stop();
});
