// What an app that may not work does with its input: on real queues, through the connection that the host itself uses.
import type { InvocationContext } from '@azure/functions';
import type { DequeuedMessageItem, QueueClient } from '@azure/storage-queue';
import { putBack } from '../../../functions/azure-put-back';
import { openTestStorage } from './storage-under-test';

const storage = openTestStorage();

/** An invocation as the host begins it: with the message's id and receipt. */
async function receive(queue: QueueClient): Promise<InvocationContext> {
  const [message] = (await queue.receiveMessages({ visibilityTimeout: 60 })).receivedMessageItems;
  const { messageId: id, popReceipt } = message!;
  return contextOf({ id, popReceipt });
}
const contextOf = (triggerMetadata: object): InvocationContext => ({ triggerMetadata }) as unknown as InvocationContext;
const keepFor = (delayMs: number) => putBack({ AzureWebJobsStorage: storage.connectionString }, delayMs);
const bodyOf = (text: string): unknown => JSON.parse(Buffer.from(text, 'base64').toString('utf8'));

/** The next message, once it is visible. */
async function comesAgain(queue: QueueClient): Promise<DequeuedMessageItem> {
  for (;;) {
    const [message] = (await queue.receiveMessages({ visibilityTimeout: 60 })).receivedMessageItems;
    if (message !== undefined) return message;
  }
}

const pointer = { version: 1, run: 'r1', batch: '000001', delivery: 1 };

test('a message is replaced by a new one, which counts from one, comes after the delay and never expires', async () => {
  const queue = await storage.newQueue();
  await queue.sendMessage(Buffer.from(JSON.stringify(pointer)).toString('base64'));
  const context = await receive(queue);
  expect(await keepFor(1_000).message(queue.name)(pointer, context)).toBe(true);
  expect((await queue.getProperties()).approximateMessagesCount).toBe(1);
  expect((await queue.receiveMessages()).receivedMessageItems).toEqual([]);
  const back = await comesAgain(queue);
  expect(bodyOf(back.messageText)).toEqual(pointer);
  expect(back.dequeueCount).toBe(1);
  expect(back.expiresOn.getUTCFullYear()).toBe(9999);
});
test.each([['a text that is no JSON'], [{ some: 'thing' }], [7]])(
  'a message of any form comes back as it was: %j',
  async (body) => {
    const queue = await storage.newQueue();
    await queue.sendMessage('b2xk');
    await keepFor(0).message(queue.name)(body, await receive(queue));
    expect(bodyOf((await comesAgain(queue)).messageText)).toEqual(body);
  },
);
test.each<readonly [string, (context: InvocationContext) => object]>([
  ['is unknown', () => ({})],
  ['has another owner by now', ({ triggerMetadata }) => ({ ...triggerMetadata, popReceipt: 'AgAAAAMAAAAAAAAA' })],
])('if the message %s, the invocation must not fail: the host would run the old one again, too', async (_, told) => {
  const queue = await storage.newQueue();
  await queue.sendMessage('b2xk');
  const context = await receive(queue);
  expect(await keepFor(0).message(queue.name)(pointer, contextOf(told(context)))).toBe(false);
  expect((await queue.getProperties()).approximateMessagesCount).toBe(2);
});
test('however short the pause, nothing comes again at once', async () => {
  const queue = await storage.newQueue();
  await queue.sendMessage('b2xk');
  await keepFor(0).message(queue.name)(pointer, await receive(queue));
  expect((await queue.receiveMessages()).receivedMessageItems).toEqual([]);
});
test('a message that cannot be put back is left to the host', async () => {
  const keep = keepFor(0).message('no-such-queue');
  await expect(keep(pointer, contextOf({}))).rejects.toMatchObject({ code: 'storage-queue' });
});
test('an export becomes a pointer on the queue of arrivals, and its invocation must not fail', async () => {
  const arrivals = await storage.newQueue('arrivals');
  expect(await keepFor(0).export({ name: 'contoso-hr/people.csv' }, contextOf({}))).toBe(false);
  expect(bodyOf((await comesAgain(arrivals)).messageText)).toEqual({ version: 1, blob: 'contoso-hr/people.csv' });
});
