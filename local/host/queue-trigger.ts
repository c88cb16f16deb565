// `app.storageQueue`: one listener for each function.
import { randomUUID } from 'node:crypto';
import type { HostServices } from './host-services';
import { QueueListener, poisonQueueName } from './queue-listener';
import { decodeBody, toBodyMetadata, toMessageMetadata } from './queue-message';
import { type Listener, optionalTextOf, textOf, type TriggeredFunction } from './trigger';

/** The listener of a queue-triggered function. */
export function createQueueTrigger(triggered: TriggeredFunction, services: HostServices): Listener {
  const { fn, name, bindingName, trigger } = triggered;
  const { settings, accounts, hostJson, invoker, tell } = services;
  const { queues } = accounts.get(settings.connection(optionalTextOf(trigger, 'connection'), name));
  const queueName = settings.resolve(textOf(trigger, 'queueName', name), name).toLowerCase();
  const poisonName = poisonQueueName(queueName);
  const listener = new QueueListener({
    queue: queues.getQueueClient(queueName),
    poisonQueue: poisonName === null ? null : queues.getQueueClient(poisonName),
    options: hostJson.queues,
    leaseMs: services.queueLeaseMs,
    tell,
    async run(message) {
      const data = decodeBody(message.messageText, hostJson.queues.messageEncoding);
      if (data === null) {
        return 'undecodable';
      }
      const metadata = { ...toMessageMetadata(message), ...toBodyMetadata(data) };
      const reason = `New queue message detected on '${queueName}'.`;
      const result = await invoker.invoke(fn, { bindingName, data, metadata, reason });
      return result.succeeded ? 'done' : 'failed';
    },
  });
  return {
    functionName: name,
    start: () => listener.start(),
    stop: () => listener.stop(),
    async fire(input) {
      const data = { string: input };
      const metadata = { Id: { string: randomUUID() }, DequeueCount: { json: '1' }, ...toBodyMetadata(data) };
      await invoker.invoke(fn, { bindingName, data, metadata, reason: 'This function was programmatically called.' });
      return 'fired';
    },
  };
}
