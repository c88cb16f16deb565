// Faults of the service on the way there: how it answers a bulk request, or that it does not answer.
import { REFUSALS_UNTIL_HALT } from '../../shared/delivery/job-gate';
import {
  endPause,
  endThrottling,
  readGate,
  setRefusals,
  untilClosed,
  untilRunWaitsFor,
  untilTakenForSpent,
} from './gate-state';
import { azureBatchTable } from '../../shared/run/azure-batch-table';
import type { Ground } from './ground';
import { startGround } from './ground';
import { STEP_WITHIN_MS, untilTicked } from './host-watch';
import type { FaultLine } from './plain-life';
import { fireEvent, playFault } from './plain-life';
import { CLOCK_DOUBT_MS, expectPauses, expectPausesFor, ONE_CALL_AT_A_TIME } from './pauses';
import { expectNoPoison, untilDepth } from './queue-watch';
import { idOf, JOB, PLAIN_BATCHES, PLAIN_WORLD } from './small-world';
import { limitTests, until } from './until';

limitTests(120_000);

let ground: Ground;
beforeAll(async () => {
  ground = await startGround();
});
afterAll(() => ground.stop());

/** A halt lasts until somebody fixes the cause: nothing is in poison, nothing is lost, and sending resumes by itself. */
const untilMended =
  (code: string): NonNullable<FaultLine['meanwhile']> =>
  async (one, host) => {
    await fireEvent(one, host);
    await untilClosed(one, code);
    expect(one.entra.stats().uploads.accepted).toBe(0);
    await expectNoPoison(one);
    one.entra.clearFaults();
  };

type Answers = Extract<NonNullable<FaultLine['faults']>[number], { answers: unknown }>['answers'];

/** The service gives these answers; `tells` is the event that the product must log, without its prefix `rollcall.deliver.`. */
const answers = (tells: string, ...list: Answers): FaultLine => ({
  faults: [{ on: 'bulkUpload', answers: list }],
  tells: `rollcall.deliver.${tells}`,
});

/** Far longer than the pause that the gate takes by itself (5 s and a quarter at most), so that the header must have been read. */
const RETRY_AFTER_SECONDS = 15;
/** Longer than it takes to release a batch again, ms. */
const HALT_PAUSE_MS = 5_000;
/** A window of the service's limit, ms. */
const WINDOW_MS = 5_000;

/** Exactly one accepted call was made twice. */
const repeatedOnce: Pick<FaultLine, 'repeated' | 'expectAlso'> = {
  repeated: 1,
  expectAlso: (one) => expect(one.entra.stats().uploads.repeated).toBe(1),
};

/** After each of this many refusals with this status there is no call for `pauseMs`. */
const pausesFor = (line: FaultLine, status: number, times: number, pauseMs: number): FaultLine => ({
  ...line,
  settings: { ...ONE_CALL_AT_A_TIME, ...line.settings },
  expectAlso: (one) => expectPausesFor(one, status, times, pauseMs),
});

const LINES: readonly (readonly [sentence: string, line: () => FaultLine])[] = [
  [
    'a 429 with seconds, even several in a row, closes the gate for that long',
    () =>
      pausesFor(
        answers('throttled', { status: 429, retryAfter: RETRY_AFTER_SECONDS, times: 2 }),
        429,
        2,
        RETRY_AFTER_SECONDS * 1_000,
      ),
  ],
  [
    'a 429 with a date closes the gate until then',
    () => ({
      ...answers('throttled', { normal: true }, { status: 429, retryAfterAsDate: RETRY_AFTER_SECONDS }),
      settings: ONE_CALL_AT_A_TIME,
      expectAlso: (one) => expectPauses(one, 429, 1, ({ retryAfter }) => Date.parse(retryAfter ?? '')),
    }),
  ],
  [
    'a 429 without a header in the very first call closes the gate for a window',
    () => pausesFor(answers('throttled', { status: 429 }), 429, 1, WINDOW_MS),
  ],
  [
    'an endless 429 counts as a spent day: the run says so, nothing is sent, and everything is sent once the service recovers',
    () => ({
      ...answers('throttled', { status: 429, times: 'always' }),
      meanwhile: async (one, host) => {
        await fireEvent(one, host);
        await untilTakenForSpent(one);
        await untilRunWaitsFor(one, 'daily-budget-spent');
        const { pace } = await readGate(one);
        expect(pace.value.closedUntil).toBeGreaterThan(Date.now() + 55 * 60_000);
        await untilDepth(one, 'deliveries', 0);
        const { calls, accepted } = one.entra.stats().uploads;
        expect(accepted).toBe(0);
        await expectNoPoison(one);
        // Ticks go by without a call.
        await untilTicked(host, 3);
        expect(one.entra.stats().uploads.calls).toBe(calls);
        one.entra.clearFaults();
        await endThrottling(one);
      },
      expectAlso: async (one) => expect((await readGate(one)).pace.value.strikes).toBe(0),
    }),
  ],
  [
    'a 503 with a time closes the gate for that long, and nothing of the request was accepted',
    () =>
      pausesFor(
        answers('throttled', { normal: true }, { status: 503, retryAfter: RETRY_AFTER_SECONDS }),
        503,
        1,
        RETRY_AFTER_SECONDS * 1_000,
      ),
  ],
  [
    'a full bucket pauses the job for at least five minutes, and then everything is sent',
    () => ({
      ...answers('paused', { bucketFull: true }),
      meanwhile: async (one, host) => {
        await fireEvent(one, host);
        await untilClosed(one, 'graph-bucket-full');
        const { job } = await readGate(one);
        const refused = one.entra.uploadCalls().find(({ status }) => status === 500);
        expect(job.value.pausedUntil).toBeGreaterThanOrEqual(refused!.answeredAt + 5 * 60_000 - CLOCK_DOUBT_MS);
        await until(
          async () => {
            await endPause(one);
            return one.entra.stats().uploads.accepted >= 3 || null;
          },
          STEP_WITHIN_MS,
          () => 'not sent after the pause',
        );
      },
    }),
  ],
  [
    'a conflict pauses the job for at least a window',
    () => pausesFor(answers('paused', { status: 409 }), 409, 1, WINDOW_MS),
  ],
  [
    '502, 503 and 504 from gateways, with HTML and without: each batch is sent again and converges',
    () => answers('unanswered', { status: 502, html: true }, { status: 503, html: true }, { status: 504 }),
  ],
  [
    'a redirect is not followed, the gate closes, and what was not accepted is sent later',
    () => ({
      ...answers('halted', { redirect: true }),
      settings: { ...ONE_CALL_AT_A_TIME, ROLLCALL_HALT_PAUSE_SECONDS: String(HALT_PAUSE_MS / 1_000) },
      expectAlso: (one) => {
        expect(one.entra.stats().followedRedirects).toBe(0);
        expectPausesFor(one, 307, 1, HALT_PAUSE_MS);
      },
    }),
  ],
  [
    'connections that are cut before, within and after the body: only what was accepted is repeated, once',
    () => ({
      ...answers('unanswered', { cut: 'before' }, { cut: 'during' }, { cut: 'after-accept' }),
      ...repeatedOnce,
    }),
  ],
  [
    'an answer that takes too long: the request was carried out and is repeated once',
    () => ({ ...answers('unanswered', { delayMs: 5_000 }), ...repeatedOnce }),
  ],
  [
    'a token that is refused once is replaced within the same delivery',
    () => ({
      ...answers('sent', { status: 401 }),
      expectAlso: async (one, [run]) => {
        const deliveries: number[] = [];
        for await (const page of azureBatchTable(one.storage.table('batches')).all(run!.run))
          deliveries.push(...page.map(({ value }) => value.delivery));
        expect(deliveries).toEqual(Array.from({ length: PLAIN_BATCHES }, () => 1));
        expect(one.entra.stats().uploads.calls).toBe(PLAIN_BATCHES + 1);
      },
    }),
  ],
  [
    'a token that is always refused halts the tenant until that is fixed',
    () => ({ ...answers('halted', { status: 401, times: 'always' }), meanwhile: untilMended('graph-token-refused') }),
  ],
  [
    'a missing permission halts the tenant until it is granted',
    () => ({ ...answers('halted', { status: 403, times: 'always' }), meanwhile: untilMended('graph-forbidden') }),
  ],
  [
    'a job that is not found is paused until it exists',
    () => ({ ...answers('halted', { status: 404, times: 'always' }), meanwhile: untilMended('graph-job-not-found') }),
  ],
  [
    'one operation that the service refuses is found by halving: that row is rejected, the other 49 are sent',
    () => ({ ...answers('split', { status: 400, onlyIfContains: idOf(23) }), refused: [23] }),
  ],
  [
    'a hundred refusals in a row halt the job: no row is blamed, and everything is sent once the service accepts it again',
    () => ({
      ...answers('halted', { status: 400, times: 'always' }),
      prepare: async (one) => {
        await setRefusals(one, REFUSALS_UNTIL_HALT - 2);
        return JOB;
      },
      meanwhile: untilMended('graph-refuses-everything'),
      expectAlso: async (one) => expect((await readGate(one)).job.value.refusals).toBe(0),
    }),
  ],
  [
    'requests that are too large are sent in halves',
    () => ({
      ...answers('split', { status: 413, times: 2 }),
      // Two of the three batches were halved; what was accepted is a half or the third batch.
      expectAlso: (one) => expect(one.entra.stats().uploads.accepted).toBe(PLAIN_BATCHES + 2),
    }),
  ],
];

test.each(LINES)('%s', (_, line) => playFault(ground, line()));

test('the lines above send something at all: the plain world has three batches', () =>
  playFault(ground, {
    expectAlso: (one) => {
      expect(one.entra.stats().uploads.calls).toBe(3);
      expect(PLAIN_WORLD.files.flat()).toHaveLength(70);
    },
  }));
