// `rollcall doctor` against the simulator, as a person who signs in: what is right, what is broken, and what may not be read.
import { startEntra, type Entra, type JobControl } from '../../../local/entra/entra';
import { newFolder, rollcall } from '../../pipeline/cli/recorded-terminal';

const SP = 'e7b1c2d3-0000-4000-8000-000000000001';
const JOB = 'API2AAD.0123456789abcdef0123456789abcdef.1';
const folder = newFolder();
let entra: Entra;
let job: JobControl;

/** A source; `mapping` goes over a plain one. */
const source = (name: string, mapping: object = {}): string =>
  folder.put(
    `${name}.json`,
    JSON.stringify({
      name: 'contoso-hr',
      file: { format: 'csv' },
      job: { servicePrincipalId: SP, jobId: JOB },
      id: 'Id',
      active: { column: 'Status', active: ['A'], inactive: ['X'] },
      mapping: { userName: 'Login', title: 'Title', ...mapping },
    }),
  );

beforeAll(async () => {
  entra = await startEntra();
});
beforeEach(() => {
  job = entra.job(SP, JOB);
  job.setSecret(
    'SyncNotificationSettings',
    JSON.stringify({
      Enabled: true,
      Recipients: 'ops@contoso.example',
      DeleteThresholdEnabled: true,
      DeleteThresholdValue: 500,
    }),
  );
  job.start();
});
afterAll(async () => {
  folder.remove();
  await entra.stop();
});

interface Told {
  readonly counts: Readonly<Record<string, number>>;
  readonly findings: readonly {
    readonly check: string;
    readonly level: string;
    readonly code: string;
    readonly message: string;
    readonly cure: string | null;
  }[];
}

async function doctor(path: string, ...more: readonly string[]): Promise<Told & { readonly exitCode: number }> {
  const { out, exitCode } = await rollcall('doctor', '--source', path, '--graph', entra.url, '--json', ...more);
  return { ...(JSON.parse(out) as Told), exitCode };
}
const codesOf = ({ findings }: Told, ...levels: readonly string[]): readonly string[] =>
  findings.filter(({ level }) => levels.includes(level)).map(({ code }) => code);

test('a job that is set up has nothing wrong; what nobody named is not checked', async () => {
  const told = await doctor(source('good'));
  expect(codesOf(told, 'wrong', 'warning')).toEqual([]);
  expect(told.findings.filter(({ level }) => level === 'not-checked').map(({ check }) => check)).toEqual(
    expect.arrayContaining(['storage', 'permissions', 'budget']),
  );
  expect(told.exitCode).toBe(1);
});

test('a job that was paused, is gone, or is in quarantine is told as such, with its cure', async () => {
  job.pause();
  expect(codesOf(await doctor(source('good')), 'wrong')).toEqual(['job-not-running']);
  job.start();
  job.quarantine('TooManyDeletes');
  const ill = await doctor(source('good'));
  expect(codesOf(ill, 'wrong')).toEqual(['job-quarantined']);
  expect(ill.findings.find(({ code }) => code === 'job-quarantined')).toMatchObject({
    message: expect.stringContaining('TooManyDeletes'),
    cure: expect.stringContaining('ForceDeletes'),
  });
  job.remove();
  const gone = await doctor(source('good'));
  expect(codesOf(gone, 'wrong')).toEqual(['job-missing']);
  expect(codesOf(gone, 'not-checked').length).toBeGreaterThan(5);
});

test('without an address, and with a threshold below the guard, the settings of the job are wrong', async () => {
  job.setSecret(
    'SyncNotificationSettings',
    JSON.stringify({ Enabled: false, DeleteThresholdEnabled: true, DeleteThresholdValue: 1 }),
  );
  expect(codesOf(await doctor(source('good')), 'wrong')).toEqual(['notification-missing', 'threshold-below-guard']);
});

test('an attribute that the job does not know is told by its name, in the text too', async () => {
  const path = source('more', { nickName: 'Nick' });
  expect(codesOf(await doctor(path), 'wrong')).toEqual(['attribute-not-in-job']);
  const { out, exitCode } = await rollcall('doctor', '--source', path, '--graph', entra.url);
  expect(out).toContain('Wrong: 1');
  expect(out).toContain('"nickName"');
  expect(out).toContain('What to do: Add it and map it');
  expect(exitCode).toBe(1);
});

test('what may not be read is not checked, and never right', async () => {
  entra.script([{ on: 'getSchema', answers: [{ status: 403 }] }]);
  const told = await doctor(source('good'));
  expect(told.findings.filter(({ code }) => code === 'check-needs').map(({ check }) => check)).toEqual([
    'scope',
    'attributes',
    'matching',
    'enabling',
    'creation',
    'clearing',
    'references',
  ]);
  expect(told.findings.find(({ check }) => check === 'scope')?.message).toContain('Synchronization.Read.All');
});

test('the permissions of the identity that sends are looked up', async () => {
  const identity = entra.addIdentity({ displayName: 'rollcall' });
  const told = await doctor(source('good'), '--identity', identity);
  expect(codesOf(told, 'wrong')).toEqual(['upload-not-permitted', 'log-not-permitted', 'job-read-not-permitted']);
});

test('what cannot be looked at at all ends with 2', async () => {
  expect((await rollcall('doctor', '--source', folder.path('none.json'), '--graph', entra.url)).exitCode).toBe(2);
  expect((await rollcall('doctor', '--source', source('good'), '--graph', 'https://graph.evil.example')).exitCode).toBe(
    2,
  );
});
