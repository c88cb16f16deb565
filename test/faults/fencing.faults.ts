// Senders presumed dead that are alive: a message that reappears while its sender works, a batch taken over from a sender that
// still waits for its answer, and a sender that hangs until the platform ends its process.
import type { HostProcess } from '../../local/host/host-process';
import type { Case, Ground } from './ground';
import { startGround } from './ground';
import { STEP_WITHIN_MS, untilEvents } from './host-watch';
import { fireEvent, playFault } from './plain-life';
import type { StorageProxy } from './storage-proxy';
import { startStorageProxy } from './storage-proxy';
import type { StorageRequest } from './storage-request';
import { isLeaseRenewal } from './storage-request';
import { limitTests, until } from './until';

limitTests(120_000);

/** Batches of the plain world, so calls of a life without faults. */
const BATCHES = 3;
/** How late the service answers, ms. A message is invisible for 2 s, unless renewed (LOCAL_HOST_QUEUE_LEASE in ground.ts). */
const ANSWER_AFTER_MS = 6_000;
/** The sweep takes a sender for dead long before that; a healthy sender has called and been answered by then. */
const LEASE_BELOW_ANSWER = { ROLLCALL_GRAPH_TIMEOUT_SECONDS: '9', ROLLCALL_SENDER_LEASE_SECONDS: '3' };

let ground: Ground;
let proxy: StorageProxy;
beforeAll(async () => {
  ground = await startGround();
});
beforeEach(async () => {
  proxy = await startStorageProxy(ground.connectionString, 0);
});
afterEach(() => proxy.stop());
afterAll(() => ground.stop());

test('if a message becomes visible while its sender works, the second receiver sends nothing', () =>
  playFault(ground, {
    settings: {
      AzureWebJobsStorage: proxy.connectionString,
      ROLLCALL_GRAPH_TIMEOUT_SECONDS: '9',
      ROLLCALL_SENDER_LEASE_SECONDS: '20',
    },
    faults: [{ on: 'bulkUpload', answers: [{ delayMs: ANSWER_AFTER_MS, times: BATCHES }] }],
    meanwhile: async (one, host) => {
      // The host believes that it holds its messages; the queue does not receive the renewals and hands the messages out again.
      proxy.aim({ fits: isLeaseRenewal('deliveries'), fault: 'broken', times: Infinity });
      await fireEvent(one, host);
      await until(
        () => Promise.resolve(skippedAtWork(host) > 0 || null),
        STEP_WITHIN_MS,
        () => 'no message came back to a sender at work',
      );
    },
    expectAlso: (one) => expect(one.entra.stats().uploads.calls).toBe(BATCHES),
  }));

/** How many messages found their batch being sent already. */
const skippedAtWork = (host: HostProcess): number =>
  host
    .events()
    .filter(({ message }) => message.includes('"rollcall.deliver.skipped"') && message.includes('"state":"sending"'))
    .length;

const tookOver = async (one: Case, host: HostProcess): Promise<void> => {
  await fireEvent(one, host);
  await untilEvents(host, 'rollcall.sweep.tookover', 1);
};

test('a batch is taken over from a sender that still waits: its call was accepted after all, and the rows were sent again', () =>
  playFault(ground, {
    settings: LEASE_BELOW_ANSWER,
    faults: [{ on: 'bulkUpload', answers: [{ delayMs: ANSWER_AFTER_MS }] }],
    meanwhile: tookOver,
    repeated: 1,
    expectAlso: (one) => expect(one.entra.stats().uploads.repeated).toBe(1),
  }));

test('a batch is taken over from a sender that is refused later: its refusal does not affect the next delivery', () =>
  playFault(ground, {
    settings: LEASE_BELOW_ANSWER,
    // The next delivery has been accepted by then, and waits for its evidence.
    entra: { processingDelayMs: [5_000, 6_000] },
    faults: [{ on: 'bulkUpload', answers: [{ delayMs: ANSWER_AFTER_MS, status: 429, retryAfter: 1 }] }],
    meanwhile: tookOver,
    tells: 'rollcall.deliver.throttled',
    expectAlso: (one) => expect(one.entra.stats().uploads.accepted).toBe(BATCHES),
  }));

test('a sender hangs after its call until the platform ends its process: another one continues', () =>
  playFault(ground, {
    settings: { AzureWebJobsStorage: proxy.connectionString },
    // Carried out at once and answered later; in between, the storage stops answering.
    faults: [{ on: 'bulkUpload', answers: [{ delayMs: 1_500, times: BATCHES }] }],
    meanwhile: async (one, host) => {
      await fireEvent(one, host);
      await until(
        () => Promise.resolve(one.entra.stats().uploads.accepted > 0 || null),
        STEP_WITHIN_MS,
        () => 'nothing was sent',
      );
      proxy.aim({ fits: isTableWrite, fault: 'never', times: Infinity });
      const other = await one.startHost({ AzureWebJobsStorage: one.connectionString });
      await untilEvents(other, 'rollcall.sweep.tookover', 1);
      await host.kill();
    },
    repeated: BATCHES,
    expectAlso: (one) => expect(one.entra.stats().uploads.repeated).toBeGreaterThan(0),
  }));

const isTableWrite = ({ service, method }: StorageRequest): boolean => service === 'Table' && method !== 'GET';
