// Lines 5 and 6 of the checklist: pace, daily limit, full queue. The test moves the clock; nothing waits.
import { JOB, SERVICE_PRINCIPAL, bulk, post, readError, upload, user } from './simulator-client';
import { NOON, started, stopAll } from './started';

afterEach(stopAll);

async function send(entra: Awaited<ReturnType<typeof started>>, calls: number): Promise<number[]> {
  const statuses: number[] = [];
  for (let call = 0; call < calls; call += 1) statuses.push((await upload(entra, user('1'))).status);
  return statuses;
}

test('line 5: the 41st call within 5 seconds is 429, rejected calls count, and the window slides', async () => {
  const entra = await started();
  const first = await send(entra, 42);
  expect(first.filter((status) => status === 202)).toHaveLength(40);
  expect(first.slice(40)).toEqual([429, 429]);
  entra.advance(4_999);
  expect(await send(entra, 1)).toEqual([429]);
  entra.advance(1);
  // The 42 calls from the start have left the window; the rejected one of a millisecond ago has not.
  expect(await send(entra, 40)).toEqual([...Array<number>(39).fill(202), 429]);
  const { pace } = entra.stats().uploads;
  expect(pace).toEqual({ limit: 40, windowMs: 5_000, calls: 83, violations: 4, maxInWindow: 43 });
});

test('line 5: by default a 429 does not say when to come back', async () => {
  const entra = await started({ uploadPace: { calls: 0, windowMs: 5_000 } });
  const response = await upload(entra, user('1'));
  expect(response.status).toBe(429);
  expect(response.headers.has('retry-after')).toBe(false);
  expect((await readError(response)).message).toBe('Too many requests.');
});

test.each([
  ['seconds', '5'],
  ['date', new Date(NOON + 5_000).toUTCString()],
] as const)('line 5: the switch gives a 429 a Retry-After as %s', async (retryAfter, expected) => {
  const entra = await started({ uploadPace: { calls: 1, windowMs: 5_000 }, retryAfter });
  await upload(entra, user('1'));
  expect((await upload(entra, user('1'))).headers.get('retry-after')).toBe(expected);
});

test.each([
  ['P1P2', 2_000],
  ['governance', 6_000],
] as const)('line 5: the licence %s allows %i calls in any 24 hours', async (licence, calls) => {
  const entra = await started({ licence });
  expect(entra.stats().uploads.day).toMatchObject({ limit: calls, windowMs: 86_400_000 });
});

test('line 5: the daily limit holds for 24 hours and not a millisecond longer', async () => {
  const entra = await started({ dailyCalls: 3 });
  expect(await send(entra, 4)).toEqual([202, 202, 202, 429]);
  entra.advance(86_400_000 - 1);
  expect(await send(entra, 1)).toEqual([429]);
  entra.advance(1);
  expect(await send(entra, 2)).toEqual([202, 202]);
  expect(entra.stats().uploads.day.violations).toBe(2);
});

test('line 5: the Retry-After of a spent day is the rest of the day', async () => {
  const entra = await started({ dailyCalls: 1, retryAfter: 'seconds' });
  await upload(entra, user('1'));
  entra.advance(3_600_000);
  expect((await upload(entra, user('1'))).headers.get('retry-after')).toBe(String(86_400));
});

test('line 5: the pace can be the older 40 calls in a second', async () => {
  const entra = await started({ uploadPace: { calls: 40, windowMs: 1_000 } });
  expect(await send(entra, 41)).toContain(429);
  entra.advance(1_000);
  expect(await send(entra, 1)).toEqual([202]);
});

test('line 5: speed does not touch the windows', async () => {
  const entra = await started({ speed: 1_000 });
  await send(entra, 40);
  entra.advance(4_999);
  expect(await send(entra, 1)).toEqual([429]);
});

test('line 6: a full queue is 500 with the documented text, and what was refused is not queued', async () => {
  const entra = await started({ queueCapacity: 3, processingDelayMs: 1_000 });
  expect((await upload(entra, user('1'), user('2'))).status).toBe(202);
  const response = await upload(entra, user('3'), user('4'));
  expect(response.status).toBe(500);
  expect((await readError(response)).message).toMatch(/^The bucket that stores the ingested data is full/);
  entra.advance(1_000);
  expect(entra.directory().map(({ employeeId }) => employeeId)).toEqual(['1', '2']);
  expect((await upload(entra, user('3'), user('4'))).status).toBe(202);
});

test('line 6: records that keep failing stay in the queue and fill it', async () => {
  const entra = await started({ queueCapacity: 2 });
  await upload(entra, user('1', { userName: 'no name' }), user('2', { userName: 'no name' }));
  expect((await upload(entra, user('3'))).status).toBe(500);
});

test.each(['pause', 'quarantine'] as const)(
  'line 6: after %s uploads are accepted but not processed',
  async (state) => {
    const entra = await started();
    const job = entra.job(SERVICE_PRINCIPAL, JOB);
    job[state]();
    expect((await upload(entra, user('1'))).status).toBe(202);
    entra.advance(3_600_000);
    expect(entra.directory()).toHaveLength(0);
    expect(job.waiting()).toBe(1);
    expect(entra.stats().uploads.acceptedWhileStopped).toBe(1);
  },
);

test('the statistics count repeated operations and people in flight twice', async () => {
  const entra = await started({ processingDelayMs: 1_000 });
  await post(entra, bulk([user('1'), user('2')], 'first'));
  await post(entra, bulk([user('2'), user('3')], 'second'));
  await post(entra, bulk([user('1'), user('2')], 'first'));
  const stats = entra.stats();
  expect(stats.operations).toEqual({ accepted: 6, repeated: 2, overlapping: 3 });
  expect(stats.uploads).toMatchObject({ calls: 3, accepted: 3, repeated: 1 });
  expect(entra.uploads().map(({ people }) => people.map(({ externalId }) => externalId))).toEqual([
    ['1', '2'],
    ['2', '3'],
    ['1', '2'],
  ]);
});
