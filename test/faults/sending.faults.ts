// Faults of the service on the way there: what it answers to a bulk request, or that it does not.
import { QueueServiceClient } from '@azure/storage-queue';
import { closedFor, endPause, readGate } from './gate-state';
import type { Case, Ground } from './ground';
import { startGround } from './ground';
import type { FaultLine } from './plain-life';
import { fireEvent, playFault } from './plain-life';
import { idOf, PLAIN_WORLD } from './small-world';
import { until } from './until';

jest.setTimeout(120_000);

/** How long the gate may take to close after the event, ms. */
const CLOSED_WITHIN_MS = 20_000;

let ground: Ground;
beforeAll(async () => {
  ground = await startGround();
});
afterAll(() => ground.stop());

const untilClosed = (one: Case, code: string): Promise<unknown> =>
  until(
    async () => ((await closedFor(one)) === code ? true : null),
    CLOSED_WITHIN_MS,
    () => `the gate is not closed for ${code}`,
  );

/** A halt lasts until somebody mends it: nothing is in poison, nothing is lost, and it goes on by itself. */
const untilMended =
  (code: string): NonNullable<FaultLine['meanwhile']> =>
  async (one, host) => {
    await fireEvent(one, host);
    await untilClosed(one, code);
    expect(one.entra.stats().uploads.accepted).toBe(0);
    const poison = QueueServiceClient.fromConnectionString(one.connectionString).getQueueClient('deliveries-poison');
    expect((await poison.getProperties()).approximateMessagesCount).toBe(0);
    one.entra.clearFaults();
  };

const answers = (...list: Parameters<typeof asScript>): FaultLine => ({ faults: asScript(...list) });
const asScript = (...list: Extract<NonNullable<FaultLine['faults']>[number], { answers: unknown }>['answers']) => [
  { on: 'bulkUpload' as const, answers: list },
];
/** A Retry-After as a date has whole seconds; two of them are surely ahead. */
const inTwoSeconds = (): string => new Date(Date.now() + 2_000).toUTCString();

const LINES: readonly (readonly [sentence: string, line: () => FaultLine])[] = [
  [
    'a 429 with seconds, also several in a row, closes the gate for that long',
    () => answers({ status: 429, retryAfter: 1, times: 2 }),
  ],
  [
    'a 429 with a date closes the gate until then',
    () => answers({ normal: true }, { status: 429, retryAfter: inTwoSeconds() }),
  ],
  ['a 429 without a header in the very first call closes the gate for a window', () => answers({ status: 429 })],
  [
    'a full bucket pauses the job for five minutes at the least, and then everything goes',
    () => ({
      ...answers({ bucketFull: true }),
      meanwhile: async (one, host) => {
        await fireEvent(one, host);
        await untilClosed(one, 'graph-bucket-full');
        const { job } = await readGate(one);
        expect(job.value.pausedUntil).toBeGreaterThan(Date.now() + 4.5 * 60_000);
        await until(
          async () => {
            await endPause(one);
            return one.entra.stats().uploads.accepted >= 3 || null;
          },
          CLOSED_WITHIN_MS,
          () => 'not sent after the pause',
        );
      },
    }),
  ],
  ['a conflict pauses the job for some seconds', () => answers({ status: 409 })],
  [
    '502, 503 and 504 from gateways, with HTML and without: each batch goes again and converges',
    () => answers({ status: 502, html: true }, { status: 503, html: true }, { status: 504 }),
  ],
  [
    'a redirect is not followed, the gate closes, and what was not taken goes later',
    () => ({
      ...answers({ redirect: true }),
      expectAlso: (one) => expect(one.entra.stats().followedRedirects).toBe(0),
    }),
  ],
  [
    'connections that are cut before, within and after the body: only what was accepted is repeated, once',
    () => ({ ...answers({ cut: 'before' }, { cut: 'during' }, { cut: 'after-accept' }), repeated: 1 }),
  ],
  [
    'an answer that takes too long: the request was carried out and is repeated once',
    () => ({ ...answers({ delayMs: 3_000 }), repeated: 1 }),
  ],
  ['a token that is refused once is replaced within the same delivery', () => answers({ status: 401 })],
  [
    'a token that is refused for ever halts the tenant until it is mended',
    () => ({ ...answers({ status: 401, times: 'always' }), meanwhile: untilMended('graph-token-refused') }),
  ],
  [
    'a missing permission halts the tenant until it is granted',
    () => ({ ...answers({ status: 403, times: 'always' }), meanwhile: untilMended('graph-forbidden') }),
  ],
  [
    'a job that is not found is paused until it is there',
    () => ({ ...answers({ status: 404, times: 'always' }), meanwhile: untilMended('graph-job-not-found') }),
  ],
  [
    'one operation that the service refuses is found by halving: that row is rejected, the other 49 go',
    () => ({ ...answers({ status: 400, onlyIfContains: idOf(23) }), refused: [23] }),
  ],
  ['a request that is too large goes in halves', () => answers({ status: 413, times: 2 })],
];

test.each(LINES)('%s', (_, line) => playFault(ground, line()));

test('the lines above send something at all: the plain world has three batches', () =>
  playFault(ground, {
    expectAlso: (one) => {
      expect(one.entra.stats().uploads.calls).toBe(3);
      expect(PLAIN_WORLD.files.flat()).toHaveLength(70);
    },
  }));
