// Faults of the provisioning job: it does not run at the first call, or throws away what it had accepted.
import type { JobControl } from '../../local/entra/entra';
import { azureRunTable } from '../../shared/run/azure-run-table';
import type { JobKey } from '../../shared/graph/job-key';
import { graph } from '../contract/local-entra/simulator-client';
import { untilRunWaitsFor } from './gate-state';
import type { Case, Ground } from './ground';
import { startGround } from './ground';
import { STEP_WITHIN_MS, untilTicked } from './host-watch';
import type { FaultLine } from './plain-life';
import { fireEvent, playFault } from './plain-life';
import { expectNoPoison } from './queue-watch';
import { JOB, PLAIN_BATCHES } from './small-world';
import { limitTests, until } from './until';

limitTests(120_000);

let ground: Ground;
beforeAll(async () => {
  ground = await startGround();
});
afterAll(() => ground.stop());

const jobOf = (one: Case): JobControl => one.entra.job(JOB.servicePrincipalId, JOB.jobId);

/** A job that does not run gets no calls: the run says why, nothing is in poison, and once it runs again every batch is sent once. */
const ill = (code: string, detail: string, mend: (one: Case, job: JobKey) => Promise<void> | void): FaultLine => ({
  meanwhile: async (one, host, job) => {
    await fireEvent(one, host);
    await untilRunWaitsFor(one, code);
    await untilTicked(host, 2);
    await untilRunWaitsFor(one, code);
    expect((await azureRunTable(one.storage.table('runs')).all())[0]?.value.waitsDetail).toBe(detail);
    expect(one.entra.stats().uploads.calls).toBe(0);
    await expectNoPoison(one);
    await mend(one, job);
  },
  expectAlso: (one, runs) => {
    expect(one.entra.stats().uploads.calls).toBe(PLAIN_BATCHES);
    expect(runs.map((run) => run.waitsFor)).toEqual([null]);
  },
});

const struck =
  (strike: (job: JobControl) => void): NonNullable<FaultLine['prepare']> =>
  (one) => {
    strike(jobOf(one));
    return Promise.resolve(JOB);
  };

const LINES: readonly (readonly [sentence: string, line: FaultLine])[] = [
  [
    'a job that is paused gets no call until somebody starts it',
    { prepare: struck((job) => job.pause()), ...ill('job-is-paused', 'Paused', (one) => jobOf(one).start()) },
  ],
  [
    'a job in quarantine gets no call until somebody restarts it',
    {
      prepare: struck((job) => job.quarantine('EncounteredEscrowProportionThreshold')),
      ...ill('job-in-quarantine', 'EncounteredEscrowProportionThreshold', (one) => jobOf(one).restart()),
    },
  ],
  [
    'a job that is gone gets no call until it exists again',
    { prepare: struck((job) => job.remove()), ...ill('job-is-gone', '404', (one) => void jobOf(one).state()) },
  ],
  [
    'a job that was never started gets no call until it is configured and started',
    {
      prepare: createJob,
      ...ill('job-never-started', 'NotConfigured', async (one, { servicePrincipalId, jobId }) => {
        const synchronization = `/v1.0/servicePrincipals/${servicePrincipalId}/synchronization`;
        const settings = JSON.stringify({ Enabled: true, Recipients: 'iam@contoso.example' });
        const value = [{ key: 'SyncNotificationSettings', value: settings }];
        await ask(one, 'PUT', `${synchronization}/secrets`, { value });
        await ask(one, 'POST', `${synchronization}/jobs/${jobId}/start`);
      }),
    },
  ],
  [
    'a state that cannot be read stops nothing',
    {
      faults: [{ on: 'getJob', answers: [{ status: 503, html: true }] }],
      expectAlso: (one) => expect(one.entra.stats().uploads.calls).toBe(PLAIN_BATCHES),
    },
  ],
  [
    'a restart throws away what the job had accepted: the rows are silent, are sent again, and are answered',
    {
      // It stops as soon as it has accepted the last request.
      faults: [{ on: 'job', state: 'pause', afterUploads: PLAIN_BATCHES }],
      meanwhile: async (one, host) => {
        await fireEvent(one, host);
        await until(
          () => Promise.resolve(one.entra.stats().uploads.accepted === PLAIN_BATCHES || null),
          STEP_WITHIN_MS,
          () => 'not everything was sent',
        );
        jobOf(one).restart();
        expect(one.entra.stats().jobs[0]!.purged).toBeGreaterThan(0);
      },
      repeated: PLAIN_BATCHES,
      expectAlso: (one) => expect(one.entra.stats().operations.repeated).toBe(one.entra.stats().jobs[0]!.purged),
    },
  ],
];

test.each(LINES)('%s', (_, line) => playFault(ground, line));

async function ask(one: Case, method: string, path: string, body?: unknown): Promise<unknown> {
  const answer = await graph(one.entra, method, path, body);
  expect(answer.ok).toBe(true);
  const text = await answer.text();
  return text === '' ? null : JSON.parse(text);
}

/** Creates the application and the job as the set-up does, without starting the job. */
async function createJob(one: Case): Promise<JobKey> {
  const { value } = (await ask(one, 'GET', '/v1.0/applicationTemplates')) as { value: { id: string }[] };
  const made = await ask(one, 'POST', `/v1.0/applicationTemplates/${value[0]!.id}/instantiate`, { displayName: 'HR' });
  const { servicePrincipal } = made as { servicePrincipal: { id: string } };
  const synchronization = `/v1.0/servicePrincipals/${servicePrincipal.id}/synchronization`;
  const templates = (await ask(one, 'GET', `${synchronization}/templates`)) as { value: { id: string }[] };
  const job = await ask(one, 'POST', `${synchronization}/jobs`, { templateId: templates.value[0]!.id });
  return { servicePrincipalId: servicePrincipal.id, jobId: (job as { id: string }).id };
}
