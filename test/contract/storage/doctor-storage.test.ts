// `rollcall doctor` on real storage: what an account lacks, and the settings, gate and roster of one that has everything.
import { startEntra, type Entra } from '../../../local/entra/entra';
import { openStorageAccount, STORAGE_NAMES } from '../../../shared/storage/azure-storage';
import { newFolder, rollcall } from '../../pipeline/cli/recorded-terminal';
import { accountOf } from '../../shared-storage';

const SP = 'e7b1c2d3-0000-4000-8000-000000000001';
const JOB = 'API2AAD.0123456789abcdef0123456789abcdef.1';
const settings = JSON.stringify({
  name: 'contoso-hr',
  file: { format: 'csv' },
  job: { servicePrincipalId: SP, jobId: JOB },
  id: 'Id',
  active: { column: 'Status', active: ['A'], inactive: ['X'] },
  mapping: { userName: 'Login', title: 'Title' },
});
const connectionString = accountOf('doctor');
const folder = newFolder();
let entra: Entra;

beforeAll(async () => {
  entra = await startEntra();
  entra.job(SP, JOB);
});
afterAll(async () => {
  folder.remove();
  await entra.stop();
});

interface Told {
  readonly findings: readonly {
    readonly check: string;
    readonly level: string;
    readonly code: string;
    readonly values: object;
  }[];
}
const doctor = async (source: string): Promise<Told['findings']> => {
  const { out } = await rollcall('doctor', '-s', source, '--storage', connectionString, '--graph', entra.url, '--json');
  return (JSON.parse(out) as Told).findings;
};

test('an account without anything lacks everything, and one that has all of it is told as such', async () => {
  const { containers, queues, tables } = STORAGE_NAMES;
  const path = folder.put('source.json', settings);
  const lacking = (await doctor(path)).filter(({ check }) => check === 'storage');
  expect(lacking.map(({ code, values }) => [code, values])).toEqual([
    ['containers-missing', { names: [...containers] }],
    ['queues-missing', { names: [...queues] }],
    ['tables-missing', { names: [...tables] }],
  ]);
  const storage = openStorageAccount({ kind: 'connection-string', connectionString }, () => {
    throw new Error('a connection string needs none');
  });
  await storage.create();
  await storage.blobs
    .getContainerClient('sources')
    .getBlockBlobClient('contoso-hr/source.json')
    .upload(settings, settings.length);
  const whole = await doctor('contoso-hr');
  const levelOf = (name: string): readonly string[] =>
    whole.filter(({ check }) => check === name).map(({ level }) => level);
  expect([...levelOf('storage'), ...levelOf('budget'), ...levelOf('job')]).toEqual(['ok', 'ok', 'ok']);
  expect(whole.filter(({ check }) => check === 'threshold').map(({ code }) => code)).not.toContain(
    'threshold-unlike-guard',
  );
});

test('storage that is out of reach is a finding, unless the settings are in it', async () => {
  const nowhere = connectionString.replace(/(127\.0\.0\.1):\d+/g, '$1:9');
  const options = ['--storage', nowhere, '--graph', entra.url, '--json'];
  const path = folder.put('source.json', settings);
  const { out, exitCode } = await rollcall('doctor', '--source', path, ...options);
  expect((JSON.parse(out) as Told).findings[0]).toMatchObject({
    check: 'storage',
    level: 'wrong',
    code: 'storage-out-of-reach',
  });
  expect(exitCode).toBe(1);
  expect((await rollcall('doctor', '--source', 'contoso-hr', ...options)).exitCode).toBe(2);
});
