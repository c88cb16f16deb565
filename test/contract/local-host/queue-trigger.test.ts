// Queue triggers, by the rules of the real host (local/host/README.md).
import { createTestBed, type Note, noteFrom, notesOf, toBase64, uniqueName, until } from './host-under-test';
import type { HostProcess } from '../../../local/host/host-process';

const bed = createTestBed();
let host: HostProcess;
const inQueue = uniqueName('in');
const outQueue = uniqueName('out');

beforeAll(async () => {
  await bed.queues.getQueueClient(inQueue).create();
  host = await bed.start('queues', { IN_QUEUE: inQueue, OUT_QUEUE: outQueue });
});
afterAll(() => bed.end());

const send = (text: string): Promise<unknown> => bed.queues.getQueueClient(inQueue).sendMessage(text);
const messagesIn = async (name: string): Promise<number> =>
  (await bed.queues.getQueueClient(name).getProperties()).approximateMessagesCount ?? 0;
const beganWith = (id: string) => (note: Note) => (note.begin as Note | undefined)?.id === id;
const endedWith = (id: string) => (note: Note) => (note.end as Note | undefined)?.id === id;

const bodies: readonly [string, string | Buffer, unknown, string][] = [
  ['a JSON object arrives parsed', '{"id":"shape","n":1}', { id: 'shape', n: 1 }, 'object'],
  ['a text that is not JSON arrives as text', 'Zoë from Łódź 🙂', 'Zoë from Łódź 🙂', 'string'],
  ['a text that parses as JSON arrives parsed', '42', 42, 'number'],
  ['bytes that are not UTF-8 arrive as a Buffer', Buffer.from([0xff, 0xfe, 0x00]), undefined, 'buffer'],
];
test.each(bodies)('%s', async (_name, body, expected, type) => {
  await send(Buffer.from(body as string).toString('base64'));
  const note = await noteFrom(host, (one) => 'begin' in one && one.type === type);
  if (expected !== undefined) {
    expect(note.begin).toEqual(expected);
  }
});

test('the trigger metadata has id, counts and times, and top-level properties of the body hide them', async () => {
  await send(toBase64({ id: 'mine', batch: 7 }));
  const { metadata } = (await noteFrom(host, beganWith('mine'))) as { metadata: Note };
  expect(metadata).toMatchObject({ id: 'mine', batch: 7, dequeueCount: 1, queueTrigger: { id: 'mine', batch: 7 } });
  expect(new Date(metadata.expirationTime as string).getTime()).toBeGreaterThan(
    new Date(metadata.insertionTime as string).getTime(),
  );
});

test('a message whose function succeeded is deleted', async () => {
  await send(toBase64({ id: 'fine' }));
  await noteFrom(host, endedWith('fine'));
  await until('the queue is empty', async () => (await messagesIn(inQueue)) === 0);
});

test('a message whose function failed reappears, with its dequeue count', async () => {
  await send(toBase64({ id: 'twice', failures: 1 }));
  await noteFrom(host, endedWith('twice'));
  expect(
    notesOf(host)
      .filter(beganWith('twice'))
      .map((note) => note.dequeueCount),
  ).toEqual([1, 2]);
});

test('after maxDequeueCount failures the message goes to the poison queue unchanged, for 7 days', async () => {
  // This host does not listen to the poison queue, so that the test can read it.
  const name = uniqueName('poisoned');
  const queue = bed.queues.getQueueClient(name);
  await queue.create();
  const other = await bed.start('queues', {
    IN_QUEUE: name,
    OUT_QUEUE: outQueue,
    'AzureWebJobs.poison.Disabled': 'true',
  });
  const text = toBase64({ id: 'bad', failures: 99 });
  await queue.sendMessage(text);
  const poison = bed.queues.getQueueClient(`${name}-poison`);
  await until('the poison queue has it', async () => (await poison.exists()) && (await messagesIn(poison.name)) === 1);
  await until('it left its own queue', async () => (await messagesIn(name)) === 0);
  const [message] = (await poison.peekMessages()).peekedMessageItems;
  expect(message!.messageText).toBe(text);
  const sevenDaysMs = 7 * 24 * 3_600_000;
  expect(message!.expiresOn.getTime() - message!.insertedOn.getTime()).toBe(sevenDaysMs);
  expect(
    notesOf(other)
      .filter((note) => 'begin' in note)
      .map((note) => note.dequeueCount),
  ).toEqual([1, 2, 3]);
  await other.stop();
});

test('a message that is not base64 goes to the poison queue without a run', async () => {
  await send('{"id":"raw"}');
  await host.waitFor((event) => event.event === 'message-poisoned');
  expect(notesOf(host).filter(beganWith('raw'))).toEqual([]);
});

test('a poison queue has no poison queue: its message waits for its lease, and above maxDequeueCount is never run again', async () => {
  const name = uniqueName('deep');
  const poison = bed.queues.getQueueClient(`${name}-poison`);
  await poison.create();
  const settings = { IN_QUEUE: name, OUT_QUEUE: outQueue, POISON_FAILS: 'true', LOCAL_HOST_QUEUE_LEASE: '00:00:01' };
  const other = await bed.start('queues', settings);
  await poison.sendMessage(toBase64({ id: 'still bad' }));
  await other.waitFor((event) => event.event === 'message-stuck');
  expect(
    notesOf(other)
      .filter((note) => 'poisoned' in note)
      .map((note) => note.dequeueCount),
  ).toEqual([1, 2, 3]);
  const names: string[] = [];
  for await (const { name: found } of bed.queues.listQueues({ prefix: name })) {
    names.push(found);
  }
  expect(names).toEqual([`${name}-poison`]);
  expect(await messagesIn(poison.name)).toBe(1);
  await other.stop();
});

test('no more than batchSize plus newBatchThreshold run at once', async () => {
  const ids = Array.from({ length: 12 }, (_, index) => `many-${index}`);
  await Promise.all(ids.map((id) => send(toBase64({ id, holdMs: 150 }))));
  await Promise.all(ids.map((id) => noteFrom(host, endedWith(id))));
  let running = 0;
  let most = 0;
  for (const note of notesOf(host)) {
    const id = ((note.begin ?? note.end) as Note | undefined)?.id;
    if (typeof id === 'string' && id.startsWith('many-')) {
      running += 'begin' in note ? 1 : -1;
      most = Math.max(most, running);
    }
  }
  expect(most).toBeGreaterThan(1);
  expect(most).toBeLessThanOrEqual(4);
});

test('an output binding sends one message for each element of an array', async () => {
  await send(toBase64({ id: 'copy', copies: ['plain', { n: 1 }] }));
  await until('both arrived', async () => {
    const queue = bed.queues.getQueueClient(outQueue);
    return (await queue.exists()) && (await messagesIn(outQueue)) === 2;
  });
  const { peekedMessageItems } = await bed.queues.getQueueClient(outQueue).peekMessages({ numberOfMessages: 5 });
  const texts = peekedMessageItems.map((item) => Buffer.from(item.messageText, 'base64').toString());
  expect(texts).toEqual(['plain', '{"n":1}']);
});

test('hooks see one invocation before and after, and a log hook may change what is logged', async () => {
  await send(toBase64({ id: 'hooked', word: 'secret' }));
  await noteFrom(host, (note) => (note.begin as Note | undefined)?.word === '***');
  const after = await noteFrom(host, (note) => note.hook === 'after');
  expect(after).toMatchObject({ data: { seen: 'before' } });
});

test('POST /admin/functions/{name} runs a queue function with the given text', async () => {
  const answer = await fetch(`${host.url}/admin/functions/work`, {
    method: 'POST',
    body: JSON.stringify({ input: '{"id":"by hand"}' }),
  });
  expect(answer.status).toBe(202);
  await noteFrom(host, endedWith('by hand'));
});
