// Line 7 of the checklist: faults as data, for requests, log entries and jobs.
import type { FaultScript } from '../../../local/entra/faults';
import {
  JOB,
  SERVICE_PRINCIPAL,
  bulk,
  graph,
  JOB_PATH,
  post,
  readError,
  readLogs,
  upload,
  user,
} from './simulator-client';
import { started, stopAll } from './started';

afterEach(stopAll);

const onUpload = (...answers: Extract<FaultScript, { answers: unknown }>['answers']): FaultScript[] => [
  { on: 'bulkUpload', answers },
];

test('line 7: scripted answers come in their order, then everything is normal', async () => {
  const entra = await started();
  entra.script(
    onUpload(
      { status: 429, times: 2 },
      { status: 429, retryAfter: 3 },
      { normal: true },
      { status: 401 },
      { status: 403 },
    ),
  );
  const answers: [number, string | null][] = [];
  for (let call = 0; call < 7; call += 1) {
    const response = await upload(entra, user(String(call)));
    answers.push([response.status, response.headers.get('retry-after')]);
  }
  expect(answers.map(([status]) => status)).toEqual([429, 429, 429, 202, 401, 403, 202]);
  expect(answers[1]![1]).toBeNull();
  expect(answers[2]![1]).toBe('3');
});

test('line 7: a full bucket and a gateway page can be scripted', async () => {
  const entra = await started();
  entra.script(onUpload({ status: 500, bucketFull: true }, { status: 502, html: true }));
  expect((await readError(await upload(entra, user('1')))).message).toMatch(/bucket/);
  const page = await upload(entra, user('1'));
  expect([page.status, page.headers.get('content-type')]).toEqual([502, 'text/html']);
  expect(await page.text()).toContain('<html>');
});

test.each(['before', 'during'] as const)('line 7: a connection cut %s the body accepts nothing', async (cut) => {
  const entra = await started();
  entra.script(onUpload({ cut }));
  await expect(upload(entra, user('1'))).rejects.toThrow();
  expect(entra.directory()).toHaveLength(0);
  expect(entra.stats().answers.bulkUpload).toEqual({ cut: 1 });
  expect((await upload(entra, user('1'))).status).toBe(202);
});

test('line 7: a connection cut after acceptance has queued everything, and a replay changes nothing', async () => {
  const entra = await started();
  entra.script(onUpload({ cut: 'after-accept' }));
  await expect(upload(entra, user('1'))).rejects.toThrow();
  expect(entra.directory()).toHaveLength(1);
  await upload(entra, user('1'));
  expect(entra.directory()).toHaveLength(1);
  expect(entra.stats().uploads.repeated).toBe(1);
  const { value } = await readLogs(entra, { $orderby: 'activityDateTime' });
  expect(value.map((entry) => entry.provisioningStatusInfo.status)).toEqual(['success', 'skipped']);
});

test('line 7: a request with a delayed answer is carried out at once', async () => {
  const entra = await started();
  entra.script(onUpload({ delayMs: 60_000 }));
  const body = JSON.stringify(bulk([user('1')]));
  const headers = { authorization: `Bearer ${entra.token()}`, 'content-type': 'application/scim+json' };
  const giveUp = new AbortController();
  const call = fetch(`${entra.url}${JOB_PATH}/bulkUpload`, { method: 'POST', headers, body, signal: giveUp.signal });
  while (entra.stats().uploads.accepted === 0) await new Promise(setImmediate);
  giveUp.abort();
  await expect(call).rejects.toThrow();
  expect(entra.directory()).toHaveLength(1);
});

test('line 7: a redirect is answered once, and clients that follow it are counted', async () => {
  const entra = await started();
  entra.script(onUpload({ redirect: true, times: 2 }));
  expect((await upload(entra, user('1'))).status).toBe(307);
  expect(entra.stats().followedRedirects).toBe(0);
  const headers = { authorization: `Bearer ${entra.token()}`, 'content-type': 'application/scim+json' };
  await fetch(`${entra.url}${JOB_PATH}/bulkUpload`, {
    method: 'POST',
    headers,
    body: JSON.stringify(bulk([user('1')])),
  });
  expect(entra.stats().followedRedirects).toBe(1);
  expect(entra.directory()).toHaveLength(0);
});

test('line 7: a poisonous person turns every request that contains it into a 400, others succeed', async () => {
  const entra = await started();
  entra.script(onUpload({ status: 400, onlyIfContains: '13', message: 'Invalid Data Format' }));
  const send = async (...ids: string[]) => (await upload(entra, ...ids.map((id) => user(id)))).status;
  expect([await send('12', '13'), await send('12'), await send('13'), await send('130')]).toEqual([400, 202, 400, 202]);
});

test('line 7: other routes can fail too', async () => {
  const entra = await started();
  entra.script([
    { on: 'logs', answers: [{ status: 503, html: true }] },
    { on: 'getJob', answers: [{ status: 404 }] },
  ]);
  expect((await graph(entra, 'GET', '/v1.0/auditLogs/provisioning')).status).toBe(503);
  expect((await graph(entra, 'GET', JOB_PATH)).status).toBe(404);
  expect((await graph(entra, 'GET', JOB_PATH)).status).toBe(200);
});

const readIds = async (entra: Awaited<ReturnType<typeof started>>) =>
  (await readLogs(entra, { $orderby: 'activityDateTime' })).value.map((entry) => entry.sourceIdentity.id);

test('line 7: log entries are lost, doubled with the same id, or late with their original time', async () => {
  const entra = await started({ shuffle: false });
  entra.script([
    { on: 'log', lost: true, nth: 1 },
    { on: 'log', twice: true, externalId: '2' },
    { on: 'log', late: 60_000, externalId: '3' },
  ]);
  await upload(entra, user('1'), user('2'), user('3'), user('4'));
  expect(await readIds(entra)).toEqual(['2', '2', '4']);
  expect(entra.directory()).toHaveLength(4);
  entra.advance(60_000);
  const late = (await readLogs(entra)).value.find((entry) => entry.sourceIdentity.id === '3');
  expect(late?.activityDateTime).toBe('2026-09-14T12:00:00Z');
});

test('line 7: every n-th log entry, and an unknown action', async () => {
  const entra = await started({ shuffle: false });
  entra.script([{ on: 'log', unknownAction: true, every: 2, times: 1 }]);
  await upload(entra, user('1'), user('2'), user('3'), user('4'));
  const { value } = await readLogs(entra, { $orderby: 'activityDateTime' });
  expect(value.map((entry) => entry.provisioningAction)).toEqual(['create', 'unknownFutureValue', 'create', 'create']);
});

test('line 7: jobs are paused, quarantined, restarted with a purge, or gone, also after some uploads', async () => {
  const entra = await started({ processingDelayMs: 1_000 });
  const job = entra.job(SERVICE_PRINCIPAL, JOB);
  entra.script([{ on: 'job', state: 'pause', afterUploads: 2 }]);
  await upload(entra, user('1'));
  expect(job.state()).toBe('Active');
  await upload(entra, user('2'));
  expect(job.state()).toBe('Paused');
  entra.script([{ on: 'job', state: 'restart' }]);
  expect([job.state(), job.waiting()]).toEqual(['Active', 0]);
  entra.script([{ on: 'job', state: 'quarantine', reason: 'TooManyDeletes' }]);
  expect(job.state()).toBe('Quarantine');
  entra.script([{ on: 'job', state: 'gone' }]);
  expect((await upload(entra, user('3'))).status).toBe(404);
});

test('line 7: a job that is gone does not come back by itself', async () => {
  const entra = await started({ autoCreateJobs: true });
  entra.script([{ on: 'job', state: 'gone', jobId: JOB }]);
  expect((await upload(entra, user('1'))).status).toBe(404);
});

test('line 7: random faults are the same for the same seed', async () => {
  const play = async (seed: number): Promise<string> => {
    const entra = await started({ seed, random: { rate429: 0.3, html503: 0.2, cutAfterAccept: 0.2, entryLost: 0.3 } });
    let answers = '';
    for (let call = 0; call < 20; call += 1) {
      const answer = await post(entra, bulk([user(String(call))])).then(
        (response) => String(response.status),
        () => 'cut',
      );
      answers += `${answer} `;
    }
    return `${answers}${(await readIds(entra)).sort().join(',')}`;
  };
  const first = await play(7);
  expect(await play(7)).toBe(first);
  expect(await play(8)).not.toBe(first);
  expect(first).toMatch(/429/);
  expect(first).toMatch(/503/);
  expect(first).toMatch(/cut/);
});

test('line 7: other processes can use faults, rules, clock and statistics, and malformed faults are refused', async () => {
  const entra = await started();
  const control = (method: string, path: string, body?: unknown) =>
    fetch(`${entra.url}/_simulator/${path}`, { method, ...(body === undefined ? {} : { body: JSON.stringify(body) }) });
  expect((await control('POST', 'faults', [{ on: 'bulkUpload', answers: [{ staus: 429 }] }])).status).toBe(400);
  expect((await control('POST', 'faults', onUpload({ status: 429 }))).status).toBe(204);
  expect((await upload(entra, user('1'))).status).toBe(429);
  const rule = { match: { externalId: '1' }, outcome: { errorCode: 'InvalidDomain', reason: 'No such domain.' } };
  expect((await control('POST', 'rules', [rule])).status).toBe(204);
  await upload(entra, user('1'), user('2'));
  const directory = (await (await control('GET', 'directory')).json()) as { employeeId: string }[];
  expect(directory.map(({ employeeId }) => employeeId)).toEqual(['2']);
  expect(await (await control('GET', 'stats')).json()).toMatchObject({ uploads: { calls: 2, accepted: 1 } });
  const before = entra.stats().now;
  await control('POST', 'clock', { advanceMs: 5 });
  expect(entra.stats().now - before).toBe(5);
  expect((await control('GET', 'nothing')).status).toBe(404);
});
