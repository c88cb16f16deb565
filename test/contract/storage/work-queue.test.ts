// A work queue: the same promises on real storage and in memory.
import { azureWorkQueue } from '../../../shared/delivery/azure-work-queue';
import type { Arrival } from '../../../shared/delivery/queues';
import { HandClock } from '../../unit/memory/hand-clock';
import { MemoryWorkQueue } from '../../unit/memory/memory-work-queue';
import { openTestStorage } from './storage-under-test';

const storage = openTestStorage();
const ARRIVAL: Arrival = { version: 1, blob: 'contoso-hr/people.csv' };
/** Longer than the test takes. */
const LATER_MS = 3_600_000;

describe.each([
  {
    where: 'on Azure queues',
    open: async () => ({ queue: azureWorkQueue<Arrival>(await storage.newQueue()), now: () => Date.now() }),
  },
  {
    where: 'in memory',
    open: () => {
      const clock = new HandClock();
      return Promise.resolve({
        queue: new MemoryWorkQueue<Arrival>(clock),
        now: () => clock.now(),
      });
    },
  },
])('a queue $where', ({ open }) => {
  test('has no oldest message while it is empty, or all of its messages wait for their time', async () => {
    const { queue } = await open();
    expect(await queue.oldest()).toBeNull();
    await queue.put(ARRIVAL, LATER_MS);
    expect(await queue.oldest()).toBeNull();
    expect(await queue.depth()).toBe(1);
  });
  test('tells when the next message was put, and keeps the message', async () => {
    const { queue, now } = await open();
    // The service has whole seconds.
    const before = Math.floor(now() / 1_000) * 1_000;
    await queue.put(ARRIVAL, 0);
    const oldest = await queue.oldest();
    expect(oldest).toBeGreaterThanOrEqual(before);
    expect(oldest).toBeLessThanOrEqual(now() + 1_000);
    expect(await queue.oldest()).toBe(oldest);
    expect(await queue.depth()).toBe(1);
  });
});
