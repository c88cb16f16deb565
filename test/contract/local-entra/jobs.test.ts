// Lines 14 and 18 of the checklist: retries, quarantine, restart; the state of a job.
import { JOB, JOB_PATH, SERVICE_PRINCIPAL, graph, readLogs, upload, user } from './simulator-client';
import { started, stopAll } from './started';

afterEach(stopAll);

type Running = Awaited<ReturnType<typeof started>>;
interface JobDocument {
  id: string;
  schedule: { state: string; interval: string };
  status: { code: string; quarantine: { reason: string; currentBegan: string } | null; lastExecution: unknown };
}

const CYCLE_MS = 40 * 60_000;
const readJob = async (entra: Running) => (await (await graph(entra, 'GET', JOB_PATH)).json()) as JobDocument;
const act = async (entra: Running, action: string, body?: unknown) =>
  (await graph(entra, 'POST', `${JOB_PATH}/${action}`, body)).status;
const countEntries = async (entra: Running) => (await readLogs(entra)).value.length;
const broken = (id: string) => user(id, { userName: 'no name' });

test('line 14: what failed is tried again in later cycles, at growing intervals', async () => {
  const outcome = { errorCode: 'Timeout', reason: 'Timeout.', times: 2 };
  const entra = await started({ rules: [{ match: {}, outcome }] });
  await upload(entra, user('1'));
  const attempts: number[] = [];
  for (let cycle = 0; cycle < 4; cycle += 1) {
    attempts.push(await countEntries(entra));
    entra.advance(CYCLE_MS);
  }
  expect(attempts).toEqual([1, 2, 2, 3]);
  expect(entra.directory()).toHaveLength(1);
});

test('line 14: a newer record replaces the failed one', async () => {
  const entra = await started();
  await upload(entra, broken('1'));
  await upload(entra, user('1', { displayName: 'Newer' }));
  entra.advance(4 * CYCLE_MS);
  expect(await countEntries(entra)).toBe(2);
  expect(entra.directory()[0]!.attributes.displayName).toBe('Newer');
});

test('line 14: with the switch, the service retries nothing', async () => {
  const entra = await started({ escrowRetries: 'none' });
  await upload(entra, broken('1'));
  entra.advance(4 * CYCLE_MS);
  expect(await countEntries(entra)).toBe(1);
});

const LOW = { failingShare: 0.4, failingShareFrom: 5, withoutReferences: 1_000, withReferences: 1_000 };

test('line 14: too many failures put the job into quarantine, and later records wait', async () => {
  const entra = await started({ quarantineThresholds: LOW, shuffle: false });
  await upload(entra, ...['1', '2', '3', '4', '5'].map(broken), user('6'));
  const job = await readJob(entra);
  expect(job.status.code).toBe('Quarantine');
  expect(job.status.quarantine).toMatchObject({
    reason: 'EncounteredEscrowProportionThreshold',
    currentBegan: '2026-09-14T12:00:00Z',
  });
  expect(entra.directory()).toHaveLength(0);
});

test('line 14: the same failures among many successes do not', async () => {
  const entra = await started({ quarantineThresholds: LOW, shuffle: false });
  await upload(
    entra,
    ...Array.from({ length: 10 }, (_, index) => user(`ok${index}`)),
    ...['1', '2', '3', '4', '5'].map(broken),
  );
  expect((await readJob(entra)).status.code).toBe('Active');
});

test.each([
  ['EncounteredBaseEscrowThreshold', { withoutReferences: 1 }],
  ['EncounteredTotalEscrowThreshold', { withReferences: 2 }],
])('line 14: the absolute threshold leads to %s', async (reason, limit) => {
  const entra = await started({ quarantineThresholds: { ...LOW, ...limit } });
  await upload(entra, broken('1'), broken('2'));
  expect((await readJob(entra)).status.quarantine!.reason).toBe(reason);
});

test('line 14: more disabled accounts than the deletion threshold are staged, and the job goes into quarantine', async () => {
  const entra = await started({ shuffle: false });
  const job = entra.job(SERVICE_PRINCIPAL, JOB);
  const settings = {
    Enabled: true,
    Recipients: 'iam@contoso.example',
    DeleteThresholdEnabled: true,
    DeleteThresholdValue: 1,
  };
  job.setSecret('SyncNotificationSettings', JSON.stringify(settings));
  await upload(entra, user('1'), user('2'));
  const leavers = [user('1', { active: false }), user('2', { active: false })];
  await upload(entra, ...leavers);
  expect(entra.log().map(({ action }) => action)).toEqual(['create', 'create', 'disable', 'stagedDelete']);
  expect((await readJob(entra)).status.quarantine!.reason).toBe('TooManyDeletes');
  expect(await act(entra, 'restart', { criteria: { resetScope: 'Full, ForceDeletes' } })).toBe(204);
  await upload(entra, ...leavers);
  expect(entra.directory().map(({ accountEnabled }) => accountEnabled)).toEqual([false, false]);
});

test('line 14: without a notification address a job is in quarantine as soon as it starts', async () => {
  const entra = await started();
  await act(entra, 'pause');
  await graph(entra, 'PUT', `/v1.0/servicePrincipals/${SERVICE_PRINCIPAL}/synchronization/secrets`, { value: [] });
  expect(await act(entra, 'start')).toBe(204);
  expect((await readJob(entra)).status.code).toBe('Quarantine');
});

test('line 14: a restart while the job is stopped purges waiting records, without a trace in the log', async () => {
  const entra = await started();
  await act(entra, 'pause');
  await upload(entra, user('1'));
  expect(await act(entra, 'restart', { criteria: { resetScope: 'Full' } })).toBe(204);
  await upload(entra, user('2'));
  entra.advance(CYCLE_MS);
  expect(entra.directory().map(({ employeeId }) => employeeId)).toEqual(['2']);
  expect(await countEntries(entra)).toBe(1);
  expect(entra.stats().jobs[0]!.purged).toBe(1);
});

test('line 14: a restart while the job runs keeps waiting records and drops failed ones', async () => {
  const entra = await started({ processingDelayMs: 1_000 });
  await upload(entra, broken('1'));
  entra.advance(1_000);
  await upload(entra, user('2'));
  await act(entra, 'restart', { criteria: { resetScope: 'QuarantineState, Watermark, Escrows' } });
  entra.advance(2 * CYCLE_MS);
  expect(entra.directory().map(({ employeeId }) => employeeId)).toEqual(['2']);
  expect(await countEntries(entra)).toBe(2);
});

test('line 14: a start does not lift a quarantine, a restart of its state does', async () => {
  const entra = await started();
  entra.job(SERVICE_PRINCIPAL, JOB).quarantine();
  await act(entra, 'start');
  expect((await readJob(entra)).status.code).toBe('Quarantine');
  await act(entra, 'restart', { criteria: { resetScope: 'Escrows' } });
  expect((await readJob(entra)).status.code).toBe('Quarantine');
  await act(entra, 'restart', { criteria: { resetScope: 'QuarantineState' } });
  expect((await readJob(entra)).status).toMatchObject({ code: 'Active', quarantine: null });
});

test('line 14: after 28 days of quarantine the job is disabled', async () => {
  const entra = await started();
  entra.job(SERVICE_PRINCIPAL, JOB).quarantine();
  entra.advance(28 * 86_400_000 - 1);
  expect((await readJob(entra)).schedule.state).toBe('Active');
  entra.advance(1);
  expect((await readJob(entra)).schedule.state).toBe('Disabled');
});

test('line 18: a paused job continues where it was when it is started', async () => {
  const entra = await started();
  expect(await act(entra, 'pause')).toBe(204);
  expect(await readJob(entra)).toMatchObject({ schedule: { state: 'Paused' }, status: { code: 'Paused' } });
  await upload(entra, user('1'));
  entra.advance(5_000);
  expect(await act(entra, 'start')).toBe(204);
  expect((await readLogs(entra)).value[0]!.activityDateTime).toBe('2026-09-14T12:00:05Z');
});

test('line 18: the document of a job shows what it did', async () => {
  const entra = await started({ templateIds: 'inferred' });
  await upload(entra, user('1'), broken('2'));
  expect(await readJob(entra)).toMatchObject({
    id: JOB,
    templateId: 'API2AAD',
    schedule: { interval: 'PT40M', state: 'Active' },
    status: {
      code: 'Active',
      quarantine: null,
      lastExecution: { state: 'EntryLevelErrors', countImported: 2, countExported: 1, countEscrowed: 1 },
      synchronizedEntryCountByType: [{ key: 'User', value: 1 }],
    },
  });
});

test('line 18: an unknown restart scope is 400, an unknown job 404, a missing permission 403', async () => {
  const entra = await started();
  expect(await act(entra, 'restart', { criteria: { resetScope: 'Everything' } })).toBe(400);
  expect((await graph(entra, 'GET', JOB_PATH.replace('API2AAD', 'API2AD'))).status).toBe(404);
  const headers = { authorization: `Bearer ${entra.token({ roles: ['Synchronization.Read.All'] })}` };
  expect((await fetch(entra.url + JOB_PATH, { headers })).status).toBe(200);
  expect((await fetch(`${entra.url}${JOB_PATH}/pause`, { method: 'POST', headers })).status).toBe(403);
});
