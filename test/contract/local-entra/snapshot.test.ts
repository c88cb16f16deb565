// A simulator goes on where another one ended.
import { startEntra, type Entra } from '../../../local/entra/entra';
import type { EntraOptions } from '../../../local/entra/options';
import { ENTERPRISE, JOB, post, bulk, readLogs, SERVICE_PRINCIPAL, upload, user } from './simulator-client';
import { NOON, started, stopAll } from './started';

const later: Entra[] = [];
afterEach(async () => {
  await Promise.all(later.splice(0).map((entra) => entra.stop()));
  await stopAll();
});

/** Another simulator with the tenant of the first, an hour later. */
async function goOn(first: Entra, options: EntraOptions = {}): Promise<Entra> {
  const all = { now: () => NOON + 3_600_000, processingDelayMs: 0, logDelayMs: 0, ...options };
  const next = await startEntra(all, first.snapshot());
  later.push(next);
  return next;
}
const control = (entra: Entra) => entra.job(SERVICE_PRINCIPAL, JOB);

test('directory and log are as they were, and a user stays the same user to directory and job', async () => {
  const first = await started();
  await upload(first, user('1'), user('2', { [ENTERPRISE]: { manager: { value: '1' } } }));
  first.addUser({ userPrincipalName: 'someone@contoso.example' });
  const next = await goOn(first);
  expect(next.directory()).toEqual(first.directory());
  expect(next.log()).toEqual(first.log());
  await upload(next, user('1', { active: false }));
  expect(next.directory().map(({ accountEnabled }) => accountEnabled)).toEqual([false, true, true]);
  expect(next.directory()[1]).toMatchObject({ manager: '1' });
  const ids = (await readLogs(next)).value.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  expect(ids.length).toBe(first.log().length + 1);
});

test('a record that nobody has changed is skipped or unchanged as if there had been no break', async () => {
  const first = await started();
  await upload(first, user('1'));
  const next = await goOn(first);
  await upload(first, user('1'));
  await upload(next, user('1'));
  const last = (entra: Entra) => {
    const { action, status, changes } = entra.log().at(-1)!;
    return { action, status, changes };
  };
  expect(last(next)).toEqual(last(first));
});

test('what was accepted and not processed is processed later', async () => {
  const first = await started({ processingDelayMs: 60_000 });
  await upload(first, user('1'));
  const next = await goOn(first);
  expect(next.directory().map(({ employeeId, createdAt }) => [employeeId, createdAt])).toEqual([['1', NOON + 60_000]]);
});

test('a job keeps its state, and a removed one stays removed', async () => {
  const first = await started({ autoCreateJobs: true });
  control(first).quarantine('EncounteredBaseEscrowThreshold');
  first.job(SERVICE_PRINCIPAL, 'API2AAD.other').remove();
  const next = await goOn(first, { autoCreateJobs: true });
  expect(control(next).state()).toBe('Quarantine');
  const other = `${next.url}/v1.0/servicePrincipals/${SERVICE_PRINCIPAL}/synchronization/jobs/API2AAD.other`;
  expect((await fetch(other, { headers: { authorization: `Bearer ${next.token()}` } })).status).toBe(404);
});

test('the calls of the day count on', async () => {
  const first = await started({ dailyCalls: 2 });
  await upload(first, user('1'));
  const next = await goOn(first, { dailyCalls: 2 });
  expect((await upload(next, user('2'))).status).toBe(202);
  expect((await post(next, bulk([user('3')]))).status).toBe(429);
});

test.each([
  ['no snapshot', Buffer.from('x'), 'cannot be read'],
  ['nothing', Buffer.alloc(0), 'cannot be read'],
])('%s is refused with a sentence', async (_, bytes, words) => {
  await expect(startEntra({}, bytes)).rejects.toThrow(words);
});
